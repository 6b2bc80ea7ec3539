package metrics

import (
	"fmt"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// waitsOf are the waits of a run of a scenario, as text.
func waitsOf(t *testing.T, s *sim.Scenario, seed uint64, also ...observe.Observer) (list []string, all []Wait) {
	t.Helper()
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w := NewWaits(s)
	r.Observe(w)
	for _, o := range also {
		r.Observe(o)
	}
	r.Reset(seed+1, nil) // a run before it leaves nothing behind
	r.Run()
	r.Reset(seed, nil)
	w.Reset()
	r.Run()
	for _, x := range w.List() {
		until := "no quorum"
		if x.Had {
			until = say.Millis(s, x.Quorum)
		}
		list = append(list, fmt.Sprintf("%d in %s, %s: %s to %s", x.Actor, s.Protocol.Rounds().Text(x.Round), s.Protocol.Phases()[x.Phase].Name, say.Millis(s, x.From), until))
	}
	return list, w.List()
}

// TestWaits holds how long a proposer waits for its quorums: for as many members as the
// phase needs, and not for others; no longer once it is down.
func TestWaits(t *testing.T) {
	for _, c := range []struct {
		name, set string
		want      []string
	}{
		{"five regions", "requests.1.actor=2", []string{"2 in 1.2, promises: 0.0 to 86.0", "2 in 1.2, accepts: 86.0 to 172.0"}},
		{"a smaller quorum of one phase", "quorums={promises: 4, accepts: 2}", []string{"1 in 1.1, promises: 0.0 to 86.0", "1 in 1.1, accepts: 86.0 to 151.0"}},
		{"members alone", "members=[1, 4, 5]", []string{"1 in 1.1, promises: 0.0 to 80.0", "1 in 1.1, accepts: 80.0 to 160.0"}},
		{"it falls", "faults.fall={crash: [1], at: 100ms}", []string{"1 in 1.1, promises: 0.0 to 80.0", "1 in 1.1, accepts: 80.0 to no quorum"}},
		{"it is alone", "faults.cut={isolate: [1], at: 0s, until: 400ms}", []string{"1 in 1.1, promises: 0.0 to 516.2", "1 in 1.1, accepts: 516.2 to 596.2"}},
	} {
		s, err := scenarios.Load("five-regions", scenarios.Set(c.set))
		if err != nil {
			t.Fatal(err)
		}
		got, _ := waitsOf(t, &s.Scenario, 1)
		if len(got) < len(c.want) || !slices.Equal(got[:len(c.want)], c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWaitsInStorms: whatever goes wrong, a proposer sends what begins the second phase
// of a round at the very time at which the first has had its quorum.
func TestWaitsInStorms(t *testing.T) {
	s, _ := runs(t, 0)
	s.Network.Corrupt, s.Network.Forge, s.Network.Copies = scheduler.Certain/20, scheduler.Certain/20, 3
	s.Disk.Sync, s.Crashes.Chance = 0, scheduler.Certain/200
	s.Faults = append(s.Faults, faults.Fault{Name: "pause", At: 60, Until: 200, Pause: s.Faults[1].Crash})
	promises, both := 0, 0
	for seed := range uint64(300) {
		_, all := waitsOf(t, s, seed)
		first := map[[2]uint64]Wait{}
		for _, x := range all {
			key := [2]uint64{uint64(x.Actor), uint64(x.Round)}
			if x.Phase == 0 {
				promises++
				first[key] = x
				continue
			}
			both++
			if p := first[key]; !p.Had || p.Quorum != x.From {
				t.Fatalf("seed %d: actor %d began the second phase at %d; the first: %+v", seed, x.Actor, x.From, p)
			}
		}
	}
	if both < 200 || promises <= both {
		t.Errorf("%d waits for promises, %d of them with a second phase: too few to show anything", promises, both)
	}
}

// TestWaitsEndInCrashes: who comes back does not wait for what it had asked for, though
// the answers still come.
func TestWaitsEndInCrashes(t *testing.T) {
	s, _ := runs(t, 0)
	for _, crashes := range []bool{false, true} {
		w := NewWaits(s)
		w.Observe(observe.Entry{What: observe.Broadcast, Actor: 1, Kind: s.Protocol.Phases()[0].Messages[0], Round: 7})
		if crashes {
			w.Observe(observe.Entry{What: observe.Crashed, Actor: 1, At: 1})
		}
		for from := sim.ID(1); from <= 4; from++ {
			w.Observe(observe.Entry{What: observe.Delivered, Actor: 1, Peer: from, Kind: s.Protocol.Phases()[0].Messages[1], Round: 7, At: sim.Time(from)})
		}
		if list := w.List(); len(list) != 1 || list[0].Had == crashes || !crashes && list[0].Quorum != 3 {
			t.Errorf("crashes %v: %+v", crashes, list)
		}
	}
}
