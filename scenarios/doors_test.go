package scenarios_test

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

// rapidDoor lets rapid decide.
type rapidDoor struct{ t *rapid.T }

func (d rapidDoor) Answer(k scheduler.Key, outcomes, _ uint32) uint32 {
	return rapid.Uint32Range(0, outcomes-1).Draw(d.t, k.String())
}

// TestEveryScenarioThroughEveryDoor: a seed, a recording, its surprises edited
// into calm, random bytes, rapid, and the first runs of an enumeration. No
// actor can tell which; none breaks an invariant, unless the scenario expects it.
// In calm all decide, but for those with a bug.
func TestEveryScenarioThroughEveryDoor(t *testing.T) {
	for _, name := range scenarios.Names() {
		t.Run(name, func(t *testing.T) {
			s, err := scenarios.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			s.Actors = min(s.Actors, 150)
			s.Limits.Events = 20_000 // the doors but the seed's know no mercy
			r, err := s.Protocol.New(&s.Scenario)
			if err != nil {
				t.Fatal(err)
			}
			runs := 0
			run := func(seed uint64, door scheduler.Source) sim.Outcome {
				runs++
				r.Reset(seed, door)
				tally.Run()
				o := r.Run()
				if o.Violation != nil && s.Expect.Some.Violated == "" {
					t.Fatalf("%T: %+v", door, o.Violation)
				}
				return o
			}
			for seed := range uint64(5) {
				plain := run(seed, nil).Digest
				rec := new(scheduler.Recording)
				if run(seed, rec).Digest != plain {
					t.Fatalf("seed %d: recording it makes another run", seed)
				}
				calm := &scheduler.Edited{Base: scheduler.Calm{}, Answers: rec.Surprises()}
				if run(seed+100, calm).Digest != plain || len(calm.Unused()) > 0 {
					t.Fatalf("seed %d: its surprises over calm make another run", seed)
				}
				data := make([]byte, 200)
				random := rand.New(rand.NewPCG(seed, 9))
				for i := range data {
					data[i] = byte(random.Uint32())
				}
				run(0, &scheduler.Bytes{Data: data})
			}
			for e := (&scheduler.Enumeration{Few: 2}); e.Next() && runs < 40; {
				run(0, e)
			}
			if s.Actors < 10 {
				rapid.Check(t, func(t *rapid.T) {
					r.Reset(0, rapidDoor{t})
					tally.Run()
					if o := r.Run(); o.Violation != nil && s.Expect.Some.Violated == "" {
						t.Fatalf("%+v", o.Violation)
					}
				})
			}
			if o := run(0, scheduler.Calm{}); o.Decisions == 0 && s.Mutant == "" {
				t.Errorf("in calm nothing is decided: %+v", o)
			}
		})
	}
}
