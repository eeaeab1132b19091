package funnel

import (
	"slices"

	"sevenday"
)

// Kind is what a step or an event is: the words of the steps' text.
type Kind uint8

// The kinds. A visit stands for its first entry, so no kind is an entry of the
// action visit: such an entry is a visit or goes on with one.
const (
	Visit Kind = iota
	Register
	Collect
	Uncollect
	Follow
	Unfollow
	Issue
	Claim
	Gift
	Receive
	Redeem
	Return
	Expire
	Void
	Pay
	kinds // how many there are
)

var kindNames = [kinds]string{
	"visit", "register", "collect", "uncollect", "follow", "unfollow",
	"issue", "claim", "gift", "receive", "redeem", "return", "expire", "void", "pay",
}

// repurchase is another word for a payment after a payment.
const repurchase = "repurchase"

func (k Kind) String() string { return kindNames[k] }

func parseKind(name string) (Kind, bool) {
	if name == repurchase {
		return Pay, true
	}
	at := slices.Index(kindNames[:], name)
	return Kind(max(at, 0)), at >= 0
}

// actionKinds are the kinds of entries by their action; 0, a visit, is none.
var actionKinds = [...]Kind{
	sevenday.ActionRegister: Register, sevenday.ActionCollect: Collect, sevenday.ActionUncollect: Uncollect,
	sevenday.ActionFollow: Follow, sevenday.ActionUnfollow: Unfollow,
}

// KindOfAction returns the kind of an entry; false for the action visit.
func KindOfAction(action sevenday.Action) (Kind, bool) {
	if int(action) >= len(actionKinds) || actionKinds[action] == 0 {
		return 0, false
	}
	return actionKinds[action], true
}

// stageKinds are the kinds of a coupon's stages.
var stageKinds = [...]Kind{
	sevenday.StageIssued: Issue, sevenday.StageClaimed: Claim, sevenday.StageGifted: Gift, sevenday.StageReceived: Receive,
	sevenday.StageRedeemed: Redeem, sevenday.StageReturned: Return, sevenday.StageExpired: Expire, sevenday.StageVoided: Void,
}

// KindOfStage returns the kind of a coupon's stage; false for one that is unknown.
func KindOfStage(stage sevenday.Stage) (Kind, bool) {
	if int(stage) >= len(stageKinds) || stageKinds[stage] == 0 {
		return 0, false
	}
	return stageKinds[stage], true
}

// family tells which conditions a kind takes.
type family uint8

const (
	entryFamily family = iota
	couponFamily
	payFamily
)

func (k Kind) family() family {
	switch {
	case k == Pay:
		return payFamily
	case k >= Issue:
		return couponFamily
	default:
		return entryFamily
	}
}
