package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// A protocol that decides three instances, out of order: actor 1 is a sequencer. It
// tells everybody the value of instance 2 first, then that of 0 when somebody has
// heard the last, then that of 1.

type slot struct {
	of    sim.Instance
	value sim.Value
	ack   bool
}

func (s slot) Kind() uint8 {
	if s.ack {
		return 1
	}
	return 0
}
func (s slot) Round() sim.Round        { return sim.Round(s.of) + 1 }
func (s slot) Hash(d *sim.Digest)      { d.Mix(uint64(s.value)) } // the instance is left to the decisions
func (s slot) Text(n sim.Names) string { return fmt.Sprintf("%d: %s", s.of, n.ValueName(s.value)) }

type sequencer struct {
	sim.Base[slot, sim.NoRecord]
	value sim.Value
	next  int
}

type slotEnv = sim.Env[slot, sim.NoRecord]

var order = []sim.Instance{2, 0, 1}

func (s *sequencer) Request(e *slotEnv, r sim.Request) {
	s.value, s.next = r.Value, 0
	s.tell(e)
	e.Answer(r.ID, r.Value)
}

func (s *sequencer) tell(e *slotEnv) {
	if s.next < len(order) {
		e.Broadcast(slot{of: order[s.next], value: s.value})
		e.After(40, sim.Timer{})
	}
}

func (s *sequencer) Timeout(e *slotEnv, _ sim.Timer) { s.tell(e) }

func (s *sequencer) Receive(e *slotEnv, from sim.ID, m slot) {
	if !m.ack {
		e.Decide(m.of, m.value, 10)
		e.Send(from, slot{of: m.of, ack: true})
	} else if s.next < len(order) && m.of == order[s.next] && from == sim.ID(e.N()) {
		s.next++
		s.tell(e)
	}
}

func slots(goal sim.Instance) *sim.Scenario {
	p := sim.Define(sim.Spec[sequencer, slot, sim.NoRecord]{
		Name:       "slots",
		Vocabulary: sim.Vocabulary{Messages: []string{"Slot", "Ack"}, Timers: []shown.TimerKind{{Name: "again"}}},
		Actor:      func(*sim.Scenario, sim.Plan) sequencer { return sequencer{} },
		Invariants: sim.ConsensusInvariants(),
		History:    sim.WatchConsensus[slot, sim.NoRecord],
		Goal:       func(*sim.Scenario) sim.Goal { return sim.Goal{Instances: goal} },
	})
	return &sim.Scenario{Name: "slots", Tick: 1_000_000, Actors: 4, Protocol: p, Network: weather.Network{DelayMin: 2, DelayMax: 9},
		Requests: []sim.ScriptedRequest{{Actor: 1, Name: "x"}}, Limits: sim.Limits{Time: 5000}}
}

// TestInstances: a run ends when all have learned as many instances as the goal has,
// in whatever order they are decided; the outcome tells of each.
func TestInstances(t *testing.T) {
	for _, c := range []struct {
		goal, above int // instances of the goal; of those above 0, how many are decided by its end, at least
	}{{1, 1}, {2, 2}, {3, 2}} {
		for _, searched := range []bool{false, true} {
			s := slots(sim.Instance(c.goal))
			r := runner(t, s)
			if searched {
				r.Search(&search.Search{Budget: search.Budget{Events: 300, Alarms: 20}})
			}
			for seed := uint64(1); seed <= 50; seed++ {
				r.Reset(seed, nil)
				tally.Run()
				o := r.Run()
				if o.Verdict != observe.VerdictDecided || o.Learned != 4 || r.ValueName(o.Value) != "x" || o.Under != 10 {
					t.Fatalf("goal %d, searched %v, seed %d: %+v", c.goal, searched, seed, o)
				}
				if len(o.Instances) < c.above || len(o.Instances) > 2 {
					t.Fatalf("goal %d, searched %v, seed %d: %+v", c.goal, searched, seed, o.Instances)
				}
				for i, d := range o.Instances {
					if d.Instance != sim.Instance(3-len(o.Instances)+i) || d.Under != 10 || d.Learned < 1 || d.DecideTime == 0 {
						t.Fatalf("goal %d, searched %v, seed %d: %+v", c.goal, searched, seed, d)
					}
				}
				if last := o.Instances[len(o.Instances)-1]; !searched && (last.Instance != 2 || last.DecideTime >= o.DecideTime) {
					t.Fatalf("instance 2 is decided first: %+v, and 0 at %d", last, o.DecideTime)
				}
			}
		}
	}
}

// TestInstancesAreForgotten: a crash takes what its actor had learned of all
// instances, and the run goes on until it knows all again.
func TestInstancesAreForgotten(t *testing.T) {
	s := slots(3)
	s.Faults = []faults.Fault{{Name: "f", Crash: aims.These(2), At: 12, Until: 200}}
	r := runner(t, s)
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.Verdict != observe.VerdictPartial || o.Learned != 3 {
		t.Errorf("who was down does not know what it missed: %+v", o)
	} else if d := o.Instances[1]; d.Instance != 2 || d.Learned != 3 {
		t.Errorf("it has not forgotten: %+v", d)
	}
}

// TestInstancesInTheDigest: the instance is in the digest, if it is not 0.
func TestInstancesInTheDigest(t *testing.T) {
	seen := map[uint64]bool{}
	for _, of := range []sim.Instance{0, 1, 2, 7} {
		s := slots(1)
		was := order[0]
		order[0] = of
		r := runner(t, s)
		r.Reset(1, nil)
		seen[r.Run().Digest] = true
		order[0] = was
	}
	if len(seen) != 4 {
		t.Errorf("%d digests of 4", len(seen))
	}
}

// TestConsensusByInstance: two values of one instance are a breach, of two instances
// they are not.
func TestConsensusByInstance(t *testing.T) {
	s := slots(3)
	h := sim.WatchConsensus[slot, sim.NoRecord](s, sim.Watch(runner(t, s), nil))
	h.Reset()
	h.Requested(1, sim.Request{Value: 1})
	h.Requested(2, sim.Request{Value: 2})
	for i, b := range []*sim.Violation{h.Decided(1, 0, 1, 5), h.Decided(2, 0, 1, 6), h.Decided(1, 3, 2, 5), h.Decided(3, 0, 1, 5)} {
		if b != nil {
			t.Errorf("%d: %+v", i, b)
		}
	}
	b := h.Decided(2, 3, 1, 9)
	if b == nil || b.Invariant != sim.Agreement || !strings.Contains(b.Text, " in instance 3, and actor 1 has decided ") ||
		len(b.Chosen) != 2 || b.Chosen[0] != (sim.Chosen{Value: 2, Under: 5, Instance: 3}) || b.Chosen[1] != (sim.Chosen{Value: 1, Under: 9, Instance: 3}) {
		t.Errorf("%+v", b)
	}
	if b := h.Decided(2, 4, 7, 9); b == nil || b.Invariant != sim.Validity {
		t.Errorf("nobody asked for 7: %+v", b)
	}
	if b := h.Decided(3, 0, 2, 9); b == nil || !strings.Contains(b.Text, "decides ") || !strings.Contains(b.Text, " in instance 0, and actor 1") {
		t.Errorf("of several instances 0 is named as well: %+v", b)
	}
}
