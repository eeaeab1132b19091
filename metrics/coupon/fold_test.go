package coupon

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// start is a midnight of the default time zone, a Wednesday.
const (
	start sevenday.Millis = 1_790_092_800_000 // 2026-09-23 00:00 in Asia/Shanghai
	hour  sevenday.Millis = 60 * 60 * 1000
)

func merchant(t interface{ Fatal(...any) }) *metrics.Merchant {
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// fold returns what the fold makes of some timelines.
func fold(m *metrics.Merchant, lines ...*metrics.Timeline) *Fold {
	f := NewFold()
	for _, line := range lines {
		line.Merchant = m
		f.Person(line)
	}
	f.Merchant(m)
	return f
}

// standing adds up what all days changed.
func standing(f *Fold) map[cell]Counts {
	sums := map[cell]Counts{}
	for i := range f.Sums {
		c := sums[f.Sums[i].cell]
		c.add(&f.Sums[i].Counts, 1)
		sums[f.Sums[i].cell] = c
		if c == (Counts{}) {
			delete(sums, f.Sums[i].cell)
		}
	}
	return sums
}

// steps are the stages of one coupon, a day apart.
func steps(stages ...sevenday.Stage) []metrics.Coupon {
	list := make([]metrics.Coupon, len(stages))
	for i, stage := range stages {
		list[i] = metrics.Coupon{Time: start + day*sevenday.Millis(i), Coupon: 7, CampaignID: "spring", Stage: stage, Placement: sevenday.PlacementOther}
	}
	return list
}

const (
	issued   = sevenday.StageIssued
	claimed  = sevenday.StageClaimed
	gifted   = sevenday.StageGifted
	redeemed = sevenday.StageRedeemed
	returned = sevenday.StageReturned
	expired  = sevenday.StageExpired
	voided   = sevenday.StageVoided
	received = sevenday.StageReceived
)

func TestACouponsLifeIsCountedInEveryHand(t *testing.T) {
	m := merchant(t)
	for _, test := range []struct {
		name  string
		steps []metrics.Coupon
		want  Counts
	}{
		{"issued only", steps(issued), Counts{Issued: 1, Open: 1}},
		{"claimed without an issue", steps(claimed), Counts{Issued: 1, Claimed: 1, Open: 1, Held: 1}},
		{"claimed twice", steps(claimed, claimed), Counts{Issued: 1, Claimed: 1, Open: 1, Held: 1, Impossible: 1}},
		{"redeemed", steps(issued, claimed, redeemed), Counts{Issued: 1, Claimed: 1, Redeemed: 1}},
		{"redeemed without a claim", steps(issued, redeemed), Counts{Issued: 1, Redeemed: 1, Impossible: 1}},
		{"redeemed twice", steps(claimed, redeemed, redeemed), Counts{Issued: 1, Claimed: 1, Redeemed: 1, Impossible: 1}},
		{"redeemed after expiry", steps(claimed, expired, redeemed), Counts{Issued: 1, Claimed: 1, Redeemed: 1, Impossible: 1}},
		{"redeemed by who gave it away", steps(claimed, gifted, redeemed), Counts{Issued: 1, Claimed: 1, Redeemed: 1, Impossible: 1}},
		{"returned with its order: to be redeemed again", steps(claimed, redeemed, returned), Counts{Issued: 1, Claimed: 1, Returned: 1, Open: 1, Held: 1}},
		{"returned and redeemed again", steps(claimed, redeemed, returned, redeemed), Counts{Issued: 1, Claimed: 1, Returned: 1, Redeemed: 1}},
		{"returned without a redemption", steps(returned), Counts{Issued: 1, Open: 1, Impossible: 1}},
		{"given away", steps(claimed, gifted), Counts{Issued: 1, Claimed: 1, Gifted: 1}},
		{"given away and got back", steps(claimed, gifted, received), Counts{Issued: 1, Claimed: 1, Gifted: 1, Received: 1, Open: 1, Held: 1}},
		{"received: issued to its giver", steps(received, redeemed), Counts{Received: 1, Redeemed: 1}},
		{"told to have expired", steps(claimed, expired), Counts{Issued: 1, Claimed: 1, Expired: 1, Broken: 1}},
		{"told to have expired unclaimed", steps(issued, expired), Counts{Issued: 1, Expired: 1}},
		{"voided", steps(issued, voided), Counts{Issued: 1, Voided: 1}},
		{"claimed after it was voided", steps(issued, voided, claimed), Counts{Issued: 1, Claimed: 1, Voided: 1, Impossible: 1}},
	} {
		f := fold(m, &metrics.Timeline{Person: 1, Coupons: test.steps}, &metrics.Timeline{Person: sevenday.Nobody, Coupons: test.steps})
		want := map[cell]Counts{{FirstDay: m.Calendar.Day(start), Placement: sevenday.PlacementOther, CampaignID: "spring", ExpiryDay: Never}: test.want}
		if diff := cmp.Diff(want, standing(f), cmp.AllowUnexported(cell{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if days := len(f.States); days != len(test.steps) {
			t.Errorf("%s: %d rows of states, want one for each of %d days", test.name, days, len(test.steps))
		}
	}
}

func TestPlacementIsTheClaimsAndExpiryTheLastTold(t *testing.T) {
	m := merchant(t)
	life := steps(issued, claimed, redeemed)
	life[0].Placement, life[0].ValidUntil = sevenday.Placement(sevenday.PortalScan), start+day
	life[1].Placement, life[1].ValidUntil = sevenday.PlacementPaymentSuccess, start+3*day
	first := m.Calendar.Day(start)
	want := map[cell]Counts{
		{FirstDay: first, Placement: sevenday.PlacementPaymentSuccess, CampaignID: "spring", ExpiryDay: first + 3}: {Issued: 1, Claimed: 1, Redeemed: 1},
	}
	if diff := cmp.Diff(want, standing(fold(m, &metrics.Timeline{Person: 1, Coupons: life})), cmp.AllowUnexported(cell{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatCanNotBeIsCountedByKind(t *testing.T) {
	m := merchant(t)
	late := steps(claimed, redeemed)
	late[0].ValidUntil = late[1].Time - 1
	sameTime := steps(claimed, issued)
	sameTime[1].Time = sameTime[0].Time
	for _, test := range []struct {
		name  string
		steps []metrics.Coupon
		want  []Transition // without key, day and records
	}{
		{"a usual life", steps(issued, claimed, redeemed), []Transition{
			{Before: nothing, Stage: issued, Possible: true}, {Before: issued, Stage: claimed, Possible: true}, {Before: claimed, Stage: redeemed, Possible: true},
		}},
		{"claimed as it was issued", sameTime, []Transition{{Before: nothing, Stage: issued, Possible: true}, {Before: issued, Stage: claimed, Possible: true}}},
		{"without a claim", steps(redeemed), []Transition{{Before: issued, Stage: redeemed}}},
		{"after an expiry that nobody told", late, []Transition{{Before: issued, Stage: claimed, Possible: true}, {Before: expired, Stage: redeemed}}},
		{"issued once more", steps(claimed, issued), []Transition{{Before: issued, Stage: claimed, Possible: true}, {Before: claimed, Stage: issued}}},
	} {
		got := fold(m, &metrics.Timeline{Person: 1, Coupons: test.steps}).Transitions
		for i := range got {
			if got[i].Records != 1 || got[i].Key != m.Row(got[i].Day) {
				t.Errorf("%s: %+v", test.name, got[i])
			}
			got[i] = Transition{Before: got[i].Before, Stage: got[i].Stage, Possible: got[i].Possible}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestTheCurveCountsHowLongAfterTheClaim(t *testing.T) {
	m := merchant(t)
	type end struct {
		age            uint16
		redeemed, left int64
	}
	for _, test := range []struct {
		name   string
		stages []sevenday.Stage
		want   []end // besides the claim
	}{
		{"open", []sevenday.Stage{issued, claimed}, nil},
		{"redeemed", []sevenday.Stage{claimed, redeemed}, []end{{1, 1, 0}}},
		{"returned: open again", []sevenday.Stage{claimed, redeemed, returned}, nil},
		{"redeemed again", []sevenday.Stage{claimed, redeemed, returned, redeemed}, []end{{3, 1, 0}}},
		{"given away", []sevenday.Stage{claimed, gifted}, []end{{1, 0, 1}}},
		{"given away and got back", []sevenday.Stage{claimed, gifted, received}, nil},
		{"voided", []sevenday.Stage{claimed, voided}, []end{{1, 0, 1}}},
		{"expired: never redeemed, to the end", []sevenday.Stage{claimed, expired}, nil},
	} {
		claims, ends := int64(0), map[uint16]end{}
		for _, row := range fold(m, &metrics.Timeline{Person: 1, Coupons: steps(test.stages...)}).Curves {
			claims += row.Claims
			e := ends[row.Age]
			ends[row.Age] = end{row.Age, e.redeemed + row.Redeemed, e.left + row.Left}
		}
		var got []end
		for _, e := range ends {
			if e.redeemed != 0 || e.left != 0 {
				got = append(got, e)
			}
		}
		if claims != 1 || !slices.Equal(got, test.want) {
			t.Errorf("%s: %d claims, ends %v, want 1, %v", test.name, claims, got, test.want)
		}
	}
	for _, stages := range [][]sevenday.Stage{{issued, redeemed}, {redeemed, claimed}, {received, redeemed}} {
		if rows := fold(m, &metrics.Timeline{Person: 1, Coupons: steps(stages...)}).Curves; len(rows) > 0 {
			t.Errorf("%v, without a claim to count from: %+v", stages, rows)
		}
	}
}

// naive is the state of a coupon after its records, by hand.
func naive(steps []metrics.Coupon) (state sevenday.Stage) {
	for _, c := range steps {
		usable := state == claimed || state == returned || state == received
		live := usable || state == issued || state == nothing
		switch {
		case c.Stage == redeemed,
			c.Stage == returned && state == redeemed,
			c.Stage == claimed && (state == issued || state == nothing),
			(c.Stage == gifted || c.Stage == expired || c.Stage == voided) && live,
			c.Stage == received && (state == gifted || state == issued || state == nothing):
			state = c.Stage
		case state == nothing:
			state = issued
		}
	}
	return state
}

// randomLine is a person's coupons and orders.
func randomLine(t *rapid.T, person sevenday.Person) *metrics.Timeline {
	line := &metrics.Timeline{Person: person}
	at := start
	for range rapid.IntRange(0, 24).Draw(t, "events") {
		at += rapid.SampledFrom([]sevenday.Millis{0, 1, hour, day, 3 * day, 30 * day}).Draw(t, "gap")
		coupon := rapid.Uint64Range(0, 3).Draw(t, "coupon")
		if rapid.Bool().Draw(t, "an order") {
			o := metrics.Order{PaidAt: at, DecidedAt: at - rapid.SampledFrom([]sevenday.Millis{0, day, 30 * day}).Draw(t, "decided"), Currency: "CNY", Amount: 100, Discount: 7, Coupon: coupon}
			if rapid.IntRange(0, 3).Draw(t, "refunded") == 0 {
				o.Refunded, o.RefundedAt = 100, at+day
			}
			line.Orders = append(line.Orders, o)
			continue
		}
		line.Coupons = append(line.Coupons, metrics.Coupon{
			Time: at, Coupon: max(coupon, 1), Stage: sevenday.Stage(rapid.IntRange(1, 8).Draw(t, "stage")), CampaignID: "c",
			Placement: sevenday.Placement(rapid.IntRange(1, 9).Draw(t, "placement")), ValidUntil: rapid.SampledFrom([]sevenday.Millis{0, at + day}).Draw(t, "until"),
		})
	}
	return line
}

func TestStatesPartitionTheCouponsAndAreThoseOfANaiveReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		var lines []*metrics.Timeline
		var want [sevenday.StageReceived + 1]int64
		for person := sevenday.Person(1); person <= 2; person++ {
			line := randomLine(t, person)
			lines = append(lines, line)
			byTime := slices.Clone(line.Coupons)
			sortSteps(byTime)
			for coupon := range uint64(4) {
				want[naive(slices.DeleteFunc(slices.Clone(byTime), func(c metrics.Coupon) bool { return c.Coupon != coupon }))]++
			}
		}
		f := fold(m, lines...)
		var all Counts
		for _, c := range standing(f) {
			all.add(&c, 1)
			if c.Issued+c.Received != c.Gifted+c.Redeemed+c.Expired+c.Voided+c.Open {
				t.Fatalf("the states do not partition the coupons: %+v", c)
			}
		}
		stand := [...]int64{all.Open - all.Held, all.Held, all.Redeemed, all.Expired, all.Voided}
		naively := [...]int64{want[issued], want[claimed] + want[returned] + want[received], want[redeemed], want[expired], want[voided]}
		if stand != naively {
			t.Fatalf("open, held, redeemed, expired, voided: %v, naively %v", stand, naively)
		}
		impossible := int64(0)
		for _, row := range f.Transitions {
			if !row.Possible {
				impossible += int64(row.Records)
			}
		}
		if impossible != all.Impossible {
			t.Fatalf("%d impossible transitions by kind, %d by cell", impossible, all.Impossible)
		}
	})
}
