package retention

// lasts counts the members of the cohorts of one series by the period in which
// they were last active: n after the cohort's, those later than MaxN under MaxN.
type lasts struct {
	grid[[MaxN + 1]uint32]
}

func (l *lasts) add(at place, last int32) {
	l.cover(at.index, at.index)
	l.at(at.index, at.portal)[min(last-at.index, MaxN)]++
}

// later turns last activities into "active in period n or later", n = 0..MaxN;
// nil for a cohort without members.
func (l *lasts) later(index int32, slot int) []uint32 {
	if index < l.base || index > l.last() || len(l.cells) == 0 {
		return nil
	}
	sums := make([]uint32, MaxN+1)
	for portal := range slots - 1 {
		if slot != 0 && slot != 1+portal {
			continue
		}
		for n, users := range l.cells[int(index-l.base)*(slots-1)+portal] {
			sums[n] += users
		}
	}
	for n := MaxN; n > 0; n-- {
		sums[n-1] += sums[n]
	}
	return cut(sums)
}

// cut leaves the zeros at the end out.
func cut(numbers []uint32) []uint32 {
	for len(numbers) > 0 && numbers[len(numbers)-1] == 0 {
		numbers = numbers[:len(numbers)-1]
	}
	return numbers
}
