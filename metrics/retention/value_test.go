package retention

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// naiveValue counts what the members of a cell's cohorts spent in the periods it looks at.
func naiveValue(q *Query, shops []shop, zones map[string]Zone) map[valueKey]valueCell {
	cells := make(map[valueKey]valueCell)
	for i := range shops {
		s, zone := &shops[i], zones[shops[i].TimeZone]
		seen := make(map[valueKey]bool)
		for _, p := range s.people {
			for cohort := q.Period.Index(firstDay); cohort <= q.Period.Index(lastDay); cohort++ {
				if !q.inRange(cohort) || q.Period.First(cohort) > zone.Begun || !p.member(&Sums{Period: q.Period, Cohort: q.Cohort, Activity: q.Activity}, cohort) {
					continue
				}
				for place, measure := range []Measure{DayN, WithinN} {
					for n := q.firstN(measure); n <= q.ToN; n++ {
						key := valueKey{currency: s.Currency, value: s.valueIn(p, q, cohort), cohort: cohort, measure: place, n: n}
						first, last := q.needs(cohort, measure, n, &zone)
						keys := []valueKey{key}
						if last+7 <= zone.Closed {
							keys = append(keys, valueKey{currency: key.currency, value: key.value, pooled: true, measure: place, n: n})
						}
						for _, key := range keys {
							cell := cells[key]
							cell.users++
							if p.back(q, measure, cohort, n) {
								cell.returned++
							}
							for day := first; day <= last; day++ {
								if index := q.Period.Index(day); p.activeOn(q.Activity, day) && (index == cohort || p.enough(q, index)) {
									cell.net += sevenday.Money(day)
								}
							}
							if !seen[key] {
								seen[key] = true
								cell.merchants++
							}
							cells[key] = cell
						}
					}
				}
			}
		}
	}
	return cells
}

func (p someone) activeOn(activity Activity, day sevenday.Day) bool {
	_, visited := p.visits[day]
	return activity == ActivityVisit && visited || activity == ActivityPaying && p.payments[day]
}

func TestValueEqualsAddingUpWhatEachMemberSpent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shops, q, zones := drawShops(t, 3), drawQuery(t), drawZones(t)
		for i := range shops {
			shops[i].Currency = rapid.SampledFrom([]string{"CNY", "USD"}).Draw(t, "currency")
		}
		q.Measure = ""
		v := NewValueAnswer(q, places(shops), zones)
		walkAll(t, v.Answer, shops)
		got := make(map[valueKey]valueCell)
		for key, cell := range v.cells {
			got[key] = valueCell{merchants: cell.merchants, users: cell.users, returned: cell.returned, net: cell.net}
		}
		if diff := gocmp.Diff(naiveValue(&q, shops, zones), got, gocmp.AllowUnexported(valueKey{}, valueCell{})); diff != "" {
			t.Fatalf("%+v (-naive +answer):\n%s", q, diff)
		}
	})
}

func TestValueIsFinalWhenRefundsCanNoLongerCome(t *testing.T) {
	shops := []shop{{Place: Place{MerchantID: "a", TimeZone: "Asia/Shanghai", Currency: "CNY"}, people: []someone{
		{visits: map[sevenday.Day]sevenday.Portal{firstDay: 1, firstDay + 2: 1}},
		{visits: map[sevenday.Day]sevenday.Portal{firstDay: 2}},
	}}}
	q := Query{FromN: 2, ToN: 2, Measure: DayN}.WithDefaults()
	q.Merchant = "a"
	for closed, state := range map[sevenday.Day]metrics.State{firstDay + 9: metrics.Final, firstDay + 8: metrics.Open, firstDay: metrics.NotDue} {
		zones := map[string]Zone{"Asia/Shanghai": {metrics.LastDays{Closed: closed, Begun: closed + 1}, newMerchant(t).Calendar}}
		v := NewValueAnswer(q, places(shops), zones)
		walkAll(t, v.Answer, shops)
		want := ValueRow{
			MerchantID: metrics.Optional("a"), Cohort: CohortNew, Activity: ActivityVisit, Period: PeriodDay, CohortDay: metrics.Optional(firstDay),
			N: 2, Measure: DayN, Currency: "CNY", Merchants: 1, CohortUsers: 2, State: state,
		}
		if state != metrics.NotDue { // somebody spent as many minor units as the day's number
			want.ReturnedUsers, want.Net = metrics.Optional[int64](1), metrics.Optional(sevenday.Money(firstDay+2))
			want.NetPerUser = metrics.Optional(sevenday.Money(firstDay+2) / 2)
		}
		if diff := gocmp.Diff(want, v.Rows()[0]); diff != "" {
			t.Errorf("days closed to %s (-want +got):\n%s", closed, diff)
		}
	}
}

func TestMoneyPerUserIsRounded(t *testing.T) {
	for _, test := range []struct {
		net   sevenday.Money
		users int64
		want  sevenday.Money
	}{{10, 4, 3}, {9, 4, 2}, {-10, 4, -3}, {0, 3, 0}, {5, 1, 5}} {
		if got := perUser(test.net, test.users); got != test.want {
			t.Errorf("%d among %d is %d, want %d", test.net, test.users, got, test.want)
		}
	}
}
