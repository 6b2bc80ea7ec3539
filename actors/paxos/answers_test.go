package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestClientsAreAnswered: every client is told what is chosen, as soon as its actor
// knows; who asks later, at once.
func TestClientsAreAnswered(t *testing.T) {
	late := sim.Time(5_000)
	for name, change := range map[string]func(*sim.Scenario){
		"by the script": func(s *sim.Scenario) {
			s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}, {Actor: 1, At: 5}, {Actor: 3, At: late}, {Actor: 2, At: late}}
		},
		"by chance": func(s *sim.Scenario) { s.Requests, s.ByChance = nil, true },
		"a slow disk": func(s *sim.Scenario) {
			s.Disk.Sync = 7
			s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: 3, At: late}}
		},
	} {
		s := calm(3)
		change(s)
		r := newRunner(t, s)
		r.Reset(1, nil)
		tally.Run()
		o := r.Run()
		if len(o.Operations) != max(len(s.Requests), 3*boolInt(s.ByChance)) || o.End != observe.EndGoal {
			t.Errorf("%s: %d operations, ended with %v", name, len(o.Operations), o.End)
		}
		for _, x := range o.Operations {
			if x.Result != o.Value || x.Answered != max(x.Asked, o.LearnedAt[x.Actor]) {
				t.Errorf("%s: %+v, want %s when actor %d learns, at %d", name, x, r.ValueName(o.Value), x.Actor, o.LearnedAt[x.Actor])
			}
		}
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
