package paxos_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
)

// wordOf is the index of a word of the protocol.
func wordOf(t *testing.T, list []string, word string) uint8 {
	t.Helper()
	i := slices.Index(list, word)
	if i < 0 {
		t.Fatalf("no word %q in %q", word, list)
	}
	return uint8(i)
}

// TestRolesAreStruck holds that a fault aimed at a role strikes who plays it at
// the moment that the fault waits for.
func TestRolesAreStruck(t *testing.T) {
	words := paxos.Protocol().Vocabulary()
	saves := func(word string) *triggers.Moment {
		return &triggers.Moment{Does: triggers.Saves, Kind: wordOf(t, words.Saves, word)}
	}
	accepts := &triggers.Moment{Does: triggers.Sends, Kind: wordOf(t, words.Messages, "Accept"), Most: true}
	duel := []sim.ScriptedRequest{{Actor: 1}, {Actor: 3, At: 15}} // 3 prepares, above 1, when 1 has its promises
	tests := []struct {
		name, why string
		role      string
		when      *triggers.Moment
		requests  []sim.ScriptedRequest
		after     string // begins the text of what has just been done
		struck    sim.ID // 0: nobody
	}{
		{"one proposer", "it is in phase 2 when the first vote reaches a disk", "proposer", saves("vote"), []sim.ScriptedRequest{{Actor: 4}}, "promised 1.4, accepted", 4},
		{"its first save", "it saves its round before it is in phase 1", "proposer", saves("round"), []sim.ScriptedRequest{{Actor: 4}}, "round 1", 0},
		{"phase 1", "a promise is saved in phase 1", "proposer", saves("promise"), []sim.ScriptedRequest{{Actor: 4}}, "promised 1.4", 4},
		{"no leader yet", "in phase 1 nobody leads", "leader", saves("promise"), []sim.ScriptedRequest{{Actor: 4}}, "promised 1.4", 0},
		{"the higher ballot", "of two proposers the later is meant", "proposer", accepts, duel, "", 3},
		{"the leader", "who is alone in phase 2, below the other's ballot", "leader", accepts, duel, "", 1},
		{"a decision", "the first to know it is actor 1, and the round of 4 goes on", "proposer", saves("decision"), []sim.ScriptedRequest{{Actor: 4}}, "promised 1.4, accepted", 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := calm(5)
			s.Requests = tt.requests
			setting(s, "save_learned", 1)
			s.Faults = []faults.Fault{{Name: "f", When: tt.when, Until: 1000,
				Crash: aims.Target{Group: aims.InRole, Role: wordOf(t, words.Roles, tt.role)}}}
			r := newRunner(t, s)
			var l trail
			r.Observe(&l)
			r.Reset(1, nil)
			if o := r.Run(); o.Verdict != observe.VerdictDecided {
				t.Fatalf("%+v", o)
			}
			i := slices.IndexFunc(l.list, func(e observe.Entry) bool { return e.What == observe.FaultStruck })
			if i < 1 {
				t.Fatal("it never began: ", tt.why)
			}
			if !strings.HasPrefix(l.list[i-1].Text, tt.after) {
				t.Errorf("struck after %+v, want %q", l.list[i-1], tt.after)
			}
			var crashed []sim.ID
			for _, e := range l.list {
				if e.What == observe.Crashed {
					crashed = append(crashed, e.Actor)
				}
			}
			if want := []sim.ID{tt.struck}; tt.struck == 0 && len(crashed) > 0 || tt.struck != 0 && !slices.Equal(crashed, want) {
				t.Errorf("crashed: %v, want %d: %s", crashed, tt.struck, tt.why)
			}
		})
	}
}
