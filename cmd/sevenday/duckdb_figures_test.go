package main

// duckFigure is a figure that DuckDB makes from the raw events too, by the query
// of its name in testdata/duckdb/figures.
type duckFigure struct {
	name string
	// keys are the columns that name a cell.
	keys []string
	// dated is a column that the compared rows have; those without add them up.
	dated string
	// questions ask the program for the same cells, about every scope, and those
	// of wide about industries and the platform alone.
	questions, wide []string
}

var duckFigures = []duckFigure{
	{
		name:      "retention",
		keys:      []string{"merchant_id", "industry", "aggregation", "activity", "period", "cohort", "by", "value", "measure", "n", "cohort_day"},
		questions: []string{"retention --n 0..30"},
		wide: []string{
			"retention --n 0..30 --cohort all",
			"retention --n 0..30 --period week", "retention --n 0..30 --period week --cohort all",
			"retention --n 7 --activity paying", "retention --n 7 --activity paying --cohort all",
			"retention --n 7 --measure within_n --by portal", "retention --n 7 --measure within_n --by portal --cohort all",
			"retention --n 7 --activity paying --measure within_n --by portal", "retention --n 7 --activity paying --measure within_n --by portal --cohort all",
		},
	},
	{
		name:      "conversion",
		keys:      []string{"merchant_id", "industry", "value", "day", "currency"},
		questions: []string{"conversion", "portals"},
	},
	{
		name:      "sales",
		keys:      []string{"merchant_id", "industry", "day", "currency"},
		questions: []string{"sales"},
	},
	{
		name: "attribution", dated: "day",
		keys:      []string{"merchant_id", "industry", "day", "model", "value", "currency"},
		questions: []string{"attribution --by-day --model last_touch,first_touch,linear"},
	},
	{
		name: "loop", dated: "day",
		keys:      []string{"merchant_id", "industry", "day", "step"},
		questions: []string{"loop"},
	},
	{
		name: "conversion_detail", dated: "day",
		keys:      []string{"merchant_id", "industry", "unit", "basis", "by", "value", "day", "currency"},
		questions: []string{"conversion --by portal --basis net"},
		wide:      []string{"conversion --unit user", "conversion --unit user --basis net"},
	},
	{
		name: "coupons", dated: "day",
		keys:      []string{"merchant_id", "industry", "day", "value"},
		questions: []string{"coupons --by placement"},
	},
	{
		name: "followers", dated: "day",
		keys:      []string{"merchant_id", "industry", "day", "value"},
		questions: []string{"followers"},
	},
	{
		name: "lifecycle", dated: "week",
		keys:      []string{"merchant_id", "industry", "week", "from", "to"},
		questions: []string{"lifecycle"},
	},
}
