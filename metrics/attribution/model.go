package attribution

// Model is a way to share a payment's credit among the portals of its path.
type Model string

// The models.
const (
	LastTouch  Model = "last_touch"  // all to the last touch
	FirstTouch Model = "first_touch" // all to the first touch
	Linear     Model = "linear"      // equally to every touch
	Position   Model = "position"    // 40 % to the first touch, 40 % to the last, 20 % equally to those between; two touches half each
	TimeDecay  Model = "time_decay"  // a touch is worth half of one that came 48 hours later
	Shapley    Model = "shapley"     // equally to the distinct portals: exactly the Shapley value of "conversions of paths inside the coalition"
	Markov     Model = "markov"      // by the removal effects of the month's first-order chain
)

// Models lists the models in the order in which they are always shown: the rules
// in the order of their columns, then Markov.
var Models = [...]Model{LastTouch, FirstTouch, Linear, Position, TimeDecay, Shapley, Markov}

// Rules is how many models need nothing but a payment's own path. They are the
// first of Models.
const Rules = 6

// The rules' places in Models.
const (
	lastTouch = iota
	firstTouch
	linear
	position
	timeDecay
	shapley
)

// ParseModel returns the model of a name.
func ParseModel(name string) (Model, bool) {
	for _, m := range Models {
		if string(m) == name {
			return m, true
		}
	}
	return "", false
}
