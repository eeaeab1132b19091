package coupon

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// start is a midnight of the default time zone.
const (
	start sevenday.Millis = 1_790_092_800_000 // 2026-09-23 00:00 in Asia/Shanghai
	hour  sevenday.Millis = 60 * 60 * 1000
	day                   = 24 * hour
)

func merchant(t interface{ Fatal(...any) }) *metrics.Merchant {
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func fold(m *metrics.Merchant, lines ...*metrics.Timeline) []Sums {
	f := NewFold()
	for _, line := range lines {
		line.Merchant = m
		f.Person(line)
	}
	f.Merchant(m)
	return f.Sums
}

// steps are the stages of one coupon, an hour apart.
func steps(stages ...sevenday.Stage) []metrics.Coupon {
	list := make([]metrics.Coupon, len(stages))
	for i, stage := range stages {
		list[i] = metrics.Coupon{Time: start + hour*sevenday.Millis(i), Coupon: 7, CampaignID: "spring", Stage: stage, Placement: sevenday.PlacementOther}
	}
	return list
}

func TestACouponsLifeIsCountedInEveryHand(t *testing.T) {
	m := merchant(t)
	for _, test := range []struct {
		name  string
		steps []metrics.Coupon
		want  Sums // without key and cell
	}{
		{"issued only", steps(sevenday.StageIssued), Sums{Issued: 1, Pending: 1}},
		{"claimed without an issue", steps(sevenday.StageClaimed), Sums{Issued: 1, Claimed: 1, Pending: 1}},
		{"claimed twice", steps(sevenday.StageClaimed, sevenday.StageClaimed), Sums{Issued: 1, Claimed: 1, Pending: 1}},
		{"redeemed", steps(sevenday.StageIssued, sevenday.StageClaimed, sevenday.StageRedeemed), Sums{Issued: 1, Claimed: 1, Redeemed: 1}},
		{
			"returned with its order: to be redeemed again",
			steps(sevenday.StageClaimed, sevenday.StageRedeemed, sevenday.StageReturned),
			Sums{Issued: 1, Claimed: 1, Returned: 1, Pending: 1},
		},
		{
			"returned and redeemed again",
			steps(sevenday.StageClaimed, sevenday.StageRedeemed, sevenday.StageReturned, sevenday.StageRedeemed),
			Sums{Issued: 1, Claimed: 1, Returned: 1, Redeemed: 1},
		},
		{"given away", steps(sevenday.StageClaimed, sevenday.StageGifted), Sums{Issued: 1, Claimed: 1, Gifted: 1}},
		{"received: issued to its giver", steps(sevenday.StageReceived, sevenday.StageRedeemed), Sums{Received: 1, Redeemed: 1}},
		{"told to have expired", steps(sevenday.StageClaimed, sevenday.StageExpired), Sums{Issued: 1, Claimed: 1, Expired: 1}},
		{"voided", steps(sevenday.StageIssued, sevenday.StageVoided), Sums{Issued: 1, Voided: 1}},
	} {
		want := test.want
		want.Key, want.Day, want.Placement, want.CampaignID, want.ExpiryDay = m.Row(metrics.Forever), m.Calendar.Day(start), sevenday.PlacementOther, "spring", Never
		got := fold(m, &metrics.Timeline{Person: 1, Coupons: test.steps}, &metrics.Timeline{Person: sevenday.Nobody, Coupons: test.steps})
		if diff := cmp.Diff([]Sums{want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestPlacementIsTheClaimsAndExpiryTheLastTold(t *testing.T) {
	m := merchant(t)
	life := steps(sevenday.StageIssued, sevenday.StageClaimed, sevenday.StageRedeemed)
	life[0].Placement, life[0].ValidUntil = sevenday.Placement(sevenday.PortalScan), start+day
	life[1].Placement, life[1].ValidUntil = sevenday.PlacementPaymentSuccess, start+3*day
	got := fold(m, &metrics.Timeline{Person: 1, Coupons: life})
	if len(got) != 1 || got[0].Placement != sevenday.PlacementPaymentSuccess || got[0].ExpiryDay != m.Calendar.Day(start)+3 {
		t.Errorf("placement and expiry day: %+v", got)
	}
}

func TestEveryCouponStandsInOneCellAndPendingOnesHaveNoEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := merchant(t)
		type hand struct {
			person sevenday.Person
			coupon uint64
		}
		hands, ended := map[hand]bool{}, map[hand]bool{}
		var lines []*metrics.Timeline
		for person := sevenday.Person(1); person <= 2; person++ {
			line := &metrics.Timeline{Person: person}
			at := start
			for range rapid.IntRange(0, 10).Draw(t, "steps") {
				at += rapid.SampledFrom([]sevenday.Millis{0, hour, day}).Draw(t, "gap")
				c := metrics.Coupon{
					Time: at, Coupon: rapid.Uint64Range(1, 3).Draw(t, "coupon"), Stage: sevenday.Stage(rapid.IntRange(1, 8).Draw(t, "stage")),
					Placement: sevenday.Placement(rapid.IntRange(1, 9).Draw(t, "placement")), ValidUntil: rapid.SampledFrom([]sevenday.Millis{0, at + day}).Draw(t, "until"),
				}
				line.Coupons = append(line.Coupons, c)
				h := hand{person, c.Coupon}
				hands[h] = true
				switch c.Stage {
				case sevenday.StageGifted, sevenday.StageExpired, sevenday.StageVoided:
					ended[h] = true
				}
			}
			lines = append(lines, line)
		}
		seen, pending := uint64(0), uint64(0)
		for _, s := range fold(m, lines...) {
			seen += s.Issued + s.Received
			pending += s.Pending
			if s.Pending+s.Redeemed > s.Issued+s.Received {
				t.Fatalf("more coupons than there are: %+v", s)
			}
		}
		if seen != uint64(len(hands)) || pending > uint64(len(hands)-len(ended)) {
			t.Fatalf("%d coupons in %d hands, %d pending of %d without an end", seen, len(hands), pending, len(hands)-len(ended))
		}
	})
}
