package scenarios

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// groups are what the library is sorted by, in their order.
var groups = []string{calmGroup, "network", "cuts", "crashes", "contention", "misconfiguration"}

// calmGroup is the group of scenarios without a fault.
const calmGroup = "calm"

// Groups lists the groups of the library, in their order.
func Groups() []string { return slices.Clone(groups) }

// forgedSenders is a class of faults outside the model of a protocol.
const forgedSenders = "forged-senders"

// outsides are the classes of faults outside the model of a protocol.
var outsides = []string{forgedSenders, quorumsThatMiss}

// unnamed are the classes outside the model that a scenario uses, by the path of
// what does, and does not name. Safety is demanded of what stays within it; so
// nobody should leave it by a slip.
func unnamed(s *Scenario) (list []sim.Problem) {
	forges := func(path string, p scheduler.Probability) {
		if p > 0 && p != weather.Same && !slices.Contains(s.Outside, forgedSenders) {
			list = append(list, sim.Problem{Path: path, Text: "forged senders are outside the model of " + shown.Title(s.Protocol.Name()) + ": a scenario that has them says outside: [" + forgedSenders + "]"})
		}
	}
	forges("network.forge", s.Network.Forge)
	for i := range s.Periods {
		forges(fmt.Sprintf("periods.%d.forge", i+1), s.Periods[i].Forge)
	}
	for i := range s.Faults {
		if f := &s.Faults[i]; f.Weather != nil {
			forges("faults."+f.Name+".weather.forge", f.Weather.Forge)
		}
	}
	if why := s.Missing(); why != "" && !slices.Contains(s.Outside, quorumsThatMiss) {
		list = append(list, sim.Problem{Path: "quorums", Text: why + ": a scenario that wants that says outside: [" + quorumsThatMiss + "]"})
	}
	return list
}

// Words for what an expectation leaves open.
const anything = "any"

// The most that a premise may override.
const maxPremise = 100

// groupField is the group of the library.
func groupField() field[Scenario] {
	return optional("group", "to which group of the library it belongs; one that is not calm needs a premise", oneWord(groups),
		at(func(s *Scenario) *string { return &s.Group }), "")
}

// statedFields are what a scenario says of its own runs.
func statedFields(p sim.Protocol) []field[Scenario] {
	return []field[Scenario]{
		optional("outside", "the classes of faults outside the model of "+shown.Title(p.Name())+" that it uses", noneOr(wordList(outsides)),
			at(func(s *Scenario) *[]string { return &s.Outside }), nil),
		expectField(invariantNames(p), markNames(p)),
		premiseField(),
	}
}

// expectField is what is expected of the runs, of a protocol with these
// invariants and marks.
func expectField(invariants, marks []string) field[Scenario] {
	type S = Scenario
	anyTime := or(duration(1, sim.MaxTime), anything, 0)
	f := section("expect", "what is expected of its runs; left out: always: decided",
		alwaysField(),
		inline("some", none, "what at least one run does; each that is said",
			optional("violated", "it breaks this invariant, and none before it", oneWord(append(slices.Clip(invariants), sim.PanicInvariant)),
				at(func(s *S) *string { return &s.Expect.Some.Violated }), ""),
			optional("decided", "all learn that the run waits for", truth(), yes(func(s *S) *bool { return &s.Expect.Some.Decided }), 0),
			optional("partial", "some actor decides, and not all learn that the run waits for", truth(), yes(func(s *S) *bool { return &s.Expect.Some.Partial }), 0),
			optional("undecided", "nobody decides", truth(), yes(func(s *S) *bool { return &s.Expect.Some.Undecided }), 0),
			optional("in", "among the first so many runs", or(count(1, MaxExpectRuns), all, 0), whole(func(s *S) *uint64 { return &s.Expect.Some.In }), 0),
		),
		optional("chosen_within", "by when a quorum has voted for a value, in every run", anyTime, whole(func(s *S) *sim.Time { return &s.Expect.ChosenWithin }), 0),
		optional("decided_within", "by when the first actor has learned the decision, in every run", anyTime, whole(func(s *S) *sim.Time { return &s.Expect.DecidedWithin }), 0),
		optional("learned_within", "by when all that the run waits for have learned it, in every run", anyTime, whole(func(s *S) *sim.Time { return &s.Expect.LearnedWithin }), 0),
		optional("never_decided_before", "until when no actor learns a decision, in any run", anyTime, whole(func(s *S) *sim.Time { return &s.Expect.NeverDecidedBefore }), 0),
		optional("learned", "who has learned a decision at the end of every run: all that the run waits for, more than half of the actors, so many, or each of a list", quota(),
			at(func(s *S) *Quota { return &s.Expect.Learned }), Quota{}),
		optional("within", "since when at the latest those of learned have; any: by the end of the run", anyTime, whole(func(s *S) *sim.Time { return &s.Expect.Within }), 0),
		instancesField(),
		inline("messages", anything, "how many messages a run sends",
			optional("at_most", "as many, in every run", or(count(1, sim.MaxEvents), anything, 0), whole(func(s *S) *uint64 { return &s.Expect.MessagesAtMost }), 0),
		),
		optional("marks", "what runs come to, each in at least one", noneOr(wordList(marks)), at(func(s *S) *[]string { return &s.Expect.Marks }), nil),
		optional("runs", "how many seeds this is about, from 1 on", count(1, MaxExpectRuns), lens[S, int64]{
			func(s *S) int64 { return int64(ExpectRuns(s)) },
			func(s *S, v int64) {
				if s.Expect.Runs = uint64(v); v == DefaultExpectRuns {
					s.Expect.Runs = 0
				}
			},
		}, DefaultExpectRuns),
	)
	read, write := f.read, f.item
	f.read = func(l *loader, n *yaml.Node, path string, s *S) {
		read(l, n, path, s)
		if n.Kind == yaml.MappingNode && child(n, "always") == nil {
			s.Expect.Always = AlwaysHeld
			if s.Expect.Some.Violated != "" || len(s.Outside) > 0 {
				s.Expect.Always = AlwaysAnything
			}
		}
	}
	f.item = func(g given, s *S) item {
		i := write(g, s)
		i.items[0].calm = false // what it is if it is left out depends on the rest
		i.calm = s.Expect.Silent()
		return i
	}
	return f
}

// alwaysField is what is expected of every run. Its default in a file that
// expects something is not that of a file that does not.
func alwaysField() field[Scenario] {
	f := optional("always", "what every run does; decided: all learn that it waits for; held: it breaks no invariant; partial: some actor decides, not all learn, and it breaks none; undecided: nobody decides, and it breaks none; where some run is violated or outside is used, the default is anything",
		word(AlwaysWords...), whole(func(s *Scenario) *Always { return &s.Expect.Always }), 0)
	f.usual = AlwaysWords[AlwaysHeld]
	return f
}

// ExpectRuns is how many seeds the expectation of a scenario is about.
func ExpectRuns(s *Scenario) uint64 {
	if s.Expect.Runs == 0 {
		return DefaultExpectRuns
	}
	return s.Expect.Runs
}

// premiseField is what the scenario rests on.
func premiseField() field[Scenario] {
	type S = Scenario
	const doc = "what it rests on: overrides that take the fault or its mitigation away, and what must then fail"
	f := section("premise", doc,
		optional("set", "fields and their new values, as --set takes them", settings(), at(func(s *S) *[]string { return &s.Premise.Set }), nil),
		optional("calm", "faults that are left out, as --calm takes them", oneOrMore("a name, or a list of names such as [loss, cut1]", faultWord(), maxPremise),
			at(func(s *S) *[]string { return &s.Premise.Calm }), nil),
		optional("mutant", "the mutant that is put in, as --mutant takes it; none: the one of the scenario is taken out", mutantWord(),
			at(func(s *S) *string { return &s.Premise.Mutant }), ""),
		optional("breaks", "which of expect must fail, each; left out: at least one", oneOrMore("a key of expect, or a list of them", clauseWord(), maxPremise),
			at(func(s *S) *[]string { return &s.Premise.Breaks }), nil),
	)
	write := f.item
	f.item = func(g given, s *S) item {
		i := write(g, s)
		i.items = slices.DeleteFunc(i.items, func(sub item) bool { return sub.calm })
		return i
	}
	return f
}

func markNames(p sim.Protocol) []string {
	var list []string
	for _, m := range p.Marks() {
		list = append(list, m.Name)
	}
	return list
}

// yes is the place of a field of R that is true or false.
func yes[R any](place func(*R) *bool) lens[R, int64] {
	return lens[R, int64]{
		get: func(r *R) int64 {
			if *place(r) {
				return 1
			}
			return 0
		},
		set: func(r *R, v int64) { *place(r) = v == 1 },
	}
}

// inline is a mapping inside a section, written on one line. A word stands for
// one that says nothing.
func inline[R any](name, word, doc string, fields ...field[R]) field[R] {
	f := section(name, doc, fields...)
	f.word = word
	read := f.read
	f.read = func(l *loader, n *yaml.Node, path string, r *R) {
		if n.Kind == yaml.ScalarNode && n.Value == word {
			f.reset(r)
			return
		}
		read(l, n, path, r)
	}
	f.item = func(g given, r *R) item {
		i := item{key: name, text: record(g, fields, r), doc: doc}
		if i.text == "{}" {
			i.text, i.calm = word, true
		}
		return i
	}
	return f
}

// oneWord is one of some words; "" is none of them.
func oneWord(of []string) kind[string] {
	return kind[string]{
		takes:  "one of " + strings.Join(of, ", "),
		schema: schema{Enum: of},
		words:  of,
		parse: func(_ given, text string) (string, error) {
			if !slices.Contains(of, text) {
				return "", errForm
			}
			return text, nil
		},
		text: func(_ given, v string) string { return v },
	}
}

// wordList is a list of some words, each once.
func wordList(of []string) kind[[]string] {
	return once(list("a list of names such as ["+strings.Join(of[:min(1, len(of))], "")+"]", oneWord(of), maxNames))
}

// once makes a list refuse what it has already.
func once(k kind[[]string]) kind[[]string] {
	k.bounds, k.schema.UniqueItems = "each once", true
	read := k.read
	k.read = func(l *loader, n *yaml.Node, path string) ([]string, bool) {
		vs, ok := read(l, n, path)
		seen := map[string]bool{}
		for i, v := range vs {
			if v != "" && seen[v] {
				l.fail(n.Content[i], path, "%s is named twice", v)
				ok = false
			}
			seen[v] = true
		}
		return vs, ok
	}
	return k
}

// noneOr is a list of names, or none, which is nil.
func noneOr(some kind[[]string]) kind[[]string] {
	k := some
	k.takes = none + ", or " + some.takes
	k.schema = schema{AnyOf: []schema{some.schema, {Const: none}}}
	k.read = func(l *loader, n *yaml.Node, path string) ([]string, bool) {
		if n.Kind == yaml.ScalarNode && n.Value == none {
			return nil, true
		}
		return some.read(l, n, path)
	}
	k.text = func(g given, vs []string) string {
		if len(vs) == 0 {
			return none
		}
		return some.text(g, vs)
	}
	return k
}

// oneOrMore is a name, or a list of names, each once.
func oneOrMore(takes string, each kind[string], most int) kind[[]string] {
	some := once(list(takes, each, most))
	k := some
	k.schema = schema{AnyOf: []schema{each.schema, some.schema}}
	k.read = func(l *loader, n *yaml.Node, path string) ([]string, bool) {
		if n.Kind != yaml.ScalarNode || isEmpty(n) {
			return some.read(l, n, path)
		}
		v, ok := each.value(l, n, path)
		return []string{v}, ok
	}
	k.text = func(g given, vs []string) string {
		if len(vs) == 1 {
			return each.text(g, vs[0])
		}
		return some.text(g, vs)
	}
	return k
}

// faultWord is the name of a family of faults, or of a fault by the script.
// Whether there is one is seen when it is left out.
func faultWord() kind[string] {
	return kind[string]{
		takes:  "the name of a fault",
		schema: schema{Type: "string", Pattern: faultName.String()},
		parse: func(_ given, text string) (string, error) {
			if !faultName.MatchString(text) {
				return "", errForm
			}
			return text, nil
		},
		text: func(_ given, v string) string { return quote(v, false) },
	}
}

// mutantWord is the name of a mutant, as people write it. Whether there is one is
// seen when it is put in.
func mutantWord() kind[string] {
	return kind[string]{
		takes:  "the name of a mutant, or none",
		schema: schema{Type: []string{"string", "integer"}, Pattern: mutantForm.String()},
		parse: func(_ given, text string) (string, error) {
			if !mutantForm.MatchString(text) {
				return "", errForm
			}
			return text, nil
		},
		text: func(_ given, v string) string { return quote(v, false) },
	}
}

// settings are paths of fields and their values, each as path=value.
func settings() kind[[]string] {
	const takes = "paths and values such as {network.loss: 10%}"
	return kind[[]string]{
		takes:  takes,
		schema: schema{Type: "object", MinMembers: 1, MaxMembers: maxPremise},
		read: func(l *loader, n *yaml.Node, path string) ([]string, bool) {
			pairs, ok := l.pairs(n, path, takes, maxPremise)
			var vs []string
			for _, p := range pairs {
				switch {
				case !pathForm.MatchString(p.name):
					l.fail(p.key, path, "expected the path of a field such as network.loss, not %q", clip(p.name))
					ok = false
				case p.value.Kind == yaml.ScalarNode && isEmpty(p.value):
					l.fail(p.value, join(path, p.name), "is empty: expected a value")
					ok = false
				case freeAt(l.fields, p.name) && p.value.Kind == yaml.ScalarNode:
					vs = append(vs, p.name+"="+p.value.Value)
				default:
					vs = append(vs, p.name+"="+flow(p.value))
				}
			}
			return vs, ok && len(vs) == len(pairs)
		},
		text: func(g given, vs []string) string {
			parts := make([]string, len(vs))
			for i, v := range vs {
				path, value, _ := strings.Cut(v, "=")
				if freeAt(g.fields, path) {
					value = quote(value, false)
				}
				parts[i] = path + ": " + value
			}
			return "{" + strings.Join(parts, ", ") + "}"
		},
	}
}

var (
	mutantForm  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,79}$`)
	pathForm    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$`)
	plainInFlow = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.%/+µ-]*$`)
)

// freeAt says whether the field at a path takes any text.
func freeAt(fields []about, path string) bool {
	at := about{parts: fields}
	for name := range strings.SplitSeq(path, ".") {
		switch i := slices.IndexFunc(at.parts, func(a about) bool { return a.name == name }); {
		case i >= 0:
			at = at.parts[i]
		case at.entry != nil:
			at = *at.entry
		default:
			return false
		}
	}
	return at.free
}

// flow writes a node on one line, so that it is read back to the same.
func flow(n *yaml.Node) string {
	parts := make([]string, 0, len(n.Content))
	switch n.Kind {
	case yaml.SequenceNode:
		for _, c := range n.Content {
			parts = append(parts, flow(c))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			parts = append(parts, flow(n.Content[i])+": "+flow(n.Content[i+1]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	if quoted(n) || !plainInFlow.MatchString(n.Value) {
		return strconv.Quote(n.Value)
	}
	return n.Value
}
