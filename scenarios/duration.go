package scenarios

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// units are what a time may be written in, with their nanoseconds.
var units = []struct {
	name     string
	ns       int64
	decimals bool // a number of these may have decimals when we write it
}{
	{"h", 3600e9, false}, {"m", 60e9, false}, {"s", 1e9, true}, {"ms", 1e6, true}, {"us", 1e3, true}, {"ns", 1, false},
}

// century bounds every time, in nanoseconds, so that a time in nanoseconds fits
// in 64 bits.
const century = 876_000 * 3600e9

const unitForm = `(?:h|m|s|ms|us|µs|μs|ns)`

var durationForm = regexp.MustCompile(`^([0-9]{1,18}(?:\.[0-9]{1,18})?)(` + unitForm + `)$`)

// The form of a time, and of one that is not 0, in a schema.
const (
	oneTime  = `[0-9]{1,18}(?:\.[0-9]{1,18})?` + unitForm
	someTime = `(?:0*[1-9][0-9]*(?:\.[0-9]{1,18})?|0+\.0*[1-9][0-9]*)` + unitForm
)

// timeSchema is what a schema can say of a time.
func timeSchema(positive bool) schema {
	if positive {
		return schema{Type: "string", Pattern: "^" + someTime + "$"}
	}
	return schema{AnyOf: []schema{{Type: "string", Pattern: "^(?:" + oneTime + "|0)$"}, {Const: 0}}}
}

// ticksText is a bound of a time, in ticks.
func ticksText(t sim.Time) string {
	switch t {
	case 0:
		return "0s"
	case 1:
		return "1 tick"
	case sim.MaxTime:
		return "10^12 ticks"
	case maxDelay:
		return "2^31 - 1 ticks"
	case maxDelay + 1:
		return "2^31 ticks"
	}
	return strconv.FormatInt(int64(t), 10) + " ticks"
}

// nanoseconds reads a time exactly. It may end within a nanosecond.
func nanoseconds(text string) (*big.Rat, error) {
	if text == "0" {
		return new(big.Rat), nil
	}
	m := durationForm.FindStringSubmatch(text)
	switch {
	case m == nil && number.MatchString(text):
		return nil, fmt.Errorf("%s has no unit: write %[1]sms, %[1]ss or %[1]sus", clip(text))
	case m == nil && meantTime(text) != "":
		return nil, fmt.Errorf("expected a time such as 20ms, not %q; did you mean %s?", clip(text), meantTime(text))
	case m == nil:
		return nil, errForm
	}
	name := strings.NewReplacer("µ", "u", "μ", "u").Replace(m[2])
	v, _ := new(big.Rat).SetString(m[1])
	for _, u := range units {
		if u.name == name {
			v.Mul(v, new(big.Rat).SetInt64(u.ns))
		}
	}
	return v, nil
}

// otherUnits are names of units that times are not written in.
var otherUnits = []struct{ begins, unit string }{
	{"ms", "ms"}, {"milli", "ms"}, {"us", "us"}, {"micro", "us"}, {"ns", "ns"}, {"nano", "ns"}, {"sec", "s"}, {"min", "m"}, {"hour", "h"}, {"hr", "h"},
}

// meantTime is the time that is meant by a number with another name of a unit, or
// with a space before its unit; "": none.
func meantTime(text string) string {
	number, unit, ok := Number(strings.ToLower(strings.ReplaceAll(text, " ", "")))
	if !ok {
		return ""
	}
	for _, o := range otherUnits {
		if strings.HasPrefix(unit, o.begins) {
			unit = o.unit
		}
	}
	meant := strings.TrimSuffix(strings.TrimRight(number.FloatString(9), "0"), ".") + unit
	if !durationForm.MatchString(meant) {
		return ""
	}
	return meant
}

// duration is a time in ticks, from least to most.
func duration(least, most sim.Time) kind[int64] {
	return kind[int64]{
		takes:  "a time such as 20ms",
		bounds: ticksText(least) + " to " + ticksText(most),
		schema: timeSchema(least > 0),
		parse: func(g given, text string) (int64, error) {
			v, err := parseTicks(text, g.tick, "the tick, "+timeText(1, g.tick))
			if err != nil || g.tick == 0 {
				return 0, err
			}
			if most := min(int64(most), century/g.tick); v < int64(least) || v > most {
				return 0, fmt.Errorf("%s is out of range: expected %s to %s", text, timeText(int64(least), g.tick), timeText(most, g.tick))
			}
			return v, nil
		},
		text: func(g given, v int64) string { return timeText(v, g.tick) },
	}
}

// tickLength is the tick itself, in nanoseconds.
func tickLength() kind[int64] {
	const microsecond = 1000
	return kind[int64]{
		takes:  "a time of at least 1us, such as 100us",
		bounds: "1us to 1s, a whole number of microseconds",
		schema: timeSchema(true),
		parse: func(_ given, text string) (int64, error) {
			v, err := parseTicks(text, microsecond, "1us")
			if err == nil && (v < 1 || v > 1e6) {
				return 0, fmt.Errorf("%s is out of range: expected 1us to 1s", text)
			}
			return v * microsecond, err
		},
		text: func(_ given, v int64) string { return timeText(v, 1) },
	}
}

// parseTicks reads a time as so many steps of so many nanoseconds. If the step
// is 0, only the form is checked.
func parseTicks(text string, step int64, stepName string) (int64, error) {
	ns, err := nanoseconds(text)
	if err != nil || step == 0 {
		return 0, err
	}
	if ns.Cmp(new(big.Rat).SetInt64(century)) > 0 {
		return 0, fmt.Errorf("%s is out of range: expected at most %s", text, timeText(century, 1))
	}
	steps := ns.Quo(ns, new(big.Rat).SetInt64(step))
	floor := new(big.Int).Quo(steps.Num(), steps.Denom())
	if !steps.IsInt() {
		low := floor.Int64()
		return 0, fmt.Errorf("%s is no multiple of %s: the nearest are %s and %s", text, stepName, timeText(low, step), timeText(low+1, step))
	}
	return floor.Int64(), nil
}

// timeText writes a number of steps of so many nanoseconds in the largest unit
// that is exact.
func timeText(steps, step int64) string {
	ns := new(big.Int).Mul(big.NewInt(steps), big.NewInt(step))
	if ns.Sign() == 0 {
		return "0s"
	}
	for _, u := range units {
		whole, rest := new(big.Int).QuoRem(ns, big.NewInt(u.ns), new(big.Int))
		switch {
		case whole.Sign() == 0:
		case rest.Sign() == 0:
			return whole.String() + u.name
		case u.decimals:
			digits := fmt.Sprintf("%0*d", len(fmt.Sprint(u.ns))-1, rest.Int64())
			return decimal(whole.Uint64(), digits) + u.name
		}
	}
	panic(fmt.Sprintf("scenarios: a time of %d × %d ns", steps, step))
}

// span is a time or two: the least and the greatest.
type span struct{ least, greatest sim.Time }

const spanDots = ".."

// spans are times from the least to the greatest, 1ms..20ms, or one time.
func spans() kind[span] {
	one := duration(0, maxDelay)
	return kind[span]{
		takes:  "a time such as 20ms, or two, 1ms..20ms",
		bounds: one.bounds,
		schema: schema{AnyOf: []schema{{Type: "string", Pattern: "^(" + oneTime + "|0)(" + ` *\.\. *` + "(" + oneTime + "|0))?$"}, {Const: 0}}},
		parse: func(g given, text string) (span, error) {
			low, high, two := strings.Cut(text, spanDots)
			if !two {
				high = low
				if from, to, ok := strings.Cut(text, "-"); ok && durationForm.MatchString(strings.TrimSpace(to)) {
					return span{}, fmt.Errorf("expected two times such as 1ms..20ms, not %q; did you mean %s..%s?", clip(text), clip(strings.TrimSpace(from)), strings.TrimSpace(to))
				}
			}
			least, err := one.parse(g, strings.TrimSpace(low))
			if err != nil {
				return span{}, err
			}
			greatest, err := one.parse(g, strings.TrimSpace(high))
			if err != nil {
				return span{}, err
			}
			if greatest < least {
				return span{}, fmt.Errorf("the least comes first: %s..%s", strings.TrimSpace(high), strings.TrimSpace(low))
			}
			return span{sim.Time(least), sim.Time(greatest)}, nil
		},
		text: func(g given, v span) string {
			if v.least == v.greatest {
				return one.text(g, int64(v.least))
			}
			return one.text(g, int64(v.least)) + spanDots + one.text(g, int64(v.greatest))
		},
	}
}
