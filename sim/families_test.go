package sim_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestFamiliesHappen: what a scenario asks for is what happens, in number too.
// Other simulators have lost a family of faults to a refactoring, and nobody
// noticed.
func TestFamiliesHappen(t *testing.T) {
	s := &sim.Scenario{Tick: 1000, Actors: 3, Protocol: pingPong(), Requests: []sim.ScriptedRequest{{Actor: 1}, {Actor: 2}},
		Network: weather.Network{DelayMin: 5, DelayMax: 14, Loss: scheduler.Certain / 5, Duplicate: scheduler.Certain / 4},
		Limits:  sim.Limits{Events: 5000}} // where the weather repeats itself a run need not end
	r := runner(t, s)
	l := new(lines)
	r.Observe(l)
	var sent, lost, copies, doubled uint64
	delays := map[sim.Time]int{}
	for seed := range uint64(500) {
		l.list = l.list[:0]
		r.Reset(seed, nil)
		tally.Run()
		o := r.Run()
		sent, lost, doubled = sent+o.Sent, lost+o.Dropped, doubled+o.Duplicated
		left := map[[3]int]sim.Time{}
		for _, e := range l.list {
			switch e.What {
			case observe.Sent, observe.Broadcast:
				left[[3]int{int(e.Actor), int(e.Kind), int(e.N)}] = e.At
			case observe.Dropped:
				if e.Copy > 0 {
					copies++
				}
			case observe.Delivered:
				if e.Actor != e.Peer {
					delays[e.At-left[[3]int{int(e.Peer), int(e.Kind), int(e.N)}]]++
				}
			}
		}
	}
	near := func(what string, got, of uint64, percent uint64) {
		t.Helper()
		if g := 1000 * got / of; g < 9*percent || g > 11*percent {
			t.Errorf("%s: %d of %d, expected about %d %%", what, got, of, percent)
		}
	}
	near("lost", lost, sent+doubled, 20)
	near("lost copies", copies, doubled, 20)
	near("doubled", doubled, sent-(lost-copies), 25)
	total := uint64(0)
	for _, n := range delays {
		total += uint64(n)
	}
	for d := s.Network.DelayMin; d <= s.Network.DelayMax; d++ {
		near("a delay", uint64(delays[d]), total, 10)
	}
	if len(delays) != 10 {
		t.Errorf("delays %v", delays)
	}
}

// TestLossAndDuplicateAreTheirOwn: edit the losses away, and of those messages
// no more are doubled than of others.
func TestLossAndDuplicateAreTheirOwn(t *testing.T) {
	s := &sim.Scenario{Tick: 1000, Actors: 2, Protocol: pingPong(), Requests: []sim.ScriptedRequest{{Actor: 1}},
		Network: weather.Network{DelayMin: 5, DelayMax: 5, Loss: scheduler.Certain / 5, Duplicate: scheduler.Certain / 5}}
	r := runner(t, s)
	saved, doubled := 0, 0
	for seed := range uint64(2000) {
		d := &mercy{}
		r.Reset(seed, d)
		tally.Run()
		r.Run()
		saved += len(d.lost)
		for k := range d.doubled {
			if d.lost[k] {
				doubled++
			}
		}
	}
	if saved < 500 || doubled < saved/7 || doubled > saved/4 {
		t.Errorf("of %d messages saved %d are doubled, expected a fifth", saved, doubled)
	}
}

// mercy lets nothing be lost, and notes what would have been.
type mercy struct{ lost, doubled map[scheduler.Key]bool }

func (m *mercy) Answer(k scheduler.Key, _, seeded uint32) uint32 {
	if m.lost == nil {
		m.lost, m.doubled = map[scheduler.Key]bool{}, map[scheduler.Key]bool{}
	}
	message := k.WithWhat(0)
	switch k.What() {
	case 0:
		if seeded != 0 {
			m.lost[message] = true
		}
		return 0
	case 4:
		if seeded != 0 {
			m.doubled[message] = true
		}
	}
	return seeded
}

// TestRestartForgets: what an actor held in memory is gone after a crash, its
// alarms are too, and what it saved is there.
func TestRestartForgets(t *testing.T) {
	p := sim.Define[keeper, ball, score](sim.Spec[keeper, ball, score]{
		Name: "keeper", Vocabulary: *pingPong().Vocabulary(), Actor: func(*sim.Scenario, sim.Plan) keeper { return keeper{} },
	})
	s := &sim.Scenario{Tick: 1000, Actors: 1, Protocol: p, Limits: sim.Limits{Time: 100},
		Faults: []faults.Fault{{Name: "crash", At: 10, Until: 20, Crash: aims.These(1)}}}
	r := runner(t, s)
	l := new(lines)
	r.Observe(l)
	r.Reset(1, nil)
	tally.Run()
	r.Run()
	var got []string
	for _, e := range l.list {
		if e.What == observe.TimedOut || e.What == observe.Saved {
			got = append(got, e.What.String()+" "+e.Text)
		}
	}
	// Saved in its first life: 1; the alarm set for 30 never goes off; after
	// the restart it finds 1, adds the 0 that it remembers, and saves 2.
	if len(got) != 2 || got[0] != "save 1 pongs" || got[1] != "save 2 pongs" {
		t.Errorf("%q", got)
	}
}

// keeper counts its lives on disk, and in memory, where it should not.
type keeper struct{ lives uint32 }

func (k *keeper) Start(e *env) {
	k.lives++
	e.Save(score{e.Saved().pongs + k.lives})
	if e.Now() == 0 {
		e.After(30, sim.Timer{})
	}
}
func (*keeper) Receive(*env, sim.ID, ball) {}
func (*keeper) Timeout(*env, sim.Timer)    {}
func (*keeper) Request(*env, sim.Request)  {}
