package uplift

import "math"

// detectable is how many standard errors an effect must have to be found at 5 %
// four times in five: 1.96 + 0.84.
const detectable = 2.80

// significance is the level at which the pre-trend test rejects.
const significance = 0.05

// report turns the effects on logs into growths.
func (s *study) report(effects *GroupTime, options MerchantOptions) {
	r := &s.result
	simple, ok := effects.Simple()
	if !ok || simple.Overall.SE == 0 {
		r.Refused = refuse(CodeNotIdentified, "no week after adoption has both adopters and comparable controls with an error")
		return
	}
	effect := simple.Overall
	low, high, _ := effect.Interval(normal95)
	r.LogEffect, r.LogSE = pointer(effect.Estimate), pointer(effect.SE)
	r.Estimate, r.Low, r.High = growth(effect.Estimate), growth(low), growth(high)
	r.MDE = pointer(detectable * effect.SE)
	s.reportEventStudy(effects, options)
}

func (s *study) reportEventStudy(effects *GroupTime, options MerchantOptions) {
	study, ok := effects.EventStudy()
	if !ok {
		return
	}
	bands := study.Bands(options.Draws, options.Seed, level)
	s.result.Bootstrap = &Bootstrap{Draws: bands.Draws, Seed: bands.Seed, Critical: bands.Critical}
	behind := effects.merchantsBehind()
	for i, row := range study.Rows {
		week := eventWeek(row, bands.SE[i], bands.Critical)
		week.Treated = behind[row.Key]
		s.result.EventStudy = append(s.result.EventStudy, week)
	}
	s.reportPreTrend(&study, options)
}

func (s *study) reportPreTrend(study *Aggregate, options MerchantOptions) {
	test, ok := study.PreTrend(options.Draws, options.Seed)
	if !ok {
		return
	}
	s.result.PreTrend = &PreTrend{Statistic: test.Statistic, P: test.P, Rejected: test.P < significance}
	if s.result.PreTrend.Rejected {
		s.warn(warn(CodePreTrend, "adopters' sales moved differently from the controls' before adoption (p = %.3f): the figure may be that movement and no effect", test.P))
	}
}

// merchantsBehind counts the treated units behind each relative time.
func (gt *GroupTime) merchantsBehind() map[int]int {
	behind := map[int]int{}
	for _, cell := range gt.Cells {
		if cell.Missing == "" {
			behind[cell.Relative()] += cell.Treated
		}
	}
	return behind
}

func eventWeek(row AggregateRow, bandSE, critical float64) EventWeek {
	week := EventWeek{RelativeWeek: row.Key, Partial: row.Key == 0, Estimate: math.Expm1(row.Estimate)}
	if low, high, ok := row.Interval(normal95); ok {
		week.Low, week.High = growth(low), growth(high)
	}
	if low, high, ok := (Effect{Estimate: row.Estimate, SE: bandSE}).Interval(critical); ok {
		week.LowUniform, week.HighUniform = growth(low), growth(high)
	}
	return week
}

func growth(log float64) *float64 { return pointer(math.Expm1(log)) }

func pointer(x float64) *float64 { return &x }
