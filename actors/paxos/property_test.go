package paxos_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// anyScenario draws a sound scenario of 1 to 9 actors: every family of faults
// on or off, any settings. Its weather calms for good, who is down for ever is
// a minority of the members, and somebody who stays has a request.
func anyScenario(t *rapid.T) *sim.Scenario {
	n := rapid.IntRange(1, 9).Draw(t, "actors")
	number := func(name string, least, most int) int { return rapid.IntRange(least, most).Draw(t, name) }
	maybe := func(name string, most int) scheduler.Probability { // per mille
		return scheduler.Probability(max(0, number(name, -most, most))) * (scheduler.Certain / 1000)
	}
	s := &sim.Scenario{
		Name: "any", Tick: 100_000, Actors: n, Protocol: paxos.Protocol(),
		Network: weather.Network{DelayMin: sim.Time(number("least delay", 0, 20)), Loss: maybe("loss", 600), Duplicate: maybe("duplicate", 600)},
		Disk:    disks.Disk{Sync: sim.Time(max(0, number("sync", -20, 30)))},
		Crashes: faults.Crashes{Chance: maybe("crashes", 60), DownMin: sim.Time(number("least down", 0, 50))},
		Until:   sim.Time(number("until", 100, 5000)),
	}
	s.Network.DelayMax = s.Network.DelayMin + sim.Time(number("delays", 0, 100))
	s.Network.Shape = []delays.Shape{{},
		{Model: delays.Exponential, Scale: 10}, {Model: delays.LogNormal, Scale: 20, Sigma: 1000}, {Model: delays.Pareto, Scale: 10, Alpha: 1500},
	}[number("shape", 0, 3)]
	s.Crashes.DownMax = s.Crashes.DownMin + sim.Time(number("downs", 0, 100))
	everybody := make([]sim.ID, n)
	for i := range everybody {
		everybody[i] = sim.ID(i + 1)
	}
	some := func(name string, from []sim.ID, least, most int) []sim.ID {
		return rapid.Permutation(from).Draw(t, name)[:number(name+" many", least, most)]
	}
	members := everybody
	if rapid.Bool().Draw(t, "only some are members") {
		members = some("members", everybody, 1, n)
		s.Members = members
	}
	gone := some("gone for ever", members, 0, (len(members)-1)/2)
	if len(gone) > 0 {
		s.Faults = append(s.Faults, faults.Fault{Name: "gone", At: sim.Time(number("gone at", 0, 1000)), Until: faults.Forever, Crash: aims.These(gone...)})
	}
	if n > 1 && rapid.Bool().Draw(t, "cut") {
		at := sim.Time(number("cut at", 0, 3000))
		s.Faults = append(s.Faults, faults.Fault{Name: "cut", At: at, Until: at + sim.Time(number("cut for", 1, 3000)), Split: [][]sim.ID{some("side", everybody, 1, n-1)}})
	}
	if rapid.Bool().Draw(t, "crash") {
		at := sim.Time(number("crash at", 0, 1000))
		s.Faults = append(s.Faults, faults.Fault{Name: "crash", At: at, Until: at + sim.Time(number("crash for", 1, 1000)), Crash: aims.These(some("down", everybody, 1, n)...)})
	}
	// Crashes and pauses on top of one another, some of which begin or are over at
	// moments that the others or they themselves cause.
	moment := func() *triggers.Moment {
		m := &triggers.Moment{Who: sim.ID(number("who", 0, n)), Does: triggers.Doing(number("does", int(triggers.Sends), int(triggers.Returns)))}
		if m.Does == triggers.Sends || m.Does == triggers.Receives {
			m.Kind = uint8(paxos.Prepare)
		}
		return m
	}
	for i := range number("overlapping", 0, 3) {
		at := sim.Time(number("over at", 0, 300))
		f := faults.Fault{Name: string(rune('a' + i)), At: at, Until: at + sim.Time(number("over for", 1, 1000))}
		if whom := aims.These(some("over whom", everybody, 1, n)...); rapid.Bool().Draw(t, "pause") {
			f.Pause = whom
		} else {
			f.Crash = whom
		}
		if rapid.Bool().Draw(t, "when") {
			f.When, f.At = moment(), 0
		}
		if rapid.Bool().Draw(t, "until when") {
			f.UntilWhen = moment()
		}
		s.Faults = append(s.Faults, f)
	}
	if s.ByChance = rapid.Bool().Draw(t, "by chance"); !s.ByChance {
		stays := everybody[0]
		for _, id := range everybody {
			if !contains(gone, id) {
				stays = id
			}
		}
		s.Requests = []sim.ScriptedRequest{{Actor: stays, At: sim.Time(number("at", 0, 500))}}
		for range number("requests more", 0, 3) {
			s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: sim.ID(number("asked", 0, n)), At: sim.Time(number("at", 0, 2000))})
		}
	}
	setting(s, "fan_out", int64(number("fan_out", 0, 2)))
	setting(s, "on_nack", int64(number("on_nack", 0, 2)))
	setting(s, "learn", int64(number("learn", 0, 1)))
	setting(s, "save_learned", int64(number("save_learned", 0, 1)))
	setting(s, "repeats", int64(number("repeats", 0, 5)))
	if rapid.Bool().Draw(t, "x") {
		// At most what is computed by default: much more, and actors disturb
		// one another for longer than any limit.
		busy := int64(s.Network.DelayMin+s.Network.DelayMax+2*s.Disk.Sync+2) * int64(n)
		setting(s, "x", int64(scheduler.Certain)/(busy*int64(number("x", 1, 10))))
	}
	return s
}

func contains(ids []sim.ID, id sim.ID) bool {
	for _, i := range ids {
		if i == id {
			return true
		}
	}
	return false
}

// TestAnyScenario: safe always, and decided once the weather has calmed for
// good.
func TestAnyScenario(t *testing.T) {
	runs, families := 0, map[string]uint64{}
	rapid.Check(t, func(t *rapid.T) {
		s := anyScenario(t)
		r, err := s.Protocol.New(s)
		if err != nil {
			t.Fatalf("the generator made an unsound scenario: %v", err)
		}
		for seed := range uint64(10) {
			r.Reset(seed, nil)
			tally.Run()
			o := r.Run()
			if o.Verdict != observe.VerdictDecided {
				t.Fatalf("seed %d: %v, %v, %+v\n%+v", seed, o.Verdict, o.End, o.Violation, s)
			}
			runs++
			families["dropped"] += o.Dropped
			families["duplicated"] += o.Duplicated
			families["crashes"] += o.Crashes
		}
	})
	t.Logf("%d runs; %v", runs, families)
	for family, n := range families {
		if n == 0 {
			t.Errorf("in %d runs nothing was ever %s", runs, family)
		}
	}
}

// TestEveryMark: over a fixed suite of rough runs, everything worth coming to is
// come to. A suite that never gets there would prove little, however often it
// runs.
func TestEveryMark(t *testing.T) {
	marks := paxos.Protocol().Marks()
	came := make([]int, len(marks))
	const runs = 1000
	for seed := range uint64(runs) {
		r := newRunner(t, rough(seed))
		r.Reset(seed, nil)
		tally.Run()
		o := r.Run()
		for i := range marks {
			if o.Marks&(1<<i) != 0 {
				came[i]++
			}
		}
	}
	for i, m := range marks {
		t.Logf("%s: %d of %d runs", m.Name, came[i], runs)
		if came[i] == 0 {
			t.Errorf("in %d runs none came to %q: %s", runs, m.Name, m.Doc)
		}
	}
}
