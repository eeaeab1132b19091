package main

import (
	"sevenday/internal/warehouse"
	"sevenday/metrics/registry"
)

// viewDescriptions are the registry's words on every view, in English, as SQL
// clients show them.
func viewDescriptions() []warehouse.ViewDescription {
	views := registry.Views()
	descriptions := make([]warehouse.ViewDescription, len(views))
	for i := range views {
		v := &views[i]
		descriptions[i] = warehouse.ViewDescription{View: v.Name, Comment: v.Comment()}
		for _, c := range v.Columns {
			descriptions[i].Columns = append(descriptions[i].Columns, warehouse.ColumnDescription{Name: c.Name, Type: c.Type, Comment: c.English})
		}
	}
	return descriptions
}
