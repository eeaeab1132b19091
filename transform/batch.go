package transform

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"sevenday"
	"sevenday/internal/warehouse"
	"sevenday/metrics"
)

// Batch turns events into published figures. DB, Settler and Metrics are
// required; the other fields have defaults.
type Batch struct {
	DB      *warehouse.DB
	Settler *Settler
	// Metrics makes the folds and their outputs: one set for each worker.
	Metrics func() []Metric
	// Checks are metrics' own, beside those of the stage: see the variable Checks.
	Checks   []fs.FS
	Lateness time.Duration // default DefaultLateness
	Workers  int           // merchants are folded by so many at once; default 2
	// Progress is told how far a stage is; it may be nil. It is called from
	// several goroutines.
	Progress func(stage string, done, total int64)
	// Rebuild folds every merchant, whether something changed or not.
	Rebuild bool
}

// Run describes a batch that is under way, or ended.
type Run struct {
	ID        uint64          `json:"run"`       // 0: no event had come and no day had ended, so nothing was published
	Merchants int             `json:"merchants"` // that were folded
	Windows   int             `json:"windows"`   // of them, how many from some week on only
	Persons   int64           `json:"persons"`
	Plans     []Plan          `json:"-"`        // of the merchants that were folded, by id
	Withheld  []string        `json:"withheld"` // merchants that keep their earlier figures, because a check found a fault
	Failures  []CheckFailure  `json:"failures"` // what checks found
	Settled   Settled         `json:"-"`
	Watermark sevenday.Millis `json:"watermark"`
	AsOf      sevenday.Millis `json:"as_of"`
	Horizon   metrics.Horizon `json:"-"`

	now sevenday.Millis // the warehouse's time when the run settled
}

// runLease is held by the one batch at a time.
const runLease = "run"

// Run settles the log, folds the merchants with marks, and publishes. It waits
// up to wait for another batch to end, and then makes its own pass. Every event
// that was in the log when it began is in the published figures when it ends.
func (b *Batch) Run(ctx context.Context, wait time.Duration) (Run, error) {
	lease, err := Acquire(ctx, b.DB, runLease, b.Settler.Holder, wait)
	if err != nil {
		return Run{}, err
	}
	run, err := b.run(ctx, lease, wait)
	return run, errors.Join(err, lease.Release(context.WithoutCancel(ctx)))
}

func (b *Batch) run(ctx context.Context, lease *Lease, wait time.Duration) (Run, error) {
	from, err := readBase(ctx, b.DB)
	if err != nil {
		return Run{}, err
	}
	run := Run{ID: lease.Fence<<16 | 1, Withheld: []string{}, Failures: []CheckFailure{}}
	folded, stands, err := b.settleAndFold(ctx, &run, from, wait)
	if err != nil {
		return run, err
	}
	all, err := warehouse.Select(ctx, b.DB, merchantLayout, statement("all_merchants"), nil)
	if err != nil {
		return run, err
	}
	if len(folded) == 0 && from.Run != 0 {
		if same, err := from.sameDays(run.Horizon, all); same || err != nil {
			run.ID = 0
			return run, err
		}
	}
	groups, err := b.groupsToFold(ctx, from, all, folded)
	if err != nil {
		return run, err
	}
	made := allRemade(folded, groups)
	spans, err := b.spansAfter(ctx, run.ID, made)
	if err != nil {
		return run, err
	}
	if err := b.across(ctx, run, all, groups, spans); err != nil {
		return run, err
	}
	b.progress("publish", 0, 1)
	if err := publish(ctx, b.DB, run.ID, from, run.Horizon, version(stands), made); err != nil {
		return run, err
	}
	b.progress("publish", 1, 1)
	return run, b.sweep(ctx, from, &run, version(stands))
}

// withhold checks what was folded and returns the merchants to publish.
func (b *Batch) withhold(ctx context.Context, run *Run, folded []merchantToFold) ([]merchantToFold, error) {
	withheld, err := b.check(ctx, run, folded)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(folded, func(m merchantToFold) bool {
		if withheld[m.Plan.MerchantID] {
			run.Withheld = append(run.Withheld, m.Plan.MerchantID)
		}
		return withheld[m.Plan.MerchantID]
	}), nil
}

// allRemade is what a run makes anew, of merchants and of groups.
func allRemade(merchants []merchantToFold, groups []groupToFold) []remade {
	made := make([]remade, 0, len(merchants)+len(groups))
	for i := range merchants {
		made = append(made, merchants[i].remade)
	}
	for i := range groups {
		made = append(made, groups[i].remade)
	}
	return made
}

// spansAfter returns which rows will count once the run is published.
func (b *Batch) spansAfter(ctx context.Context, run uint64, made []remade) ([]spanRow, error) {
	spans, err := warehouse.Select(ctx, b.DB, spanLayout, statement("spans"), nil)
	if err != nil {
		return nil, err
	}
	again := make(map[string]bool, len(made))
	for i := range made {
		again[made[i].MerchantID] = true
	}
	spans = slices.DeleteFunc(spans, func(s spanRow) bool { return again[s.MerchantID] })
	for i := range made {
		spans = spansOf(spans, made[i].MerchantID, after(made[i].segments(), made[i].from, run))
	}
	return spans, nil
}

// across makes the figures over merchants, from what their folds have written.
func (b *Batch) across(ctx context.Context, run Run, all []merchantRow, groups []groupToFold, spans []spanRow) error {
	given := warehouse.Rows("spans", spanLayout, spans)
	if err := b.foldDistinct(ctx, run, groups, given); err != nil {
		return err
	}
	b.progress("uplift", 0, 1)
	if err := b.estimateUplift(ctx, run, all, given); err != nil {
		return err
	}
	b.progress("uplift", 1, 1)
	return nil
}

// settleAndFold holds the settling lease, so that no event moves while the
// events are streamed.
func (b *Batch) settleAndFold(ctx context.Context, run *Run, from base, wait time.Duration) (folded []merchantToFold, stands []stand, err error) {
	lease, err := Acquire(ctx, b.DB, settleLease, b.Settler.Holder, wait)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, lease.Release(context.WithoutCancel(ctx))) }()
	run.Settled, err = b.Settler.settle(ctx, lease, func(s Settled) { b.progress("settle", s.Records, 0) })
	if err != nil {
		return nil, nil, err
	}
	if stands, err = readStands(ctx, b.DB); err != nil {
		return nil, nil, err
	}
	if err := b.setHorizon(ctx, run, stands, from); err != nil {
		return nil, nil, err
	}
	if folded, err = b.merchantsToFold(ctx, from, version(stands)); err != nil {
		return nil, nil, err
	}
	if err := b.fold(ctx, run, folded, version(stands)); err != nil {
		return nil, nil, err
	}
	// While nothing is settled the events are those that were folded.
	folded, err = b.withhold(ctx, run, folded)
	return folded, stands, err
}

// version is the newest settling pass in the stands.
func version(stands []stand) uint64 {
	newest := uint64(0)
	for _, s := range stands {
		newest = max(newest, s.Version)
	}
	return newest
}

// clock is the warehouse's time, and up to when days were declared complete.
type clock struct {
	Now      sevenday.Millis `ch:"now"`
	Declared sevenday.Millis `ch:"declared"`
}

var clockLayout = warehouse.LayoutOf[clock]()

func (b *Batch) setHorizon(ctx context.Context, run *Run, stands []stand, from base) error {
	clocks, err := warehouse.Select(ctx, b.DB, clockLayout, statement("now"), nil)
	if err != nil {
		return err
	}
	lateness := b.Lateness
	if lateness == 0 {
		lateness = DefaultLateness
	}
	run.Horizon = horizon(stands, clocks[0].Now, lateness, max(from.Watermark, clocks[0].Declared))
	run.now = clocks[0].Now
	run.Watermark, run.AsOf = run.Horizon.Watermark, run.Horizon.AsOf
	return nil
}

// groupSize is how many merchants share one stream: enough that small merchants
// don't pay for a query each, few enough that workers end together.
const groupSize = 64

func (b *Batch) fold(ctx context.Context, run *Run, all []merchantToFold, settled uint64) error {
	run.Merchants = len(all)
	for i := range all {
		run.Plans = append(run.Plans, all[i].Plan)
		if all[i].from != metrics.WholeHistory {
			run.Windows++
		}
	}
	slices.SortFunc(run.Plans, func(a, b Plan) int { return cmp.Compare(a.MerchantID, b.MerchantID) })
	var done, persons atomic.Int64
	groups := make(chan []merchantToFold)
	workers, ctx := errgroup.WithContext(ctx)
	workers.Go(func() error {
		defer close(groups)
		for start := 0; start < len(all); start += groupSize {
			select {
			case groups <- all[start:min(start+groupSize, len(all))]:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range max(b.Workers, 2) {
		workers.Go(func() error {
			w := &worker{db: b.DB, run: run.ID, settled: settled, metrics: b.Metrics()}
			for group := range groups {
				if err := w.fold(ctx, group); err != nil {
					return err
				}
				b.progress("fold", done.Add(int64(len(group))), int64(len(all)))
			}
			persons.Add(w.persons)
			return w.flush(ctx, nil, true)
		})
	}
	err := workers.Wait()
	run.Persons = persons.Load()
	return err
}

// worker folds groups of merchants with folds of its own.
type worker struct {
	db      *warehouse.DB
	run     uint64
	settled uint64
	metrics []Metric
	persons int64
}

// fold reads the timelines of a group of merchants, which are in order, and
// ends each merchant in turn, those without any event too.
func (w *worker) fold(ctx context.Context, group []merchantToFold) error {
	group = slices.Clone(group)
	slices.SortFunc(group, func(a, b merchantToFold) int { return cmp.Compare(a.Plan.MerchantID, b.Plan.MerchantID) })
	merchants, reads := make([]*metrics.Merchant, len(group)), group[0].reads
	for i := range group {
		m, err := metrics.NewMerchant(group[i].merchant(), w.run)
		if err != nil {
			return err
		}
		merchants[i], m.From = m, group[i].from
		reads = min(reads, group[i].reads)
	}
	lines, err := openTimelines(ctx, w.db, merchants, reads, w.settled)
	if err != nil {
		return fmt.Errorf("stream events: %w", err)
	}
	defer lines.close()
	at := 0
	for {
		line, err := lines.next()
		if err != nil {
			return fmt.Errorf("stream events: %w", err)
		}
		for at < len(merchants) && (line == nil || merchants[at] != line.Merchant) {
			if err := w.end(ctx, merchants[at]); err != nil {
				return err
			}
			at++
		}
		if line == nil {
			return nil
		}
		if err := w.person(ctx, line); err != nil {
			return err
		}
	}
}

func (w *worker) person(ctx context.Context, line *metrics.Timeline) error {
	w.persons++
	for _, m := range w.metrics {
		m.Fold.Person(line)
	}
	return w.flush(ctx, line.Merchant, false)
}

func (w *worker) end(ctx context.Context, merchant *metrics.Merchant) error {
	for _, m := range w.metrics {
		m.Fold.Merchant(merchant)
	}
	return w.flush(ctx, merchant, false)
}

// flush stores the rows that the folds have made, when there are many or all is
// set. merchant is the one whose rows came last.
func (w *worker) flush(ctx context.Context, merchant *metrics.Merchant, all bool) error {
	for _, m := range w.metrics {
		for _, output := range m.Outputs {
			if merchant != nil {
				output.trim(merchant.From)
			}
			if err := output.flush(ctx, w.db, all); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *Batch) progress(stage string, done, total int64) {
	if b.Progress != nil {
		b.Progress(stage, done, total)
	}
}
