package scenarios

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// groups are what the library is sorted by, in their order.
var groups = []string{calmGroup, "network", "cuts", "crashes", "contention", "misconfiguration", "specification"}

// calmGroup is the group of scenarios without a fault.
const calmGroup = "calm"

// Groups lists the groups of the library, in their order.
func Groups() []string { return slices.Clone(groups) }

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
