package dashboards

import (
	"context"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/coupon"
	"sevenday/metrics/loop"
	"sevenday/metrics/retention"
	"sevenday/metrics/sales"
	"sevenday/metrics/uplift"
	"sevenday/queries"
)

// declare adds every question to the API.
func (s *Server) declare(api huma.API) {
	get(s, api, "/progress", "The stages of the start-up", s.progress)
	get(s, api, "/freshness", "How far the published figures reach", s.freshness)
	get(s, api, "/report", "The platform's headline report", s.report)
	get(s, api, "/merchants", "Every merchant with the figures of its last 28 final days", s.merchants)
	get(s, api, "/retention", "Retention by cohort, and pooled over the final cohorts", s.retention)
	get(s, api, "/conversion", "Visit conversion by day", s.conversion)
	get(s, api, "/portals", "Visit conversion by portal and day", s.portals)
	get(s, api, "/coupons", "Coupons by placement and day", s.coupons)
	get(s, api, "/loop", "The loop of the payment-success page by day", s.loop)
	get(s, api, "/sales", "Sales and audience by day", s.sales)
	get(s, api, "/uplift", "What switching installments on did to sales", s.uplift)
	get(s, api, "/ingest", "What has been landed of each Kafka partition", s.ingest)
	correct(api.OpenAPI().Components.Schemas)
}

// progress and ingest are not figures: they change between publications, so nothing is remembered.
func (s *Server) progress(context.Context, *struct{}) ([]Stage, error) {
	return append([]Stage{}, s.config.Progress()...), nil
}

func (s *Server) ingest(ctx context.Context, _ *struct{}) ([]queries.IngestRow, error) {
	rows, err := s.config.Figures.Ingest(ctx)
	return append([]queries.IngestRow{}, rows...), err
}

func (s *Server) freshness(ctx context.Context, _ *struct{}) (queries.Freshness, error) {
	return s.answers.Freshness(ctx)
}

func (s *Server) report(ctx context.Context, _ *struct{}) (queries.Report, error) {
	report, err := remember(ctx, s.answers, "report", s.config.Figures.Report)
	if report.Claims == nil {
		report.Claims = []queries.Claim{}
	}
	return report, err
}

func (s *Server) merchants(ctx context.Context, _ *struct{}) ([]queries.MerchantRow, error) {
	rows, err := remember(ctx, s.answers, "merchants", s.config.Figures.Merchants)
	if rows == nil {
		rows = []queries.MerchantRow{}
	}
	return rows, err
}

// rowsOf answers a question about days from memory or from the figures, and
// keeps the rows that are wanted.
func rowsOf[Q, R any](ctx context.Context, s *Server, q Q, ask func(context.Context, Q) ([]R, error), wanted func(*R) bool) ([]R, error) {
	question := fmt.Sprintf("%T %+v", q, q)
	rows, err := remember(ctx, s.answers, question, func(ctx context.Context) ([]R, error) { return ask(ctx, q) })
	if err != nil {
		return nil, err
	}
	return keepRows(rows, wanted), nil
}

// RangeParameters are what all questions about days have in common.
type RangeParameters struct {
	ScopeParameters
	DayParameters
	GrainParameter
}

func (s *Server) read(ctx context.Context, p RangeParameters, behind int) (metrics.Scope, metrics.Range, error) {
	scope, err := p.scope()
	if err != nil {
		return scope, metrics.Range{}, err
	}
	days, err := s.rangeOf(ctx, p.DayParameters, scope, behind)
	return scope, days, err
}

func (s *Server) sales(ctx context.Context, p *RangeParameters) ([]sales.Row, error) {
	scope, days, err := s.read(ctx, *p, 0)
	if err != nil {
		return nil, err
	}
	return rowsOf(ctx, s, sales.Query{Scope: scope, Range: days}, s.config.Figures.Sales,
		func(r *sales.Row) bool { return p.wants(r.Day) })
}

func (s *Server) coupons(ctx context.Context, p *RangeParameters) ([]coupon.Row, error) {
	scope, days, err := s.read(ctx, *p, 0)
	if err != nil {
		return nil, err
	}
	return rowsOf(ctx, s, coupon.Query{Scope: scope, Range: days}, s.config.Figures.Coupons,
		func(r *coupon.Row) bool { return p.wants(r.Day) })
}

// loopDays is how long after a payment the last step of the loop may come.
const loopDays = 30

func (s *Server) loop(ctx context.Context, p *RangeParameters) ([]loop.Row, error) {
	scope, days, err := s.read(ctx, *p, loopDays)
	if err != nil {
		return nil, err
	}
	return rowsOf(ctx, s, loop.Query{Scope: scope, Range: days}, s.config.Figures.Loop,
		func(r *loop.Row) bool { return p.wants(r.Day) })
}

func (s *Server) conversion(ctx context.Context, p *RangeParameters) ([]conversion.Row, error) {
	return s.converted(ctx, p, false)
}

func (s *Server) portals(ctx context.Context, p *RangeParameters) ([]conversion.Row, error) {
	return s.converted(ctx, p, true)
}

// converted asks for conversion; a visit of the last closed day may still
// convert on the day after, so the last final day is the one before.
func (s *Server) converted(ctx context.Context, p *RangeParameters, byPortal bool) ([]conversion.Row, error) {
	scope, days, err := s.read(ctx, *p, 1)
	if err != nil {
		return nil, err
	}
	q := conversion.Query{Scope: scope, Range: days, ByPortal: byPortal}
	return rowsOf(ctx, s, q, s.config.Figures.Conversion,
		func(r *conversion.Row) bool { return p.wants(r.Day) })
}

func (s *Server) uplift(ctx context.Context, p *ScopeParameters) ([]uplift.Result, error) {
	scope, err := p.scope()
	if err != nil {
		return nil, err
	}
	return rowsOf(ctx, s, scope, s.config.Figures.Uplift, func(*uplift.Result) bool { return true })
}

// RetentionParameters say which cells of retention are wanted.
type RetentionParameters struct {
	RangeParameters
	Cohort      retention.Cohort   `query:"cohort" enum:"new,all" default:"new" doc:"users whose first active day it is, or all users active on the day"`
	Activity    retention.Activity `query:"activity" enum:"visit,paying" default:"visit" doc:"what makes a user active on a day"`
	Period      retention.Period   `query:"period" enum:"day,week,month" default:"day" doc:"the unit of cohorts and of n; weeks start on Monday"`
	N           string             `query:"n" pattern:"^([0-9]|[12][0-9]|30)([.][.]([0-9]|[12][0-9]|30))?$" patternDescription:"a number of periods from 0 to 30 such as 7, or a range such as 0..30" default:"7" doc:"how many periods after the cohort's"`
	By          string             `query:"by" enum:"portal" doc:"break down by the portal of the first visit"`
	Measure     retention.Measure  `query:"measure" enum:"day_n,within_n,unbounded_n" doc:"one measure only; all three without it"`
	Aggregation string             `query:"aggregation" enum:"pooled,distinct,merchant_mean" doc:"one way of putting merchants together; all three without it. A single merchant has none"`
}

// daysPerPeriod bounds a period's length, so that the last periods asked for are over.
var daysPerPeriod = map[retention.Period]int{retention.PeriodDay: 1, retention.PeriodWeek: 7, retention.PeriodMonth: 31}

func (s *Server) retention(ctx context.Context, p *RetentionParameters) ([]retention.Row, error) {
	first, last, err := ages(p.N)
	if err != nil {
		return nil, err
	}
	scope, days, err := s.read(ctx, p.RangeParameters, (last+1)*daysPerPeriod[p.Period]-1)
	if err != nil {
		return nil, err
	}
	q := retention.Query{
		Scope: scope, Range: days, Cohort: p.Cohort, Activity: p.Activity, Period: p.Period, By: p.By,
		FromN: first, ToN: max(last, 1), // 0..0 would mean the default
		Measure: p.Measure,
	}
	return rowsOf(ctx, s, q, s.config.Figures.Retention, func(r *retention.Row) bool { return r.N <= last && p.matches(r) })
}

func (p *RetentionParameters) matches(r *retention.Row) bool {
	return p.wants(r.CohortDay) &&
		(p.Measure == "" || r.Measure == p.Measure) &&
		(p.Aggregation == "" || r.Aggregation == nil || *r.Aggregation == p.Aggregation)
}
