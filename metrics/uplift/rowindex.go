package uplift

import "slices"

// rowIndex knows each row's unit and period by number.
type rowIndex struct {
	units  []string // in the order of their first row
	times  []int    // ascending
	unit   []int32  // [row]
	period []int32  // [row]
	first  []int    // [unit] its first row
}

// unitState is what the rows say of one unit.
type unitState struct {
	group    int
	periods  int  // rows
	missing  bool // some value is not a finite number
	position int  // in the panel; -1: left out
}

// reason tells why the unit cannot stand in the panel, "" if it can.
func (s *unitState) reason(first, periods int) Code {
	switch {
	case s.group <= first:
		return ReasonAlreadyTreated
	case s.missing:
		return ReasonMissingValues
	case s.periods < periods:
		return ReasonMissingPeriods
	default:
		return ""
	}
}

func indexRows(rows Rows) *rowIndex {
	index := &rowIndex{unit: make([]int32, len(rows.Unit)), period: make([]int32, len(rows.Unit))}
	index.numberUnits(rows.Unit)
	index.numberPeriods(rows.Time)
	return index
}

// numberUnits numbers the units. Rows mostly come unit by unit, so the row
// before is asked before the map.
func (x *rowIndex) numberUnits(units []string) {
	numbers := map[string]int32{}
	for row, name := range units {
		if row > 0 && name == units[row-1] {
			x.unit[row] = x.unit[row-1]
			continue
		}
		number, seen := numbers[name]
		if !seen {
			number = int32(len(x.units))
			numbers[name] = number
			x.units = append(x.units, name)
			x.first = append(x.first, row)
		}
		x.unit[row] = number
	}
}

// numberPeriods numbers the periods in ascending order. Within a unit rows
// mostly come in time's order, so the period after the last is tried first.
func (x *rowIndex) numberPeriods(times []int) {
	seen := map[int]struct{}{}
	for row, time := range times {
		if row == 0 || time != times[row-1] {
			if _, known := seen[time]; !known {
				seen[time] = struct{}{}
				x.times = append(x.times, time)
			}
		}
	}
	slices.Sort(x.times)
	next := 0
	for row, time := range times {
		if next >= len(x.times) || x.times[next] != time {
			next, _ = slices.BinarySearch(x.times, time)
		}
		x.period[row] = int32(next)
		next++
		if next == len(x.times) {
			next = 0
		}
	}
}

// read checks the rows against one another and sums up each unit.
func (x *rowIndex) read(rows Rows) ([]unitState, *Refusal) {
	states := make([]unitState, len(x.units))
	for unit, row := range x.first {
		states[unit] = unitState{group: rows.Group[row], position: -1}
	}
	seen := make([]bool, len(x.units)*len(x.times))
	for row, unit := range x.unit {
		cell := int(unit)*len(x.times) + int(x.period[row])
		if seen[cell] {
			return nil, refuse(CodeDuplicateRows, "unit %s has two rows for period %d: each unit needs exactly one", rows.Unit[row], rows.Time[row])
		}
		seen[cell] = true
		if refusal := x.checkConstant(rows, row); refusal != nil {
			return nil, refusal
		}
		states[unit].periods++
		states[unit].missing = states[unit].missing || !rows.complete(row)
	}
	return states, nil
}

// checkConstant refuses a row that contradicts its unit's first row.
func (x *rowIndex) checkConstant(rows Rows, row int) *Refusal {
	first := x.first[x.unit[row]]
	name := rows.Unit[row]
	if rows.Group[row] != rows.Group[first] {
		return refuse(CodeGroupChanges, "unit %s is in group %d and in group %d: its first treated period must stand in all its rows, and treatment must not be taken back", name, rows.Group[first], rows.Group[row])
	}
	if rows.Cluster != nil && rows.Cluster[row] != rows.Cluster[first] {
		return refuse(CodeClusterVaries, "unit %s is in cluster %s and in cluster %s: it needs one", name, rows.Cluster[first], rows.Cluster[row])
	}
	if rows.Weight != nil && finite(rows.Weight[row]) && finite(rows.Weight[first]) && rows.Weight[row] != rows.Weight[first] {
		return refuse(CodeWeightVaries, "unit %s has weight %g and weight %g: it needs one for all periods", name, rows.Weight[first], rows.Weight[row])
	}
	return nil
}
