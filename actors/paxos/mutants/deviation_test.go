package mutants

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/zoo"
)

// entries keeps all that an observer sees.
type entries struct{ list []observe.Entry }

func (k *entries) Observe(e observe.Entry) { k.list = append(k.list, e) }

// TestMutantsDeviate: in each run in which a mutant breaks an invariant it has done
// something before, or then, that Paxos would not have done.
func TestMutantsDeviate(t *testing.T) {
	sound := Protocol()
	for _, m := range All() {
		if m.Kind != zoo.Unsafe {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			p, found := m.Protocol(), 0
			for seed := uint64(0); seed < budget && found < 5; seed++ {
				s := storm(p, m.Scope, seed)
				s.Invariants = sim.ExpandInvariants(p, []string{"safety"})
				r, err := p.New(s)
				if err != nil {
					t.Fatal(err)
				}
				var run entries
				r.Observe(&run)
				r.Reset(seed, nil)
				tally.Run()
				o := r.Run()
				if o.Violation == nil {
					continue
				}
				found++
				list := sound.Deviations(s, run.list)
				if len(list) == 0 || list[0].Event > o.Violation.Event {
					t.Fatalf("seed %d: %+v; the deviations are %+v", seed, o.Violation, list)
				}
				d := list[0]
				t.Logf("event %d of %d: actor %d does %v %s, should %v %s", d.Event, o.Violation.Event, d.Actor, d.Does.What, d.Does.Text, d.Should.What, d.Should.Text)
			}
			if found == 0 {
				t.Error("it breaks nothing")
			}
		})
	}
}
