package bench

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim/explain/say"
)

// Amount is how much was spent until a find, or, Censored, how much without one:
// more than that is needed.
type Amount struct {
	N        uint64
	Censored bool
}

// Stats are the repetitions of a cell.
type Stats struct {
	Wanted      uint64 // how many there are to be
	Done, Found uint64 // how many there are, and how many found something
	Runs, CPU   Spread // CPU in ns
}

// Spread are the 10th, 50th and 90th percentiles of some amounts: the least
// amount that so many per cent do not exceed. A repetition that found nothing needs more
// than any that found something; so the median is censored if more than half found
// nothing. If it is Known, the median of all that there could be is from Low to High with
// 95% confidence.
type Spread struct {
	P10, P50, P90 Amount
	Low, High     Amount
	Known         bool // else there are too few amounts
}

func spreadOf(list []Amount) (s Spread) {
	slices.SortFunc(list, func(a, b Amount) int {
		if a.Censored != b.Censored {
			return cmp.Compare(b2i(a.Censored), b2i(b.Censored))
		}
		return cmp.Compare(a.N, b.N)
	})
	at := func(percent int) Amount { return list[(percent*len(list)+99)/100-1] }
	s = Spread{P10: at(10), P50: at(50), P90: at(90)}
	if k := medianRank(len(list)); k > 0 {
		s.Low, s.High, s.Known = list[k-1], list[len(list)-k], true
	}
	return s
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// stats gathers the rows of a cell, of those repetitions that it is to have.
func (b *Bench) stats(rows Rows, c Cell) (s Stats) {
	var runs, cpu []Amount
	s.Wanted = b.Wanted(rows, c)
	for i := range s.Wanted {
		r, ok := rows[Job{c, i + 1}]
		if !ok {
			continue
		}
		s.Done++
		if r.Found != "" {
			s.Found++
		}
		runs = append(runs, Amount{r.Runs, r.Found == ""})
		cpu = append(cpu, Amount{uint64(r.CPU), r.Found == ""})
	}
	if s.Done > 0 {
		s.Runs, s.CPU = spreadOf(runs), spreadOf(cpu)
	}
	return s
}

// Ratio is how many times as much one needs as another: a number of hundredths,
// and whether that is a bound.
type Ratio struct {
	Hundredths uint64
	Bound      string // "": it is that; "≥": at least that, "≤": at most
	None       bool   // nothing can be said

	// If it is Known, the ratio of the medians of all that there could be is from Low
	// to High, in hundredths, with 90% confidence: each of the two has its own interval.
	Low, High uint64
	Known     bool
}

// ratio is that of the medians of two cells.
func ratio(of, to Stats) Ratio {
	if of.Done == 0 || to.Done == 0 {
		return Ratio{None: true}
	}
	a, c := of.Runs.P50, to.Runs.P50
	r := Ratio{None: a.Censored && c.Censored}
	switch {
	case a.Censored:
		r.Bound = "≥"
	case c.Censored:
		r.Bound = "≤"
	}
	r.Hundredths = hundredths(a, c, false)
	f, t := &of.Runs, &to.Runs
	if f.Known && t.Known && !f.High.Censored && !t.High.Censored {
		r.Low, r.High, r.Known = hundredths(f.Low, t.High, false), hundredths(f.High, t.Low, true), true
	}
	return r
}

// hundredths is how many times as much one amount is as another, rounded down or up.
func hundredths(a, c Amount, up bool) uint64 {
	hi, lo := bits.Mul64(a.N, 100)
	n, rest := bits.Div64(hi, lo, max(c.N, 1)) // a.N is below 2^40
	if up && rest > 0 {
		n++
	}
	return n
}

// String is "12×", "≥ 3.4×", "0.05×"; "-": nothing can be said. A bound that is
// rounded is still one.
func (r Ratio) String() string {
	if r.None {
		return "-"
	}
	h := r.Hundredths
	if r.Bound == "≤" {
		h++ // it has been rounded down
	}
	text := strings.TrimSpace(r.Bound+" "+times(h, r.Bound == "≤")) + "×"
	if r.Known {
		text += fmt.Sprintf(" [%s, %s]", times(r.Low, false), times(r.High, true))
	}
	return text
}

// times is hundredths with as many digits as mean something, rounded down or up.
func times(h uint64, up bool) string {
	above := func(n uint64) uint64 {
		if up {
			return n
		}
		return 0
	}
	switch {
	case h >= 1000:
		return say.Count((h + above(99)) / 100)
	case h >= 100:
		h += above(9)
		return fmt.Sprintf("%d.%d", h/100, h/10%10)
	}
	return fmt.Sprintf("0.%02d", h)
}

// Best is the strategy, of those that found something in most repetitions and are
// not the one to compare with, whose median is least; "": there is none.
func best(b *Bench, of map[string]Stats) string {
	found := ""
	for _, s := range b.Strategies() {
		if c := of[s]; s != b.Against && c.Done > 0 && !c.Runs.P50.Censored && (found == "" || c.Runs.P50.N < of[found].Runs.P50.N) {
			found = s
		}
	}
	return found
}
