package paxos_test

import (
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// calmWatch sees what a core does once it has calm.
type calmWatch struct {
	calm   uint64 // the event; 0: not yet
	leader sim.ID
	core   ids.Set

	left     sim.Time   // when the last message arrived among it that it had asked for before
	begun    []sim.Time // the leader's rounds since
	intruder sim.ID     // another that began one
	synced   map[sim.ID][]sim.Time
	refused  []sim.Time // nacks that the leader got
}

func (w *calmWatch) reset() { *w = calmWatch{synced: map[sim.ID][]sim.Time{}} }

// Observe implements [observe.Observer].
func (w *calmWatch) Observe(e observe.Entry) {
	switch {
	case e.What == observe.Elected:
		w.calm, w.leader = e.Event, e.Actor
	case w.calm == 0:
	case e.What == observe.Noted && e.Kind == 0: // takes the role
		switch {
		case e.Actor == w.leader:
			w.begun = append(w.begun, e.At)
		case w.core.Has(e.Actor):
			w.intruder = e.Actor
		}
	case !w.core.Has(e.Actor):
	case e.What == observe.Delivered && w.core.Has(e.Peer):
		if e.Cause <= w.calm {
			w.left = e.At
		}
		if paxos.Kind(e.Kind) == paxos.Nack && e.Actor == w.leader {
			w.refused = append(w.refused, e.At)
		}
	case e.What == observe.Synced:
		w.synced[e.Actor] = append(w.synced[e.Actor], e.At)
	}
}

// step is a step of the proof of the bound after faults end in docs/liveness.md:
// what it says is at most so much, and how near to that runs came.
type step struct {
	name    string
	closest sim.Time // in per cent
	runs    int
}

func (s *step) most(t *testing.T, got, most sim.Time, why string, args ...any) {
	t.Helper()
	s.runs++
	if got > most {
		t.Fatalf("%s: %d, at most %d: "+why, append([]any{s.name, got, most}, args...)...)
	}
	if most > 0 {
		s.closest = max(s.closest, 100*got/most)
	}
}

// TestBoundSteps holds each step of the proof of the bound after faults end over
// tempests whose weather calms for a core.
func TestBoundSteps(t *testing.T) {
	arrived := &step{name: "1 all has arrived that the storm left"}
	alone := &step{name: "2 nobody else begins a round"}
	refused := &step{name: "3 the others refuse the leader once each"}
	saved := &step{name: "4 a disk saves what is counted"}
	above := &step{name: "5 the last round begins in time"}
	round := &step{name: "6 the last round takes a round"}
	drained := &step{name: "7 a backlog drains"}
	whole := &step{name: "8 the whole"}
	scenarios := uint64(1500)
	if testing.Short() {
		scenarios = 200
	}
	w := new(calmWatch)
	for n := range scenarios {
		s := randomWeather(n)
		if s.Core == nil {
			continue
		}
		s.Invariants = []string{}
		plan, _ := s.Protocol.Resolve(s)
		if plan.NoGuarantee != "" {
			continue
		}
		r := newRunner(t, s)
		r.Observe(w)
		c := paxos.CalmOf(s)
		for seed := range uint64(10) {
			w.reset()
			r.Reset(seed, nil)
			tally.Run()
			for w.calm == 0 && r.Step() {
			}
			for _, id := range r.Outcome().Core {
				w.core.Add(id)
			}
			for r.Step() {
			}
			o := r.Outcome()
			if o.Deadline == 0 {
				continue // it was all over before the storm was
			}
			where := "tempest %d, seed %d"
			from := o.StormOver
			arrived.most(t, w.left, from, where, n, seed)
			alone.most(t, sim.Time(w.intruder), 0, where, n, seed)
			saves, bound := 0, o.Deadline-from
			for saves < 1<<20 && plan.Bound(saves) < bound {
				saves++
			}
			work := c.Work(saves)
			begun := after(w.begun, from+2*c.Delay+work) // others' Accepts that go to all have arrived
			late := sim.Time(0)
			for _, q := range s.Requests {
				if q.At > s.CalmTime() {
					late++
				}
			}
			if c.InTime(work) && s.Setting("on_nack") != 1 {
				refused.most(t, begun, c.Core+late, where, n, seed)
			}
			if c.InTime(work) && c.Save > 0 {
				for _, at := range w.synced {
					saved.most(t, after(at, from), work/c.Save+3*late, where, n, seed)
				}
			}
			if len(w.begun) == 0 {
				continue
			}
			last := w.begun[len(w.begun)-1]
			if c.InTime(work) {
				above.most(t, max(last-from, 0), c.Refusals-4*c.Delay+work+2*c.Wait, where, n, seed)
				round.most(t, o.LearnedTime-max(last, from), c.Round+work, where, n, seed)
			} else {
				drained.most(t, max(last-from, 0), bound-c.Round, where, n, seed)
			}
			whole.most(t, max(o.LearnedTime-from, 0), bound, where, n, seed)
		}
	}
	for _, s := range []*step{arrived, alone, refused, saved, above, round, drained, whole} {
		t.Logf("%-44s %6d times, at most %3d %% of what it says", s.name, s.runs, s.closest)
		if s.runs == 0 || s.closest < 30 && s != alone && s != drained {
			t.Errorf("step %s shows little", s.name)
		}
	}
}

// TestDisksThatAreSlowerThanTheNetwork: promises and votes queue up on a disk in
// the storm, and the leader of the core has its bound for all that.
func TestDisksThatAreSlowerThanTheNetwork(t *testing.T) {
	all := &aims.Target{Group: aims.Everyone}
	asks := func(n int, apart sim.Time) (list []sim.ScriptedRequest) {
		for i := range n {
			list = append(list, sim.ScriptedRequest{Actor: sim.ID(i + 1), At: sim.Time(i) * apart})
		}
		return list
	}
	for _, c := range []struct {
		name string
		s    sim.Scenario
		set  map[string]int64
	}{
		{"five proposers, and crashes", sim.Scenario{Actors: 5, Network: weather.Network{DelayMin: 10, DelayMax: 10}, Disk: disks.Disk{Sync: 100}, Until: 200,
			Crashes: faults.Crashes{Chance: scheduler.Certain / 20}, Requests: asks(5, 10)}, nil},
		{"rounds that are not repeated", sim.Scenario{Actors: 3, Network: weather.Network{DelayMin: 10, DelayMax: 10, Loss: scheduler.Certain / 2}, Disk: disks.Disk{Sync: 50}, Until: 200,
			Requests: asks(3, 20)}, map[string]int64{"repeats": 0}},
		{"back-offs of the storm", sim.Scenario{Actors: 5, Network: weather.Network{DelayMin: 1, DelayMax: 10, Loss: scheduler.Certain / 5}, Disk: disks.Disk{Sync: 100}, Until: 3000,
			Requests: asks(5, 10)}, map[string]int64{"on_nack": 2}},
		{"Accepts to all, and a leader that hopes", sim.Scenario{Actors: 5, Network: weather.Network{DelayMax: 10, Loss: scheduler.Certain / 5}, Disk: disks.Disk{Sync: 300}, Until: 3000,
			Requests: asks(5, 10)}, map[string]int64{"on_nack": 1, "fan_out": 1, "repeats": 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := c.s
			s.Name, s.Tick, s.Protocol, s.Core = "slow disks", 100_000, paxos.Protocol(), all
			for _, name := range []string{"repeats", "on_nack", "fan_out"} {
				if v, ok := c.set[name]; ok {
					setting(&s, name, v)
				}
			}
			r := newRunner(t, &s)
			bounded := 0
			for seed := range uint64(1000) {
				r.Reset(seed+1, nil)
				tally.Run()
				o := r.Run()
				if o.Verdict != observe.VerdictDecided {
					t.Fatalf("seed %d: %v, %v\n%q", seed+1, o.Verdict, o.End, r.Diagnosis())
				}
				if o.Deadline > 0 {
					bounded++
				}
			}
			if bounded < 500 {
				t.Errorf("only %d of 1000 runs had a bound to keep", bounded)
			}
		})
	}
}

// after counts the times that are later than one.
func after(times []sim.Time, at sim.Time) (n sim.Time) {
	for _, x := range times {
		if x > at {
			n++
		}
	}
	return n
}
