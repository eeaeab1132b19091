package uplift

import (
	"fmt"
	"strings"
)

// Code names a refusal, a warning or a reason in tables and JSON.
type Code string

// Refusals: there is no figure.
const (
	CodeNotIdentified Code = "not_identified" // no controls, no period before, no treated unit
	CodeTooFew        Code = "too_few"        // fewer units than a figure may stand on
	CodeDuplicateRows Code = "duplicate_rows" // a unit has two rows for one period
	CodeGroupChanges  Code = "group_changes"  // a unit's rows name two groups: treatment was moved or taken back
	CodeClusterVaries Code = "cluster_varies" // a unit's rows name two clusters
	CodeWeightVaries  Code = "weight_varies"  // a unit's rows name two weights
)

// Warnings: there is a figure, and something to know about it. Overlap and
// CodeFewControls also stand at the cells that they leave without an estimate.
const (
	CodeSingleUnitGroup Code = "single_unit_group"    // the error of a group of one unit is too small
	CodeCollinear       Code = "collinear_covariates" // covariates that say nothing new were left out
	CodeOverlap         Code = "overlap"              // treated units without comparable controls
	CodeFewControls     Code = "few_controls"         // too few controls for the regression on the covariates
	CodeLastGroup       Code = "last_group_control"   // nobody is never treated: the last group serves as control
)

// Reasons why units were left out.
const (
	ReasonAlreadyTreated Code = "already_treated" // treated in the first period or before
	ReasonNoPrePeriod    Code = "no_pre_period"   // no period before the anticipated treatment
	ReasonMissingPeriods Code = "missing_periods" // without a row in some period
	ReasonMissingValues  Code = "missing_values"  // with a value that is not a finite number
)

// Refusal says why there is no figure and what would be needed. It is an error
// of the data, not of the program.
type Refusal struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
}

func (r *Refusal) Error() string { return r.Message }

func refuse(code Code, format string, arguments ...any) *Refusal {
	return &Refusal{Code: code, Message: fmt.Sprintf(format, arguments...)}
}

// Warning says what to know about a figure.
type Warning struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
}

func warn(code Code, format string, arguments ...any) Warning {
	return Warning{Code: code, Message: fmt.Sprintf(format, arguments...)}
}

// Drop counts the units that were left out for one reason.
type Drop struct {
	Reason Code `json:"reason"`
	Units  int  `json:"units"`
}

func describe(dropped []Drop) string {
	parts := make([]string, len(dropped))
	for i, d := range dropped {
		parts[i] = fmt.Sprintf("%d %s", d.Units, d.Reason)
	}
	return strings.Join(parts, ", ")
}
