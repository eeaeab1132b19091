package simulate

import "math"

// What the built-in claims aim at.
const (
	targetDay7     = 0.29 // mean over merchants of the seven-day retention of new users
	targetUplift   = 0.23 // geometric effect of installments on net sales less fees
	autoConversion = 0.17 // visit conversion in automobile aftermarket
)

// The kinds of user. A one-timer never returns, so none is remembered.
const (
	oneTimer = iota
	occasional
	regular
	kinds
)

// regularity is how much likelier a regular returns on a day than an occasional user.
const regularity = 1.9

// maxLag is the last day after the first visit on which a user may return. It
// bounds memory: older users are forgotten.
const maxLag = 60

// maxReturn caps the probability of a return, so that no user is a clockwork.
const maxReturn = 0.95

// rhythm is the shape of returns over the days since the first visit: a slow
// decline with a bump on the same weekday. rhythm[7] is 1.
var rhythm = makeRhythm()

func makeRhythm() (r [maxLag + 1]float64) {
	const weekly = 1.25
	for lag := 1; lag <= maxLag; lag++ {
		r[lag] = math.Pow(1.7/(1+float64(lag)/10), 0.8) / weekly
		if lag%7 == 0 {
			r[lag] *= weekly
		}
	}
	return r
}

// Habits of people at any merchant: probabilities.
const (
	secondVisit   = 0.12 // a second visit on an active day
	visitsPerDay  = 1 + secondVisit
	secondPage    = 0.30 // a visit has a second entry
	withoutAssent = 0.02 // a user never consents
	startUnknown  = 0.10 // a new user is known by an anonymous id until registering or paying
	favorite      = 0.45 // a return goes through the user's own favorite portal
	viaCollection = 0.25 // who collected the mini program comes back through it
	viaAccount    = 0.18 // who follows the life account comes back through it
	viaCard       = 0.30 // who holds a coupon comes back through the card package
	sceneOnly     = 0.002
)

// Habits around the payment-success page and coupons: probabilities.
const (
	offerOnPaid   = 0.50 // a payment's page offers a coupon
	claimOnPaid   = 0.45 // who takes it
	collectOnPaid = 0.12
	followOnPaid  = 0.08
	offerOnVisit  = 0.10 // a visit that bought nothing shows a coupon
	claimOnVisit  = 0.35
	uncollect     = 0.01
	unfollow      = 0.01
	messageClaim  = 0.006 // a follower claims from a life account message, a day
	redeem        = 0.65  // who holds a coupon and buys uses it
	tellExpiry    = 0.5   // the platform tells that a coupon expired
	voided        = 0.004 // of claimed coupons
	gifted        = 0.30  // a new user who comes through a friend was given a coupon
	couponDays    = 14    // validity from the claim, in days
)

// Refunds of an order: probabilities. A partial refund is half the amount.
const (
	fullRefund     = 0.03
	partialRefund  = 0.02
	refundAtOnce   = 0.4 // within minutes, else one to six days later
	refundFirst    = 0.3 // a refund at once is delivered before its payment
	excessRefund   = 0.0005
	refundMean     = fullRefund + partialRefund/2
	refundSquare   = fullRefund + partialRefund/4
	keptSquare     = 1 - 2*refundMean + refundSquare // mean square of the share that is kept
	longestRefund  = 6
	giftCardAmount = 5000 // hundredths
)

// plan is one way to pay by installments.
type plan struct {
	installments uint8
	share        float64
	fee          float64 // what the merchant pays, a share of the amount
}

var plans = [...]plan{{3, 0.5, 0.018}, {6, 0.3, 0.026}, {12, 0.2, 0.040}}

// feeMoments are the mean and the mean square of the fee's share.
func feeMoments() (mean, square float64) {
	for _, p := range plans {
		mean += p.share * p.fee
		square += p.share * p.fee * p.fee
	}
	return mean, square
}

// portalPull is how much likelier a visit through the portal buys than another
// visit of the same user; normalized over the user's own mix, so that it moves
// conversion between portals and never the merchant's conversion in all.
var portalPull = portals(1.20, 1.05, 0.70, 0.85, 1.10, 0.90, 1.25, 0.60)
