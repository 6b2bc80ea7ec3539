package sweep

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
)

// digits is how many digits a value between the ends of a range has.
const digits = 3

// maxFactors is how many values equal factors apart there may be. To find one
// exactly takes a power as high as there are.
const maxFactors = 100

// units are those of times, with their nanoseconds.
var units = map[string]int64{"h": 3600e9, "m": 60e9, "s": 1e9, "ms": 1e6, "us": 1e3, "µs": 1e3, "μs": 1e3, "ns": 1}

var rangeForm = regexp.MustCompile(`^(.+?)\.\.(.+?)([/*])(.*)$`)

// span is a range of numbers.
type span struct {
	from, to *big.Rat // in the unit
	unit     string   // as it is written; "": none
	steps    int
	log      bool
	whole    bool // both ends are whole numbers without a unit
}

// parseRange reads FROM..TO/STEPS or FROM..TO*STEPS. ok says whether it is one:
// what is not may be a value.
func parseRange(text string) (r span, ok bool, err error) {
	m := rangeForm.FindStringSubmatch(text)
	if m == nil {
		if low, high, two := strings.Cut(text, ".."); two && isNumber(low) && isNumber(high) {
			return r, false, fmt.Errorf("how many values? write %s/7 for 7 of them equally far apart, or %[1]s*7 for equal factors", text)
		}
		return r, false, nil
	}
	most := MaxPoints
	if m[3] == "*" {
		most = maxFactors
	}
	n, err := strconv.Atoi(m[4])
	if err != nil || n < 2 || n > most {
		return r, false, fmt.Errorf("after %s write how many values: expected 2 to %d", m[3], most)
	}
	r = span{steps: n, log: m[3] == "*"}
	from, unitFrom, ok := scenarios.Number(m[1])
	to, unitTo, okTo := scenarios.Number(m[2])
	if !ok || !okTo {
		return r, false, errors.New("a range goes from number to number, such as 0%..60%/7 or 1ms..20ms/5; other values are listed, with commas between them")
	}
	r.from, r.to = from, to
	if err := r.agree(unitFrom, unitTo); err != nil {
		return r, false, err
	}
	if r.unit == "h" || r.unit == "m" { // parts of these may have no end in decimals
		r.from.Mul(r.from, big.NewRat(units[r.unit], units["s"]))
		r.to.Mul(r.to, big.NewRat(units[r.unit], units["s"]))
		r.unit = "s"
	}
	r.whole = r.unit == "" && !strings.ContainsAny(strings.Replace(m[0], "..", "", 1), ".eE") && !r.fractions()
	switch {
	case r.from.Cmp(r.to) >= 0:
		return r, false, errors.New("the least comes first")
	case r.log && r.from.Sign() == 0:
		return r, false, errors.New("equal factors never leave 0: begin above it, or write / in place of *")
	}
	return r, true, nil
}

// fractions says whether the range is that of a chance: from 0 to 1 a third value
// is no whole number.
func (r *span) fractions() bool {
	return r.unit == "" && r.from.Sign() == 0 && r.to.Cmp(big.NewRat(1, 1)) == 0 && r.steps > 2
}

func isNumber(text string) bool {
	_, _, ok := scenarios.Number(text)
	return ok
}

// agree finds the unit of both ends: of two times the smaller.
func (r *span) agree(from, to string) error {
	r.unit = from
	if from == to {
		return nil
	}
	if r.from.Sign() == 0 && from == "" { // 0 needs no unit
		r.unit = to
		return nil
	}
	a, ok1 := units[from]
	b, ok2 := units[to]
	if !ok1 || !ok2 {
		return fmt.Errorf("the ends have different units, %s and %s", orNone(from), orNone(to))
	}
	if a > b {
		r.unit = to
		r.from.Mul(r.from, big.NewRat(a, b))
	} else {
		r.to.Mul(r.to, big.NewRat(b, a))
	}
	return nil
}

func orNone(unit string) string {
	if unit == "" {
		return "none"
	}
	return unit
}

// values are the values of the range, as they are written.
func (r *span) values(tick int64) []string {
	out := make([]string, r.steps)
	for k := range out {
		v := r.from
		switch {
		case k == r.steps-1:
			v = r.to
		case k > 0 && r.log:
			v = r.factor(k, tick)
		case k > 0:
			v = new(big.Rat).Sub(r.to, r.from)
			v.Add(v.Mul(v, big.NewRat(int64(k), int64(r.steps-1))), r.from)
			v = r.near(v, r.grain(r.to, tick))
		}
		out[k] = r.text(v)
	}
	return out
}

// grain is what values near to one are multiples of.
func (r *span) grain(near *big.Rat, tick int64) *big.Rat {
	g := big.NewRat(1, 1)
	ten := big.NewRat(10, 1)
	most := pow(ten, digits)
	for new(big.Rat).Quo(near, g).Cmp(most) >= 0 {
		g.Mul(g, ten)
	}
	for new(big.Rat).Quo(near, g).Cmp(new(big.Rat).Quo(most, ten)) < 0 {
		g.Quo(g, ten)
	}
	one := big.NewRat(1, 1)
	if ns := units[r.unit]; ns > 0 && tick > 0 {
		one.SetFrac64(tick, ns)
	} else if !r.whole {
		return g
	}
	if g.Cmp(one) < 0 {
		return one
	}
	// The least multiple of one that is not below: ticks of 3us have no 10us.
	return one.Mul(one, new(big.Rat).SetInt(ceiling(new(big.Rat).Quo(g, one))))
}

func ceiling(v *big.Rat) *big.Int {
	n := new(big.Int).Add(v.Num(), v.Denom())
	n.Sub(n, big.NewInt(1))
	return n.Quo(n, v.Denom())
}

// near is the multiple of the grain that is nearest to v; of two, the greater.
func (r *span) near(v, grain *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(v, grain)
	q.Add(q, big.NewRat(1, 2))
	n := new(big.Int).Quo(q.Num(), q.Denom())
	return new(big.Rat).Mul(grain, new(big.Rat).SetInt(n))
}

// factor is value k, from·(to/from)^(k/(steps-1)), to so many digits. It is found
// in whole numbers: m grains are below it if m^(steps-1) grains^(steps-1) is below
// from^(steps-1-k)·to^k.
func (r *span) factor(k int, tick int64) *big.Rat {
	n := r.steps - 1
	power := new(big.Rat).Mul(pow(r.from, n-k), pow(r.to, k))
	below := func(v *big.Rat) bool { return pow(v, n).Cmp(power) <= 0 }
	// Its first digit: the greatest power of ten that is below it.
	first := big.NewRat(1, 1)
	for ten := big.NewRat(10, 1); below(new(big.Rat).Mul(first, ten)); {
		first.Mul(first, ten)
	}
	for !below(first) {
		first.Quo(first, big.NewRat(10, 1))
	}
	grain := r.grain(first, tick)
	low, high := big.NewInt(0), ceiling(new(big.Rat).Quo(r.to, grain))
	for { // the greatest m with (m - 1/2) grains below it
		m := new(big.Int).Add(low, high)
		m.Add(m, big.NewInt(1)).Rsh(m, 1)
		half := new(big.Rat).Sub(new(big.Rat).SetInt(m), big.NewRat(1, 2))
		if below(half.Mul(half, grain)) {
			low = m
		} else {
			high = m.Sub(m, big.NewInt(1))
		}
		if low.Cmp(high) >= 0 {
			return new(big.Rat).Mul(grain, new(big.Rat).SetInt(low))
		}
	}
}

func pow(v *big.Rat, n int) *big.Rat {
	e := big.NewInt(int64(n))
	return new(big.Rat).SetFrac(new(big.Int).Exp(v.Num(), e, nil), new(big.Int).Exp(v.Denom(), e, nil))
}

// text writes a value with as many decimals as it has, and a time in the largest unit in
// which it is one or more.
func (r *span) text(v *big.Rat) string {
	unit := r.unit
	for _, larger := range []string{"us", "ms", "s"} {
		if ns, time := units[unit]; time && ns < units[larger] {
			if w := new(big.Rat).Mul(v, big.NewRat(ns, units[larger])); w.Cmp(big.NewRat(1, 1)) >= 0 {
				v, unit = w, larger
			}
		}
	}
	text := v.FloatString(36) // exact: every value has at most 36
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text + unit
}
