package coupon

import "sevenday"

// stages is a set of stages, which are also the states that they lead to.
type stages uint16

func setOf(list ...sevenday.Stage) (s stages) {
	for _, stage := range list {
		s |= 1 << stage
	}
	return s
}

func (s stages) has(stage sevenday.Stage) bool { return s>>stage&1 != 0 }

// nothing is the state before a coupon's first record.
const nothing sevenday.Stage = 0

var (
	// held are the states of a coupon that its holder can redeem.
	held = setOf(sevenday.StageClaimed, sevenday.StageReturned, sevenday.StageReceived)
	// open are the states of a coupon that has not come to an end.
	open = held | setOf(sevenday.StageIssued)

	// possible says for each stage from which states it can be reached.
	possible = [sevenday.StageReceived + 1]stages{
		sevenday.StageIssued:   setOf(nothing),
		sevenday.StageClaimed:  setOf(sevenday.StageIssued),
		sevenday.StageGifted:   held,
		sevenday.StageRedeemed: held,
		sevenday.StageReturned: setOf(sevenday.StageRedeemed),
		sevenday.StageExpired:  open,
		sevenday.StageVoided:   open,
		sevenday.StageReceived: setOf(nothing, sevenday.StageGifted),
	}

	// believed says for each stage from which states a record is followed though
	// it can't be: the records before it must be missing or wrong. A redemption is
	// always believed, because an order was made with it; a coupon that ended
	// otherwise stays as it ended.
	believed = [sevenday.StageReceived + 1]stages{
		sevenday.StageGifted:   setOf(sevenday.StageIssued),
		sevenday.StageRedeemed: setOf(sevenday.StageIssued, sevenday.StageGifted, sevenday.StageExpired, sevenday.StageVoided),
		sevenday.StageReceived: setOf(sevenday.StageIssued),
	}
)
