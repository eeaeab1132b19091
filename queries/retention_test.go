package queries

import (
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sevenday"
	"sevenday/metrics"
	"sevenday/metrics/activity"
	"sevenday/metrics/retention"
)

func TestRetentionEqualsANaiveCountOfTheTimelines(t *testing.T) {
	c, w := publishedWorld(t, 11)
	var questions []retention.Query
	for _, cohort := range []retention.Cohort{retention.CohortNew, retention.CohortAll} {
		for _, activity := range []retention.Activity{retention.ActivityVisit, retention.ActivityPaying} {
			for i, period := range metrics.Periods {
				q := retention.Query{Cohort: cohort, Activity: activity, Period: period, FromN: 0, ToN: 3}
				byPortal, atLeast, bracket, byIndustry := q, q, q, q
				byPortal.By, byPortal.Range = retention.ByPortal, ranges()[i]
				atLeast.AtLeast, atLeast.By, atLeast.Range = 2, retention.ByPortal, ranges()[1]
				bracket.Measure, bracket.FromN, bracket.ToN = retention.Bracket, 2, 5
				byIndustry.By, byIndustry.Measure = retention.ByIndustry, retention.DayN
				questions = append(questions, q, byPortal, atLeast, bracket, byIndustry)
			}
		}
	}
	for i, scope := range []metrics.Scope{{}, {Industry: "catering"}, {Merchant: "apple"}, {Merchant: "empty"}} {
		for j, q := range questions {
			if i > 0 && j%3 != i%3 {
				continue // the platform is asked everything, the others a third each
			}
			q.Scope = scope
			compareRetention(t, c, w, &q)
		}
	}
}

// compareRetention holds the rows of a question, but those of distinct users,
// against the naive ones.
func compareRetention(t *testing.T, c *Catalog, w *world, q *retention.Query) {
	t.Helper()
	got, err := c.Retention(t.Context(), *q)
	if err != nil {
		t.Fatalf("%+v: %v", *q, err)
	}
	got = slices.DeleteFunc(got, isDistinct)
	same := []gocmp.Option{
		cmpopts.IgnoreFields(retention.Row{}, "Low", "High", "HistoryDays"), cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateEmpty(),
	}
	if diff := gocmp.Diff(sortedRetention(w.naiveRetention(q)), sortedRetention(got), same...); diff != "" {
		t.Fatalf("%+v (-naive +catalog):\n%s", *q, diff)
	}
}

func isDistinct(r retention.Row) bool {
	return r.Aggregation != nil && *r.Aggregation == retention.Distinct
}

// together stores the days of persons at the one merchant of an industry of its
// own, and what a run makes of them for the industry.
func together(t *testing.T, c *Catalog, w *world, days []activity.UserDay) {
	t.Helper()
	const id, industry = "alone", "gardening"
	run := w.merchants[0].Run
	store(t, c, "merchants_settled", []settledMerchant{{
		MerchantID: id, Declared: true, Industry: industry, TimeZone: "Asia/Shanghai", UserIDScope: sevenday.ScopePlatform, Version: 1, LeaseUntil: noEnd,
	}})
	for _, published := range []string{id, "*" + industry} {
		store(t, c, "publications", []publication{{run, published, w.horizon.Watermark, w.horizon.AsOf, []sevenday.Day{metrics.WholeHistory}, []uint64{run}}})
	}
	group := &metrics.Merchant{Merchant: sevenday.Merchant{MerchantID: "*" + industry}, Run: run, From: metrics.WholeHistory}
	fold, persons := new(retention.DistinctFold), []activity.Person{}
	for i := range days {
		d := &days[i]
		d.MerchantID, d.Run = id, run
		fold.Day(&retention.DistinctDay{Person: d.Person, Day: d.Day, Portal: d.Portal, Visited: d.Visited, Paid: d.Payments > 0})
		if i+1 == len(days) || days[i+1].Person != d.Person {
			first := slices.IndexFunc(days, func(other activity.UserDay) bool { return other.Person == d.Person })
			persons = append(persons, activity.PersonOf(group, d.Person, &metrics.Known{}, days[first:i+1]))
		}
	}
	fold.Group(group)
	store(t, c, "user_days_by_run", days)
	store(t, c, "retention_distinct_by_run", fold.Rows)
	store(t, c, "distinct_persons_by_run", persons)
	// The industry's only merchant has the same figures.
	for i := range fold.Rows {
		fold.Rows[i].MerchantID = id
	}
	for i := range persons {
		persons[i].MerchantID = id
	}
	store(t, c, "retention_sums_by_run", fold.Rows)
	store(t, c, "first_days_by_run", persons)
}

func TestDistinctUsersOfAScopeComeFromTheFoldOverAllItsMerchants(t *testing.T) {
	c, w := publishedWorld(t, 12)
	var days []activity.UserDay
	for person := range 3 {
		for _, n := range []sevenday.Day{0, 2, 9} {
			day := activity.UserDay{Person: sevenday.Person(person + 1), Day: sevenday.DayOf(ended) - 20 + n, Portal: sevenday.PortalScan}
			if day.Visited = person < 2; !day.Visited {
				day.Payments = 1
			}
			days = append(days, day)
		}
	}
	together(t, w.admin, w, days)
	for _, test := range []struct {
		cohort retention.Cohort
		users  int64
		want   map[retention.Measure][]int64
	}{
		{retention.CohortNew, 2, map[retention.Measure][]int64{
			retention.DayN: {2, 0, 0, 0, 0, 0, 0, 2}, retention.WithinN: {2, 2, 2, 2, 2, 2, 2, 2}, retention.UnboundedN: {2, 2, 2, 2, 2, 2, 2, 2},
		}},
		{retention.CohortAll, 6, map[retention.Measure][]int64{
			retention.DayN: {2, 0, 0, 0, 0, 2, 0, 2}, retention.WithinN: {2, 2, 2, 2, 2, 4, 4, 4}, retention.UnboundedN: {4, 4, 4, 4, 4, 4, 2, 2},
		}},
	} {
		q := retention.Query{Scope: metrics.Scope{Industry: "gardening"}, Cohort: test.cohort, FromN: 2, ToN: 9, By: retention.ByPortal}
		rows, err := c.Retention(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		got := map[retention.Measure][]int64{}
		for _, r := range slices.DeleteFunc(rows, func(r retention.Row) bool { return !isDistinct(r) || r.CohortDay != nil || *r.Value != "scan" }) {
			if *r.CohortUsers != test.users || (r.Low != nil) != (test.cohort == retention.CohortNew) {
				t.Errorf("%s of n = %d: %d users, low %v", r.Measure, r.N, *r.CohortUsers, r.Low)
			}
			got[r.Measure] = append(got[r.Measure], *r.ReturnedUsers)
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.cohort, diff)
		}
	}
}

// naiveRolling counts a merchant's new users by the 24 hours since their first
// visit in which another begins.
func (w *world) naiveRolling(id string, n int) (users, returned int64) {
	for _, line := range w.linesIn(metrics.Scope{Merchant: id}) {
		p := newNaivePerson(&retention.Query{Cohort: retention.CohortNew, Activity: retention.ActivityVisit, Period: retention.PeriodDay}, line)
		if line.Person == sevenday.Nobody || len(line.Visits) == 0 || !p.member(int32(line.Visits[0].Day)) {
			continue
		}
		if end := line.Merchant.Calendar.End(line.Visits[0].Day) + sevenday.Millis(n+1)*day; line.Merchant.Calendar.End(line.Merchant.Calendar.Day(end-1)) > w.horizon.Watermark {
			continue
		}
		users++
		returned += int64(b2i(slices.ContainsFunc(line.Visits, func(v metrics.Visit) bool {
			return int((v.Start-line.Visits[0].Start)/day) == n
		})))
	}
	return users, returned
}

func TestRollingRetentionEqualsANaiveCountOfVisits(t *testing.T) {
	c, w := publishedWorld(t, 13)
	for _, id := range []string{"apple", "bike", "cafe", "paying"} {
		rows, err := c.Retention(t.Context(), retention.Query{Scope: metrics.Scope{Merchant: id}, Measure: retention.RollingN, ToN: 12})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.CohortDay != nil {
				continue
			}
			if users, returned := w.naiveRolling(id, r.N); users != *r.CohortUsers || returned != *r.ReturnedUsers {
				t.Errorf("%s, n = %d: %d of %d, want %d of %d", id, r.N, *r.ReturnedUsers, *r.CohortUsers, returned, users)
			}
		}
	}
}

func TestTheValueOfReturnsIsWhatTheVisitorsPaidThatDay(t *testing.T) {
	c, w := publishedWorld(t, 14)
	q := retention.Query{Scope: metrics.Scope{Industry: "catering"}, Cohort: retention.CohortAll, ToN: 2, Measure: retention.DayN}.WithDefaults()
	rows, err := c.RetentionValue(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.CohortDay == nil || r.Net == nil {
			continue
		}
		if net := w.naiveValue(&q, r.Currency, *r.CohortDay, *r.CohortDay+sevenday.Day(r.N)); net != *r.Net {
			t.Errorf("%s n = %d in %s: %s, want %s", *r.CohortDay, r.N, r.Currency, *r.Net, net)
		}
	}
	if len(rows) < 20 {
		t.Errorf("only %d rows", len(rows))
	}
}

// naiveValue adds up what the visitors of one day paid on another on which they
// visited, at merchants of a currency.
func (w *world) naiveValue(q *retention.Query, currency string, cohort, day sevenday.Day) (net sevenday.Money) {
	for _, line := range w.linesIn(q.Scope) {
		p := newNaivePerson(q, line)
		if line.Person == sevenday.Nobody || line.Merchant.Currency != currency || !p.active(cohort) || !p.active(day) {
			continue
		}
		for _, o := range line.Orders {
			if o.Currency == currency && line.Merchant.Calendar.Day(o.PaidAt) == day {
				net += o.Net()
			}
		}
	}
	return net
}

func TestDifferencesAreThoseOfTheRatesOfEachTwoPortals(t *testing.T) {
	c, _ := publishedWorld(t, 15)
	for _, scope := range []metrics.Scope{{}, {Merchant: "apple"}} {
		for _, cohort := range []retention.Cohort{retention.CohortNew, retention.CohortAll} {
			q := retention.Query{Scope: scope, Cohort: cohort, By: retention.ByPortal, FromN: 7, ToN: 7}
			rows, err := c.Retention(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			rates := map[string]float64{}
			for _, r := range rows {
				if r.CohortDay == nil && r.Rate != nil && r.Value != nil && (r.Aggregation == nil || *r.Aggregation == retention.Pooled) {
					rates[string(r.Measure)+*r.Value] = *r.Rate
				}
			}
			differences, err := c.RetentionDifferences(t.Context(), q)
			if err != nil || len(differences) == 0 {
				t.Fatalf("%+v: %d rows, %v", q, len(differences), err)
			}
			for _, d := range differences {
				if d.Value == nil || d.Against == nil {
					continue
				}
				want := rates[string(d.Measure)+*d.Value] - rates[string(d.Measure)+*d.Against]
				if d.Difference != want || d.Low > d.Difference || d.High < d.Difference {
					t.Errorf("%+v: want %v", d, want)
				}
			}
		}
	}
}

func TestQuestionsThatMakeNoSenseAreRefused(t *testing.T) {
	c := &Catalog{}
	for _, q := range []retention.Query{
		{By: "color"},
		{Measure: "day_7"},
		{FromN: 3, ToN: 31},
		{FromN: 5, ToN: 3},
		{AtLeast: -1},
		{Cohort: "old"},
		{Activity: "sleep"},
		{Period: "year"},
		{Scope: metrics.Scope{Merchant: "m", Industry: "i"}},
		{Measure: retention.RollingN, Period: retention.PeriodWeek},
		{Measure: retention.RollingN, Cohort: retention.CohortAll},
		{Measure: retention.RollingN, AtLeast: 2},
	} {
		if _, err := c.Retention(t.Context(), q); sevenday.KindOf(err) != sevenday.Invalid {
			t.Errorf("%+v: %v, want it to be invalid", q, err)
		}
	}
	if _, err := c.RetentionValue(t.Context(), retention.Query{Measure: retention.UnboundedN}); sevenday.KindOf(err) != sevenday.Invalid {
		t.Errorf("value of unbounded_n: %v, want it to be invalid", err)
	}
	if _, err := c.RetentionDifferences(t.Context(), retention.Query{}); sevenday.KindOf(err) != sevenday.Invalid {
		t.Errorf("differences of nothing: %v, want them to be invalid", err)
	}
}
