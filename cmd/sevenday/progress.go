package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"sevenday/dashboards"
)

// lineEvery is how often a stage that runs long says so where there is no terminal.
const lineEvery = 10 * time.Second

// progress tells how far the stages of a long command are: with a bar on a
// terminal, with plain lines elsewhere, and to the page. It is safe for
// concurrent use.
type progress struct {
	out      io.Writer
	terminal bool

	mu     sync.Mutex // guards what follows
	stages []dashboards.Stage
	bar    *progressbar.ProgressBar
	shown  string // the stage that the bar is of
	lines  map[string]time.Time
	begun  map[string]time.Time
}

// newProgress lists the stages that will come, in order.
func newProgress(out io.Writer, names ...string) *progress {
	p := &progress{out: out, lines: make(map[string]time.Time), begun: make(map[string]time.Time)}
	if f, ok := out.(*os.File); ok {
		p.terminal = term.IsTerminal(int(f.Fd()))
	}
	for _, name := range names {
		p.stages = append(p.stages, dashboards.Stage{Name: name, State: dashboards.Waiting})
	}
	return p
}

// Stages returns a copy of the stages, for the page.
func (p *progress) Stages() []dashboards.Stage {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.stages)
}

func (p *progress) stage(name string) *dashboards.Stage {
	for i := range p.stages {
		if p.stages[i].Name == name {
			return &p.stages[i]
		}
	}
	p.stages = append(p.stages, dashboards.Stage{Name: name})
	return &p.stages[len(p.stages)-1]
}

// update tells that a stage runs and how far it is; total 0 means unknown.
func (p *progress) update(name string, done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.stage(name)
	if s.State != dashboards.Running {
		p.begun[name] = time.Now()
		p.lines[name] = time.Now()
		if !p.terminal {
			fmt.Fprintf(p.out, "%s ...\n", name)
		}
	}
	s.State, s.Done, s.Total = dashboards.Running, done, total
	p.show(s)
}

func (p *progress) show(s *dashboards.Stage) {
	if !p.terminal {
		if time.Since(p.lines[s.Name]) >= lineEvery {
			p.lines[s.Name] = time.Now()
			fmt.Fprintf(p.out, "%s: %s\n", s.Name, count(s.Done, s.Total))
		}
		return
	}
	if p.shown != s.Name {
		p.bar = progressbar.NewOptions64(max(s.Total, -1), progressbar.OptionSetWriter(p.out),
			progressbar.OptionSetDescription(fmt.Sprintf("%-14s", s.Name)), progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30))
		p.shown = s.Name
	}
	if s.Total > 0 {
		p.bar.ChangeMax64(s.Total)
	}
	_ = p.bar.Set64(s.Done) // a bar that can't be drawn stops nothing
}

func count(done, total int64) string {
	if total > 0 {
		return fmt.Sprintf("%d of %d", done, total)
	}
	return fmt.Sprint(done)
}

// finish tells that a stage is done; detail says what came of it.
func (p *progress) finish(name, detail string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.stage(name)
	took := time.Since(p.begun[name])
	if p.begun[name].IsZero() {
		took = 0
	}
	s.State, s.Detail, s.Done = dashboards.Done, detail, max(s.Done, s.Total)
	p.clear()
	fmt.Fprintf(p.out, "%s: %s (%.1f s)\n", name, detail, took.Seconds())
}

// drop takes stages off the list that will not come.
func (p *progress) drop(names ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stages = slices.DeleteFunc(p.stages, func(s dashboards.Stage) bool { return slices.Contains(names, s.Name) })
}

// fail tells that a stage ended with an error.
func (p *progress) fail(name string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.stage(name)
	s.State, s.Detail = dashboards.Failed, err.Error()
	p.clear()
}

func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar, p.shown = nil, ""
	}
}
