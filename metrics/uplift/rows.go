package uplift

import "math"

// Never is the group of the units that were never treated.
const Never = 0

// Rows is a panel as it comes: one row a unit and period, in any order, held
// column by column. All columns that are there have the same length.
type Rows struct {
	Unit       []string
	Time       []int       // the period; gaps between periods are kept as they are
	Group      []int       // the period in which the unit was first treated; Never, or later than the last period, for never
	Outcome    []float64   // NaN and infinities count as missing
	Covariates []Covariate // read at the earlier of the two periods of a comparison
	Cluster    []string    // nil: every unit is its own cluster
	Weight     []float64   // sampling weights, constant in a unit; nil: all 1
}

// Covariate is one column of numbers; a category is a column of 0 and 1 for
// each of its values but one.
type Covariate struct {
	Name   string
	Values []float64
}

// mustAlign panics when columns differ in length, which only a mistake of the
// caller can cause.
func (r Rows) mustAlign() {
	n := len(r.Unit)
	same := len(r.Time) == n && len(r.Group) == n && len(r.Outcome) == n &&
		(r.Cluster == nil || len(r.Cluster) == n) && (r.Weight == nil || len(r.Weight) == n)
	for _, covariate := range r.Covariates {
		same = same && len(covariate.Values) == n
	}
	if !same {
		panic("uplift: the columns of Rows differ in length")
	}
}

// complete tells whether every number of row i is one.
func (r Rows) complete(i int) bool {
	if !finite(r.Outcome[i]) || (r.Weight != nil && !(r.Weight[i] > 0 && finite(r.Weight[i]))) {
		return false
	}
	for _, covariate := range r.Covariates {
		if !finite(covariate.Values[i]) {
			return false
		}
	}
	return true
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
