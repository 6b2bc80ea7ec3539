package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/weather"
)

// rung is a scope of the ladder, and the scenario that it is for.
type rung struct {
	name      string
	proposers int  // who are asked; 0: two
	again     bool // the first is asked twice, and nobody else
	retry     bool // a refused proposer begins another round
	change    func(x *sim.Scope)
	par       bool // the scenario of the story that is kept, and just what happens in it
}

// ladder is the scopes, from small to large. Where actors handle their own messages at once, a
// way to a violation is one all the same, and none is no proof.
var ladder = []rung{
	{name: "1 round"},
	{name: "1 crash", change: func(x *sim.Scope) { x.Crashes, x.AskOnce = 1, true }},
	{name: "1 crash, asked again", change: func(x *sim.Scope) { x.Crashes = 1 }},
	{name: "1 copy", change: func(x *sim.Scope) { x.Duplicates = 1 }},
	{name: "2 copies", change: func(x *sim.Scope) { x.Duplicates = 2 }},
	{name: "1 repeat", change: func(x *sim.Scope) { x.Alarms[alarm("repeat")] = 1 }},
	{name: "2 rounds", retry: true, change: func(x *sim.Scope) { x.SetRounds(words, 2) }},
	{name: "2 rounds, 1 crash", retry: true, change: func(x *sim.Scope) { x.SetRounds(words, 2); x.Crashes = 1 }},
	{name: "3 proposers", proposers: 3},
	{name: "asked twice, 1 crash", again: true, change: func(x *sim.Scope) { x.Crashes = 1 }},
	{name: "inline, 1 round", change: inline},
	{name: "inline, 1 crash", change: func(x *sim.Scope) { inline(x); x.Crashes = 1 }},
	{name: "inline, 2 rounds", retry: true, change: func(x *sim.Scope) { inline(x); x.SetRounds(words, 2) }},
	{name: "par", par: true},
}

var words = paxos.Protocol().Vocabulary()

func inline(x *sim.Scope) { x.Inline = true }

// alarm is the kind of an alarm.
func alarm(name string) int {
	for kind, known := range words.TimerNames() {
		if known == name {
			return kind
		}
	}
	panic("paxos has no alarm " + name)
}

// actors are how many actors a mutant needs, if that is not 3: what its scope says is for
// hunts, in which more do no harm.
var actors = map[string]int{"half-quorum": 4, "half-accept-quorum": 4, "low-flexible-quorum": 5, "decimal-ballot": 10, "packed-ballot": 17, "non-members": 5}

// of is the scenario and the scope of a rung for a mutant.
func (r *rung) of(m *mutants.Mutant, o *options) (*sim.Scenario, sim.Scope, error) {
	if r.par && m.Par > 0 {
		return ofStory(m, o.stories)
	}
	s := &sim.Scenario{Name: m.Name, Tick: 1_000_000, Actors: 3, Protocol: m.Protocol(), Members: m.Scope.Members, Network: weather.Network{DelayMin: 1, DelayMax: 1}}
	if n := actors[m.Name]; n > 0 {
		s.Actors = n
	}
	for _, x := range s.Protocol.Settings() {
		value := x.Default
		switch {
		case x.Name == "fan_out":
			value = 1 // all
		case x.Name == "on_nack" && r.retry:
			value = 2 // retry
		}
		s.Settings = append(s.Settings, value)
	}
	for i, id := range r.asked(m) {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id, Name: string(rune('x' + i))})
	}
	scope := s.Protocol.Scope(s)
	if r.change != nil {
		r.change(&scope)
	}
	return s, scope, nil
}

// asked are the actors that clients ask.
func (r *rung) asked(m *mutants.Mutant) []sim.ID {
	list := []sim.ID{1, 2, 3}[:max(r.proposers, 2)]
	switch {
	case m.Scope.Proposers != nil:
		list = m.Scope.Proposers
	case m.Scope.Members != nil:
		list = m.Scope.Members[:max(r.proposers, 2)]
	}
	if r.again {
		return []sim.ID{list[0], list[0]}
	}
	return list
}

var goesOff = regexp.MustCompile(`alarm (\w+) of (\d+) goes off`)

// ofStory is the scenario of the story that is kept of a mutant, and a scope with as many
// crashes, alarms and copies as the story has.
func ofStory(m *mutants.Mutant, folder string) (*sim.Scenario, sim.Scope, error) {
	name := m.Name + "." + paxos.Agreement + scenarios.StoryEnding
	text, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		return nil, sim.Scope{}, err
	}
	kept, err := scenarios.ReadStory(name, string(text))
	if err != nil {
		return nil, sim.Scope{}, err
	}
	st := kept.Story()
	s := *st.Scenario
	s.Invariants = nil
	scope := s.Protocol.Scope(&s)
	for kind := range scope.Alarms {
		scope.Alarms[kind] = 0
	}
	of := map[string]int{}
	for _, line := range st.Lines {
		scope.Crashes += strings.Count(line, " crashes ")
		if strings.HasSuffix(line, " again") {
			scope.Duplicates++
		}
		for _, x := range goesOff.FindAllStringSubmatch(line, -1) {
			of[x[0]]++
			kind := alarm(x[1])
			scope.Alarms[kind] = max(scope.Alarms[kind], of[x[0]])
		}
	}
	return &s, scope, nil
}
