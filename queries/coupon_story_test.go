package queries

import (
	"cmp"
	"math"
	"slices"

	"sevenday"
	"sevenday/metrics"
)

// hands lists the coupons in people's hands, each with its records in the order
// of a coupon's life.
func hands(line *metrics.Timeline) map[uint64][]metrics.Coupon {
	byCoupon := map[uint64][]metrics.Coupon{}
	if line.Person == sevenday.Nobody {
		return byCoupon
	}
	for _, c := range line.Coupons {
		byCoupon[c.Coupon] = append(byCoupon[c.Coupon], c)
	}
	for _, steps := range byCoupon {
		slices.SortStableFunc(steps, func(a, b metrics.Coupon) int {
			return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Stage, b.Stage))
		})
	}
	return byCoupon
}

// couponStory is a coupon's records told by hand.
type couponStory struct {
	states  []sevenday.Stage // after each record
	redeems []int            // records that redeemed it
	wrong   int              // records that cannot be
	claims  int              // index of the first claim record, -1 without one
	counted int              // index of the claim from which its life is counted, -1 without one
}

func (s *couponStory) last() sevenday.Stage { return s.states[len(s.states)-1] }

func tell(steps []metrics.Coupon) couponStory {
	const (
		issued, claimed, gifted    = sevenday.StageIssued, sevenday.StageClaimed, sevenday.StageGifted
		redeemed, returned         = sevenday.StageRedeemed, sevenday.StageReturned
		expired, voided, received  = sevenday.StageExpired, sevenday.StageVoided, sevenday.StageReceived
		none                       = sevenday.Stage(0)
		validForever, neverClaimed = sevenday.Millis(math.MaxInt64), -1
	)
	s := couponStory{claims: neverClaimed, counted: neverClaimed}
	state, until := none, validForever
	for i, c := range steps {
		if state == none && c.Stage != issued && c.Stage != received {
			state = issued // all the same
		}
		if c.ValidUntil != 0 {
			until = c.ValidUntil
		}
		usable := state == claimed || state == returned || state == received
		fits := map[sevenday.Stage]bool{
			issued: state == none, claimed: state == issued, gifted: usable, redeemed: usable, returned: state == redeemed,
			expired: usable || state == issued, voided: usable || state == issued, received: state == none || state == gifted,
		}[c.Stage]
		if !fits || (usable || state == issued) && c.Time > until && c.Stage != expired {
			s.wrong++
		}
		if c.Stage == claimed && s.claims < 0 {
			s.claims = i
		}
		if c.Stage == redeemed && state != redeemed {
			s.redeems = append(s.redeems, i)
		}
		if fits || c.Stage == redeemed || state == issued && (c.Stage == gifted || c.Stage == received) {
			state = c.Stage
			if c.Stage == claimed {
				s.counted = i
			}
		}
		s.states = append(s.states, state)
	}
	return s
}
