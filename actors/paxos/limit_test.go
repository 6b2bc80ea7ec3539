package paxos_test

import (
	"strings"
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
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// plain is a scenario in which nothing goes wrong: three actors, one request, a
// delay of 10 ticks.
func plain() *sim.Scenario {
	return &sim.Scenario{Name: "plain", Tick: 100_000, Actors: 3, Protocol: paxos.Protocol(),
		Network: weather.Network{DelayMin: 10, DelayMax: 10}, Requests: []sim.ScriptedRequest{{Actor: 1}}}
}

// voteSaved is the moment at which somebody saves a vote.
func voteSaved() *triggers.Moment { return &triggers.Moment{Does: triggers.Saves, Kind: 1} }

// everyone is a cut between all.
func everyone() *partitions.Cut {
	return &partitions.Cut{Shape: partitions.Isolate, Who: aims.Target{Group: aims.Everyone}}
}

const long = 100_000 // ten seconds

// TestLimitKnowsEveryDuration: whatever lasts for so long in a scenario, the limit
// on time is later by as much, and runs decide within it.
func TestLimitKnowsEveryDuration(t *testing.T) {
	before := plan(t, plain()).TimeLimit
	slow := weather.Unchanged()
	slow.Delay = &delays.Delay{Min: long, Max: long}
	lossy := weather.Unchanged()
	lossy.Loss = scheduler.Certain
	forLong := &delays.Delay{Min: long, Max: long}
	for _, c := range []struct {
		name string
		set  func(s *sim.Scenario)
		adds sim.Time
	}{
		{"until", func(s *sim.Scenario) { s.Until, s.Network.Loss = long, scheduler.Certain }, long},
		{"periods", func(s *sim.Scenario) {
			s.Periods = []weather.Period{{For: long, Weather: lossy, Crashes: weather.Same}, {For: long, Weather: lossy, Crashes: weather.Same}}
		}, 2 * long},
		{"a period's delay", func(s *sim.Scenario) {
			s.Periods = []weather.Period{{For: 5, Weather: slow, Crashes: weather.Same}}
		}, long - 10},
		{"a request", func(s *sim.Scenario) { s.Requests[0].At = long }, long},
		{"a cut by the clock", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", At: 1, Until: long, Cut: everyone()}}
		}, long},
		{"a cut for so long", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", At: 1, Until: faults.Forever, For: forLong, Cut: everyone()}}
		}, long},
		{"a cut at a moment", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", When: voteSaved(), Until: faults.Forever, For: forLong, Cut: everyone()}}
		}, long},
		{"cuts at moments, one after the other", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{
				{Name: "f", When: voteSaved(), Until: faults.Forever, For: forLong, Cut: everyone()},
				{Name: "g", When: &triggers.Moment{Does: triggers.Decides}, Until: faults.Forever, For: forLong, Cut: everyone()},
			}
		}, 2 * long},
		{"a cut until a moment, at the latest", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", At: 1, Until: long, UntilWhen: &triggers.Moment{Does: triggers.Falls}, Cut: everyone()}}
		}, long},
		{"cuts by chance, until they are over", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", Until: long, Every: &delays.Delay{Min: 1, Max: 1}, For: forLong, Cut: everyone()}}
		}, long},
		{"crashes by chance, from which one comes back late", func(s *sim.Scenario) {
			s.Until, s.Crashes = 50, faults.Crashes{Chance: scheduler.Certain / 2, DownMin: long, DownMax: long}
		}, long},
		{"a crash", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", When: voteSaved(), Until: faults.Forever, For: forLong, Crash: aims.Target{Group: aims.Everyone}}}
		}, long},
		{"a pause", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", When: voteSaved(), Until: faults.Forever, For: forLong, Pause: aims.Target{Group: aims.Everyone}}}
		}, long},
		{"a clog", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", When: voteSaved(), Until: faults.Forever, For: forLong, Clog: &aims.Links{}}}
		}, long},
		{"a weather on links", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", When: voteSaved(), Until: faults.Forever, For: forLong, Weather: &lossy}}
		}, long},
		{"the delay of a weather on links", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", At: 1, Until: 30, Weather: &slow}}
		}, long},
		{"places", func(s *sim.Scenario) {
			s.Network.Places = &weather.Places{Names: []string{"here", "there"}, Of: make([]uint8, s.Actors), Delay: [][]sim.Time{{0, long}, {0, 0}}}
			s.Network.Places.Of[0] = 1 // all others are far from it, and it is near to them
			s.Network.Places.Delay[1][0] = 1
		}, long},
		{"going on", func(s *sim.Scenario) { s.Limits.Linger = long }, long},
		{"a bias", func(s *sim.Scenario) { s.Network.Bias = long }, long},
		{"a sync", func(s *sim.Scenario) { s.Disk.Sync = long }, long},
		{"the delay", func(s *sim.Scenario) { s.Network.DelayMax = long }, long},
		{"repeat", func(s *sim.Scenario) { setting(s, "repeat", long) }, long},
		{"learn_timeout", func(s *sim.Scenario) { setting(s, "learn_timeout", long) }, long},
		{"round_limit", func(s *sim.Scenario) { setting(s, "round_limit", long) }, long},
		{"backoff_cap", func(s *sim.Scenario) { setting(s, "backoff_cap", long) }, long},
		{"x", func(s *sim.Scenario) { setting(s, "x", int64(scheduler.Certain)/long) }, long},
		{"asks in vain", func(s *sim.Scenario) {
			setting(s, "learn", 1)
			setting(s, "repeats", 1000)
		}, 1000 * 40},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := plain()
			c.set(s)
			p := plan(t, s)
			if p.NoGuarantee != "" {
				t.Fatalf("nothing is promised: %s", p.NoGuarantee)
			}
			if p.TimeLimit < before+c.adds {
				t.Errorf("the limit is %d: expected %d + %d at least", p.TimeLimit, before, c.adds)
			}
			r := newRunner(t, s)
			for seed := range uint64(5) {
				r.Reset(seed, nil)
				tally.Run()
				if o := r.Run(); o.Verdict != observe.VerdictDecided {
					t.Fatalf("seed %d: %v, %v at %d\n%q", seed, o.Verdict, o.End, o.Ended, r.Diagnosis())
				}
			}
		})
	}
}

// pushedOff makes the proposer's own vote leave while its Accept is on the link. A
// message to oneself takes the least time, and every other takes longer.
func pushedOff(s *sim.Scenario) {
	s.Network.Capacity, s.Network.EvictOldest, s.Network.Bias = 1, true, 50
	setting(s, "repeats", 0)
}

// neverThere makes each repetition push the one before off the link.
func neverThere(s *sim.Scenario) {
	s.Network.Capacity, s.Network.EvictOldest = 1, true
	setting(s, "repeat", int64(s.Network.DelayMax)-1)
	setting(s, "repeats", 10)
}

// TestFullLinksForEver: where the plan says that full links may keep a run from
// deciding, they do: of runs in which a vote pushes its Accept off most never do, of
// those whose repetitions push one another off none. With one repetition, with room
// for a second message, or with slower repetitions, all decide.
func TestFullLinksForEver(t *testing.T) {
	one := func(s *sim.Scenario) { pushedOff(s); setting(s, "repeats", 1) }
	room := func(s *sim.Scenario) { pushedOff(s); s.Network.Capacity = 2 }
	slower := func(s *sim.Scenario) { neverThere(s); setting(s, "repeat", int64(3*s.Network.DelayMax)) }
	for _, c := range []struct {
		name  string
		set   func(s *sim.Scenario)
		least int // of 20 runs, how many decide
		most  int
	}{
		{"pushed off", pushedOff, 0, 10}, {"never there", neverThere, 0, 0},
		{"one repetition", one, 20, 20}, {"room for two", room, 20, 20}, {"slower repetitions", slower, 20, 20},
	} {
		s := &sim.Scenario{Tick: 1_000_000, Actors: 5, Protocol: paxos.Protocol(), ByChance: true, Network: weather.Network{DelayMin: 10, DelayMax: 10}}
		c.set(s)
		r, err := s.Protocol.New(s)
		if err != nil {
			t.Fatal(err)
		}
		decided := 0
		for seed := range uint64(20) {
			r.Reset(seed, nil)
			if o := r.Run(); o.Verdict == observe.VerdictDecided {
				decided++
			}
		}
		if decided < c.least || decided > c.most {
			t.Errorf("%s: %d of 20 runs decide, want %d to %d", c.name, decided, c.least, c.most)
		}
	}
}

// TestNothingIsPromised: where runs may not decide the plan says so, and why.
func TestNothingIsPromised(t *testing.T) {
	forever := func(f faults.Fault) func(*sim.Scenario) {
		return func(s *sim.Scenario) {
			f.Name, f.Until = "f", faults.Forever
			s.Faults = []faults.Fault{f}
		}
	}
	for _, c := range []struct {
		name string
		set  func(s *sim.Scenario)
		why  string
	}{
		{"nobody asks", func(s *sim.Scenario) { s.Requests = nil }, "nobody is asked"},
		{"a cut that never ends", forever(faults.Fault{Cut: everyone()}), "f may never be over"},
		{"a cut that ends at a moment alone", forever(faults.Fault{Cut: everyone(), UntilWhen: voteSaved()}), "f may never be over"},
		{"a pause that never ends", forever(faults.Fault{Pause: aims.These(1)}), "f may never be over"},
		{"a majority that is gone", forever(faults.Fault{Crash: aims.These(2, 3)}), "a majority may be down"},
		{"whoever is asked is gone", forever(faults.Fault{Crash: aims.These(1)}), "whoever is asked"},
		{"too much loss for ever", func(s *sim.Scenario) { s.Network.Loss = scheduler.Certain / 1000 * 999 }, "goes wrong for ever"},
		{"too many crashes for ever", func(s *sim.Scenario) {
			s.Crashes = faults.Crashes{Chance: scheduler.Certain / 2, DownMin: 1, DownMax: 1}
		}, "goes wrong for ever"},
		{"a cut that is nearly always there", func(s *sim.Scenario) {
			s.Faults = []faults.Fault{{Name: "f", Until: faults.Forever, Every: &delays.Delay{Min: 5, Max: 5}, For: &delays.Delay{Min: 50, Max: 50}, Cut: everyone()}}
		}, "goes wrong for ever"},
		{"crashes within a tick", func(s *sim.Scenario) { s.Until, s.Crashes.Chance = 50, scheduler.Certain }, "crashes again"},
		{"no patience", func(s *sim.Scenario) { setting(s, "repeat", 5) }, "gives up before"},
		{"as much patience as an answer takes", func(s *sim.Scenario) {
			setting(s, "repeat", 20)
			setting(s, "repeats", 0)
		}, "gives up before"},
		{"an Accept that its proposer's vote pushes off the link", pushedOff, "pushes its Accept off"},
		{"repeats that push one another off the link", neverThere, "before an answer"},
		{"proposers that are too eager", func(s *sim.Scenario) { setting(s, "x", int64(scheduler.Certain)) }, "hardly ever left alone"},
		{"back-offs that are too short", func(s *sim.Scenario) {
			setting(s, "on_nack", 2)
			setting(s, "backoff_cap", 1)
		}, "hardly ever left alone"},
		{"the end of time", func(s *sim.Scenario) { s.Until, s.Network.Loss = sim.MaxTime, 1 }, "latest time"},
		{"more than can be counted", func(s *sim.Scenario) { s.Until, s.Network.Loss = sim.MaxTime/2, scheduler.Certain }, "events"},
		{"a limit that is stated", func(s *sim.Scenario) { s.Limits.Time = 1000 }, "limits.time is stated"},
		{"a limit on events that is stated", func(s *sim.Scenario) { s.Limits.Events = 10 }, "limits.events is stated"},
		{"a mutant", func(s *sim.Scenario) { s.Mutant = "any" }, "mutant"},
		{"not Paxos", func(s *sim.Scenario) { setting(s, "adopt", 0) }, "adopt"},
		{"forged senders", func(s *sim.Scenario) { s.Network.Forge = 1 }, "forged"},
		{"a core that may be gone", func(s *sim.Scenario) {
			s.Until, s.Core = 50, &aims.Target{Group: aims.Everyone}
			forever(faults.Fault{Crash: aims.Target{Group: aims.AtRandom, Many: 2}})(s)
		}, "no core"},
		{"a core without patience", func(s *sim.Scenario) {
			s.Until, s.Core = 50, &aims.Target{Group: aims.Everyone}
			setting(s, "repeat", 5)
		}, "gives up before"},
		{"a core with hardly any patience", func(s *sim.Scenario) {
			s.Until, s.Core, s.Network, s.Disk.Sync = 50, &aims.Target{Group: aims.Everyone}, weather.Network{}, 10_000
			setting(s, "repeats", 0)
		}, "hardly waits"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := plain()
			c.set(s)
			p, _ := s.Protocol.Resolve(s)
			if !strings.Contains(p.NoGuarantee, c.why) {
				t.Errorf("it says %q: expected %q", p.NoGuarantee, c.why)
			}
			if s.Limits.Time == 0 && !strings.Contains(limitHow(p), p.NoGuarantee) {
				t.Errorf("of the limit it says %q, and not %q", limitHow(p), p.NoGuarantee)
			}
		})
	}
}

// TestEndlessButHarmless: of what never ends some keeps nobody from deciding.
func TestEndlessButHarmless(t *testing.T) {
	lossy := weather.Unchanged()
	lossy.Loss = scheduler.Certain / 2
	for _, c := range []struct {
		name string
		f    faults.Fault
	}{
		{"a ring of three", faults.Fault{Cut: &partitions.Cut{Shape: partitions.Ring, Who: aims.These(3, 1, 2)}}},
		{"a minority that is gone", faults.Fault{Crash: aims.These(3)}},
		{"links that lose half", faults.Fault{Weather: &lossy}},
		{"a cut long after", faults.Fault{At: 1_000_000, Cut: everyone()}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := plain()
			c.f.Name, c.f.Until = "f", faults.Forever
			s.Faults = []faults.Fault{c.f}
			if p := plan(t, s); p.NoGuarantee != "" {
				t.Fatalf("nothing is promised: %s", p.NoGuarantee)
			}
			r := newRunner(t, s)
			for seed := range uint64(50) {
				r.Reset(seed, nil)
				tally.Run()
				if o := r.Run(); o.Verdict != observe.VerdictDecided {
					t.Fatalf("seed %d: %v, %v\n%q", seed, o.Verdict, o.End, r.Diagnosis())
				}
			}
		})
	}
}

// plan is what the protocol makes of a scenario that must be sound.
func plan(t *testing.T, s *sim.Scenario) sim.Plan {
	t.Helper()
	p, problems := s.Protocol.Resolve(s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return p
}

// limitHow is how the limit on time is computed, in words.
func limitHow(p sim.Plan) string {
	for _, l := range p.Lines {
		if l.Name == "limits.time" {
			return l.How
		}
	}
	return ""
}
