package uplift_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"sevenday"
	"sevenday/metrics/uplift"
)

// world is a simulated panel of merchants whose effect is known.
type world struct {
	rows  []uplift.MerchantWeek
	truth float64 // geometric, over the realized adopters' weeks from adoption on
}

// worldOptions says what is planted.
type worldOptions struct {
	industries int
	treated    int     // in each industry
	control    int     // in each industry
	effect     float64 // in log points, reached by and by
	trend      bool    // industries grow apart and the growing ones adopt more
	drift      float64 // log points a week by which adopters grow faster
	noise      float64 // of a week's log sales; default 0.15
}

const (
	worldWeeks     = 12
	worldFirstWave = 4
	worldWaves     = 5
)

var worldStart = sevenday.Date(2026, 6, 1)

// simulate makes a world; merchants differ in size, weeks have a season, every
// merchant's effect differs.
func simulate(seed uint64, o worldOptions) world {
	random := rand.New(rand.NewPCG(seed, 7))
	if o.noise == 0 {
		o.noise = 0.15
	}
	season := make([]float64, worldWeeks)
	for week := range season {
		season[week] = 0.2 * random.NormFloat64()
	}
	var w world
	sum, weight := 0.0, 0.0
	for industry := range o.industries {
		treated, slope := o.treated, 0.0
		if o.trend {
			treated += 6 * industry
			slope = 0.02 * float64(industry)
		}
		for i := range treated + o.control {
			wave := 0
			if i < treated {
				wave = worldFirstWave + i%worldWaves
			}
			m := simulatedMerchant{id: fmt.Sprintf("m-%02d-%03d", industry, i), industry: fmt.Sprintf("industry-%02d", industry), wave: wave, slope: slope}
			effects := w.add(random, m, season, o)
			for _, effect := range effects {
				sum += effect
				weight++
			}
		}
	}
	if weight > 0 {
		w.truth = math.Expm1(sum / weight)
	}
	return w
}

type simulatedMerchant struct {
	id, industry string
	wave         int // the week of adoption, 0 for never
	slope        float64
}

// add writes a merchant's weeks and returns its effects from adoption on.
func (w *world) add(random *rand.Rand, m simulatedMerchant, season []float64, o worldOptions) []float64 {
	size := 8 + random.NormFloat64()
	pull := o.effect * (1 + 0.3*random.NormFloat64())
	var effects []float64
	for week := range worldWeeks {
		log := size + season[week] + m.slope*float64(week) + o.noise*random.NormFloat64()
		row := uplift.MerchantWeek{MerchantID: m.id, Industry: m.industry, Week: worldStart + sevenday.Day(7*week)}
		if m.wave > 0 {
			row.Adopted = worldStart + sevenday.Day(7*m.wave+2)
			log += o.drift * float64(week)
		}
		if m.wave > 0 && week >= m.wave {
			effect := pull * (1 - math.Exp(-float64(week-m.wave+1)/2))
			effects = append(effects, effect)
			log += effect
		}
		row.Net = sevenday.Money(math.Round(100 * math.Exp(log)))
		w.rows = append(w.rows, row)
	}
	return effects
}
