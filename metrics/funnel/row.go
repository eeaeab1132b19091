package funnel

import (
	"sevenday"
	"sevenday/metrics"
)

// Row is one step of a funnel for the users of a scope who entered it on a day.
type Row struct {
	MerchantID  *string       `json:"merchant_id"`
	Industry    *string       `json:"industry"`
	Funnel      string        `json:"funnel" doc:"the steps as they are written"`
	Mode        Mode          `json:"mode" enum:"ordered,strict"`
	WindowHours float64       `json:"window_hours" doc:"time from the first step to the last"`
	Day         *sevenday.Day `json:"day" doc:"day of the first step; null pools the final days of the range"`
	Position    int64         `json:"position" doc:"of the step, from 1"`
	Event       string        `json:"event" doc:"the step as it is written"`
	Entered     int64         `json:"entered" doc:"users who entered; of a range: user-days"`
	Users       int64         `json:"users" doc:"of them, those whose deepest try reached the step"`
	Share       *float64      `json:"share" doc:"users / entered"`
	Low         *float64      `json:"low"`
	High        *float64      `json:"high"`
	Dropped     *int64        `json:"dropped" doc:"users lost since the step before; null for the first"`
	DropOff     *float64      `json:"drop_off" doc:"dropped / users of the step before"`
	P25Seconds  *float64      `json:"p25_seconds" doc:"a quarter of those who reached the step took no longer from the first"`
	P50Seconds  *float64      `json:"p50_seconds" doc:"half of them"`
	P75Seconds  *float64      `json:"p75_seconds" doc:"three quarters of them"`
	P90Seconds  *float64      `json:"p90_seconds" doc:"nine in ten of them"`
	State       metrics.State `json:"state" enum:"final,open,not_due"`
}

// Query asks for a funnel over a range of days of its first step.
type Query struct {
	metrics.Scope
	metrics.Range
	Funnel // without steps, mode or window: those of Default
}

// WithDefaults fills in what the question leaves open.
func (q Query) WithDefaults() Query {
	kept := Default()
	if len(q.Steps) == 0 {
		q.Steps = kept.Steps
	}
	if q.Mode == "" {
		q.Mode = kept.Mode
	}
	if q.Window == 0 {
		q.Window = kept.Window
	}
	return q
}
