package loop

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// start is a midnight of the default time zone.
const start sevenday.Millis = 1_790_092_800_000 // 2026-09-23 00:00 in Asia/Shanghai

func merchant(t testing.TB) *metrics.Merchant {
	t.Helper()
	m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// fold returns the sums of some people's timelines, by day.
func fold(m *metrics.Merchant, lines ...*metrics.Timeline) []Sums {
	f := NewFold()
	for _, line := range lines {
		line.Merchant = m
		f.Person(line)
	}
	f.Merchant(m)
	slices.SortFunc(f.Sums, func(a, b Sums) int { return cmp.Compare(a.Day, b.Day) })
	return f.Sums
}

func paid(at ...sevenday.Millis) []metrics.Order {
	orders := make([]metrics.Order, len(at))
	for i := range at {
		orders[i].PaidAt = start + at[i]
	}
	return orders
}

func claim(at sevenday.Millis, placement sevenday.Placement) metrics.Coupon {
	return metrics.Coupon{Time: start + at, Stage: sevenday.StageClaimed, Placement: placement}
}

func TestEachStepIsTakenUntilTheEndOfItsWindow(t *testing.T) {
	noon := 12 * hour
	message := sevenday.PlacementLifeAccountMessage
	for _, test := range []struct {
		name string
		line metrics.Timeline
		want Sums // without key, day and Paid
	}{
		{"a claim at 24 hours", metrics.Timeline{Coupons: []metrics.Coupon{claim(noon+24*hour, sevenday.PlacementPaymentSuccess)}}, Sums{Claimed: 1}},
		{"a claim a millisecond later", metrics.Timeline{Coupons: []metrics.Coupon{claim(noon+24*hour+1, sevenday.PlacementPaymentSuccess)}}, Sums{}},
		{"a claim elsewhere", metrics.Timeline{Coupons: []metrics.Coupon{claim(noon+1, sevenday.PlacementOther)}}, Sums{}},
		{"a claim with the payment", metrics.Timeline{Coupons: []metrics.Coupon{claim(noon, sevenday.PlacementPaymentSuccess)}}, Sums{}},
		{"a claim from a message at 30 days", metrics.Timeline{Coupons: []metrics.Coupon{claim(noon+30*day, message)}}, Sums{CameBack: 1}},
		{"a claim from a message later", metrics.Timeline{Coupons: []metrics.Coupon{claim(noon+30*day+1, message)}}, Sums{}},
		{"a coupon redeemed", metrics.Timeline{Coupons: []metrics.Coupon{{Time: start + noon + 30*day, Stage: sevenday.StageRedeemed}}}, Sums{Redeemed: 1}},
		{"collected at 7 days", metrics.Timeline{Entries: []metrics.Entry{{Time: start + noon + 7*day, Action: sevenday.ActionCollect}}}, Sums{Kept: 1}},
		{"followed later", metrics.Timeline{Entries: []metrics.Entry{{Time: start + noon + 7*day + 1, Action: sevenday.ActionFollow}}}, Sums{}},
		{"uncollected", metrics.Timeline{Entries: []metrics.Entry{{Time: start + noon + 1, Action: sevenday.ActionUncollect}}}, Sums{}},
		{"back through the collection", metrics.Timeline{Visits: []metrics.Visit{{Start: start + noon + 30*day, Portal: sevenday.PortalCollection}}}, Sums{CameBack: 1}},
		{"back through a scan", metrics.Timeline{Visits: []metrics.Visit{{Start: start + noon + day, Portal: sevenday.PortalScan}}}, Sums{}},
	} {
		test.line.Person, test.line.Orders = 1, paid(noon)
		want := test.want
		want.Key, want.Day, want.Paid = merchant(t).Row(merchant(t).Calendar.Day(start)+reach), merchant(t).Calendar.Day(start), 1
		if diff := gocmp.Diff([]Sums{want}, fold(merchant(t), &test.line)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestAUserCountsOnceForEachDayOnWhichItPaid(t *testing.T) {
	line := &metrics.Timeline{Person: 1, Orders: paid(hour, 2*hour, day+hour)}
	first := merchant(t).Calendar.Day(start)
	got := fold(merchant(t), line, &metrics.Timeline{Person: sevenday.Nobody, Orders: paid(hour)})
	want := []Sums{
		{Key: merchant(t).Row(first + reach), Day: first, Paid: 1, PaidAgain: 1, PaidAgainNotClaimed: 1},
		{Key: merchant(t).Row(first + 1 + reach), Day: first + 1, Paid: 1},
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// naive reads every event for every payment.
func naive(m *metrics.Merchant, line *metrics.Timeline) map[sevenday.Day]Sums {
	sums := map[sevenday.Day]Sums{}
	for _, o := range line.Orders {
		paidOn := m.Calendar.Day(o.PaidAt)
		if _, seen := sums[paidOn]; seen {
			continue
		}
		in := func(at, window sevenday.Millis) uint64 { return one(at > o.PaidAt && at <= o.PaidAt+window) }
		s := Sums{Key: m.Row(paidOn + reach), Day: paidOn, Paid: 1}
		for _, c := range line.Coupons {
			switch {
			case c.Stage == sevenday.StageRedeemed:
				s.Redeemed |= in(c.Time, 30*day)
			case c.Stage == sevenday.StageClaimed && c.Placement == sevenday.PlacementPaymentSuccess:
				s.Claimed |= in(c.Time, day)
			case c.Stage == sevenday.StageClaimed && c.Placement == sevenday.PlacementLifeAccountMessage:
				s.CameBack |= in(c.Time, 30*day)
			}
		}
		for _, e := range line.Entries {
			if e.Action == sevenday.ActionCollect || e.Action == sevenday.ActionFollow {
				s.Kept |= in(e.Time, 7*day)
			}
		}
		for _, v := range line.Visits {
			if v.Portal == sevenday.PortalCollection || v.Portal == sevenday.PortalLifeAccount || v.Portal == sevenday.PortalCardPackage {
				s.CameBack |= in(v.Start, 30*day)
			}
		}
		for _, other := range line.Orders {
			s.PaidAgain |= in(other.PaidAt, 30*day)
		}
		s.PaidAgainNotClaimed = s.PaidAgain &^ s.Claimed
		sums[paidOn] = s
	}
	return sums
}

func TestTheFoldCountsWhatANaiveReadingCounts(t *testing.T) {
	// A few instants a window apart, so that its ends are met.
	steps := []sevenday.Millis{0, 1, hour, 24*hour - 1, 24 * hour, 7 * day, 7*day + 1, 30 * day}
	rapid.Check(t, func(t *rapid.T) {
		m, err := metrics.NewMerchant(sevenday.DefaultMerchant("m"), 1)
		if err != nil {
			t.Fatal(err)
		}
		line := &metrics.Timeline{Person: 1}
		at := start
		for range rapid.IntRange(0, 12).Draw(t, "events") {
			at += rapid.SampledFrom(steps).Draw(t, "step")
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				line.Orders = append(line.Orders, metrics.Order{PaidAt: at})
			case 1:
				line.Visits = append(line.Visits, metrics.Visit{Start: at, Portal: sevenday.Portal(rapid.IntRange(1, 8).Draw(t, "portal"))})
			case 2:
				line.Entries = append(line.Entries, metrics.Entry{Time: at, Action: sevenday.Action(rapid.IntRange(1, 6).Draw(t, "action"))})
			default:
				line.Coupons = append(line.Coupons, metrics.Coupon{
					Time: at, Stage: sevenday.Stage(rapid.IntRange(1, 8).Draw(t, "stage")),
					Placement: sevenday.Placement(rapid.SampledFrom([]int{1, 4, 9}).Draw(t, "placement")),
				})
			}
		}
		want := naive(m, line)
		got := fold(m, line)
		if len(got) != len(want) {
			t.Fatalf("%d days, want %d", len(got), len(want))
		}
		for _, s := range got {
			if diff := gocmp.Diff(want[s.Day], s); diff != "" {
				t.Fatalf("(-naive +fold):\n%s", diff)
			}
		}
	})
}
