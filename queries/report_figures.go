package queries

import (
	"context"
	"fmt"
	"strings"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
	"sevenday/metrics/conversion"
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
	rows, err := warehouse.Select(ctx, c.DB, peopleLayout, statement("report_people"), recent.parameters())
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

func (c *Catalog) conversionClaims(ctx context.Context, visits span, industries []industryRow) ([]Claim, error) {
	scopes := []metrics.Scope{{}}
	for _, row := range industries {
		if scopes[len(scopes)-1].Industry != row.Industry {
			scopes = append(scopes, metrics.Scope{Industry: row.Industry})
		}
	}
	claims := make([]Claim, len(scopes))
	for i, scope := range scopes {
		rows, err := c.Conversion(ctx, conversion.Query{Scope: scope, Range: visits.days()})
		if err != nil {
			return nil, err
		}
		claims[i] = conversionClaim(scope, visits, &rows[len(rows)-1])
	}
	return claims, nil
}

// conversionClaim is about the row of the range.
func conversionClaim(scope metrics.Scope, visits span, row *conversion.Row) Claim {
	name, label := platform, "visit conversion"
	if scope.Industry != "" {
		name, label = scope.Industry, "visit conversion, "+words(scope.Industry)
	}
	claim := newClaim("visit_conversion", name, label, unitRate, "pooled: visits followed by a payment within 24 hours / visits")
	basis := fmt.Sprintf("visits, %s; merchants as clusters", visits)
	if row.Rate == nil {
		return claim.refused(0, basis, "no visit of these days has a conversion window that is over")
	}
	claim = claim.with(*row.Rate, row.Visits, basis)
	claim.Low, claim.High = row.Low, row.High
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
	scope, label := platform, "installment uplift of sales"
	if r.Industry != nil {
		scope, label = *r.Industry, "installment uplift of sales, "+words(*r.Industry)
	}
	claim := newClaim("installment_uplift", scope, label, unitGrowth, r.Estimand)
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

// words makes a name readable: "life_service" is "life service".
func words(name string) string { return strings.ReplaceAll(name, "_", " ") }
