package columnar

import (
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"sevenday"
)

// node is a column, a group or a list, as a row's values are put together again.
// Which of them are there is told by the levels that Parquet stores with each
// value: the definition level counts the optional and repeated nodes on the way
// that exist, the repetition level tells which list a value goes on with.
type node struct {
	name       string
	optional   bool
	repeated   bool
	definition int // the definition level from which on an instance exists
	repetition int // of a repeated node: the repetition level of its further instances
	from, to   int // its leaf columns, [from, to)
	children   []*node
	element    *node        // of a list: what it holds
	format     appendFormat // of a leaf
}

// plan works out a column and what is below it.
func plan(column *parquet.Column) (*node, error) {
	n := &node{
		name: column.Name(), optional: column.Optional(), repeated: column.Repeated(),
		definition: column.MaxDefinitionLevel(), repetition: column.MaxRepetitionLevel(),
	}
	if column.Leaf() {
		n.from, n.to = column.Index(), column.Index()+1
		n.format = formatOf(column.Type())
		if n.format == nil {
			return nil, sevenday.Invalidf("column %s has type %s, which no field of the contract can hold: leave it out of the file",
				strings.Join(column.Path(), "."), column.Type())
		}
		return n, nil
	}
	for _, child := range column.Columns() {
		planned, err := plan(child)
		if err != nil {
			return nil, err
		}
		n.children = append(n.children, planned)
	}
	if len(n.children) > 0 {
		n.from, n.to = n.children[0].from, n.children[len(n.children)-1].to
	}
	n.element = elementOf(column, n)
	return n, nil
}

// elementOf returns what a list holds, nil where the column is no list. A list
// is a group around one repeated node; that is the element itself in old files,
// and in others a group around the element.
func elementOf(column *parquet.Column, n *node) *node {
	if len(n.children) != 1 || !n.children[0].repeated || !isList(column) {
		return nil
	}
	repeated := n.children[0]
	if len(repeated.children) != 1 || repeated.name == "array" || repeated.name == n.name+"_tuple" {
		return repeated
	}
	return repeated.children[0]
}

func isList(column *parquet.Column) bool {
	logical := column.Type().LogicalType()
	if logical == nil {
		return false
	}
	_, list := logical.Value.(*format.ListType)
	_, isMap := logical.Value.(*format.MapType)
	return list || isMap
}
