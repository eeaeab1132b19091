package simulate

import (
	"fmt"
	"math"
	"time"

	"sevenday"
)

// program is one mini program: its merchant record, the numbers its people
// follow, and who they are at the moment.
type program struct {
	sevenday.Merchant
	*industry
	role     *role // nil for an ordinary merchant
	number   int   // within the industry, from 0
	seed     uint64
	nameHash uint64 // of the industry
	location *time.Location
	calendar *sevenday.Calendar

	size       float64 // visits a day relative to the middle merchant
	loyalty    float64 // seven-day retention relative to the industry's middle
	base       [kinds]float64
	conversion float64
	basket     float64 // median in hundredths of the currency
	arrivals   float64 // new users on an average day in the middle of the history
	middle     sevenday.Day
	peak       sevenday.Day // growth ends with the history
	credit     creditCase
	adoption   adoption

	expectation expectation
}

// population is what is remembered of a program's people.
type population struct {
	users   []user // oldest first, one-timers left out
	next    uint32 // number of the next user
	events  uint64 // events named so far
	coupons uint32 // coupons named so far
}

// user is a person at one mini program. It is kept small: a world of a hundred
// million records remembers millions of them.
type user struct {
	number    uint32
	coupon    uint32 // number of the coupon in hand, 0 for none
	first     int32  // day of the first visit
	couponDay int32  // day of the claim
	kind      uint8
	flags     userFlags
}

type userFlags uint8

const (
	assentRefused userFlags = 1 << iota
	anonymous               // known by the anonymous id alone, so far
	collected
	followed
	registered
	holdsGift // the coupon in hand is a gift
)

func (u *user) is(f userFlags) bool { return u.flags&f != 0 }

// forget drops users whose last possible return is past.
func (p *population) forget(day sevenday.Day) {
	i := 0
	for i < len(p.users) && int(day)-int(p.users[i].first) > maxLag {
		i++
	}
	p.users = p.users[i:]
}

// newPrograms founds the world's merchants, industry by industry.
func newPrograms(c Config) ([]*program, error) {
	var programs []*program
	for i, count := range apportion(c.Merchants) {
		for number := range count {
			p, err := newProgram(c, industries[i], number)
			if err != nil {
				return nil, err
			}
			programs = append(programs, p)
		}
	}
	return programs, nil
}

// apportion divides the merchants over the industries by largest remainders.
func apportion(merchants int) []int {
	counts := make([]int, len(industries))
	rest := merchants
	remainders := make([]float64, len(industries))
	for i, industry := range industries {
		exact := industry.share * float64(merchants)
		counts[i] = int(exact + 1e-9)
		remainders[i] = exact - float64(counts[i])
		rest -= counts[i]
	}
	for ; rest > 0; rest-- {
		largest := 0
		for i, r := range remainders {
			if r > remainders[largest]+1e-9 {
				largest = i
			}
		}
		counts[largest]++
		remainders[largest]--
	}
	return counts
}

func newProgram(c Config, in *industry, number int) (*program, error) {
	p := &program{industry: in, number: number, role: roleOf(in.name, number)}
	p.nameHash = hashName(in.name)
	p.seed = derive(c.Seed, p.nameHash, uint64(number))
	d := newDice().reseed(p.seed, partPlan)
	p.Merchant = ordinaryMerchant(in, number, d)
	p.size = d.around(0.40, 0.7, 3)
	p.loyalty = d.around(0.12, 0.75, 1.3)
	p.conversion = in.conversion * d.around(0.10, 0.8, 1.25)
	p.basket = 100 * in.basket * d.around(0.25, 0.6, 1.8)
	p.adoption = adoption{pull: d.around(0.25, 0.6, 1.6), multiple: 1 + 0.9*d.around(0.25, 0.55, 1.6)}
	if p.role != nil {
		p.role.play(p)
	}
	location, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of %s: %w", p.MerchantID, err)
	}
	p.location, p.calendar = location, sevenday.NewCalendar(location)
	return p, nil
}

// The parts of a program's randomness; each has its own stream of draws.
const (
	partPlan uint64 = iota
	partDay
	partNoise
	partMembers
	partPool
	partAdoption
	partUser
	partEvent
	partCoupon
	partSession
	partAnonymous
	partFavorite
	partTerminal
	partMalformed
)

func ordinaryMerchant(in *industry, number int, d *dice) sevenday.Merchant {
	kind := in.shops[number%len(in.shops)]
	id := fmt.Sprintf("demo-%s-%03d", in.name, number)
	m := sevenday.Merchant{
		MerchantID: id, Name: fmt.Sprintf("Demo %s %03d (演示)", kind, number), Owner: id,
		Industry: in.name, City: cities[d.IntN(len(cities))],
		TimeZone: sevenday.DefaultTimeZone, Currency: sevenday.DefaultCurrency, UserIDScope: sevenday.ScopePlatform,
	}
	if number%4 >= 2 { // two and two of each industry belong to one company
		m.Owner = fmt.Sprintf("demo-owner-%s-%03d", in.name, number/4)
	}
	if number%9 == 5 {
		m.Stores = stores(id, m.City, 2+number%3)
	}
	return m
}

// stores lists a chain's shops, the first in the merchant's own city.
func stores(id, city string, count int) []sevenday.Store {
	list := make([]sevenday.Store, count)
	for i := range list {
		list[i] = sevenday.Store{StoreID: fmt.Sprintf("%s-s%02d", id, i+1), Name: fmt.Sprintf("Demo store %02d (演示)", i+1), City: city}
		city = cities[(i*3+len(id))%len(cities)]
	}
	return list
}

func hashName(name string) uint64 {
	h := uint64(len(name))
	for _, c := range []byte(name) {
		h = mix(h ^ uint64(c))
	}
	return h
}

// visits tells whether the program sends entries at all.
func (p *program) visits() bool { return p.role == nil || !p.role.paymentsOnly }

// returns is the probability that a user of the kind is active lag days after
// the first day, on a weekday counted from Monday.
func (p *program) returns(kind uint8, lag, weekday int) float64 {
	return min(maxReturn, p.base[kind]*rhythm[lag]*p.weekday[weekday])
}

// retention is the expected share of a new cohort that is active lag days
// later, on the weekday.
func (p *program) retention(lag, weekday int) float64 {
	shares := p.kindShares()
	return shares[occasional]*p.returns(occasional, lag, weekday) + shares[regular]*p.returns(regular, lag, weekday)
}

// setRetention finds the users' base probabilities under which the expected
// day-7 retention of new users is the target, or the nearest that users who
// return at all can reach.
func (p *program) setRetention(target float64) {
	low, high := 0.0, 1.0
	for range 50 {
		middle := (low + high) / 2
		p.base = [kinds]float64{occasional: middle, regular: middle * regularity}
		if p.expectedDay7() < target {
			low = middle
		} else {
			high = middle
		}
	}
}

// expectedDay7 weighs the weekdays as new users arrive on them.
func (p *program) expectedDay7() float64 {
	sum, weights := 0.0, 0.0
	for weekday, w := range p.weekday {
		sum += w * p.retention(7, weekday)
		weights += w
	}
	return sum / weights
}

// activeDaysPerUser is how many days a new user is active on, the first
// included, in an even week without growth.
func (p *program) activeDaysPerUser() float64 {
	sum := 1.0
	for lag := 1; lag <= maxLag; lag++ {
		for weekday := range p.weekday {
			sum += p.retention(lag, weekday) / 7
		}
	}
	return sum
}

// meanBasket is the mean of the log-normal basket before installments, in hundredths.
func (p *program) meanBasket() float64 { return p.basket * math.Exp(p.sigma*p.sigma/2) }
