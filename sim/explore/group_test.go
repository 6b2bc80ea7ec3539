package explore

import (
	"slices"
	"testing"
	"time"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestManyAlike: of many actors that are alike only as many change places as there may be
// renamings for, and no time is lost over the others.
func TestManyAlike(t *testing.T) {
	for _, c := range []struct{ actors, renamings int }{
		{actors: 1, renamings: 1}, {actors: 2, renamings: 1}, {actors: 4, renamings: 6}, {actors: 7, renamings: 720}, {actors: 8, renamings: 720}, {actors: 64, renamings: 120}, {actors: 1000, renamings: 6}, {actors: 10_000, renamings: 1},
	} {
		s := &sim.Scenario{
			Name: "many", Tick: 1_000_000, Actors: c.actors, Protocol: paxos.Protocol(), Network: weather.Network{DelayMin: 1, DelayMax: 1},
			Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}},
		}
		scope := s.Protocol.Scope(s)
		begun := time.Now()
		group := Group(s, &scope)
		if took := time.Since(begun); len(group) != c.renamings || took > 10*time.Second {
			t.Errorf("%d actors: %d renamings after %v, expected %d", c.actors, len(group), took, c.renamings)
		}
		for k, r := range group {
			if sorted := slices.Sorted(slices.Values(r.Actors)); len(slices.Compact(sorted)) != len(r.Actors) {
				t.Fatalf("%d actors: renaming %d gives two actors one number: %v", c.actors, k, r.Actors)
			}
		}
	}
}
