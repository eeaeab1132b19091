package dashboards

import "context"

// StageState is how far a stage of the start-up has come.
type StageState string

// The states of a stage.
const (
	Waiting StageState = "waiting"
	Running StageState = "running"
	Done    StageState = "done"
	Failed  StageState = "failed"
)

// Stage is one step of the start-up, in the order in which the page shows it:
// servers, load, ingest, settle, fold, publish.
type Stage struct {
	Name   string     `json:"name" doc:"stable name: servers, simulate, load, ingest, settle, fold, publish"`
	State  StageState `json:"state" enum:"waiting,running,done,failed"`
	Done   int64      `json:"done" doc:"units done so far; of what, detail says"`
	Total  int64      `json:"total" doc:"units in all, 0 where unknown"`
	Detail string     `json:"detail" doc:"one phrase for a person; may be empty"`
}

// Check is one thing that has to answer before the program counts as ready. It
// should give up when its context ends, which is after readyTimeout.
type Check struct {
	Name string
	Ask  func(context.Context) error
}
