package scenarios

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
)

var faultName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,39}$`)

// faultKinds are the keys that say what a fault is. It has exactly one.
var faultKinds = []string{"split", "isolate", "one_way", "ring", "chain", "bridge", "clog", "weather", "crash", "pause"}

// faultsField is the mapping from names to faults.
func faultsField(p sim.Protocol) field[sim.Scenario] {
	fields := faultFields(p.Words())
	const doc = "faults with a name: by the script, at a moment, or again and again by chance"
	return field[sim.Scenario]{
		about: about{name: "faults", doc: doc, takes: "named faults", named: true,
			entry: &about{takes: "a fault such as {crash: [1], at: 5ms, until: never}", parts: abouts(fields), oneOf: faultKinds}},
		read: func(l *loader, n *yaml.Node, path string, s *sim.Scenario) {
			list, _ := l.pairs(n, path, "named faults", maxFaults)
			for _, p := range list {
				s.Faults = append(s.Faults, readFault(l, p, join(path, p.name), fields))
			}
		},
		reset: func(s *sim.Scenario) { s.Faults = nil },
		item: func(g given, s *sim.Scenario) item {
			i := item{key: "faults", doc: doc, calm: len(s.Faults) == 0, block: true}
			for k := range s.Faults {
				i.items = append(i.items, item{key: s.Faults[k].Name, text: record(g, fields, &s.Faults[k])})
			}
			return i
		},
	}
}

func readFault(l *loader, p pair, path string, fields []field[sim.Fault]) sim.Fault {
	f := sim.Fault{Name: p.name}
	switch {
	case slices.Contains(families, p.name):
		l.fail(p.key, path, "%s is the name of a family of faults: name it otherwise", p.name)
	case !faultName.MatchString(p.name):
		l.fail(p.key, path, "a fault's name is made of letters, digits, - and _, begins with a letter and has at most 40 of them")
	}
	readFields(l, p.value, path, fields, &f)
	kinds := slices.DeleteFunc(slices.Clone(faultKinds), func(name string) bool { return child(p.value, name) == nil })
	if len(kinds) > 1 {
		l.fail(p.value, path, "expected exactly one of %s and %s", strings.Join(faultKinds[:len(faultKinds)-1], ", "), faultKinds[len(faultKinds)-1])
	}
	if at := child(p.value, "at"); at != nil && child(p.value, "when") != nil {
		l.fail(at, join(path, "at"), "it begins at a moment, as when says: expected one of at and when")
	}
	return f
}

// faultFields are what a file says of one fault.
func faultFields(w *sim.Words) []field[sim.Fault] {
	type F = sim.Fault
	whom := target(w.Roles)
	cut := func(name, doc string, shape sim.Shape) field[F] {
		return optional(name, doc, whom, lens[F, sim.Target]{
			func(f *F) sim.Target {
				if f.Cut == nil || f.Cut.Shape != shape {
					return sim.Target{}
				}
				return f.Cut.Who
			},
			func(f *F, t sim.Target) {
				if !t.IsZero() {
					f.Cut = &sim.Cut{Shape: shape, Who: t}
				}
			}}, sim.Target{})
	}
	return []field[F]{
		optional("split", "the parts that cannot reach one another, who is in none makes one more part; any: two parts, drawn by chance", anyOr(partsOf()), splits(), nil),
		cut("isolate", "the actors of whom each can reach nobody, and nobody can reach it", sim.Isolate),
		part("one_way", "nothing gets from some to others; the other way is open", "", oneWays(),
			optional("from", "from whom nothing gets", whom, at(func(c *sim.Cut) *sim.Target { return &c.From }), sim.Target{}),
			optional("to", "to whom nothing gets", whom, at(func(c *sim.Cut) *sim.Target { return &c.To }), sim.Target{})),
		cut("ring", "the actors that stand in a ring, in this order: each reaches its two neighbours alone", sim.Ring),
		cut("chain", "the same, but the last and the first are no neighbours", sim.Chain),
		cut("bridge", "the actors that alone reach both halves into which the others are cut, by number", sim.Bridge),
		part("clog", "links on which messages stand still until it is over, and then arrive in their order", all,
			at(func(f *F) **sim.Links { return &f.Clog }), linkFields(w, func(l *sim.Links) *sim.Links { return l })...),
		weatherPart(w),
		optional("crash", "the actors that are down; they come back when it is over", whom,
			at(func(f *F) *sim.Target { return &f.Crash }), sim.Target{}),
		optional("pause", "the actors that handle nothing until it is over, and then what has come meanwhile", whom,
			at(func(f *F) *sim.Target { return &f.Pause }), sim.Target{}),
		beginField(),
		optional("when", "the moment at which it begins, in place of a time", maybe(moment(w)),
			at(func(f *F) **sim.Moment { return &f.When }), nil),
		always(optional("until", "when it is over", or(duration(1, sim.MaxTime), never, forever),
			whole(func(f *F) *sim.Time { return &f.Until }), forever)),
		optional("until_when", "the moment at which it is over, if that comes first", maybe(moment(w)),
			at(func(f *F) **sim.Moment { return &f.UntilWhen }), nil),
		optional("for", "how long it holds each time; left out: until it is over", maybe(delayKind()),
			at(func(f *F) **delays.Delay { return &f.For }), nil),
		optional("every", "it strikes again and again by chance, after a calm of so long a time each", maybe(delayKind()),
			at(func(f *F) **delays.Delay { return &f.Every }), nil),
	}
}

// beginField is when a fault begins. It is always written, unless a moment says
// it.
func beginField() field[sim.Fault] {
	f := optional("at", "when it begins; what strikes by chance does not before", duration(0, sim.MaxTime),
		whole(func(f *sim.Fault) *sim.Time { return &f.At }), 0)
	write := f.item
	f.item = func(g given, r *sim.Fault) item {
		i := write(g, r)
		i.calm = r.When != nil
		return i
	}
	return f
}

// splits is where a split is kept: in parts, or as halves drawn by chance, which
// is here the list of no parts.
func splits() lens[sim.Fault, [][]sim.ID] {
	return lens[sim.Fault, [][]sim.ID]{
		func(f *sim.Fault) [][]sim.ID {
			if f.Cut != nil && f.Cut.Shape == sim.Halves {
				return [][]sim.ID{}
			}
			return f.Split
		},
		func(f *sim.Fault, parts [][]sim.ID) {
			if parts != nil && len(parts) == 0 {
				f.Cut = &sim.Cut{Shape: sim.Halves}
				return
			}
			f.Split = parts
		},
	}
}

// oneWays is where a cut in one direction is kept.
func oneWays() lens[sim.Fault, *sim.Cut] {
	return lens[sim.Fault, *sim.Cut]{
		func(f *sim.Fault) *sim.Cut {
			if f.Cut == nil || f.Cut.Shape != sim.OneWay {
				return nil
			}
			return f.Cut
		},
		func(f *sim.Fault, c *sim.Cut) {
			if c != nil {
				c.Shape = sim.OneWay
				f.Cut = c
			}
		},
	}
}
