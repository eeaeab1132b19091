package queries

import (
	"sevenday"
	"sevenday/metrics"
)

// MerchantRow is one mini program with the figures people sort merchants by,
// over its last 28 final days.
type MerchantRow struct {
	MerchantID     string         `json:"merchant_id"`
	Name           string         `json:"name"`
	Owner          string         `json:"owner"`
	Industry       string         `json:"industry"`
	City           string         `json:"city"`
	TimeZone       string         `json:"time_zone"`
	Currency       string         `json:"currency"`
	Stores         int64          `json:"stores"`
	Declared       bool           `json:"declared" doc:"false: no merchant record was ever sent"`
	FirstDay       *sevenday.Day  `json:"first_day" doc:"first day with an event"`
	Visits         int64          `json:"visits"`
	Visitors       int64          `json:"visitors" doc:"user-days with a visit"`
	Orders         int64          `json:"orders"`
	Net            sevenday.Money `json:"net"`
	ConversionRate *float64       `json:"conversion_rate" doc:"visit conversion over the last 28 final days"`
	Day7           *float64       `json:"day_7" doc:"seven-day retention pooled over the last 28 final cohorts of new users; of buyers where there are no visits"`
	Day7Cohort     int64          `json:"day_7_cohort" doc:"users behind day_7"`
	Activity       string         `json:"activity" doc:"visit, or paying where the merchant sends no visits"`
	MissingEvents  *string        `json:"missing_events" doc:"which kind of record the merchant does not send, null for none"`
}

// IngestRow is what has been landed of one Kafka partition, and that it adds up.
type IngestRow struct {
	Kind         string          `json:"kind"`
	TopicEpoch   int64           `json:"topic_epoch"`
	Partition    int64           `json:"partition"`
	Received     int64           `json:"received" doc:"offsets read so far"`
	Landed       int64           `json:"landed"`
	Refused      int64           `json:"refused"`
	Control      int64           `json:"control"`
	Aborted      int64           `json:"aborted"`
	Compacted    int64           `json:"compacted"`
	DeclaredLoss int64           `json:"declared_loss"`
	Settled      int64           `json:"settled" doc:"offsets settled into the events tables"`
	Lag          int64           `json:"lag" doc:"records in Kafka that were not landed when ingest last wrote"`
	NewestEvent  sevenday.Millis `json:"newest_event" doc:"milliseconds since 1970, 0 for none"`
	AddsUp       bool            `json:"adds_up"`
}

// Claim is one line of the headline report: a figure the platform quotes, as
// the data have it.
type Claim struct {
	Claim    string   `json:"claim" doc:"a stable name such as mean_seven_day_retention"`
	Scope    string   `json:"scope" doc:"platform, an industry, or a merchant id"`
	Label    string   `json:"label" doc:"the claim in words, for a person"`
	Unit     string   `json:"unit" doc:"count, rate (fraction), growth (fraction: 0.23 is +23 %) or ratio"`
	Value    *float64 `json:"value"`
	Low      *float64 `json:"low" doc:"lower end of the 95 % interval, null where the figure is a count"`
	High     *float64 `json:"high"`
	N        int64    `json:"n" doc:"merchants, visits or users behind the figure"`
	Basis    string   `json:"basis" doc:"what n counts and over which days"`
	Quoted   string   `json:"quoted" doc:"what the platform's launch report said, empty where it said nothing"`
	Estimand string   `json:"estimand" doc:"which quantity is estimated, named because they differ"`
	Refused  *string  `json:"refused" doc:"why there is no figure, null where there is one"`
}

// Report is the platform's headline report.
type Report struct {
	AsOf      sevenday.Millis `json:"as_of"`
	Watermark sevenday.Millis `json:"watermark"`
	From      *sevenday.Day   `json:"from" doc:"first of the 28 final days the report covers"`
	To        *sevenday.Day   `json:"to" doc:"last of them"`
	Claims    []Claim         `json:"claims"`
}

// Freshness tells how far the published figures reach.
type Freshness struct {
	Run       uint64          `json:"run" doc:"0 before the first publication"`
	Published sevenday.Millis `json:"published" doc:"when the run was published"`
	Watermark sevenday.Millis `json:"watermark" doc:"event time before which days are complete"`
	AsOf      sevenday.Millis `json:"as_of" doc:"event time up to which data were seen"`
	Merchants int64           `json:"merchants"`
}

// Horizon is the freshness as the metrics take it.
func (f Freshness) Horizon() metrics.Horizon {
	return metrics.Horizon{Watermark: f.Watermark, AsOf: f.AsOf}
}
