package explore_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explore"
)

// same holds what one worker finds against what others do.
func same(t *testing.T, name string, s *sim.Scenario, scope sim.Scope, o explore.Options) explore.Result {
	t.Helper()
	var one explore.Result
	for _, workers := range []int{1, 2, 3, 8} {
		o.Workers = workers
		r, err := explore.Check(context.Background(), s, scope, o)
		if err != nil {
			t.Errorf("%s, %d workers: %v", name, workers, err)
		}
		if workers == 1 {
			one = r
		} else if !reflect.DeepEqual(r, one) {
			t.Errorf("%s: %d workers find\n%+v, and one\n%+v", name, workers, r, one)
		}
	}
	return one
}

// few is how many worlds are looked at where the race detector makes each of them dear.
func few(states int) int {
	if testing.Short() {
		return 4000
	}
	return states
}

// TestWorkers: with any number of workers, all of a result is the same: how many worlds and
// steps there are, what is called, the verdict, the limit, and the way to a violation.
func TestWorkers(t *testing.T) {
	for _, symmetry := range []bool{false, true} {
		for ballots := 2; ballots <= 3; ballots++ {
			if ballots == 3 && (testing.Short() || symmetry && !gate.On) {
				continue
			}
			s := spec(ballots)
			same(t, fmt.Sprintf("spec with %d ballots, symmetry %v", ballots, symmetry), s, s.Protocol.Scope(s), explore.Options{Symmetry: symmetry})
		}
	}
	for _, network := range []sim.Delivery{sim.AtMostOnce, sim.AnyTimes, sim.InOrder} {
		s := duel()
		scope := s.Protocol.Scope(s)
		scope.Inline, scope.Network = true, network
		same(t, network.String(), s, scope, explore.Options{States: few(gate.Of(50_000, 0))})
	}
	for crashes := range 2 {
		s := duel()
		s.Actors = 4
		scope := s.Protocol.Scope(s)
		scope.Crashes = crashes
		same(t, fmt.Sprintf("all reductions, %d crashes", crashes), s, scope, explore.Options{Symmetry: true, Dead: true, Order: true, States: few(gate.Of(8_000, 200_000))})
	}
}

// TestWorkersLimits: a look ends at the same step, whichever limit comes first.
func TestWorkersLimits(t *testing.T) {
	s := duel()
	scope := s.Protocol.Scope(s)
	scope.Crashes = 1
	for limit, list := range map[string][]explore.Options{
		"states": {{States: 1}, {States: 1000}, {States: 5000}, {States: 5001}, {States: 33_333}},
		"memory": {{Memory: 1 << 20}, {Memory: 5 << 20}, {Memory: 12 << 20}, {Memory: 16 << 20}},
		"depth":  {{Depth: 1}, {Depth: 7}, {Depth: 9, States: 1 << 20}},
	} {
		for i := range 2 * len(list) {
			o := list[i/2]
			o.Order = i%2 > 0
			r := same(t, fmt.Sprintf("%s, %+v", limit, o), s, scope, o)
			if r.Verdict != explore.NotExhausted || r.Limit != limit {
				t.Errorf("%+v: %+v", o, r)
			}
			if o.States > 0 && o.Depth == 0 && r.States != o.States || o.Memory > 0 && r.Bytes > o.Memory+64<<10 {
				t.Errorf("%+v: %d worlds, %d bytes", o, r.States, r.Bytes)
			}
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	r, err := explore.Check(ctx, s, scope, explore.Options{Workers: 2, Progress: func(x explore.Progress) {
		if x.States > 20_000 {
			stop()
		}
	}})
	if err != nil || r.Verdict != explore.NotExhausted || r.Limit != "interrupt" || r.States > 100_000 {
		t.Errorf("interrupted: %+v, %v", r, err)
	}
}

// TestWorkersRefute: each mutant that is refuted within a few worlds is refuted in the same
// way with any number of workers.
func TestWorkersRefute(t *testing.T) {
	refuted := 0
	for _, m := range mutants.All() {
		s := duel()
		s.Protocol = m.Protocol()
		scope := s.Protocol.Scope(s)
		scope.Crashes = 1
		if r := same(t, m.Name, s, scope, explore.Options{States: few(gate.Of(12_000, 100_000))}); r.Verdict == explore.Violated && len(r.Path) > 0 {
			refuted++
		}
	}
	if refuted < 5 && !testing.Short() {
		t.Errorf("%d mutants are refuted: expected 5 at least", refuted)
	}
	t.Logf("%d mutants are refuted", refuted)
}
