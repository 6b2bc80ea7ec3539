package paxos

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// Protocol is single-decree Paxos.
func Protocol() sim.Protocol { return WithRules("paxos", Sound()) }

// WithRules is the protocol under a name with some of its rules replaced.
func WithRules(name string, rules Rules) sim.Protocol {
	return sim.Define[Actor, Message, Record](specOf(name, rules))
}

// specOf describes it.
func specOf(name string, rules Rules) sim.Spec[Actor, Message, Record] {
	return sim.Spec[Actor, Message, Record]{
		Name: name,
		Vocabulary: sim.Vocabulary{
			Messages: kindWords,
			Timers:   alarmKinds,
			Choices:  []string{"idle", "backoff"},
			Roles:    roleWords,
			Saves:    saveWords,
			Verbs:    kindVerbs,
			Example:  uint8(Accept),
			Notes: []shown.Note{
				{Name: "takes the role", Field: "attempts", Doc: "rounds begun", Purpose: shown.BeginsRound},
				{Name: "repeats", Field: "repeats", Doc: "how often proposers repeated", Purpose: shown.RepeatsRound},
				{Name: "is refused", Field: "nacks", Doc: "negative acks", Purpose: shown.RefusesRound},
				{Name: "gives up", Field: "give_ups", Doc: "rounds given up"},
				{Name: "asks", Field: "asks", Doc: "how often actors asked what is accepted", Purpose: shown.LearnsResult},
			},
		},
		Phases:     phaseList,
		Settings:   settingList,
		Invariants: invariantList,
		Marks:      markList,
		Resolve:    resolve,
		Actor: func(s *sim.Scenario, _ sim.Plan) Actor {
			return Actor{set: newSettings(s, rules)}
		},
		History: newHistory(rules),
		Actions: newActions,
		Board:   newBoard(rules),
		Alike:   alike,
		Fade:    fade,
		Rounds:  shown.Rounds{Name: "ballot", Example: "1.2", Text: func(r sim.Round) string { return Ballot(r).String() }, Parse: parseRound},
	}
}
