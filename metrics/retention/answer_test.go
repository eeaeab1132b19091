package retention

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sevenday"
	"sevenday/metrics"
)

// shop is a merchant with its people. A day's number of visits is the number of
// its portal, and the terminal of a visit is named like its portal.
type shop struct {
	Place
	people []someone
}

var zoneNames = []string{"Asia/Shanghai", "America/New_York"}

func drawShops(t *rapid.T, most int) []shop {
	shops := make([]shop, rapid.IntRange(1, most).Draw(t, "shops"))
	for i := range shops {
		shops[i].MerchantID = string(rune('a' + i))
		shops[i].TimeZone = rapid.SampledFrom(zoneNames).Draw(t, "zone")
		shops[i].Industry = rapid.SampledFrom([]string{"retail", "travel"}).Draw(t, "industry")
		shops[i].City = rapid.SampledFrom([]string{"", "Hangzhou"}).Draw(t, "city")
		shops[i].people = rapid.SliceOfN(rapid.Custom(drawPerson), 0, 4).Draw(t, "people")
	}
	return shops
}

// drawQuery draws a question about all shops.
func drawQuery(t *rapid.T) Query {
	q := Query{
		Cohort:   rapid.SampledFrom(cohorts[:]).Draw(t, "cohort"),
		Activity: rapid.SampledFrom(activities[:]).Draw(t, "activity"),
		Period:   rapid.SampledFrom(metrics.Periods[:]).Draw(t, "period"),
		By:       rapid.SampledFrom([]string{"", ByPortal, ByTerminal, ByPaidFirst, ByIndustry, ByCity}).Draw(t, "by"),
		Measure:  rapid.SampledFrom([]Measure{"", DayN, UnboundedN, Bracket}).Draw(t, "measure"),
		AtLeast:  rapid.SampledFrom([]int{0, 1, 3}).Draw(t, "at least"),
	}
	q.FromN = rapid.IntRange(0, 8).Draw(t, "from n")
	q.ToN = rapid.IntRange(q.FromN, MaxN).Draw(t, "to n")
	if rapid.Bool().Draw(t, "ranged") {
		q.From = drawDay(t, "from")
		q.To = q.From + sevenday.Day(rapid.Int32Range(1, 60).Draw(t, "days"))
	}
	return q
}

// drawZones ends the days somewhere in the people's time.
func drawZones(t *rapid.T) map[string]Zone {
	zones := make(map[string]Zone)
	for _, name := range zoneNames {
		location, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		closed := drawDay(t, "closed")
		zones[name] = Zone{metrics.LastDays{Closed: closed, Begun: closed + 1}, sevenday.NewCalendar(location)}
	}
	return zones
}

func places(shops []shop) []Place {
	var list []Place
	for i := range shops {
		list = append(list, shops[i].Place)
	}
	return list
}

// answered gives an answer what the warehouse would.
func answered(t interface{ Fatal(...any) }, q Query, shops []shop, zones map[string]Zone) *Answer {
	a := NewAnswer(q, places(shops), zones)
	if q.Persons() {
		walkAll(t, a, shops)
		return a
	}
	for i := range shops {
		for _, r := range shops[i].returns(q) {
			a.Cohorts.Return(&r)
		}
	}
	a.Cohorts.End()
	if q.Cohort == CohortAll || q.Activity == ActivityPaying { // either way leads to unbounded_n
		walkAll(t, a, shops)
		return a
	}
	for i := range shops {
		for _, l := range shops[i].later(q) {
			a.Cohorts.Later(&l)
		}
	}
	a.Cohorts.End()
	return a
}

// returns are the rows that are stored of the shop.
func (s *shop) returns(q Query) []Return {
	var rows []Return
	first, end := q.Reads()
	for index := q.Period.Index(firstDay); index <= q.Period.Index(lastDay); index++ {
		for _, value := range append(sevenday.PortalNames(), "") {
			row := naive(s.people, Sums{Period: q.Period, Cohort: q.Cohort, Activity: q.Activity, By: q.Stored(), Value: value, Day: q.Period.First(index)})
			if (q.Stored() == ByPortal || value == "") && len(row.Back) > 0 && row.Day >= first && (end == 0 || row.Day < end) {
				rows = append(rows, Return{s.MerchantID, value, row.Day, row.Back, row.First})
			}
		}
	}
	return rows
}

func (s *shop) later(q Query) []Later {
	var rows []Later
	for index := q.Period.Index(firstDay); index <= q.Period.Index(lastDay); index++ {
		for _, value := range append(sevenday.PortalNames(), "") {
			sums := Sums{Period: q.Period, Cohort: q.Cohort, Activity: q.Activity, By: q.Stored(), Value: value, Day: q.Period.First(index)}
			later := make([]uint32, MaxN+1)
			copy(later, naiveLater(s.people, sums))
			if (q.Stored() == ByPortal || value == "") && later[0] > 0 {
				rows = append(rows, Later{s.MerchantID, value, sums.Day, later[0], later[q.FromN : q.ToN+1]})
			}
		}
	}
	return rows
}

func walkAll(t interface{ Fatal(...any) }, a *Answer, shops []shop) {
	walk := NewWalk(a)
	if a.NeedsFacts() {
		walk.Facts = func(merchantID string, person sevenday.Person) (PersonFacts, error) {
			return shops[merchantID[0]-'a'].facts(&a.Query, person), nil
		}
	}
	for i := range shops {
		for j, p := range shops[i].people {
			for _, d := range p.personDays(&a.Query, shops[i].MerchantID, sevenday.Person(j+1)) {
				if err := walk.Day(&d); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := walk.End(); err != nil {
		t.Fatal(err)
	}
}

func (s *shop) facts(q *Query, person sevenday.Person) PersonFacts {
	p := s.people[person-1]
	f := PersonFacts{MerchantID: s.MerchantID, Person: person, Register: p.register}
	f.FirstVisit, _ = p.ends(ActivityVisit, math.MaxInt16)
	f.FirstPaying, _ = p.ends(ActivityPaying, math.MaxInt16)
	f.Value = p.firstValue(q)
	return f
}

// firstValue is the breakdown's value of the first visit; even portals pay.
func (p someone) firstValue(q *Query) string {
	first, _ := p.ends(ActivityVisit, math.MaxInt16)
	if first == 0 {
		return ""
	}
	if q.By == ByPaidFirst {
		return map[bool]string{true: "true", false: "false"}[p.visits[first]%2 == 0]
	}
	return p.visits[first].String()
}

func (p someone) times(activity Activity, day sevenday.Day) uint16 {
	if activity == ActivityPaying {
		return uint16(day % 5)
	}
	return uint16(p.visits[day])
}

func (p someone) personDays(q *Query, merchantID string, person sevenday.Person) []PersonDay {
	var list []PersonDay
	for _, day := range p.active(q.Activity) {
		if day >= q.From {
			list = append(list, PersonDay{
				MerchantID: merchantID, Person: person, Day: day, Value: p.visits[day].String(),
				Times: p.times(q.Activity, day), Net: sevenday.Money(day),
			})
		}
	}
	return list
}

// enough tells whether the person returned in a period.
func (p someone) enough(q *Query, index int32) bool {
	times := 0
	for day := q.Period.First(index); day <= q.Period.Last(index); day++ {
		if slices.Contains(p.active(q.Activity), day) {
			times += int(p.times(q.Activity, day))
		}
	}
	return p.in(q.Period, q.Activity, index) && (q.AtLeast <= 1 || times >= q.AtLeast)
}

// back tells whether a member of a cohort came back in the way of a measure.
func (p someone) back(q *Query, measure Measure, cohort int32, n int) bool {
	from, to := n, n
	switch measure {
	case WithinN:
		from = 1
	case UnboundedN:
		to = 150
	case Bracket:
		from = q.FromN
	}
	for i := from; i <= to; i++ {
		if i == 0 || p.enough(q, cohort+int32(i)) {
			return true
		}
	}
	return false
}

// valueIn is the value of the breakdown of a member of a cohort.
func (s *shop) valueIn(p someone, q *Query, cohort int32) string {
	switch q.By {
	case "":
		return ""
	case ByIndustry:
		return s.Industry
	case ByCity:
		return s.City
	case ByPaidFirst:
		if first, _ := p.ends(ActivityVisit, math.MaxInt16); q.Period.Index(first) > cohort {
			return ""
		}
		return p.firstValue(q)
	}
	return p.portal(q.Period, q.Cohort, q.Activity, cohort).String()
}

// share is how many members a cell has, and how many of them returned.
type share struct{ v, c float64 }

type naiveKey struct {
	value   string
	cohort  int32
	measure Measure
	n       int
}

// naiveCells counts each cell of one shop by going through its people.
func (s *shop) naiveCells(q *Query) map[naiveKey]share {
	cells := make(map[naiveKey]share)
	for _, p := range s.people {
		for index := q.Period.Index(firstDay); index <= q.Period.Index(lastDay); index++ {
			if !q.inRange(index) || !p.member(&Sums{Period: q.Period, Cohort: q.Cohort, Activity: q.Activity}, index) {
				continue
			}
			for _, measure := range q.measures() {
				for n := q.firstN(measure); n <= q.ToN; n++ {
					key := naiveKey{s.valueIn(p, q, index), index, measure, n}
					cell := cells[key]
					cell.v++
					if p.back(q, measure, index, n) {
						cell.c++
					}
					cells[key] = cell
				}
			}
		}
	}
	return cells
}

func TestAnAnswerEqualsCountingPersonByPersonAtEveryMerchant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shops, q, zones := drawShops(t, 3), drawQuery(t), drawZones(t)
		a := answered(t, q, shops, zones)
		want, pooled := make(map[naiveKey]tally), make(map[naiveKey]tally)
		for i := range shops {
			own := make(map[naiveKey]tally)
			for key, cell := range shops[i].naiveCells(&q) {
				if q.Period.First(key.cohort) > zones[shops[i].TimeZone].Begun {
					continue
				}
				sums := want[key]
				sums.add(cell.v, cell.c)
				want[key] = sums
				zone := zones[shops[i].TimeZone]
				if _, last := q.needs(key.cohort, key.measure, key.n, &zone); last <= zone.Closed {
					key.cohort = 0
					sums := own[key]
					sums.V, sums.C = sums.V+cell.v, sums.C+cell.c
					own[key] = sums
				}
			}
			for key, cell := range own {
				sums := pooled[key]
				sums.add(cell.V, cell.C)
				pooled[key] = sums
			}
		}
		got, gotPooled := cellsOf(a)
		same := gocmp.Options{gocmp.AllowUnexported(tally{}, rates{}, exactSum{}), gocmp.Comparer(near)}
		if diff := gocmp.Diff(want, got, same); diff != "" {
			t.Fatalf("%+v (-naive +answer):\n%s", q, diff)
		}
		if diff := gocmp.Diff(pooled, gotPooled, same); diff != "" {
			t.Fatalf("%+v pooled (-naive +answer):\n%s", q, diff)
		}
	})
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-12 }

// cellsOf reads every cell of an answer.
func cellsOf(a *Answer) (cells, pooled map[naiveKey]tally) {
	cells, pooled = make(map[naiveKey]tally), make(map[naiveKey]tally)
	table := &a.Cohorts.table
	for _, value := range table.values() {
		a.each(func(n, measure int) {
			for _, cohort := range table.cohorts(value) {
				if c := table.cell(value, cohort, measure, n); c != nil {
					cells[naiveKey{value, cohort, c.measure, n}] = c.tally
				}
			}
			if c := table.pool(value, measure, n); c.V > 0 {
				pooled[naiveKey{value, 0, c.measure, n}] = c.tally
			}
		})
	}
	return cells, pooled
}

func TestUsersAreClustersOfOneMerchantsCohortsOfEverybody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shops, q, zones := drawShops(t, 1), drawQuery(t), drawZones(t)
		q.Merchant, q.Cohort = "a", CohortAll
		a := answered(t, q, shops, zones)
		_, pooled := cellsOf(a)
		for key, cell := range pooled {
			got := a.Users.sums(key.value, &cellSums{n: key.n, measure: key.measure})
			if got.V != cell.V || got.C != cell.C || got.Clusters > int64(len(shops[0].people)) {
				t.Fatalf("%+v: clusters hold %v of %v, the cells %v of %v", key, got.C, got.V, cell.C, cell.V)
			}
		}
	})
}

func TestRollingRetentionCountsFromTheUsersOwnFirstVisit(t *testing.T) {
	m := newMerchant(t)
	zones := map[string]Zone{m.TimeZone: {metrics.LastDays{Closed: firstDay + 40, Begun: firstDay + 41}, m.Calendar}}
	q := Query{Cohort: CohortNew, Activity: ActivityVisit, Period: PeriodDay, ToN: 3, Measure: RollingN}
	a := NewAnswer(q, []Place{{MerchantID: "m", TimeZone: m.TimeZone}}, zones)
	walk := NewWalk(a)
	register := map[sevenday.Person]sevenday.Day{3: firstDay - 1}
	walk.Facts = func(_ string, person sevenday.Person) (PersonFacts, error) {
		return PersonFacts{FirstVisit: firstDay, Register: register[person]}, nil
	}
	noon := m.Calendar.Start(firstDay) + 12*hour
	for person, starts := range map[sevenday.Person][]sevenday.Millis{
		1: {noon, noon + 24*hour - 1, noon + 48*hour - 1}, // twice in its first 24 hours, once in the next
		2: {noon, noon + 48*hour, noon + 31*24*hour},
		3: {noon, noon + 24*hour}, // registered before: a regular
	} {
		for _, start := range starts {
			if err := walk.Visit(&VisitStart{"m", person, start}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := walk.End(); err != nil {
		t.Fatal(err)
	}
	var got []float64
	for n := range 4 {
		got = append(got, a.Cohorts.table.cell("", int32(firstDay), 0, n).C)
	}
	if diff := gocmp.Diff([]float64{2, 1, 1, 0}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDistinctUsersOfAPortalThatNoMerchantHasAreShown(t *testing.T) {
	zones := map[string]Zone{"UTC": {LastDays: metrics.LastDays{Closed: firstDay + 9, Begun: firstDay + 10}}}
	q := Query{Cohort: CohortAll, Activity: ActivityPaying, Period: PeriodDay, By: ByPortal, FromN: 1, ToN: 1, Measure: DayN}
	a := NewAnswer(q, []Place{{MerchantID: "m", TimeZone: "UTC"}}, zones)
	// The one buyer searched for another merchant first, and paid at the one that was scanned.
	a.Cohorts.Return(&Return{"m", "scan", firstDay, []uint32{1}, []uint32{0}})
	a.Distinct.Return(&Return{"", "search", firstDay, []uint32{1}, []uint32{0}})
	a.Cohorts.End()
	a.Distinct.End()
	var got []string
	for _, row := range a.Rows() {
		if row.CohortDay != nil {
			got = append(got, fmt.Sprintf("%s %s %v", *row.Aggregation, *row.Value, *row.Rate))
		}
	}
	if diff := gocmp.Diff([]string{"pooled scan 0", "merchant_mean scan 0", "distinct search 0"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestACellIsFinalOnlyWhenItsLastDayIsClosed(t *testing.T) {
	day := sevenday.Date(2026, time.November, 2) // a Monday
	f := func(q Query, measure Measure, n int, closed, begun sevenday.Day, want metrics.State) {
		t.Helper()
		zone := Zone{LastDays: metrics.LastDays{Closed: closed, Begun: begun}}
		if got := q.state(q.Period.Index(day), measure, n, &zone); got != want {
			t.Errorf("%s %s n=%d with days closed to %s, begun to %s is %s, want %s", q.Period, measure, n, closed, begun, got, want)
		}
	}
	byDay, byWeek, byMonth := Query{Period: PeriodDay, FromN: 3, ToN: 7}, Query{Period: PeriodWeek}, Query{Period: PeriodMonth}
	f(byDay, DayN, 7, day+7, day+8, metrics.Final)
	f(byDay, DayN, 7, day+6, day+7, metrics.Open)
	f(byDay, DayN, 7, day+5, day+6, metrics.NotDue)
	f(byDay, WithinN, 7, day+5, day+6, metrics.Open)
	f(byDay, WithinN, 7, day-1, day, metrics.NotDue)
	f(byDay, UnboundedN, 7, day+60, day+61, metrics.Open)
	f(byDay, UnboundedN, 7, day+5, day+6, metrics.NotDue)
	f(byDay, Bracket, 7, day+7, day+8, metrics.Final)
	f(byDay, Bracket, 7, day+2, day+3, metrics.Open)
	f(byDay, Bracket, 7, day+1, day+2, metrics.NotDue)
	f(byDay, RollingN, 7, day+8, day+9, metrics.Final)
	f(byDay, RollingN, 7, day+7, day+8, metrics.Open)
	f(byDay, RollingN, 7, day+5, day+6, metrics.NotDue)
	f(byWeek, DayN, 1, day+13, day+14, metrics.Final)
	f(byWeek, DayN, 1, day+12, day+13, metrics.Open)
	f(byWeek, DayN, 1, day+5, day+6, metrics.NotDue)
	f(byMonth, DayN, 0, sevenday.Date(2026, time.November, 30), sevenday.Date(2026, time.December, 1), metrics.Final)
	f(byMonth, DayN, 1, sevenday.Date(2026, time.December, 30), sevenday.Date(2026, time.December, 31), metrics.Open)
}

func TestAChangeOfClocksMovesTheDaysOfRollingRetention(t *testing.T) {
	location, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	spring := sevenday.Date(2026, time.March, 8) // a day of 23 hours
	q := Query{Period: PeriodDay}
	for _, test := range []struct {
		cohort, closed sevenday.Day
		want           metrics.State
	}{
		{spring - 3, spring - 2, metrics.Final},
		{spring - 1, spring, metrics.Open}, // the last hour lies in the next day
		{spring - 1, spring + 1, metrics.Final},
		{spring, spring + 1, metrics.Final},
	} {
		zone := Zone{metrics.LastDays{Closed: test.closed, Begun: test.closed + 1}, sevenday.NewCalendar(location)}
		if got := q.state(int32(test.cohort), RollingN, 0, &zone); got != test.want {
			t.Errorf("rolling_0 of %s with days closed to %s is %s, want %s", test.cohort, test.closed, got, test.want)
		}
	}
}
