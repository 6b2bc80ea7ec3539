package bench

import (
	"context"
	"fmt"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxosspec"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
	"github.com/paxsim/paxsim/sim/weather"
)

// Checked are the names of the exhaustive looks that are measured, breadth first:
//
//   - spec-3: Lamport's specification of Paxos, with three acceptors, two values and the
//     ballots 0 to 2
//   - inline: Paxos with three actors. Two of them propose, and own messages are handled at once
//   - order: Paxos with two actors. Both propose, one may crash, and all reductions are used
//
// The first two use none.
var Checked = []string{"spec-3", "inline", "order"}

// Check looks once, and says how many worlds there are.
func Check(name string) (int, error) {
	s := &sim.Scenario{Name: name, Tick: 1_000_000, Actors: 3, Network: weather.Network{DelayMin: 1, DelayMax: 1}}
	switch name {
	case "spec-3":
		s.Actors, s.Members, s.Protocol = 7, []sim.ID{1, 2, 3}, paxosspec.Protocol()
	case "inline", "order":
		s.Protocol, s.Requests = paxos.Protocol(), []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: 2, Name: "y"}}
	default:
		return 0, fmt.Errorf("there is no look %q: expected one of %v", name, Checked)
	}
	scope := s.Protocol.Scope(s)
	scope.Inline = name == "inline"
	var o explore.Options
	if name == "order" {
		s.Actors, scope.Crashes, scope.AskOnce = 2, 1, true
		o = explore.Options{Symmetry: true, Dead: true, Order: true}
	}
	r, err := explore.Check(context.Background(), s, scope, o)
	if err != nil {
		return 0, err
	}
	if r.Verdict != explore.Held {
		return 0, fmt.Errorf("%s: %+v", name, r)
	}
	return r.States, nil
}
