package scenarios

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
)

var faultName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,39}$`)

// faultKinds are the keys that say what a fault is. It has exactly one.
var faultKinds = []string{"split", "isolate", "one_way", "ring", "chain", "bridge", "clog", "weather", "crash", "pause"}

// faultsField is the mapping from names to faults.
func faultsField(p sim.Protocol) field[Scenario] {
	fields := faultFields(p.Vocabulary())
	const doc = "faults with a name: by the script, at a moment, or again and again by chance"
	return field[Scenario]{
		about: about{name: "faults", doc: doc, takes: "named faults", named: true,
			entry: &about{takes: "a fault such as {crash: [1], at: 5ms, until: never}", parts: abouts(fields), oneOf: faultKinds}},
		read: func(l *loader, n *yaml.Node, path string, s *Scenario) {
			list, _ := l.pairs(n, path, "named faults", maxFaults)
			for _, p := range list {
				s.Faults = append(s.Faults, readFault(l, p, join(path, p.name), fields))
			}
		},
		reset: func(s *Scenario) { s.Faults = nil },
		item: func(g given, s *Scenario) item {
			i := item{key: "faults", doc: doc, calm: len(s.Faults) == 0, block: true}
			for k := range s.Faults {
				i.items = append(i.items, item{key: s.Faults[k].Name, text: record(g, fields, &s.Faults[k])})
			}
			return i
		},
	}
}

func readFault(l *loader, p pair, path string, fields []field[faults.Fault]) faults.Fault {
	f := faults.Fault{Name: p.name}
	switch {
	case slices.Contains(families, p.name):
		l.fail(p.key, path, "%s is the name of a family of faults: give it another name", p.name)
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
func faultFields(w *sim.Vocabulary) []field[faults.Fault] {
	type F = faults.Fault
	whom := target(w.Roles)
	cut := func(name, doc string, shape partitions.Shape) field[F] {
		return optional(name, doc, whom, lens[F, aims.Target]{
			func(f *F) aims.Target {
				if f.Cut == nil || f.Cut.Shape != shape {
					return aims.Target{}
				}
				return f.Cut.Who
			},
			func(f *F, t aims.Target) {
				if !t.IsZero() {
					f.Cut = &partitions.Cut{Shape: shape, Who: t}
				}
			}}, aims.Target{})
	}
	return []field[F]{
		optional("split", "the parts that cannot reach one another, the actors in none of them make one more part; any: two parts, drawn by chance", anyOr(partsOf()), splits(), nil),
		cut("isolate", "the actors that can reach nobody, and nobody can reach them", partitions.Isolate),
		part("one_way", "nothing gets from some to others; the other way is open", "", oneWays(),
			optional("from", "the senders whose messages are lost", whom, at(func(c *partitions.Cut) *aims.Target { return &c.From }), aims.Target{}),
			optional("to", "the receivers of the messages that are lost", whom, at(func(c *partitions.Cut) *aims.Target { return &c.To }), aims.Target{})),
		cut("ring", "the actors of a ring, in this order: each reaches its two neighbours alone", partitions.Ring),
		cut("chain", "the same, but the last and the first are no neighbours", partitions.Chain),
		cut("bridge", "the actors that alone reach both halves into which the others are cut, by number", partitions.Bridge),
		part("clog", "links on which messages stand still until it is over, and then arrive in their order", all,
			at(func(f *F) **aims.Links { return &f.Clog }), linkFields(w, func(l *aims.Links) *aims.Links { return l })...),
		weatherPart(w),
		optional("crash", "the actors that are down; they come back when it is over", whom,
			at(func(f *F) *aims.Target { return &f.Crash }), aims.Target{}),
		optional("pause", "the actors that handle nothing until it is over, and then what has come meanwhile", whom,
			at(func(f *F) *aims.Target { return &f.Pause }), aims.Target{}),
		beginField(),
		optional("when", "the moment at which it begins, in place of a time", maybe(moment(w)),
			at(func(f *F) **triggers.Moment { return &f.When }), nil),
		always(optional("until", "when it is over", or(duration(1, sim.MaxTime), never, forever),
			whole(func(f *F) *sim.Time { return &f.Until }), forever)),
		optional("until_when", "the moment at which it is over, if that comes first", maybe(moment(w)),
			at(func(f *F) **triggers.Moment { return &f.UntilWhen }), nil),
		optional("for", "how long it holds each time; left out: until it is over", maybe(delayKind()),
			at(func(f *F) **delays.Delay { return &f.For }), nil),
		optional("every", "it strikes again and again by chance, after a calm of so long a time each", maybe(delayKind()),
			at(func(f *F) **delays.Delay { return &f.Every }), nil),
	}
}

// beginField is when a fault begins. It is always written, unless a moment says
// it.
func beginField() field[faults.Fault] {
	f := optional("at", "when it begins; what strikes by chance does not before", duration(0, sim.MaxTime),
		whole(func(f *faults.Fault) *sim.Time { return &f.At }), 0)
	write := f.item
	f.item = func(g given, r *faults.Fault) item {
		i := write(g, r)
		i.calm = r.When != nil
		return i
	}
	return f
}

// splits is where a split is kept: in parts, or as halves drawn by chance, which
// is here the list of no parts.
func splits() lens[faults.Fault, [][]sim.ID] {
	return lens[faults.Fault, [][]sim.ID]{
		func(f *faults.Fault) [][]sim.ID {
			if f.Cut != nil && f.Cut.Shape == partitions.Halves {
				return [][]sim.ID{}
			}
			return f.Split
		},
		func(f *faults.Fault, parts [][]sim.ID) {
			if parts != nil && len(parts) == 0 {
				f.Cut = &partitions.Cut{Shape: partitions.Halves}
				return
			}
			f.Split = parts
		},
	}
}

// oneWays is where a cut in one direction is kept.
func oneWays() lens[faults.Fault, *partitions.Cut] {
	return lens[faults.Fault, *partitions.Cut]{
		func(f *faults.Fault) *partitions.Cut {
			if f.Cut == nil || f.Cut.Shape != partitions.OneWay {
				return nil
			}
			return f.Cut
		},
		func(f *faults.Fault, c *partitions.Cut) {
			if c != nil {
				c.Shape = partitions.OneWay
				f.Cut = c
			}
		},
	}
}
