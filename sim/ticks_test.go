package sim_test

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// clock is an actor with an alarm that is set again for ever, and one that is not
// meant to be.
type clock struct{ sim.Base[ball, score] }

func (*clock) Start(e *env) {
	e.After(1, sim.Timer{Kind: 0})
	e.After(1, sim.Timer{Kind: 1})
}
func (*clock) Timeout(e *env, t sim.Timer) { e.After(1, t) }

// TestTicks: what ticks stands outside the budget of alarms, whatever that is, and
// does not use it up.
func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		ticks           bool
		alarms          int
		ticking, others uint64
	}{{true, 5, 84, 5}, {true, 0, 89, 0}, {false, 5, 0, 5}, {false, 0, 0, 0}} {
		for _, picker := range []search.Picker{nil, new(search.Walk)} {
			words := *pingPong().Vocabulary()
			words.Timers = []shown.TimerKind{{Name: "clock", Ticks: tt.ticks}, {Name: "other"}}
			p := sim.Define(sim.Spec[clock, ball, score]{Name: "clock", Vocabulary: words})
			r := runner(t, &sim.Scenario{Tick: 1000, Actors: 1, Protocol: p, Network: weather.Network{DelayMin: 1, DelayMax: 1}})
			r.Search(&search.Search{Picker: picker, Budget: search.Budget{Events: 90, Alarms: tt.alarms}})
			l := new(lines)
			r.Observe(l)
			r.Reset(3, nil)
			tally.Run()
			r.Run()
			var off [2]uint64
			for _, e := range l.list {
				if e.What == observe.TimedOut {
					off[e.Kind]++
				}
			}
			want := [2]uint64{tt.ticking, tt.others}
			if !tt.ticks { // both are in the budget
				off[1] += off[0]
				off[0] = 0
			}
			if off != want {
				t.Errorf("%+v, picker %v: alarms %v, want %v", tt, picker, off, want)
			}
		}
	}
}
