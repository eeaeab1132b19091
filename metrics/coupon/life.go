package coupon

import (
	"sevenday"
	"sevenday/metrics"
)

// life is what has happened so far to one coupon in one person's hands.
type life struct {
	cell
	state      sevenday.Stage // the stage that led to it; nothing before the first record
	stateDay   sevenday.Day   // when it got there
	claimDay   sevenday.Day   // of the claim that was followed, 0 without one
	firstAt    sevenday.Millis
	claimedAt  sevenday.Millis // of the first claim, 0 without one
	redeemedAt sevenday.Millis // of the last redemption, 0 without one
	changedAt  sevenday.Millis // of the last record that was followed
	validUntil sevenday.Millis // as last told, 0 where it never expires

	started    int64 // 1, but for a coupon that began as a gift
	gifted     int64 // how often it was given away
	received   int64 // how often it was got
	impossible int64
	returned   bool // ever
	broken     bool // the state is expired, and it was held
}

// transition is one record of a coupon, as the state machine saw it.
type transition struct {
	before, stage sevenday.Stage
	possible      bool
	followed      bool // the stage is the state now
}

// step reads the next record, of a day.
func (l *life) step(c *metrics.Coupon, day sevenday.Day) transition {
	l.begin(c, day)
	l.tell(c)
	before := l.state
	t := transition{before: before, stage: c.Stage, possible: possible[c.Stage].has(before)}
	t.followed = t.possible || believed[c.Stage].has(before)
	if c.Stage != sevenday.StageExpired && open.has(before) && l.validUntil != 0 && c.Time > l.validUntil {
		t.before, t.possible = sevenday.StageExpired, false
	}
	if !t.possible {
		l.impossible++
	}
	if t.followed {
		l.follow(c, day)
	}
	return t
}

// begin reads the first record. A coupon without an issue record was issued all
// the same, but for a received one, which was issued to its giver.
func (l *life) begin(c *metrics.Coupon, day sevenday.Day) {
	if l.state != nothing {
		return
	}
	l.cell = cell{FirstDay: day, Placement: c.Placement, CampaignID: c.CampaignID, Kind: c.Kind, ExpiryDay: Never}
	l.firstAt = c.Time
	if c.Stage != sevenday.StageReceived {
		l.started = 1
	}
	if c.Stage != sevenday.StageReceived && c.Stage != sevenday.StageIssued {
		l.state, l.stateDay = sevenday.StageIssued, day
	}
}

// tell takes what any record says, whether or not it is followed: until when the
// coupon is valid, and where it was claimed first.
func (l *life) tell(c *metrics.Coupon) {
	if c.ValidUntil != 0 {
		l.validUntil = c.ValidUntil
	}
	if c.Stage == sevenday.StageClaimed && l.claimedAt == 0 {
		l.claimedAt, l.Placement = c.Time, c.Placement
	}
}

func (l *life) follow(c *metrics.Coupon, day sevenday.Day) {
	before := l.state
	l.state, l.stateDay, l.changedAt = c.Stage, day, c.Time
	switch c.Stage {
	case sevenday.StageClaimed:
		l.claimDay = day
	case sevenday.StageGifted:
		l.gifted++
	case sevenday.StageReceived:
		if before != sevenday.StageIssued { // else it was in hand already
			l.received++
		}
	case sevenday.StageRedeemed:
		l.redeemedAt = c.Time
		if before == sevenday.StageGifted { // it was not given away after all
			l.gifted--
		}
	case sevenday.StageReturned:
		l.returned = true
	}
	l.broken = c.Stage == sevenday.StageExpired && held.has(before)
}

// counts is what the coupon adds to its cell as it stands.
func (l *life) counts() Counts {
	return Counts{
		Issued: l.started, Claimed: one(l.claimedAt != 0), Gifted: l.gifted, Received: l.received,
		Redeemed: one(l.state == sevenday.StageRedeemed), Returned: one(l.returned),
		Expired: one(l.state == sevenday.StageExpired), Voided: one(l.state == sevenday.StageVoided),
		Open: one(open.has(l.state)), Held: one(held.has(l.state)), Broken: one(l.broken), Impossible: l.impossible,
	}
}

func one(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
