package queries

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
	"sevenday/metrics/interval"
	"sevenday/metrics/retention"
	"sevenday/metrics/uplift"
)

// peopleRow counts the platform's merchants and users.
type peopleRow struct {
	Merchants           int64        `ch:"merchants"`
	MerchantsWithOwnIDs int64        `ch:"merchants_with_own_ids"`
	UserDays            int64        `ch:"user_days"`
	FirstDay            sevenday.Day `ch:"first_day"` // of the platform's closed history, 0 without any
	DistinctUsers       int64        `ch:"users"`
}

func (c *Catalog) peopleClaims(ctx context.Context, recent span) ([]Claim, error) {
	rows, err := warehouse.Select(ctx, c.DB, peopleLayout, c.statement("report_people"), recent.parameters())
	if err != nil {
		return nil, err
	}
	people := &rows[0]
	merchants := newClaim("mini_programs", platform, "mini programs", unitCount, "count").
		with(float64(people.Merchants), people.Merchants, "merchants with a record or an event")
	return []Claim{merchants, people.daily(recent), people.users(recent)}, nil
}

// daily is the mean over the recent days, or over as many as there have been.
func (p *peopleRow) daily(recent span) Claim {
	claim := newClaim("daily_active_users", platform, "daily active users", unitCount, "mean over days of the merchant-user pairs with a visit")
	if p.FirstDay == 0 {
		return claim.refused(0, "days", "no day with an event is closed yet")
	}
	recent.from = max(recent.from, p.FirstDay)
	days := int64(recent.to - recent.from + 1)
	return claim.with(float64(p.UserDays)/float64(days), days, fmt.Sprintf("days, %s; a user counts once at each merchant and day", recent))
}

func (p *peopleRow) users(recent span) Claim {
	claim := newClaim("users", platform, "users", unitCount, "distinct users with a visit or a payment")
	basis := fmt.Sprintf("users, %s", recent)
	if p.MerchantsWithOwnIDs > 0 {
		basis += fmt.Sprintf("; without %d merchants whose user ids are their own, which nobody can match with the others'", p.MerchantsWithOwnIDs)
	}
	if p.MerchantsWithOwnIDs == p.Merchants {
		return claim.refused(0, basis, "users cannot be told apart over merchants whose user ids are their own")
	}
	return claim.with(float64(p.DistinctUsers), p.DistinctUsers, basis)
}

// headlines are the three ways of putting the merchants' retention together.
var headlines = []struct{ claim, aggregation, label, counts string }{
	{"mean_seven_day_retention", retention.MerchantMean, "mean seven-day retention of mini programs", "merchants with a final cohort"},
	{"pooled_seven_day_retention", retention.Pooled, "seven-day retention of all merchant-user pairs", "merchant-user pairs"},
	{"distinct_seven_day_retention", retention.Distinct, "seven-day retention of distinct users", "users"},
}

func (c *Catalog) retentionClaims(ctx context.Context, cohorts span) ([]Claim, error) {
	rows, err := c.Retention(ctx, retention.Query{Range: cohorts.days(), FromN: headlineDay, ToN: headlineDay})
	if err != nil {
		return nil, err
	}
	claims := make([]Claim, len(headlines))
	for i, h := range headlines {
		basis := fmt.Sprintf("%s, new users of %s", h.counts, cohorts)
		claims[i] = newClaim(h.claim, platform, h.label, unitRate, h.aggregation+" day_7 of new users by visits").
			refused(0, basis, "no user of these days has a seventh day that is over")
		for j := range rows {
			r := &rows[j]
			if r.CohortDay == nil && r.Measure == retention.DayN && r.Rate != nil && r.Aggregation != nil && *r.Aggregation == h.aggregation {
				claims[i] = claims[i].ofRetention(r)
			}
		}
	}
	return claims, nil
}

func (c Claim) ofRetention(r *retention.Row) Claim {
	n := r.Merchants
	if r.CohortUsers != nil {
		n = r.CohortUsers
	}
	c = c.with(*r.Rate, *n, c.Basis)
	c.Low, c.High, c.Refused = r.Low, r.High, nil
	return c
}

// scopeVisits are the visits of one industry, or of the platform.
type scopeVisits struct {
	Scope    string  `ch:"scope"` // empty for the platform
	Clusters uint64  `ch:"clusters"`
	V        float64 `ch:"v"`
	C        float64 `ch:"c"`
	VV       float64 `ch:"vv"`
	VC       float64 `ch:"vc"`
	CC       float64 `ch:"cc"`
}

// conversionClaims reads all industries in one pass over the platform's days.
func (c *Catalog) conversionClaims(ctx context.Context, groups metrics.Groups, visits span, industries []industryRow) ([]Claim, error) {
	parameters := dayParameters(metrics.Scope{}, visits.days(), groups)
	parameters["window_days"] = int(conversion.WindowDays)
	rows, err := warehouse.Select(ctx, c.DB, scopeVisitsLayout, c.statement("report_conversion"), parameters)
	if err != nil {
		return nil, err
	}
	found := make(map[string]scopeVisits, len(rows))
	for _, row := range rows {
		found[row.Scope] = row
	}
	claims := []Claim{conversionClaim("", visits, found[""])}
	for i := range industries {
		if name := industries[i].Industry; i == 0 || industries[i-1].Industry != name {
			claims = append(claims, conversionClaim(name, visits, found[name]))
		}
	}
	return claims, nil
}

func conversionClaim(industry string, visits span, row scopeVisits) Claim {
	claim := newClaim("visit_conversion", cmp.Or(industry, platform), scopeLabel("visit conversion", industry), unitRate,
		"pooled: visits followed by a payment within 24 hours / visits")
	basis := fmt.Sprintf("visits, %s; merchants as clusters", visits)
	if row.V == 0 {
		return claim.refused(0, basis, "no visit of these days has a conversion window that is over")
	}
	claim = claim.with(row.C/row.V, int64(row.V), basis)
	sums := interval.ClusterSums{Clusters: int64(row.Clusters), V: row.V, C: row.C, VV: row.VV, VC: row.VC, CC: row.CC}
	if i, ok := interval.Clustered(sums, interval.Level); ok {
		claim.Low, claim.High = &i.Low, &i.High
	}
	return claim
}

func (c *Catalog) upliftClaims(ctx context.Context) ([]Claim, error) {
	results, err := c.Uplift(ctx, metrics.Scope{})
	if err != nil {
		return nil, err
	}
	claims := make([]Claim, len(results))
	for i := range results {
		claims[i] = upliftClaim(&results[i])
	}
	return claims, nil
}

func upliftClaim(r *uplift.Result) Claim {
	industry := ""
	if r.Industry != nil {
		industry = *r.Industry
	}
	claim := newClaim("installment_uplift", cmp.Or(industry, platform), scopeLabel("installment uplift of sales", industry), unitGrowth, r.Estimand)
	basis := fmt.Sprintf("merchants that switched installments on, against %d that had not", r.Control)
	if r.FirstWeek != nil && r.LastWeek != nil {
		basis += fmt.Sprintf("; whole weeks, %s", span{*r.FirstWeek, *r.LastWeek + 6})
	}
	for _, warning := range r.Warnings {
		basis += "; " + warning.Message
	}
	if r.Refused != nil {
		return claim.refused(int64(r.Treated), basis, r.Refused.Message)
	}
	if r.Estimate == nil {
		return claim.refused(int64(r.Treated), basis, "there is no estimate")
	}
	claim = claim.with(*r.Estimate, int64(r.Treated), basis)
	claim.Low, claim.High = r.Low, r.High
	return claim
}

// scopeLabel adds the industry's name, where there is one, to a label.
func scopeLabel(label, industry string) string {
	if industry == "" {
		return label
	}
	return label + ", " + words(industry)
}

// words makes a name readable: "life_service" is "life service".
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }
