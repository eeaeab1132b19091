package sevenday

import "fmt"

// An enumeration is a list of names whose positions are the numbers that the
// warehouse's Enum8 columns store. Names may be appended, never reordered.
type enumeration struct {
	what  string
	names []string // names[0] stands for "absent" and is empty
}

func (e enumeration) name(value uint8) string {
	if int(value) < len(e.names) {
		return e.names[value]
	}
	return fmt.Sprintf("%s(%d)", e.what, value)
}

func (e enumeration) parse(name string) (uint8, bool) {
	for value := 1; value < len(e.names); value++ {
		if e.names[value] == name {
			return uint8(value), true
		}
	}
	return 0, false
}

// values returns the names without the absent one, for help texts and errors.
func (e enumeration) values() []string { return e.names[1:] }
