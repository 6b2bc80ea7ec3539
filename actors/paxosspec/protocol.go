package paxosspec

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

const name = "paxos-spec"

// Protocol is the specification.
func Protocol() sim.Protocol { return WithRules(Sound()) }

// WithRules is the specification with some of its rules replaced.
func WithRules(rules Rules) sim.Protocol {
	return sim.Define(sim.Spec[Actor, Message, Record]{
		Name: name,
		Vocabulary: sim.Vocabulary{
			Messages: kindWords,
			Timers:   alarmKinds,
			Choices:  []string{"value"},
			Example:  kind2a,
		},
		Settings:   settingList,
		Invariants: invariantList,
		Resolve:    resolve,
		Actor:      func(s *sim.Scenario, _ sim.Plan) Actor { return Actor{set: newSettings(s, rules)} },
		History:    newHistory,
		Goal: func(s *sim.Scenario) sim.Goal {
			return sim.Goal{Instances: 1, Learners: []sim.ID{sim.ID(s.Actors)}}
		},
		Scope:  scope,
		Alike:  alike,
		Rounds: shown.Rounds{Name: "ballot", Example: "1", Text: func(r sim.Round) string { return Ballot(r).String() }, Parse: parseRound},
	})
}
