package dashboards

import (
	"context"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"sevenday"
)

// apiPrefix is where version 1 of the API lives. Within a version fields and
// parameters are only added.
const apiPrefix = "/api/v1"

const schemaPrefix = "#/components/schemas/"

// The answers never hold null for an empty list, so the schema should not either.
func init() { huma.DefaultArrayNullable = false }

// newAPI makes the API's frame: OpenAPI 3.1 at /api/v1/openapi.json, strict
// parameters, problem+json errors. There is no documentation page: the ones
// that come with the library load scripts from elsewhere.
func newAPI(mux *http.ServeMux) huma.API {
	config := huma.DefaultConfig("Sevenday", "1.0.0")
	config.Info.Description = "Retention, conversion and installment uplift of mini programs, as last published. " +
		"Rates are fractions, money is decimal text, days are the merchant's own; null means there is no number. " +
		"Rows whose day is null pool the final days of the range."
	config.Components.Schemas = huma.NewMapRegistry(schemaPrefix, schemaName)
	config.DocsPath, config.SchemasPath = "", ""
	config.CreateHooks = nil // no $schema fields in the answers
	config.RejectUnknownQueryParameters = true
	return humago.NewWithPrefix(mux, apiPrefix, config)
}

// schemaName puts the metric's name before its types: every metric has a Row.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	metric, isMetric := strings.CutPrefix(t.PkgPath(), "sevenday/metrics/")
	if !isMetric {
		return name
	}
	return strings.ToUpper(metric[:1]) + metric[1:] + name
}

// answer is a response: the body, and the publication it comes from.
type answer[B any] struct {
	Run  uint64 `header:"Sevenday-Run" doc:"the publication the figures come from; 0 before the first"`
	Body B
}

// get declares one question: GET path, with parameters I, answered with B.
func get[I, B any](s *Server, api huma.API, path, summary string, ask func(context.Context, *I) (B, error)) {
	operation := huma.Operation{
		OperationID: "get" + strings.ToUpper(path[1:2]) + path[2:],
		Method:      http.MethodGet,
		Path:        path,
		Summary:     summary,
		Errors:      []int{http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable},
	}
	huma.Register(api, operation, func(ctx context.Context, input *I) (*answer[B], error) {
		body, err := ask(ctx, input)
		if err != nil {
			return nil, s.problem(ctx, path, err)
		}
		return &answer[B]{Run: s.answers.lastRun(), Body: body}, nil
	})
}

// correct mends what the library gets wrong in the schemas of rows: money, which
// it takes for the integer it is in memory, and pointers to objects, which may be null.
func correct(registry huma.Registry) {
	for name, schema := range registry.Map() {
		row := registry.TypeFromRef(schemaPrefix + name)
		for i := range row.NumField() {
			field := row.Field(i)
			property, told := schema.Properties[field.Tag.Get("json")]
			if told {
				correctField(field.Type, property)
			}
		}
	}
}

func correctField(t reflect.Type, property *huma.Schema) {
	pointer := t.Kind() == reflect.Pointer
	if pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[sevenday.Money]():
		*property = huma.Schema{
			Type: huma.TypeString, Pattern: `^-?\d+\.\d{2}$`, Examples: []any{"12.50"},
			Description: property.Description, Nullable: pointer,
		}
	case pointer && property.Ref != "":
		*property = huma.Schema{
			OneOf:       []*huma.Schema{{Ref: property.Ref}, {Type: "null"}},
			Description: property.Description,
		}
	}
}
