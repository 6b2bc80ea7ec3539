package sim_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// witness works out from what it observes, apart from the engine, since when each
// actor knows each instance, and since when all know it that the run waits for.
type witness struct {
	dies    sim.ID // whoever it is, at its first crash
	first   map[sim.Instance]sim.Time
	since   map[sim.Instance][]sim.Time // by actor; -1: it does not
	gone    []bool
	awaited map[sim.Instance]sim.Time // since when all know it; -1: they do not
	now     sim.Time
}

func (x *witness) Observe(e observe.Entry) {
	if e.At != x.now {
		x.settle()
	}
	x.now = e.At
	switch e.What {
	case observe.Decided:
		i := sim.Instance(e.N)
		if x.since[i] == nil {
			x.first[i] = e.At
			x.since[i] = slices.Repeat([]sim.Time{-1}, len(x.gone))
			x.awaited[i] = -1
		}
		if x.since[i][e.Actor] < 0 {
			x.since[i][e.Actor] = e.At
		}
	case observe.Crashed:
		for _, s := range x.since {
			s[e.Actor] = -1
		}
		x.gone[e.Actor] = e.Actor == x.dies
	}
}

// settle looks, once a tick is over, which instances all know.
func (x *witness) settle() {
	for i, since := range x.since {
		all := true
		for id := 1; id < len(since); id++ {
			all = all && (since[id] >= 0 || x.gone[id])
		}
		switch {
		case !all:
			x.awaited[i] = -1
		case x.awaited[i] < 0:
			x.awaited[i] = x.now
		}
	}
}

// TestInstancesAreTimed: the outcome tells of each instance when it was first
// decided, and since when who knows it, also after crashes.
func TestInstancesAreTimed(t *testing.T) {
	late, forgot := 0, 0
	for _, c := range []struct {
		name   string
		faults []faults.Fault
		gone   sim.ID
	}{
		{"calm", nil, 0},
		{"one forgets and learns again", []faults.Fault{{Name: "f", Crash: aims.These(2), At: 12, Until: 25}}, 0},
		{"one goes for good", []faults.Fault{{Name: "f", Crash: aims.These(3), At: 14, Until: faults.Forever}}, 3},
		{"it goes last", []faults.Fault{{Name: "cut", Split: [][]sim.ID{{3}}, Until: faults.Forever}, {Name: "f", Crash: aims.These(3), At: 900, Until: faults.Forever}}, 3},
	} {
		for seed := uint64(1); seed <= 40; seed++ {
			s := slots(3)
			s.Faults = c.faults
			r := runner(t, s)
			x := &witness{dies: c.gone, first: map[sim.Instance]sim.Time{}, since: map[sim.Instance][]sim.Time{}, awaited: map[sim.Instance]sim.Time{}, gone: make([]bool, s.Actors+1)}
			r.Observe(x)
			r.Reset(seed, nil)
			tally.Run()
			o := r.Run()
			x.settle()
			for i := range sim.Instance(3) {
				d, ok := o.Decision(i)
				if ok != (x.since[i] != nil) {
					t.Fatalf("%s, seed %d, instance %d: %+v", c.name, seed, i, d)
				}
				if !ok {
					continue
				}
				if d.DecideTime != x.first[i] || !slices.Equal(d.LearnedAt[1:], x.since[i][1:]) {
					t.Fatalf("%s, seed %d, instance %d: %+v, and observed %d, %v", c.name, seed, i, d, x.first[i], x.since[i])
				}
				if d.AllLearned != (x.awaited[i] >= 0) || d.AllLearned && d.LearnedTime != x.awaited[i] {
					t.Fatalf("%s, seed %d, instance %d: %+v, and observed that all know it since %d", c.name, seed, i, d, x.awaited[i])
				}
				if d.LearnedTime >= 900 {
					late++
				}
				if c.name == "one forgets and learns again" && d.LearnedAt[2] < 0 {
					forgot++
				}
			}
			if !o.AllLearned() {
				continue
			}
			last := sim.Time(0)
			for i := range sim.Instance(3) {
				d, _ := o.Decision(i)
				last = max(last, d.LearnedTime)
			}
			if last != o.LearnedTime {
				t.Fatalf("%s, seed %d: all know all since %d, and the last instance since %d", c.name, seed, o.LearnedTime, last)
			}
		}
	}
	if late == 0 || forgot == 0 {
		t.Errorf("%d instances that all knew once the last of those who did not was gone, %d forgotten: this shows nothing", late, forgot)
	}
}

// TestFirstOfAnyInstance: the first decision of a run may be of any instance.
func TestFirstOfAnyInstance(t *testing.T) {
	r := runner(t, slots(3))
	r.Reset(1, nil)
	tally.Run()
	o := r.Run()
	two, _ := o.Decision(2)
	if at, delays, ok := o.FirstDecided(); !ok || at != two.DecideTime || delays != two.Delays || at >= o.DecideTime {
		t.Errorf("first decided at %d, %v, and instance 2 at %d, 0 at %d", at, ok, two.DecideTime, o.DecideTime)
	}
	if _, ok := o.Decision(7); ok {
		t.Error("instance 7 was decided")
	}
	if _, ok := o.FirstChosen(); ok {
		t.Error("a value was chosen, and nobody counts votes")
	}
}

// TestTheOnlyInstance: where the goal is instance 0 alone, what the outcome says of
// the run it says of instance 0.
func TestTheOnlyInstance(t *testing.T) {
	s := slots(1)
	was := order
	defer func() { order = was }()
	order = []sim.Instance{0}
	r := runner(t, s)
	r.Reset(3, nil)
	tally.Run()
	o := r.Run()
	d, ok := o.Decision(0)
	if !ok || d.Value != o.Value || d.DecideTime != o.DecideTime || !d.AllLearned || d.LearnedTime != o.LearnedTime || d.Learned != 4 || !slices.Equal(d.LearnedAt, o.LearnedAt) {
		t.Errorf("%+v\nof %+v", d, o)
	}
	if len(o.Instances) != 0 || o.Instance0 != nil {
		t.Errorf("kept by instance: %+v, %+v", o.Instance0, o.Instances)
	}
}

// TestInstancesInACore: once a core has calm, the run waits for what it knows.
func TestInstancesInACore(t *testing.T) {
	s := slots(3)
	s.Network.Loss = scheduler.Certain / 3
	s.Until = 60
	core := aims.These(1, 2, 4)
	s.Core = &core
	r := runner(t, s)
	some := 0
	for seed := uint64(1); seed <= 200; seed++ {
		r.Reset(seed, nil)
		tally.Run()
		o := r.Run()
		if len(o.Core) == 0 {
			continue
		}
		for i := range sim.Instance(3) {
			d, ok := o.Decision(i)
			if !ok {
				continue
			}
			all := true
			for _, id := range o.Core {
				all = all && d.LearnedAt[id] >= 0
			}
			if d.AllLearned != all {
				t.Fatalf("seed %d, core %v: %+v", seed, o.Core, d)
			}
			if all && d.LearnedAt[3] < 0 {
				some++
			}
		}
	}
	if some == 0 {
		t.Error("no instance was known by the core alone: this shows nothing")
	}
}

// pairs is a history in which two decisions of an instance are a quorum of votes.
type pairs struct {
	sim.NoHistory[slot, sim.NoRecord]
	count    [3]int
	onChosen func(voter sim.ID, c sim.Chosen)
}

func (p *pairs) Reset()                              { p.count = [3]int{} }
func (p *pairs) OnChosen(f func(sim.ID, sim.Chosen)) { p.onChosen = f }
func (p *pairs) Decided(id sim.ID, of sim.Instance, v sim.Value, under sim.Round) *sim.Violation {
	if p.count[of]++; p.count[of] == 2 {
		p.onChosen(id, sim.Chosen{Value: v, Under: under, Instance: of})
	}
	return nil
}

func paired(goal sim.Instance) *sim.Scenario {
	s := slots(goal)
	s.Protocol = sim.Define(sim.Spec[sequencer, slot, sim.NoRecord]{
		Name:       "slots",
		Vocabulary: *s.Protocol.Vocabulary(),
		Actor:      func(*sim.Scenario, sim.Plan) sequencer { return sequencer{} },
		History:    func(*sim.Scenario, sim.Watched) sim.History[slot, sim.NoRecord] { return new(pairs) },
		Goal:       func(*sim.Scenario) sim.Goal { return sim.Goal{Instances: goal} },
	})
	return s
}

// TestChosenByInstance: what a history tells of is kept for its instance, and
// observers read which it is.
func TestChosenByInstance(t *testing.T) {
	for _, goal := range []sim.Instance{1, 3} {
		r := runner(t, paired(goal))
		told := map[string]sim.Time{}
		seen := new(lines)
		r.Observe(seen)
		r.Reset(1, nil)
		tally.Run()
		o := r.Run()
		for _, e := range seen.list {
			if e.What == observe.BecameChosen {
				told[e.Text] = e.At
			}
		}
		for i, text := range []string{"x (10)", "instance 1: x (10)", "instance 2: x (10)"} {
			d, _ := o.Decision(sim.Instance(i))
			at, chosen := told[text]
			if chosen != (d.Chosen.Value != 0) || d.ChosenTime != at || chosen && d.Chosen.Instance != sim.Instance(i) {
				t.Errorf("goal %d: instance %d: %+v, and %q was told at %d", goal, i, d, text, at)
			}
		}
		if at, ok := o.FirstChosen(); !ok || at != told["instance 2: x (10)"] || at == 0 || !o.Counted {
			t.Errorf("goal %d: first chosen at %d: %v", goal, at, told)
		}
		if o.Chosen.Instance != 0 || o.ChosenTime != told["x (10)"] {
			t.Errorf("goal %d: %+v", goal, o)
		}
	}
}

// TestInstancesAllocateNothing: once warm, runs of several instances take no memory.
func TestInstancesAllocateNothing(t *testing.T) {
	s := paired(3)
	s.Faults = []faults.Fault{{Name: "f", Crash: aims.These(2), At: 12, Until: 25}}
	r := runner(t, s)
	seed := uint64(0)
	run := func() {
		r.Reset(seed%20, nil)
		tally.Run()
		r.Run()
		seed++
	}
	for range 40 {
		run()
	}
	if n := testing.AllocsPerRun(100, run); n != 0 {
		t.Errorf("%v allocations a run", n)
	}
}

// TestKept: an outcome that is kept does not change with the next run.
func TestKept(t *testing.T) {
	r := runner(t, slots(3))
	r.Reset(1, nil)
	tally.Run()
	text := func(o sim.Outcome) string {
		zero := *o.Instance0
		o.Instance0 = nil
		return fmt.Sprintf("%+v %+v", o, zero)
	}
	is := r.Run()
	o, was := is.Kept(), text(is)
	s := is.Instances[0].LearnedAt
	r.Reset(2, nil)
	tally.Run()
	r.Run()
	if slices.Equal(s, o.Instances[0].LearnedAt) {
		t.Fatal("the world's own is still the same: this shows nothing")
	}
	if got := text(o); got != was {
		t.Errorf("kept\n%s, was\n%s", got, was)
	}
}
