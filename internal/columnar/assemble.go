package columnar

import "github.com/parquet-go/parquet-go"

// appendObject appends the group as a JSON object of the children that are there.
// row holds the values of one instance of n, by leaf column.
func (n *node) appendObject(b []byte, row [][]parquet.Value) []byte {
	b = append(b, '{')
	empty := len(b)
	for _, child := range n.children {
		begin := len(b)
		if begin > empty {
			b = append(b, ',')
		}
		b = appendText(b, child.name)
		b = append(b, ':')
		value := len(b)
		if b = child.append(b, row); len(b) == value {
			b = b[:begin] // absent
		}
	}
	return append(b, '}')
}

// append appends the node's value, or nothing where there is none.
func (n *node) append(b []byte, row [][]parquet.Value) []byte {
	first := row[n.from]
	if len(first) == 0 || n.optional && first[0].DefinitionLevel() < n.definition || n.format != nil && !n.repeated && first[0].IsNull() {
		return b
	}
	switch {
	case n.repeated:
		return n.appendInstances(b, n, row)
	case n.element != nil:
		return n.children[0].appendInstances(b, n.element, row)
	default:
		return n.appendOne(b, row)
	}
}

// appendOne appends a single instance, whether or not the node is repeated.
func (n *node) appendOne(b []byte, row [][]parquet.Value) []byte {
	if n.format != nil {
		return n.format(b, row[n.from][0])
	}
	if n.element != nil {
		return n.children[0].appendInstances(b, n.element, row)
	}
	return n.appendObject(b, row)
}

// appendInstances appends the instances of the repeated node n as a JSON array
// of element, which is n itself or its only child.
func (n *node) appendInstances(b []byte, element *node, row [][]parquet.Value) []byte {
	b = append(b, '[')
	if row[n.from][0].DefinitionLevel() < n.definition {
		return append(b, ']') // an empty list is a value that says so
	}
	rest := make([][]parquet.Value, len(row))
	copy(rest, row)
	instance := make([][]parquet.Value, len(row))
	for count := 0; len(rest[n.from]) > 0; count++ {
		for i := n.from; i < n.to; i++ {
			end := n.instanceEnd(rest[i])
			instance[i], rest[i] = rest[i][:end], rest[i][end:]
		}
		if count > 0 {
			b = append(b, ',')
		}
		begin := len(b)
		if element == n {
			b = element.appendOne(b, instance)
		} else {
			b = element.append(b, instance)
		}
		if len(b) == begin {
			b = append(b, "null"...)
		}
	}
	return append(b, ']')
}

// instanceEnd returns where the next instance of the repeated node begins.
func (n *node) instanceEnd(values []parquet.Value) int {
	for i := 1; i < len(values); i++ {
		if values[i].RepetitionLevel() <= n.repetition {
			return i
		}
	}
	return len(values)
}
