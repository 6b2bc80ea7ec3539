package sim_test

import (
	"fmt"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// kindsOfFaults are all that a fault can be, aimed at actor 1, at all, or where
// that cuts nothing at some.
func kindsOfFaults() map[string]faults.Fault {
	all, one := aims.Target{Group: aims.Everyone}, aims.These(1)
	slow := weather.Unchanged()
	slow.Delay = &delays.Delay{Min: 3, Max: 3}
	return map[string]faults.Fault{
		"split":     {Split: [][]sim.ID{{1}}},
		"isolate":   {Cut: &partitions.Cut{Who: one}},
		"one way":   {Cut: &partitions.Cut{Shape: partitions.OneWay, From: one, To: all}},
		"halves":    {Cut: &partitions.Cut{Shape: partitions.Halves}},
		"ring":      {Cut: &partitions.Cut{Shape: partitions.Ring, Who: all}},
		"chain":     {Cut: &partitions.Cut{Shape: partitions.Chain, Who: all}},
		"bridge":    {Cut: &partitions.Cut{Shape: partitions.Bridge, Who: one}},
		"clog":      {Clog: &aims.Links{From: one}},
		"weather":   {Weather: &slow},
		"crash one": {Crash: one},
		"crash all": {Crash: all},
		"pause one": {Pause: one},
		"pause all": {Pause: all},
	}
}

// allMoments are all that a moment can be about, by actor 1, by anybody, the
// second time and by a majority.
func allMoments() (list []triggers.Moment) {
	for does := triggers.Sends; does <= triggers.Returns; does++ {
		for _, m := range []triggers.Moment{{Who: 1}, {}, {Times: 2}, {Most: true}} {
			m.Does = does
			list = append(list, m)
		}
	}
	return list
}

// scripts are the ways in which a fault and a moment can be tied to each other:
// what is given is a kind of fault, its moment, and a kind and a moment for a
// second fault where there is one.
var scripts = map[string]func(f, g faults.Fault, m, n *triggers.Moment) []faults.Fault{
	"ends it": func(f, _ faults.Fault, m, _ *triggers.Moment) []faults.Fault {
		f.At, f.Until, f.UntilWhen = 5, 200, m
		return []faults.Fault{f}
	},
	"begins it": func(f, _ faults.Fault, m, _ *triggers.Moment) []faults.Fault {
		f.When, f.Until, f.For = m, faults.Forever, &delays.Delay{Min: 30, Max: 30}
		return []faults.Fault{f}
	},
	"begins and ends it": func(f, _ faults.Fault, m, _ *triggers.Moment) []faults.Fault {
		f.When, f.UntilWhen, f.Until = m, m, 200
		return []faults.Fault{f}
	},
	"begins another, which ends it": func(f, g faults.Fault, m, n *triggers.Moment) []faults.Fault {
		f.At, f.Until, f.UntilWhen = 5, 200, n
		g.When, g.Until, g.UntilWhen = m, 220, n
		return []faults.Fault{f, g}
	},
	"its end begins another, whose beginning ends it": func(f, g faults.Fault, m, n *triggers.Moment) []faults.Fault {
		f.When, f.Until, f.UntilWhen = n, 200, m
		g.When, g.Until, g.UntilWhen = m, 200, n
		return []faults.Fault{f, g}
	},
	"chance strikes, and the moment comes of it": func(f, g faults.Fault, m, n *triggers.Moment) []faults.Fault {
		f.At, f.Until, f.Every, f.For = 3, 200, &delays.Delay{Min: 10, Max: 30}, &delays.Delay{Min: 5, Max: 20}
		g.When, g.Until, g.UntilWhen = m, 200, n
		return []faults.Fault{f, g}
	},
}

// TestSelfCaused: whatever moment a fault or its end causes itself, and whatever
// comes of that, the run ends, nobody is down or paused once all faults are over
// and nothing is cut off, a trace shows every change once, and a second run is the
// same.
func TestSelfCaused(t *testing.T) {
	t.Parallel()
	kinds, moments := kindsOfFaults(), allMoments()
	var byAnybody []triggers.Moment
	for _, m := range moments {
		if m.Who == 0 && m.Times == 0 && !m.Most {
			byAnybody = append(byAnybody, m)
		}
	}
	seconds := []string{"crash one", "crash all", "pause all", "isolate"}
	cases, struck, healed := 0, 0, 0
	caused := map[string]bool{}
	for script, faults := range scripts {
		for kind, f := range kinds {
			for i, m := range moments {
				others, second := moments[i:i+1], seconds[:1]
				if script != "ends it" && script != "begins it" && script != "begins and ends it" {
					others, second = byAnybody, seconds
				}
				for k, n := range others {
					for j, g := range second {
						if len(second) > 1 && !gate.On && (i+j+k)%3 != 0 {
							continue
						}
						cases++
						s := quiet([]int{4, 1, 2}[cases%3])
						if s.Actors == 1 && (kind == "halves" || kind == "bridge" || kind == "split" || g == "isolate") {
							s.Actors = 2
						}
						s.Disk.Sync = sim.Time(cases % 2 * 7)
						s.Requests = []sim.ScriptedRequest{{Actor: 1}, {Actor: sim.ID(s.Actors), At: 40}, {Actor: 1, At: 400}}
						s.Faults = faults(f, kinds[g], &m, &n)
						for i := range s.Faults {
							s.Faults[i].Name = fmt.Sprint("f", i)
						}
						o, l := holdSelfCaused(t, s, fmt.Sprintf("%s %s: %+v, %s %+v, %d actors", kind, script, m, g, n, s.Actors))
						struck += l.count(observe.FaultStruck)
						healed += l.count(observe.FaultHealed)
						if o.Verdict != observe.VerdictDecided {
							t.Fatalf("%s %s %+v: %+v", kind, script, m, o)
						}
						if selfCaused(l, m.Does) {
							caused[fmt.Sprintf("%s, %d", kind, m.Does)] = true
						}
					}
				}
			}
		}
	}
	t.Logf("%d cases; %d faults began at a moment, %d were over at one; %d pairs of a kind of fault and a doing that it caused itself: %v", cases, struck, healed, len(caused), caused)
	for _, kind := range []string{"crash one", "crash all", "pause one", "pause all"} {
		for does := triggers.Sends; does <= triggers.Returns; does++ {
			pause := kinds[kind].Pause.Group != aims.Nobody
			if able := does == triggers.Saves || (does == triggers.Falls || does == triggers.Returns) != pause; able && !caused[fmt.Sprintf("%s, %d", kind, does)] {
				t.Errorf("no %s caused the moment of doing %d itself", kind, does)
			}
		}
	}
}

// selfCaused says whether a moment of some doing came in an event in which a
// fault began or was over, or in which an actor came back.
func selfCaused(l *lines, does triggers.Doing) bool {
	within := uint64(0)
	for _, e := range l.list {
		switch e.What {
		case observe.FaultBegins, observe.FaultEnds, observe.Restarted:
			within = e.Event
		case observe.FaultStruck, observe.FaultHealed:
			if e.Event == within {
				return true
			}
			within = e.Event
		}
	}
	return false
}

// holdSelfCaused plays a scenario of which all faults are over by 250.
func holdSelfCaused(t *testing.T, s *sim.Scenario, what string) (sim.Outcome, *lines) {
	t.Helper()
	tally.Run()
	fail := func(l []observe.Entry, format string, args ...any) {
		t.Helper()
		for _, e := range l {
			t.Log(e)
		}
		t.Fatalf("%s: %s", what, fmt.Sprintf(format, args...))
	}
	if ps := s.Check(); len(ps) > 0 {
		t.Fatalf("%s: %v", what, ps)
	}
	r := runner(t, s)
	o, list, err := newHoldsModel(s).play(r, 1)
	switch {
	case err != nil:
		fail(list, "%v", err)
	case o.End != observe.EndGoal && o.End != observe.EndQuiet || o.Ended < 400:
		fail(list, "it ends at %d: %v", o.Ended, o.End)
	}
	for id := 1; id <= s.Actors; id++ {
		if is := r.(observe.Inspector).Inspect(sim.ID(id)).Status; is != observe.StatusUp {
			fail(list, "in the end actor %d is %v", id, is)
		}
	}
	for _, e := range list {
		if e.At > 300 && (e.What == observe.Dropped || e.What == observe.Held) {
			fail(list, "all faults are over, and still: %+v", e)
		}
	}
	again := runner(t, s)
	again.Reset(1, nil)
	if got := again.Run(); got.Digest != o.Digest {
		fail(list, "a second run is another")
	}
	return o, &lines{list}
}

// TestSelfCausedByHand: a few of these, told in full.
func TestSelfCausedByHand(t *testing.T) {
	crashes, returns := &triggers.Moment{Who: 1, Does: triggers.Falls}, &triggers.Moment{Who: 1, Does: triggers.Returns}
	all := aims.Target{Group: aims.Everyone}
	for _, c := range []struct {
		name, why string
		faults    []faults.Fault
		want      []string
	}{
		{"its own crash ends it", "the actor was down for ever",
			[]faults.Fault{{At: 5, Until: 50, UntilWhen: crashes, Crash: aims.These(1)}},
			[]string{"5 fault f0", "5 crash 1", "5 relent f0", "5 restart 1"}},
		{"the first of three ends it", "the loop over the struck went on after the fault was over",
			[]faults.Fault{{At: 5, Until: 50, UntilWhen: crashes, Crash: all}},
			[]string{"5 fault f0", "5 crash 1", "5 crash 2", "5 crash 3", "5 relent f0", "5 restart 1", "5 restart 2", "5 restart 3"}},
		{"another begins in the middle", "it means those who are up when the first has struck all",
			[]faults.Fault{{At: 5, Until: 20, Crash: aims.These(1, 2)}, {When: crashes, Until: 30, Pause: aims.Target{Group: aims.AtRandom, Many: 3}}},
			[]string{"5 fault f0", "5 crash 1", "5 crash 2", "5 strike f1", "5 pause 3", "20 restart 1", "20 restart 2", "30 heal f1", "30 resume 3"}},
		{"begins and is over by one moment", "what began it came before it held",
			[]faults.Fault{{When: crashes, UntilWhen: crashes, Until: 30, Pause: aims.These(2)}, {At: 5, Until: 10, Crash: aims.These(1)}},
			[]string{"5 fault f1", "5 crash 1", "5 strike f0", "5 pause 2", "10 restart 1", "30 heal f0", "30 resume 2"}},
		{"its return takes it down again", "its start would be that of an actor that is down",
			[]faults.Fault{{At: 5, Until: 10, Crash: aims.These(1)}, {When: returns, Until: 20, Crash: aims.These(1)}},
			[]string{"5 fault f0", "5 crash 1", "10 restart 1", "10 strike f1", "10 crash 1", "20 heal f1", "20 restart 1"}},
		{"its return pauses it", "it starts when the pause is over",
			[]faults.Fault{{At: 5, Until: 10, Crash: aims.These(1)}, {When: returns, Until: 20, Pause: aims.These(1)}},
			[]string{"5 fault f0", "5 crash 1", "10 restart 1", "10 strike f1", "10 pause 1", "20 heal f1", "20 resume 1", "20 boot 1"}},
		{"back into a pause", "the pause began while it was down",
			[]faults.Fault{{At: 5, Until: 10, Crash: aims.These(1)}, {At: 7, Until: 20, Pause: aims.These(1)}},
			[]string{"5 fault f0", "5 crash 1", "7 fault f1", "10 restart 1", "10 pause 1", "20 heal f1", "20 resume 1", "20 boot 1"}},
	} {
		s := quiet(3)
		s.Requests = []sim.ScriptedRequest{{Actor: 1, At: 100}}
		for i := range c.faults {
			c.faults[i].Name = fmt.Sprint("f", i)
		}
		s.Faults = c.faults
		_, l := holdSelfCausedUpTo(t, s)
		var got []string
		for _, e := range l.list {
			if e.At == 0 || e.At >= 100 {
				continue
			}
			who := fmt.Sprint(e.Actor)
			if e.Actor == 0 {
				who = e.Text
			}
			got = append(got, fmt.Sprintf("%d %v %s", e.At, e.What, who))
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %q\nwant %q: %s", c.name, got, c.want, c.why)
		}
	}
}

func holdSelfCausedUpTo(t *testing.T, s *sim.Scenario) (sim.Outcome, *lines) {
	t.Helper()
	r := runner(t, s)
	o, list, err := newHoldsModel(s).play(r, 1)
	if err != nil {
		t.Error(err)
	}
	return o, &lines{list}
}
