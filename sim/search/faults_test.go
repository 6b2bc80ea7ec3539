package search_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/triggers"
)

// TestFaultsWithoutTime: where nothing takes time faults keep their order: none
// is over before it begins. Once nothing is left to happen nobody is down or
// paused, whatever overlapped and whatever moment a fault caused itself; and what
// an adversary did with cuts and crashes is played again without it.
func TestFaultsWithoutTime(t *testing.T) {
	began, ended, late := 0, 0, 0
	for name, picker := range strategies() {
		for seed := range uint64(1500) {
			s := overlapping(seed)
			r := world(t, s)
			var l entries
			r.Observe(&l)
			more := budget
			more.Events = 3000
			r.Search(&search.Search{Picker: picker, Budget: more, Record: true})
			r.Reset(seed, nil)
			tally.Run()
			o := r.Run()
			on := map[string]bool{}
			for _, e := range l {
				switch e.What {
				case observe.FaultBegins, observe.FaultStruck:
					if on[e.Text] {
						t.Fatalf("%s, seed %d: %s begins twice", name, seed, e.Text)
					}
					on[e.Text] = true
					began++
				case observe.FaultEnds, observe.FaultHealed:
					if !on[e.Text] {
						t.Fatalf("%s, seed %d: %s is over, and has not begun", name, seed, e.Text)
					}
					on[e.Text] = false
					ended++
				case observe.Booted:
					if e.N > 0 {
						late++
					}
				}
			}
			if o.Violation != nil {
				t.Fatalf("%s, seed %d: %+v", name, seed, o.Violation)
			}
			for id := range sim.ID(s.Actors) {
				if is := r.(observe.Inspector).Inspect(id + 1).Status; o.End == observe.EndQuiet && o.Events < 3000 && is != observe.StatusUp {
					t.Fatalf("%s, seed %d: in the end actor %d is %v", name, seed, id+1, is)
				}
			}
			if slices.ContainsFunc(s.Faults, func(f faults.Fault) bool { return f.Pause.Group != aims.Nobody }) {
				continue // what a pause makes wait comes again under the same name: no hunt has pauses
			}
			again := world(t, s)
			again.Search(&search.Search{Deferrals: r.Deferrals(), Budget: more})
			again.Reset(seed, nil)
			if got := again.Run(); got.Digest != o.Digest {
				t.Fatalf("%s, seed %d: what was held back makes another run", name, seed)
			}
			for _, h := range r.Deferrals() {
				for _, k := range []scheduler.Key{h.Event, h.Until} {
					words := s.Protocol.Vocabulary()
					if back, err := words.ParseEvent(words.EventText(k)); err != nil || back != k {
						t.Fatalf("%q parses to %v, %v", words.EventText(k), back, err)
					}
				}
			}
		}
	}
	t.Logf("%d faults began, %d were over, %d starts had to wait for the end of a pause", began, ended, late)
	if began < 1000 || ended < 1000 || late < 100 {
		t.Errorf("%d faults began, %d were over, %d starts had to wait for the end of a pause", began, ended, late)
	}
}

type entries []observe.Entry

func (l *entries) Observe(e observe.Entry) { *l = append(*l, e) }

// overlapping is Paxos with cuts, crashes and pauses, of which some begin or are
// over at moments that others or they themselves cause.
func overlapping(seed uint64) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 41))
	s := scenario(paxos.Protocol(), 3)
	moment := func() *triggers.Moment {
		m := &triggers.Moment{Who: sim.ID(r.IntN(4)), Does: triggers.Doing(1 + r.IntN(6))}
		if m.Does == triggers.Sends || m.Does == triggers.Receives {
			m.Kind = 1
		}
		return m
	}
	for i := range 2 + r.IntN(3) {
		f := faults.Fault{Name: string(rune('a' + i)), At: sim.Time(r.IntN(20)), Until: sim.Time(21 + r.IntN(20))}
		whom := aims.These(sim.ID(1 + r.IntN(3)))
		if r.IntN(3) == 0 {
			whom = aims.Target{Group: aims.Everyone}
		}
		switch r.IntN(3) {
		case 0:
			f.Crash = whom
		case 1:
			f.Pause = whom
		default:
			f.Cut = &partitions.Cut{Who: whom}
		}
		switch r.IntN(4) {
		case 0:
			f.UntilWhen = moment()
		case 1:
			f.When, f.At, f.Until = moment(), 0, faults.Forever
			f.For = &delays.Delay{Min: 5, Max: 5}
		}
		s.Faults = append(s.Faults, f)
	}
	return s
}
