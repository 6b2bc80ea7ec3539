package anyscenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
)

// value is what was drawn for a field.
type value struct {
	text string
	n    int64  // as a number, where it is one: ticks, billionths, a count
	end  ends   // at which end of its range it is
	form string // which of its forms it has, such as a word
}

// ends are the ends of a range at which a value is, as bits.
type ends uint8

const (
	low  ends = 1 << iota // the least that may be said
	high                  // the most
)

// kind draws a value.
type kind func(d *draft) value

// bounded draws a number from least to most: now and then an end, else spread.
func (d *draft) bounded(least, most int64) (n int64, end ends) {
	switch d.below(40) {
	case 0:
		n = least
	case 1:
		n = most
	default:
		n = d.spread(least, most)
	}
	if n == least {
		end |= low
	}
	if n == most {
		end |= high
	}
	return n, end
}

// counts draws a whole number.
func counts(least, most int64) kind {
	return func(d *draft) value {
		n, end := d.bounded(least, most)
		return value{text: strconv.FormatInt(n, 10), n: n, end: end}
	}
}

// chances draws a chance, in billionths.
func chances(least, most int64) kind {
	return func(d *draft) value {
		n, end := d.bounded(least, most)
		return value{text: chanceText(&d.numbers, n), n: n, end: end}
	}
}

// chanceText writes a chance in per cent or as a fraction.
func chanceText(s *numbers, n int64) string {
	if n < int64(scheduler.Certain) && s.below(4) == 0 {
		return fmt.Sprintf("0.%09d", n)
	}
	const percent = int64(scheduler.Certain) / 100
	text := fmt.Sprintf("%d.%07d", n/percent, n%percent)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + "%"
}

// usually draws with the one in most cases of a scenario that is to decide, else
// with the other.
func usually(hopeful, any kind) kind {
	return func(d *draft) value {
		if d.hopeful && d.below(16) > 0 {
			return hopeful(d)
		}
		return any(d)
	}
}

// maxDelay is the longest delay, save and spell of being down, in ticks.
const maxDelay = 1<<31 - 1

// times draws a time in ticks: often near the pace of the scenario, so that
// things meet, else anywhere.
func times(least, most int64) kind {
	return func(d *draft) value { return d.time(least, most) }
}

func (d *draft) time(least, most int64) value {
	most = min(most, d.most)
	least = min(least, most)
	n, end := d.bounded(least, most)
	if end == 0 && d.below(8) < 5 {
		n = min(max(d.near(), least), most)
	}
	return value{text: d.timeText(n), n: n, end: end}
}

// near is a time near the pace: from a 64th of it to 64 times it.
func (d *draft) near() int64 { return d.spread(max(d.pace/64, 1), min(d.pace*64, d.most)) }

// timeText writes ticks in a unit in which they are exact.
func (d *draft) timeText(ticks int64) string {
	if ticks == 0 {
		return pick(&d.numbers, "0s", "0", "0ms")
	}
	hi, ns := mul(ticks, d.tick)
	if hi {
		panic("anyscenario: a time beyond a century")
	}
	return nanoText(&d.numbers, ns)
}

// mul multiplies, and says whether the product is beyond 63 bits.
func mul(a, b int64) (over bool, product int64) {
	product = a * b
	return product/b != a, product
}

// nanoText writes nanoseconds in one of the units in which they are whole, the
// largest as a rule.
func nanoText(s *numbers, ns int64) string {
	units := []struct {
		name string
		ns   int64
	}{{"h", 3600e9}, {"m", 60e9}, {"s", 1e9}, {"ms", 1e6}, {"us", 1e3}, {"ns", 1}}
	skip := s.below(8) == 0
	for i, u := range units {
		if ns%u.ns != 0 || ns/u.ns >= 1e18 { // a file has at most 18 digits
			continue
		}
		if skip && i+1 < len(units) && ns/units[i+1].ns < 1e18 {
			skip = false
			continue
		}
		return strconv.FormatInt(ns/u.ns, 10) + u.name
	}
	panic("anyscenario: a time that is no whole number of nanoseconds")
}

// words draws one of some words.
func words(of ...string) kind {
	return func(d *draft) value {
		i := d.below(int64(len(of)))
		v := value{text: of[i], form: of[i], n: i}
		if i == 0 {
			v.end |= low
		}
		if i == int64(len(of))-1 {
			v.end |= high
		}
		return v
	}
}

// truth draws false or true.
func truth() kind { return words("false", "true") }

// or draws a word now and then, else a value of the kind.
func or(word string, k kind) kind {
	return func(d *draft) value {
		if d.below(6) == 0 {
			return value{text: word, form: word}
		}
		return k(d)
	}
}

// spans draws one time or two. n is the greatest.
func spans(most int64) kind {
	return func(d *draft) value {
		v := d.time(0, most)
		if d.below(2) == 0 {
			v.form = "one"
			return v
		}
		least := d.time(0, v.n)
		v.text, v.form = least.text+pick(&d.numbers, "..", " .. ")+v.text, "two"
		v.end = least.end&low | v.end&high
		return v
	}
}

// anyDelays draws a delay: one time, two, or a model. n is the greatest.
func anyDelays() kind {
	span := spans(maxDelay)
	return func(d *draft) value {
		if d.below(8) > 0 {
			return span(d)
		}
		most := d.time(0, maxDelay)
		least := d.time(0, most.n)
		scale := d.time(1, maxDelay)
		v := value{n: most.n, end: least.end&low | most.end&high}
		switch d.below(5) {
		case 4:
			mean, sd := least.n+d.below(most.n-least.n+1), d.time(0, maxDelay)
			v.form, v.text = "normal", fmt.Sprintf("{least: %s, normal: %s, deviation: %s, most: %s}", least.text, d.timeText(mean), sd.text, most.text)
		case 0:
			v.form, v.text = "exponential", fmt.Sprintf("{least: %s, exponential: %s, most: %s}", least.text, scale.text, most.text)
		case 1:
			sigma, _ := d.bounded(0, delays.MaxSigma)
			v.form, v.text = "log-normal", fmt.Sprintf("{least: %s, log-normal: %s, sigma: %s, most: %s}", least.text, scale.text, thousandths(sigma), most.text)
		case 2:
			alpha, _ := d.bounded(delays.MinAlpha, delays.MaxAlpha)
			v.form, v.text = "pareto", fmt.Sprintf("{least: %s, pareto: %s, alpha: %s, most: %s}", least.text, scale.text, thousandths(alpha), most.text)
		default:
			v.form, v.text = "table", d.delayTable(least.n, most)
		}
		return v
	}
}

// delayTable is a table of delays from least to most.
func (d *draft) delayTable(least int64, most value) string {
	points := d.few(1, 1000, 6, 2048)
	parts := make([]int64, 0, points)
	for range points - 1 {
		parts = append(parts, d.below(int64(scheduler.Certain)))
	}
	slices.Sort(parts)
	parts = slices.Compact(parts)
	var b strings.Builder
	b.WriteString("{table: [")
	if len(parts) == 0 { // the one point is at 100%
		return "{table: [[100%, " + most.text + "]]}"
	}
	at := least
	for i, p := range parts {
		if i > 0 {
			at += d.below(most.n - at + 1)
		}
		fmt.Fprintf(&b, "[%s, %s], ", chanceText(&d.numbers, p), d.timeText(at))
	}
	return b.String() + "[100%, " + most.text + "]]}"
}

func thousandths(n int64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%03d", n/1000, n%1000), "0"), ".")
}

// few draws a number of entries: most often few, one time in so many up to the
// most.
func (d *draft) few(least, most, usual, rarely int64) int64 {
	switch d.below(rarely) {
	case 0:
		return most
	case 1, 2, 3, 4:
		return d.spread(least, most)
	}
	return d.spread(least, min(usual, most))
}

// entries says at which ends a list of so many entries is.
func entries(n, least, most int64) (end ends) {
	if n <= least {
		end |= low
	}
	if n >= most {
		end |= high
	}
	return end
}

// ids writes a list of numbers.
func ids(list []int64) string {
	parts := make([]string, len(list))
	for i, id := range list {
		parts[i] = strconv.FormatInt(id, 10)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// actorLists draws some of the actors.
func actorLists() kind {
	return func(d *draft) value {
		k := d.spread(1, min(d.actors, 9))
		if d.below(8) == 0 {
			k = d.spread(1, d.actors)
		}
		if d.below(16) == 0 {
			k = d.actors
		}
		list := d.some(d.actors, k)
		return value{text: ids(list), n: k, end: entries(k, 1, d.actors), form: "list"}
	}
}

// learners draws who is to have learned.
func learners() kind {
	list := actorLists()
	return func(d *draft) value {
		switch w := pick(&d.numbers, "all", "majority", "any", "number", "list"); w {
		case "list":
			return list(d)
		case "number":
			n, end := d.bounded(1, d.actors)
			return value{text: strconv.FormatInt(n, 10), n: n, end: end, form: w}
		default:
			return value{text: w, form: w}
		}
	}
}

// targets draws whom a fault strikes. Words are left out where they do not fit.
func targets(without ...string) kind {
	list := actorLists()
	return func(d *draft) value {
		for {
			w := pick(&d.numbers, "list", "list", "list", "list", "all", "any", "any N", "majority", "minority", "proposer", "leader")
			if slices.Contains(without, w) {
				continue
			}
			switch w {
			case "list":
				return list(d)
			case "any N":
				n, _ := d.bounded(1, min(d.actors, aims.MaxDrawn))
				return value{text: "any " + strconv.FormatInt(n, 10), form: w}
			}
			return value{text: w, form: w}
		}
	}
}

// lists draws a list of some words, each once.
func lists(of ...string) kind {
	return func(d *draft) value {
		k := d.spread(1, int64(len(of)))
		if d.below(16) == 0 {
			k = int64(len(of))
		}
		var list []string
		for _, i := range d.some(int64(len(of)), k) {
			list = append(list, of[i-1])
		}
		return value{text: "[" + strings.Join(list, ", ") + "]", n: k, end: entries(k, 1, int64(len(of))), form: "list"}
	}
}

// lines draws some text on one line.
func lines(most int64) kind {
	const odd = "äß中☃😀€#:'\"{}[],&*!|>%@`\\-? "
	return func(d *draft) value {
		n, end := d.bounded(1, most)
		runes := make([]rune, n)
		all := []rune("abcdefghijklmnopqrstuvwxyz")
		if d.below(4) == 0 {
			all = append(all, []rune(odd)...)
		}
		for i := range runes {
			runes[i] = all[d.below(int64(len(all)))]
			if i == 0 || i == len(runes)-1 {
				runes[i] = 'a' + rune(d.below(26)) // no space, and no name that clients make
			}
		}
		return value{text: strconv.Quote(string(runes)), n: n, end: end}
	}
}
