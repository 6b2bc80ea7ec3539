package explore

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestWeigh: what is weighed by its changes alone is the same as what is weighed whole, in
// each network, with crashes, and with own messages handled at once.
func TestWeigh(t *testing.T) {
	for _, inline := range []bool{false, true} {
		for _, network := range []sim.Delivery{sim.AtMostOnce, sim.AnyTimes, sim.InOrder} {
			s := &sim.Scenario{
				Name: "duel", Tick: 1_000_000, Actors: 4, Protocol: paxos.Protocol(), Network: weather.Network{DelayMin: 1, DelayMax: 1},
				Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}, {Actor: 2, Name: "y"}},
			}
			scope := s.Protocol.Scope(s)
			group := Group(s, &scope)
			if len(group) != 2 {
				t.Fatal(group)
			}
			scope.Inline, scope.Network, scope.Crashes = inline, network, 2
			if network == sim.AtMostOnce {
				scope.Duplicates = 1
			}
			m, err := s.Protocol.Model(s, scope, group, false)
			if err != nil {
				t.Fatal(err)
			}
			start, err := m.Start()
			if err != nil {
				t.Fatal(err)
			}
			w := newWalker(newMemo(m, scope, s.Actors, len(group)))
			first, err := w.first(&start)
			if err != nil {
				t.Fatal(err)
			}
			x := look{w: w}
			x.frontier.push(first)
			var is plain.Sum
			w.take = func(f plain.Sum, _ bool) bool { is = f; return x.seen.add(f) }
			w.push = func(world []uint32) {
				sums := make([]plain.Sum, len(group))
				if w.weigh(world, sums); least(sums) != is {
					t.Fatalf("inline %v, %v: a world weighs %x by its changes, and %x as a whole", inline, network, is, least(sums))
				}
				x.frontier.push(world)
			}
			for x.seen.count < 3000 && x.frontier.count > 0 {
				first = x.frontier.pop(first)
				w.expand(first, &x.seen)
			}
			if x.seen.count < 1000 {
				t.Errorf("inline %v, %v: %d worlds alone", inline, network, x.seen.count)
			}
		}
	}
}
