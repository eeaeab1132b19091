package simulate

import (
	"math"
	"sync"

	"sevenday"
)

// World is a planned world: who its merchants are and by which probabilities
// their people live. It does not change once made; Stream may be called again,
// and from several goroutines at once.
type World struct {
	config   Config
	from     sevenday.Day
	programs []*program
	ago      []*program // the same merchants a year earlier, where that is part of their story
	panel    []sevenday.Day
	now      sevenday.Millis // nothing that happens later is in the history
	pool     uint64          // people on the platform: a prime
	windows  windows

	mu  sync.Mutex
	end *run // guarded by mu: the world as the last finished Stream left it, for Live to go on from
}

// NewWorld plans the world of the configuration, defaults filled. Its error is
// Invalid, and lists all faults of the configuration.
func NewWorld(config Config) (*World, error) {
	c := config.WithDefaults()
	if err := c.Validate(); err != nil {
		return nil, err
	}
	programs, err := newPrograms(c)
	if err != nil {
		return nil, err
	}
	w := &World{config: c, from: c.Until - sevenday.Day(c.Days) + 1, programs: programs}
	w.now = sevenday.Millis(c.Now().UnixMilli())
	w.panel = panelWeeks(w.from, c.Until)
	w.windows = newWindows(w.from, c.Until)
	w.plan()
	return w, nil
}

// plan fixes the numbers in the order in which they depend on each other.
func (w *World) plan() {
	setLoyalty(w.programs)
	setConversion(w.programs)
	spreadAdoption(w.config, w.programs, w.panel)
	for _, p := range w.programs {
		w.tellStory(p)
	}
	w.scale()
	for _, p := range w.programs {
		p.calibrateCredit(w.windows.credit)
	}
	w.calibrateUplift()
	w.declare()
	if w.config.withoutUplift {
		w.forgetUplift()
	}
}

// setLoyalty scales all merchants' retention so that its mean over the
// merchants with visits is the platform's.
func setLoyalty(programs []*program) {
	sum, n := 0.0, 0.0
	for _, p := range programs {
		if p.visits() {
			sum += p.day7 * p.loyalty
			n++
		}
	}
	scale := targetDay7 * n / sum
	for _, p := range programs {
		p.setRetention(scale * p.day7 * p.loyalty)
	}
}

// setConversion scales each industry's merchants so that the mean over visits is the industry's.
func setConversion(programs []*program) {
	for _, in := range industries {
		sum, weights := 0.0, 0.0
		for _, p := range programs {
			if p.industry == in {
				sum += p.size * p.conversion
				weights += p.size
			}
		}
		for _, p := range programs {
			if p.industry == in {
				p.conversion *= in.conversion * weights / sum
			}
		}
	}
}

// tellStory gives the merchants with a story their turning points.
func (w *World) tellStory(p *program) {
	if p.role == nil {
		return
	}
	if p.role.credit && w.windows.credit.fits(w.from) {
		p.credit = creditCase{on: true, day: w.windows.credit.day, lift: 1}
	}
	if p.role.yearAgo && w.windows.weeks != nil {
		past := *p
		w.ago = append(w.ago, &past)
	}
}

// scale sets how many people arrive, so that about the wanted number of records come out.
func (w *World) scale() {
	records := 0.0
	for _, p := range w.all() {
		p.arrivals = p.size / (visitsPerDay * p.activeDaysPerUser())
		from, until := w.span(p)
		if w.isPast(p) {
			p.arrivals /= yearGrowth + 1
		}
		p.expectation = p.expect(from, until)
		records += p.expectedRecords(from, until)
	}
	factor := float64(w.config.Events) / records
	for _, p := range w.all() {
		p.arrivals *= factor
		p.expectation.multiply(factor)
	}
	w.pool = poolSize(w.programs)
}

// all lists the programs of the history and those of a year ago.
func (w *World) all() []*program {
	return append(append([]*program(nil), w.ago...), w.programs...)
}

func (w *World) isPast(p *program) bool {
	for _, past := range w.ago {
		if p == past {
			return true
		}
	}
	return false
}

// span is the program's days, both ends in.
func (w *World) span(p *program) (from, until sevenday.Day) {
	if w.isPast(p) {
		return w.windows.weeks.from - yearDays - 7, w.config.Until - yearDays
	}
	return w.from, w.config.Until
}

// declare completes the merchant records.
func (w *World) declare() {
	for _, p := range w.programs {
		if p.credit.on {
			p.Capabilities = append(p.Capabilities, sevenday.Capability{Name: "credit_exemption", EnabledAt: p.calendar.Start(p.credit.day)})
		}
		p.declareHabits(w.from)
		p.UpdatedAt = p.calendar.Start(w.from)
	}
}

// declareHabits lists capabilities that change nothing here, and one that was
// recorded by mistake.
func (p *program) declareHabits(from sevenday.Day) {
	before := p.calendar.Start(from - 400)
	add := func(c sevenday.Capability) { p.Capabilities = append(p.Capabilities, c) }
	if p.levers[sevenday.LeverTakeaway] > 0 {
		add(sevenday.Capability{Name: "takeaway", EnabledAt: before})
	}
	if p.levers[sevenday.LeverScheduledService] > 0 {
		add(sevenday.Capability{Name: "scheduled_service", EnabledAt: before})
	}
	if p.number%10 == 4 {
		add(sevenday.Capability{Name: "navigation", EnabledAt: before, DisabledAt: p.calendar.Start(from - 100)})
	}
	if p.number%25 == 7 {
		add(sevenday.Capability{Name: "group_purchase", EnabledAt: before, Void: true})
	}
}

func (w *World) forgetUplift() {
	for _, p := range w.programs {
		p.adoption.idle = p.treated()
	}
}

// Merchants lists the merchants as their records describe them, in a fixed order.
func (w *World) Merchants() []sevenday.Merchant {
	list := make([]sevenday.Merchant, len(w.programs))
	for i, p := range w.programs {
		list[i] = p.Merchant
	}
	return list
}

// Config returns the configuration in force.
func (w *World) Config() Config { return w.config }

// person is who of the platform's people the program's numbered user is.
func (w *World) person(p *program, number uint32) uint64 {
	start := derive(p.seed, partPool) % w.pool
	step := 1 + derive(p.seed, partPool, 1)%(w.pool-1)
	return (start + uint64(number)%w.pool*step) % w.pool
}

// poolSize is a prime number of people, about a third of all users of all
// merchants, so that most people use several mini programs; but twice what the
// largest merchant meets.
func poolSize(programs []*program) uint64 {
	total, largest := 0.0, 0.0
	for _, p := range programs {
		met := 0.0
		for _, arrivals := range p.expectation.arrivals {
			met += arrivals
		}
		met += float64(p.credit.oldMembers)
		total += met
		largest = max(largest, met)
	}
	return nextPrime(uint64(math.Ceil(max(1009, total/3, 2*largest))))
}

// nextPrime is the least odd prime that is not less than n.
func nextPrime(n uint64) uint64 {
	n |= 1
	for !isPrime(n) {
		n += 2
	}
	return n
}

// isPrime tells whether an odd number is a prime.
func isPrime(n uint64) bool {
	for d := uint64(3); d*d <= n; d += 2 {
		if n%d == 0 {
			return false
		}
	}
	return n > 2
}
