package uplift

// Control is who the treated are compared with.
type Control string

// The control groups.
const (
	ControlNever  Control = "never"   // units that are never treated
	ControlNotYet Control = "not_yet" // those, and units that are treated after both periods of the comparison
)

// Method is how covariates are taken into account. Without covariates all
// three are the plain difference of mean changes.
type Method string

// The methods.
const (
	MethodDR  Method = "dr"  // doubly robust: right when the regression or the propensity is
	MethodIPW Method = "ipw" // controls weighted by their odds of treatment, weights normalized
	MethodReg Method = "reg" // the controls' change regressed on the covariates
)

// Base is the period that leads are compared with. It changes cells before
// treatment only.
type Base string

// The base periods.
const (
	BaseVarying   Base = "varying"   // a lead is the change since the period before it
	BaseUniversal Base = "universal" // every cell is the change since the last period before treatment
)

// Options of CallawaySantAnna. The zero value is the default.
type Options struct {
	Control      Control // default ControlNever
	Method       Method  // default MethodDR
	Base         Base    // default BaseVarying
	Anticipation int     // periods before treatment in which it may already act; 0 or more
}

// WithDefaults fills in what was left empty.
func (o Options) WithDefaults() Options {
	if o.Control == "" {
		o.Control = ControlNever
	}
	if o.Method == "" {
		o.Method = MethodDR
	}
	if o.Base == "" {
		o.Base = BaseVarying
	}
	return o
}

// mustBeKnown panics on a value that is none of the constants.
func (o Options) mustBeKnown() {
	known := (o.Control == ControlNever || o.Control == ControlNotYet) &&
		(o.Method == MethodDR || o.Method == MethodIPW || o.Method == MethodReg) &&
		(o.Base == BaseVarying || o.Base == BaseUniversal) && o.Anticipation >= 0
	if !known {
		panic("uplift: unknown option")
	}
}
