package dashboards

import (
	"strconv"
	"strings"

	"sevenday"
	"sevenday/metrics"
)

// ScopeParameters say whose figures are asked for. They are exported, as the
// other parameters are, because the library passes over unexported ones when
// they are embedded.
type ScopeParameters struct {
	Merchant string `query:"merchant" maxLength:"64" pattern:"^[A-Za-z0-9_.:-]+$" patternDescription:"a merchant id: letters, digits, _ . : -" doc:"one merchant's figures" example:"m-0042"`
	Industry string `query:"industry" maxLength:"64" pattern:"^[a-z0-9_]+$" patternDescription:"an industry such as catering" doc:"one industry's figures; with neither, the platform's" example:"catering"`
}

func (p ScopeParameters) scope() (metrics.Scope, error) {
	if p.Merchant != "" && p.Industry != "" {
		return metrics.Scope{}, wrong("industry", p.Industry, "a merchant has one industry: give merchant or industry, not both")
	}
	return metrics.Scope{Merchant: p.Merchant, Industry: p.Industry}, nil
}

// DayParameters say which days (of cohorts, visits or payments) are asked for.
type DayParameters struct {
	From string `query:"from" format:"date" doc:"first day, such as 2026-11-01"`
	To   string `query:"to" format:"date" doc:"the day after the last"`
	Last int    `query:"last" minimum:"1" maximum:"400" doc:"instead of from and to: as many days, ending with the last one whose figures are final"`
}

// days reads from and to; both empty is all of history.
func (p DayParameters) days() (metrics.Range, error) {
	if p.Last > 0 && (p.From != "" || p.To != "") {
		return metrics.Range{}, wrong("last", p.Last, "give last, or from and to, not both")
	}
	from, err := day("from", p.From)
	if err != nil {
		return metrics.Range{}, err
	}
	to, err := day("to", p.To)
	if err != nil {
		return metrics.Range{}, err
	}
	if p.From != "" && p.To != "" && to <= from {
		return metrics.Range{}, wrong("to", p.To, "to is the day after the last: give a day after from")
	}
	return metrics.Range{From: from, To: to}, nil
}

func day(parameter, text string) (sevenday.Day, error) {
	if text == "" {
		return 0, nil
	}
	d, err := sevenday.ParseDay(text)
	if err != nil {
		return 0, wrong(parameter, text, "give a day such as 2026-11-21")
	}
	return d, nil
}

// Grain says which rows of an answer are wanted: those of single days, the one
// that pools the range, or both.
type Grain string

// The grains.
const (
	grainBoth  Grain = "both"
	grainRange Grain = "range"
	grainDay   Grain = "day"
)

// GrainParameter says which rows of an answer are wanted.
type GrainParameter struct {
	Grain Grain `query:"grain" enum:"both,range,day" default:"both" doc:"rows of single days, the row that pools the range, or both"`
}

// wants tells whether a row of that day (nil: of the range) is wanted.
func (p GrainParameter) wants(day *sevenday.Day) bool {
	return p.Grain == grainBoth || (p.Grain == grainRange) == (day == nil)
}

// ages reads n: "7" or "0..30", both ends in.
func ages(text string) (from, to int, err error) {
	first, last, ranged := strings.Cut(text, "..")
	if !ranged {
		last = first
	}
	from, errFrom := strconv.Atoi(first)
	to, errTo := strconv.Atoi(last)
	if errFrom != nil || errTo != nil || from > to {
		return 0, 0, wrong("n", text, "give a number such as 7, or a range such as 0..30 with the smaller end first")
	}
	return from, to, nil
}

// keepRows returns the wanted rows in a list of its own, never nil: answers are
// shared, and an empty list is [] in JSON.
func keepRows[R any](rows []R, wanted func(*R) bool) []R {
	kept := make([]R, 0, len(rows))
	for i := range rows {
		if wanted(&rows[i]) {
			kept = append(kept, rows[i])
		}
	}
	return kept
}
