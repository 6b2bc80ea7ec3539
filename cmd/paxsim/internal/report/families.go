package report

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// families is how often each family of faults struck in all runs.
type families [faults.Families]struct {
	struck, asked  uint64
	high, expected uint64 // of 128 bits: the sum of the chances, in units of 2^-32
}

func (fs *families) add(o *sim.Outcome) {
	for i, h := range o.Families {
		f := &fs[i]
		f.struck += h.Struck
		f.asked += h.Chances
		var carry uint64
		f.expected, carry = bits.Add64(f.expected, h.Expected, 0)
		f.high += carry
	}
}

// ByChance are the families that strike message by message or effect by effect.
var byChance = []struct {
	family faults.Family
	of     string // among what
	chance func(x *weather.Weather) scheduler.Probability
}{
	{faults.FamilyLoss, "message", func(x *weather.Weather) scheduler.Probability { return x.Loss }},
	{faults.FamilyDuplicate, "message", func(x *weather.Weather) scheduler.Probability { return x.Duplicate }},
	{faults.FamilyCorrupt, "message", func(x *weather.Weather) scheduler.Probability { return x.Corrupt }},
	{faults.FamilyForge, "message", func(x *weather.Weather) scheduler.Probability { return x.Forge }},
	{faults.FamilyCrash, "effect", nil},
}

// on says whether a scenario switches a family by chance on, in any weather.
func on(s *sim.Scenario, f faults.Family, chance func(x *weather.Weather) scheduler.Probability) bool {
	some := func(p scheduler.Probability) bool { return p > 0 && p != weather.Same }
	if f == faults.FamilyCrash {
		return some(s.Crashes.Chance) ||
			slices.ContainsFunc(s.Periods, func(x weather.Period) bool { return some(x.Crashes) })
	}
	n := &s.Network
	return some(chance(&weather.Weather{Loss: n.Loss, Duplicate: n.Duplicate, Corrupt: n.Corrupt, Forge: n.Forge})) ||
		slices.ContainsFunc(s.Periods, func(x weather.Period) bool { return some(chance(&x.Weather)) }) ||
		slices.ContainsFunc(s.Faults, func(x faults.Fault) bool { return x.Weather != nil && some(chance(x.Weather)) })
}

// neverStruck says of a family that what was not tried was not survived.
const neverStruck = " (never struck)"

// faults holds what really happened against what was asked for.
func (m *Summary) faults() string {
	text := fmt.Sprintf("dropped %s, duplicated %s, crashes %s", say.Count(m.sum("dropped")), say.Count(m.sum("duplicated")), say.Count(m.sum("crashes")))
	parts := append(m.happened(), m.began()...)
	if len(parts) == 0 {
		return text + "; none were asked for"
	}
	return text + "; " + strings.Join(parts, ", ")
}

// happened tells of each family by chance that is on how often it struck.
func (m *Summary) happened() (parts []string) {
	s := m.scenario
	for _, x := range byChance {
		if !on(s, x.family, x.chance) {
			continue
		}
		f := &m.struck[x.family]
		text := x.family.String()
		if f.asked == 0 {
			parts = append(parts, text+" of no "+x.of+neverStruck)
			continue
		}
		expected := float64(float64(f.high)*(1<<32)) + float64(f.expected)/(1<<32) // each rounded, on every machine
		text += fmt.Sprintf(" %s of %s (%s asked for)", share(float64(f.struck), f.asked), say.Plural(f.asked, x.of), share(expected, f.asked))
		if f.struck == 0 {
			text += neverStruck
		}
		parts = append(parts, text)
	}
	if until := s.CalmTime(); until > 0 && len(parts) > 0 {
		parts[len(parts)-1] += ", until " + say.Span(s, until)
	}
	if s.Network.Capacity > 0 {
		parts = append(parts, "evicted "+m.often(faults.FamilyEvict))
	}
	return parts
}

func (m *Summary) often(f faults.Family) string {
	n := m.struck[f].struck
	if n == 0 {
		return "0" + neverStruck
	}
	return say.Count(n)
}

// named are the families of faults with a name, with the word for one of them.
var named = []struct {
	family faults.Family
	word   string
	is     func(f *faults.Fault) bool
}{
	{faults.FamilyCut, "cut", func(f *faults.Fault) bool { return f.Split != nil || f.Cut != nil }},
	{faults.FamilyClog, "clog", func(f *faults.Fault) bool { return f.Clog != nil }},
	{faults.FamilyWeather, "local weather", func(f *faults.Fault) bool { return f.Weather != nil }},
	{faults.FamilyDown, "crash", func(f *faults.Fault) bool { return !f.Crash.IsZero() }},
	{faults.FamilyPause, "pause", func(f *faults.Fault) bool { return !f.Pause.IsZero() }},
}

// began tells of each family of faults with a name that is there how often one
// of them began.
func (m *Summary) began() (parts []string) {
	for _, x := range named {
		many := uint64(0)
		for i := range m.scenario.Faults {
			if x.is(&m.scenario.Faults[i]) {
				many++
			}
		}
		switch n := m.struck[x.family].struck; {
		case many == 0:
		case n == 0:
			parts = append(parts, say.Plural(many, "named "+x.word)+neverStruck)
		default:
			parts = append(parts, say.Plural(many, "named "+x.word)+" began "+say.Plural(n, "time"))
		}
	}
	return parts
}

// share is a part of a whole in per cent, with three figures that count.
func share(part float64, of uint64) string {
	percent := 100 * part / float64(of)
	if percent == 0 {
		return "0%"
	}
	decimals := 0
	for p := percent; p < 100 && decimals < 12; decimals++ {
		p *= 10
	}
	text := strconv.FormatFloat(percent, 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text + "%"
}
