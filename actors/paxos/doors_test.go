package paxos_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// rapidSource lets rapid decide. Outcome 0 is calm, and rapid makes numbers
// smaller: so its shrinking makes runs calmer.
type rapidSource struct{ t *rapid.T }

func (s rapidSource) Answer(k scheduler.Key, outcomes, _ uint32) uint32 {
	return rapid.Uint32Range(0, outcomes-1).Draw(s.t, k.String())
}

// TestAnyAnswersAreSafe: whatever rapid answers, no invariant breaks, and the
// answers recorded make the same run again.
func TestAnyAnswersAreSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rough(rapid.Uint64Range(0, 1000).Draw(t, "scenario"))
		s.Limits.Events = 3000 // uniform answers are a storm that never ends
		r, err := s.Protocol.New(s)
		if err != nil {
			t.Fatal(err)
		}
		rec := &scheduler.Recording{Base: rapidSource{t}}
		r.Reset(1, rec)
		tally.Run()
		o := r.Run()
		if o.Violation != nil {
			t.Fatalf("%+v", o.Violation)
		}
		r.Reset(2, &scheduler.Edited{Base: scheduler.Calm{}, Answers: rec.Surprises()})
		tally.Run()
		if got := r.Run().Digest; got != o.Digest {
			t.Fatalf("digest %x, and %x again", o.Digest, got)
		}
	})
}

// FuzzAnswers lets the bytes of `go test -fuzz` decide, over random scenarios.
func FuzzAnswers(f *testing.F) {
	f.Add(uint64(1), []byte{})
	f.Add(uint64(2), []byte{1, 0, 0, 7, 1, 1, 0, 3})
	f.Fuzz(func(t *testing.T, scenario uint64, data []byte) {
		s := rough(scenario)
		s.Limits.Events = 3000
		r := newRunner(t, s)
		r.Reset(0, &scheduler.Bytes{Data: data})
		tally.Run()
		if o := r.Run(); o.Violation != nil {
			t.Fatalf("%+v", o.Violation)
		}
	})
}

// TestEveryRunOfTinyWorlds enumerates them, up to a bound: delays by their least
// and greatest, everything else by all its outcomes.
func TestEveryRunOfTinyWorlds(t *testing.T) {
	for _, c := range []struct {
		name string
		s    sim.Scenario
	}{
		{"2 actors, two proposers, delays of 1 or 9", sim.Scenario{Actors: 2, Network: weather.Network{DelayMin: 1, DelayMax: 9}, Requests: []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}}}},
		{"2 actors, any message lost", sim.Scenario{Actors: 2, Network: weather.Network{DelayMin: 1, DelayMax: 1, Loss: 1}, Requests: []sim.ScriptedRequest{{Actor: 1}}}},
		{"2 actors, any message doubled, the double late", sim.Scenario{Actors: 2, Network: weather.Network{DelayMin: 1, DelayMax: 1, Duplicate: 1}, Requests: []sim.ScriptedRequest{{Actor: 1}, {Actor: 2, At: 2}}}},
		{"3 actors, any crash before any effect", sim.Scenario{Actors: 3, Network: weather.Network{DelayMin: 1, DelayMax: 1}, Crashes: faults.Crashes{Chance: 1, DownMin: 3, DownMax: 3}, Requests: []sim.ScriptedRequest{{Actor: 1}}}},
	} {
		s := c.s
		s.Tick, s.Protocol = 1000, paxos.Protocol()
		s.Limits.Events = 28 // so that there is an end to repeating
		r := newRunner(t, &s)
		runs, decided, all := 0, 0, " (all)"
		for e := (&scheduler.Enumeration{Few: 2}); e.Next(); runs++ {
			if runs == 200_000 {
				all = " (there are more)"
				break
			}
			r.Reset(0, e)
			tally.Run()
			o := r.Run()
			if o.Violation != nil {
				t.Fatalf("%s: %+v", c.name, o.Violation)
			}
			if o.Decisions > 0 {
				decided++
			}
		}
		if decided == 0 || runs < 10 {
			t.Errorf("%s: %d runs, %d with a decision: nothing was shown", c.name, runs, decided)
		}
		t.Logf("%s: %d runs%s, %d with a decision", c.name, runs, all, decided)
	}
}
