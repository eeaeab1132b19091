package uplift

import (
	"errors"
	"math"
	"slices"

	"sevenday"
)

// study is the estimation for one scope.
type study struct {
	window  *window
	members []*merchant // that stand in the panel
	leftOut map[Code]int
	result  Result
}

// newStudy leaves out the merchants that cannot stand in the panel.
func newStudy(w *window, members []*merchant) *study {
	s := &study{window: w, leftOut: map[Code]int{}, result: Result{
		Estimand: EstimandGeometric, EventStudy: []EventWeek{}, Warnings: []Warning{},
	}}
	if len(w.merchants) > 0 {
		s.result.Weeks, s.result.FirstWeek, s.result.LastWeek = w.weeks(), &w.first, &w.last
	}
	for _, m := range members {
		if reason := m.reason(w); reason != "" {
			s.leftOut[reason]++
		} else {
			s.members = append(s.members, m)
		}
	}
	s.warnOfZeros()
	s.dropLoneAdopters()
	return s
}

// mostZeros is the share of merchants without a logarithm from which the
// geometric figure speaks for too few.
const mostZeros = 0.05

func (s *study) warnOfZeros() {
	zeros := s.leftOut[ReasonWeekWithoutSales]
	if float64(zeros) > mostZeros*float64(zeros+len(s.members)) {
		s.warn(warn(CodeZeroWeeks, "%d of %d merchants have a week without sales and are left out: the figure speaks for the others only", zeros, zeros+len(s.members)))
	}
}

func (s *study) warn(w Warning) { s.result.Warnings = append(s.result.Warnings, w) }

func (s *study) dropLoneAdopters() {
	adopters := map[sevenday.Day]int{}
	for _, m := range s.members {
		adopters[m.adopted]++
	}
	s.drop(ReasonOnlyAdopter, func(m *merchant) bool { return m.adopted != 0 && adopters[m.adopted] == 1 })
}

// keepIndustriesWithBoth leaves out industries without adopters or without
// never-treated merchants, where those are the controls.
func (s *study) keepIndustriesWithBoth() {
	treated, never := map[string]int{}, map[string]int{}
	for _, m := range s.members {
		if m.adopted != 0 {
			treated[m.industry]++
		} else {
			never[m.industry]++
		}
	}
	s.drop(ReasonNoTreated, func(m *merchant) bool { return treated[m.industry] == 0 })
	if s.control() == ControlNever {
		s.drop(ReasonNoControls, func(m *merchant) bool { return never[m.industry] == 0 })
		s.dropLoneAdopters()
	}
}

func (s *study) drop(reason Code, unwanted func(m *merchant) bool) {
	before := len(s.members)
	s.members = slices.DeleteFunc(s.members, unwanted)
	if dropped := before - len(s.members); dropped > 0 {
		s.leftOut[reason] += dropped
	}
}

func (s *study) count(wanted func(m *merchant) bool) int {
	n := 0
	for _, m := range s.members {
		if wanted(m) {
			n++
		}
	}
	return n
}

// control returns the never treated where there are enough of them.
func (s *study) control() Control {
	if s.count(func(m *merchant) bool { return m.adopted == 0 }) >= FewMerchants {
		return ControlNever
	}
	return ControlNotYet
}

// controls counts the merchants that somebody is compared with.
func (s *study) controls() int {
	if s.control() == ControlNever {
		return s.count(func(m *merchant) bool { return m.adopted == 0 })
	}
	first := sevenday.Day(math.MaxInt32)
	for _, m := range s.members {
		if m.adopted != 0 {
			first = min(first, m.adopted)
		}
	}
	return s.count(func(m *merchant) bool { return m.adopted == 0 || m.adopted > first })
}

// run estimates, or refuses, and fills in the result.
func (s *study) run(options MerchantOptions) {
	r := &s.result
	r.LeftOut = leftOut(s.leftOut)
	r.Treated, r.Control, r.ControlGroup = s.count(func(m *merchant) bool { return m.adopted != 0 }), s.controls(), s.control()
	r.Naive = s.naive()
	if r.Refused = s.tooFew(); r.Refused != nil {
		return
	}
	effects, refusal := s.estimate()
	if refusal != nil {
		r.Refused = refusal
		return
	}
	r.Warnings = append(r.Warnings, effects.Warnings...)
	s.report(effects, options)
}

func (s *study) tooFew() *Refusal {
	treated, control := s.result.Treated, s.result.Control
	switch {
	case treated < FewMerchants && control < FewMerchants:
		return refuse(CodeTooFew, "%d treated and %d control merchants: %d of each are needed", treated, control, FewMerchants)
	case treated < FewMerchants:
		return refuse(CodeTooFew, "%d treated merchants: %d are needed", treated, FewMerchants)
	case control < FewMerchants:
		return refuse(CodeTooFew, "%d control merchants: %d are needed", control, FewMerchants)
	default:
		return nil
	}
}

func (s *study) estimate() (*GroupTime, *Refusal) {
	panel, err := NewPanel(s.rows())
	if err == nil {
		var effects *GroupTime
		effects, err = CallawaySantAnna(panel, Options{Control: s.control(), Base: BaseUniversal})
		if err == nil {
			return effects, nil
		}
	}
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		panic("uplift: an error that is no refusal: " + err.Error())
	}
	return nil, refusal
}

// rows writes the panel of logs, weeks numbered from Monday 1970-01-05 on.
func (s *study) rows() Rows {
	var rows Rows
	names := industriesOf(s.members)
	for i := 1; i < len(names); i++ {
		rows.Covariates = append(rows.Covariates, Covariate{Name: names[i]})
	}
	for _, m := range s.members {
		for week, net := range m.net {
			rows.Unit = append(rows.Unit, m.id)
			rows.Time = append(rows.Time, weekNumber(s.window.first)+week)
			rows.Group = append(rows.Group, weekNumber(m.adopted))
			rows.Outcome = append(rows.Outcome, math.Log(float64(net)))
			for i := range rows.Covariates {
				column := &rows.Covariates[i]
				column.Values = append(column.Values, indicator(column.Name == m.industry))
			}
		}
	}
	return rows
}

// weekNumber counts Mondays from 1970-01-05, which is week 1; a merchant that
// never adopted has Never.
func weekNumber(monday sevenday.Day) int {
	if monday == 0 {
		return Never
	}
	return int(monday-4)/7 + 1
}

func indicator(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// naive compares the adopters' own weeks, nil without adopters.
func (s *study) naive() *Naive {
	sum, adopters := 0.0, 0
	for _, m := range s.members {
		if m.adopted == 0 {
			continue
		}
		start := int(m.adopted-s.window.first) / 7
		sum += meanLog(m.net[start:]) - meanLog(m.net[:start])
		adopters++
	}
	if adopters == 0 {
		return nil
	}
	return &Naive{BeforeAfter: math.Expm1(sum / float64(adopters))}
}

func meanLog(net []sevenday.Money) float64 {
	sum := 0.0
	for _, amount := range net {
		sum += math.Log(float64(amount))
	}
	return sum / float64(len(net))
}
