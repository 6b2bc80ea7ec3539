package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/partitions"
)

// Acts are how the acts of edits are written, in the order in which a list shows them.
var Acts = []string{
	"cut 1 2", "cut 1 > 2 3", "clog 1 > all", "pause 3", "crash 3", "restart 3", "heal cut 1 2",
}

// An act that lasts may end in "for 50ms".
const (
	actFor   = "for"
	actAll   = "all"
	actTo    = ">"
	actAfter = "after "
)

// EditText is the text form of an edit: "after 12: cut 1 2 for 50ms". It parses back
// with [Scenario.ParseEdit].
func (s *Scenario) EditText(e *faults.Edit) string {
	return fmt.Sprintf("%s%d: %s", actAfter, e.After, s.ActText(e))
}

// ActText is what an edit does, without its place: "cut 1 2 for 50ms".
func (s *Scenario) ActText(e *faults.Edit) string {
	switch {
	case e.Restart != 0:
		return "restart " + itoa(int(e.Restart))
	case e.Heal != "":
		return "heal " + e.Heal
	}
	text := nameOfAct(&e.Fault)
	if f := e.Fault.For; f != nil {
		text += " " + actFor + " " + s.spanText(f.Min)
	}
	return text
}

// nameOfAct is the name of a fault that begins by an edit: what it does, without how long.
func nameOfAct(f *faults.Fault) string {
	switch {
	case f.Split != nil:
		return "cut " + actorsText(aims.These(f.Split[0]...))
	case f.Cut != nil:
		return "cut " + actorsText(f.Cut.From) + " " + actTo + " " + actorsText(f.Cut.To)
	case f.Clog != nil:
		return "clog " + actorsText(f.Clog.From) + " " + actTo + " " + actorsText(f.Clog.To)
	case !f.Crash.IsZero():
		return "crash " + actorsText(f.Crash)
	}
	return "pause " + actorsText(f.Pause)
}

func actorsText(t aims.Target) string {
	if t.Group == aims.Everyone {
		return actAll
	}
	words := make([]string, len(t.IDs))
	for i, id := range t.IDs {
		words[i] = itoa(int(id))
	}
	return strings.Join(words, " ")
}

// spanText is a time in the greatest unit in which it is a whole number: "50ms".
func (s *Scenario) spanText(t Time) string {
	us := int64(t) * (s.Tick / 1000)
	for _, u := range spanUnits {
		if us%u.us == 0 {
			return strconv.FormatInt(us/u.us, 10) + u.name
		}
	}
	return ""
}

// spanUnits are the units of times, the greatest first, in microseconds.
var spanUnits = []struct {
	name string
	us   int64
}{{"s", 1_000_000}, {"ms", 1000}, {"us", 1}}

// ParseEdit reads the text form of an edit, and nothing else.
func (s *Scenario) ParseEdit(text string) (faults.Edit, error) {
	place, act, ok := strings.Cut(text, ": ")
	number, is := strings.CutPrefix(place, actAfter)
	after, err := strconv.ParseUint(number, 10, 64)
	if !ok || !is || err != nil || after > MaxEvents {
		return faults.Edit{}, fmt.Errorf("%q: expected the event after which it comes and what it does, such as %q", text, "after 12: cut 1 2 for 50ms")
	}
	e, err := s.ParseAct(act)
	if err != nil {
		return e, err
	}
	if e.After = after; s.EditText(&e) != text {
		return e, fmt.Errorf("%q: expected it written %q", text, s.EditText(&e))
	}
	return e, nil
}

// ParseAct reads what an edit does: its [Scenario.ActText], in which the actors need
// not be in their order, and the time may be in any unit. The error says what was
// expected. The edit is sound.
func (s *Scenario) ParseAct(text string) (e faults.Edit, err error) {
	f := strings.Fields(text)
	if len(f) == 0 {
		return e, fmt.Errorf("expected what is done, such as %s", strings.Join(Acts, ", "))
	}
	word, rest := f[0], f[1:]
	if word == "heal" {
		if e.Heal = strings.Join(rest, " "); e.Heal == "" {
			return e, fmt.Errorf("heal: expected the name of a fault, such as %q", "heal cut 1 2")
		}
		return e, nil
	}
	p := actParts{s: s, text: text}
	var spell *delays.Delay
	if n := len(rest); n >= 2 && rest[n-2] == actFor {
		spell = p.spell(rest[n-1])
		rest = rest[:n-2]
	}
	from, to, across := rest, []string(nil), false
	if i := slices.Index(rest, actTo); i >= 0 {
		from, to, across = rest[:i], rest[i+1:], true
	}
	x := &e.Fault
	switch {
	case across && word == "cut":
		x.Cut = &partitions.Cut{Shape: partitions.OneWay, From: p.actors(from, true), To: p.actors(to, true)}
	case across && word == "clog":
		x.Clog = &aims.Links{From: p.actors(from, true), To: p.actors(to, true)}
	case across:
		p.fail("only a cut and a clog have a direction")
	case word == "cut":
		x.Split = [][]ID{p.actors(from, false).IDs}
	case word == "clog":
		p.fail("expected from whom to whom messages wait, such as %q", "clog 1 > all")
	case word == "pause":
		x.Pause = p.actors(from, false)
	case word == "crash":
		x.Crash = p.actors(from, false)
	case word == "restart":
		if ids := p.actors(from, false).IDs; len(ids) == 1 {
			e.Restart = ids[0]
		} else {
			p.fail("expected one actor")
		}
		if spell != nil {
			p.fail("it does not last: expected no time")
		}
	default:
		p.fail("nothing is done by %q; there are cut, clog, pause, crash, restart and heal", word)
	}
	if p.err == nil && e.Restart == 0 {
		x.Name, x.Until, x.For = nameOfAct(x), faults.Forever, spell
	}
	s.checkEdit(&e, "", func(_, format string, args ...any) { p.fail(format, args...) })
	return e, p.err
}

// actParts reads the parts of an act, and keeps the first mistake.
type actParts struct {
	s    *Scenario
	text string
	err  error
}

func (p *actParts) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("%q: "+format, append([]any{p.text}, args...)...)
	}
}

// actors reads numbers of actors, which it puts in order, or all if that may be.
func (p *actParts) actors(words []string, all bool) aims.Target {
	if all && len(words) == 1 && words[0] == actAll {
		return aims.Target{Group: aims.Everyone}
	}
	var list []ID
	for _, word := range words {
		n, err := strconv.ParseUint(word, 10, 16)
		if err != nil || n == 0 {
			p.fail("expected the number of an actor, not %q", word)
			return aims.Target{}
		}
		list = append(list, ID(n))
	}
	if len(list) == 0 {
		p.fail("names nobody: expected numbers of actors")
	}
	slices.Sort(list)
	return aims.These(list...)
}

// spell reads how long something lasts.
func (p *actParts) spell(text string) *delays.Delay {
	for _, u := range spanUnits {
		number, is := strings.CutSuffix(text, u.name)
		whole, part, point := strings.Cut(number, ".")
		n, err := strconv.ParseUint(whole, 10, 32)
		if !is || err != nil || strings.Trim(part, "0123456789") != "" || len(part) > 6 || point && part == "" {
			continue
		}
		us, scale := int64(n)*u.us, u.us
		for _, digit := range part {
			if scale /= 10; scale == 0 && digit != '0' {
				p.fail("%q is no whole number of microseconds", text)
			}
			us += int64(digit-'0') * scale
		}
		tick := p.s.Tick / 1000
		if ticks := us / tick; us%tick != 0 || ticks < 1 || ticks >= int64(delays.Limit) {
			p.fail("%q: expected a whole number of ticks of %s, from 1 to %d", text, p.s.spanText(1), delays.Limit-1)
		} else {
			return &delays.Delay{Min: Time(ticks), Max: Time(ticks)}
		}
		return nil
	}
	p.fail("%q is no time such as 50ms", text)
	return nil
}
