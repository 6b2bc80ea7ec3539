package paxos_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// flexible is five actors in rough weather until it calms, with quorums of these
// sizes.
func flexible(promises, accepts int) *sim.Scenario {
	return &sim.Scenario{
		Name: fmt.Sprintf("%d-%d", promises, accepts), Tick: 100_000, Actors: 5, Protocol: paxos.Protocol(),
		Quorums: []quorums.Quorum{{Size: promises}, {Size: accepts}},
		Network: weather.Network{DelayMin: 10, DelayMax: 60, Loss: scheduler.Certain / 10, Duplicate: scheduler.Certain / 10},
		Disk:    disks.Disk{Sync: 5},
		Crashes: faults.Crashes{Chance: scheduler.Certain / 100, DownMin: 10, DownMax: 300},
		Until:   2000, Core: &aims.Target{Group: aims.Everyone},
		Requests: []sim.ScriptedRequest{{Actor: 1}, {Actor: 5, At: 30}},
	}
}

// TestQuorumsThatMeet: with quorums of any sizes that meet, every run keeps every
// invariant and decides, in time and under an adversary; and the core that alone
// has calm is as large as the larger quorum.
func TestQuorumsThatMeet(t *testing.T) {
	for _, size := range [][2]int{{4, 2}, {2, 4}, {5, 1}, {1, 5}, {3, 3}, {4, 4}} {
		for fanOut, word := range []string{"ackers", "all", "quorum"} {
			s := flexible(size[0], size[1])
			setting(s, "fan_out", int64(fanOut))
			if why := s.Missing(); why != "" {
				t.Fatal(why)
			}
			r := newRunner(t, s)
			for seed := uint64(1); seed <= 60; seed++ {
				r.Reset(seed, nil)
				tally.Run()
				if o := r.Run(); o.Verdict != observe.VerdictDecided || len(o.Core) != 0 && len(o.Core) != max(size[0], size[1]) {
					t.Fatalf("%v, Accepts to %s, seed %d: %+v", size, word, seed, o)
				}
			}
			r.Search(&search.Search{Picker: &search.Walk{}, Budget: search.Budget{Events: 400, Alarms: 8, Losses: 3, Duplicates: 3, Crashes: 4}})
			decided := 0
			for seed := uint64(1); seed <= 200; seed++ {
				r.Reset(seed, nil)
				tally.Run()
				o := r.Run()
				if o.Violation != nil {
					t.Fatalf("%v, Accepts to %s, searched seed %d: %+v", size, word, seed, o.Violation)
				}
				decided += min(o.Decisions, 1)
			}
			if decided == 0 {
				t.Errorf("%v, Accepts to %s: no searched run decides", size, word)
			}
		}
	}
}

// TestQuorumsThatMiss: with quorums that need not meet two values are chosen, and
// agreement names who voted for each.
func TestQuorumsThatMiss(t *testing.T) {
	s := flexible(3, 2)
	if got, want := s.Missing(), "of 5 members, a quorum of 3 for promises and one of 2 for accepts need not meet"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	s.Invariants = []string{paxos.Agreement}
	r := newRunner(t, s)
	for seed := uint64(1); seed <= 500; seed++ {
		r.Reset(seed, nil)
		tally.Run()
		v := r.Run().Violation
		if v == nil {
			continue
		}
		if v.Invariant != paxos.Agreement || !strings.HasPrefix(v.Text, "two values are chosen: ") || strings.Count(v.Text, " by ") != 2 {
			t.Errorf("seed %d: %+v", seed, v)
		}
		return
	}
	t.Error("no run splits")
}

// TestOneQuorumForAll: a quorum of one phase that takes all members leaves nobody to
// be spared, and a core smaller than that decides nothing.
func TestOneQuorumForAll(t *testing.T) {
	s := flexible(5, 1)
	s.Core = &aims.Target{Group: aims.Listed, IDs: []sim.ID{1, 2, 3, 4}}
	if _, err := s.Protocol.New(s); err == nil || !strings.Contains(err.Error(), "core: is no quorum (5) of the members") {
		t.Errorf("a core of four of five: %v", err)
	}
	s = flexible(5, 1)
	plan, _ := s.Protocol.Resolve(s)
	for _, line := range plan.Lines {
		if line.Name == "core" && line.Text == "5 of 5 members" {
			return
		}
	}
	t.Errorf("the plan does not say how large the core is: %+v", plan.Lines)
}

// TestMomentOfAQuorum: "to quorum" is as many as are a quorum of the phase of the
// message; "to majority" stays a majority of the actors.
func TestMomentOfAQuorum(t *testing.T) {
	for _, x := range []struct {
		kind    paxos.Kind
		quorum  bool
		reached int // how many Accepts or Prepares of actor 1 have left when it goes down
	}{{paxos.Prepare, true, 4}, {paxos.Accept, true, 2}, {paxos.Prepare, false, 3}, {paxos.Accept, false, 3}} {
		s := calm(5)
		s.Requests = []sim.ScriptedRequest{{Actor: 1}}
		s.Quorums = []quorums.Quorum{{Size: 4}, {Size: 2}}
		s.Faults = []faults.Fault{{Name: "f", Crash: aims.These(1), Until: faults.Forever,
			When: &triggers.Moment{Who: 1, Does: triggers.Sends, Kind: uint8(x.kind), Quorum: x.quorum, Most: !x.quorum}}}
		r := newRunner(t, s)
		var n leavings
		r.Observe(&n)
		r.Reset(1, nil)
		tally.Run()
		r.Run()
		if got := n.before(x.kind); got != x.reached {
			t.Errorf("%v to quorum %v: %d had left, not %d", x.kind, x.quorum, got, x.reached)
		}
	}
}

// leavings sees what actor 1 sends up to its crash.
type leavings struct {
	arrived map[uint8]map[sim.ID]bool
}

func (l *leavings) Observe(x observe.Entry) {
	if l.arrived == nil {
		l.arrived = map[uint8]map[sim.ID]bool{}
	}
	if x.What == observe.Delivered && x.Peer == 1 {
		if l.arrived[x.Kind] == nil {
			l.arrived[x.Kind] = map[sim.ID]bool{}
		}
		l.arrived[x.Kind][x.Actor] = true
	}
	if x.What == observe.Dropped && x.Peer == 1 && x.Actor == 1 && x.Text == "receiver down" {
		l.arrived[x.Kind][1] = true
	}
}

func (l *leavings) before(k paxos.Kind) int { return len(l.arrived[uint8(k)]) }
