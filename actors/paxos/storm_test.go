package paxos_test

import (
	"flag"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
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

var (
	randomWeathers = flag.Int("random-weathers", 400, "how many random scenarios TestRandomWeather makes")
	randomSeeds    = flag.Int("random-seeds", 100, "under how many seeds each of them runs")
)

// randomWeather is a random scenario with every family of faults of the model: 1 to 9
// actors, any settings. Its weather calms for good, for all or for a core, and
// whoever is down for ever leaves a quorum. Times are spread by their logarithm:
// a disk may be a hundred times slower than the network, or the reverse, a fault
// may last for a hundred rounds, and links may be a hundred times slower than
// elsewhere.
func randomWeather(seed uint64) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 21))
	n := 1 + r.IntN(9)
	maybe := func(most int) scheduler.Probability {
		return scheduler.Probability(max(0, r.IntN(2*most)-most)) * (scheduler.Certain / 1000)
	}
	// spread is a number up to the greatest: as likely from 1 to 10 as from 10 to 100.
	spread := func(most sim.Time) sim.Time {
		most = max(most, 1)
		digits := r.IntN(bits.Len64(uint64(most)))
		return min(sim.Time(1)<<digits+sim.Time(r.Int64N(1<<digits)), most)
	}
	span := func(least, most sim.Time) *delays.Delay {
		d := &delays.Delay{Min: least + spread(most) - 1}
		d.Max = d.Min + spread(most) - 1
		return d
	}
	pace := spread(10_000)
	s := &sim.Scenario{
		Name: "tempest", Tick: 100_000, Actors: n, Protocol: paxos.Protocol(), SpareQuorum: true,
		Network: weather.Network{DelayMin: spread(pace) - 1, Loss: maybe(500), Duplicate: maybe(500), Copies: r.IntN(4), Corrupt: maybe(200),
			FIFO: r.IntN(4) == 0, Capacity: r.IntN(3) / 2 * (2 + r.IntN(6)), EvictOldest: r.IntN(2) == 0},
	}
	s.Network.DelayMax = s.Network.DelayMin + spread(pace) - 1
	if r.IntN(2) == 0 {
		s.Network.Bias = spread(pace)
	}
	if r.IntN(2) == 0 {
		s.Disk.Sync = spread(100 * pace)
	}
	round := 4*(s.Network.DelayMax+s.Network.Bias) + 3*s.Disk.Sync + 1
	s.Crashes = faults.Crashes{Chance: maybe(50), DownMin: spread(20 * round), DownMax: 20 * round}
	s.Crashes.DownMax = s.Crashes.DownMin + spread(20*round)
	storm := 1 + int(round/4+spread(20*round))
	if r.IntN(2) == 0 {
		for range 1 + r.IntN(4) {
			s.Periods = append(s.Periods, weather.Period{For: sim.Time(1 + storm/3), Crashes: maybe(60),
				Weather: weather.Weather{Delay: span(0, 10*pace), Loss: maybe(700), Duplicate: weather.Same, Corrupt: maybe(300), Forge: weather.Same}})
		}
	} else {
		s.Until = sim.Time(storm)
	}
	if r.IntN(2) == 0 {
		s.Core = &aims.Target{Group: aims.Everyone}
	}
	ids := func(least, most int) []sim.ID {
		var out []sim.ID
		for _, i := range r.Perm(n)[:least+r.IntN(most-least+1)] {
			out = append(out, sim.ID(i+1))
		}
		return out
	}
	if n > 2 && r.IntN(3) == 0 {
		s.Members = ids(2, n)
	}
	target := func() aims.Target {
		switch r.IntN(7) {
		case 0:
			return aims.Target{Group: aims.Everyone}
		case 1, 2:
			return aims.Target{Group: aims.AtRandom, Many: 1 + r.IntN(n)}
		case 3:
			return aims.Target{Group: aims.Majority}
		case 4:
			return aims.Target{Group: aims.Minority}
		}
		return aims.These(ids(1, n)...)
	}
	links := func() aims.Links {
		return aims.Links{From: target(), To: target(), Kinds: [][]uint8{nil, {uint8(paxos.Prepare)}, {uint8(paxos.Accept), uint8(paxos.Accepted)}}[r.IntN(3)]}
	}
	moment := func() *triggers.Moment {
		m := &triggers.Moment{Who: sim.ID(r.IntN(n + 1)), Does: triggers.Doing(1 + r.IntN(6)), Times: r.IntN(4)}
		if r.IntN(4) == 0 {
			m.Times, m.Most = 0, true
		}
		switch m.Does {
		case triggers.Sends, triggers.Receives:
			m.Kind = uint8(1 + r.IntN(5))
		case triggers.Saves:
			m.Kind = uint8(r.IntN(4))
		}
		return m
	}
	calm := s.CalmTime()
	crowd := r.IntN(3) == 0 // crashes and pauses on top of one another, of few actors
	few := aims.These(ids(1, min(n, 2))...)
	for i := range r.IntN(7) {
		f := faults.Fault{Name: fmt.Sprint("f", i), At: sim.Time(r.IntN(int(calm)))}
		f.Until = f.At + spread(20*round)
		switch r.IntN(3) {
		case 0:
			f.Until, f.Every, f.For = faults.Forever, span(1+round/8, 4*round), span(1, 4*round)
		case 1:
			f.When, f.At, f.Until = moment(), 0, faults.Forever
			f.For = span(0, 100*round)
		}
		if f.Every == nil && r.IntN(3) == 0 {
			f.UntilWhen = moment()
		}
		k := r.IntN(9)
		if crowd {
			k = []int{3, 4}[r.IntN(2)]
			f.At = min(f.At, 300)
		}
		switch k {
		case 0:
			f.Clog = new(links())
		case 1:
			w := weather.Unchanged()
			w.Loss, w.Corrupt, w.Delay = maybe(800), maybe(300), span(0, 100*pace)
			f.Weather, f.On = &w, links()
		case 2, 3:
			if f.Crash = target(); crowd {
				f.Crash = few
			}
			if f.Every == nil && r.IntN(3) == 0 {
				f.When, f.UntilWhen, f.For, f.Until = nil, nil, nil, faults.Forever // for good: the scenario spares a quorum
				f.Crash = aims.Target{Group: aims.AtRandom, Many: 1 + r.IntN(n)}
			}
		case 4:
			if f.Pause = target(); crowd {
				f.Pause = few
			}
		case 5:
			f.Cut = &partitions.Cut{Shape: partitions.OneWay, From: target(), To: target()}
		default:
			f.Cut = &partitions.Cut{Shape: []partitions.Shape{partitions.Isolate, partitions.Ring, partitions.Chain, partitions.Bridge, partitions.Halves}[r.IntN(5)], Who: aims.These(ids(1, n)...)}
			if n == 1 {
				f.Cut.Shape = partitions.Isolate
			}
		}
		s.Faults = append(s.Faults, f)
	}
	// Somebody who may not be down for good asks late, so that there is
	// something to decide after the storm.
	if s.ByChance = r.IntN(2) == 0; !s.ByChance {
		s.Requests = []sim.ScriptedRequest{{Actor: 0, At: 0}}
		for id := 1; id <= n; id++ {
			s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: sim.ID(id), At: sim.Time(r.IntN(int(calm)))})
		}
	}
	setting(s, "fan_out", int64(r.IntN(3)))
	setting(s, "on_nack", int64(r.IntN(3)))
	setting(s, "learn", int64(r.IntN(2)))
	setting(s, "save_learned", int64(r.IntN(2)))
	setting(s, "repeats", int64(r.IntN(5)))
	answer := 2*(s.Network.DelayMax+s.Network.Bias) + 2*s.Disk.Sync + 1
	for _, x := range []struct {
		name        string
		least, most sim.Time
	}{{"repeat", answer, 10 * answer}, {"learn_timeout", 1, 20 * round}, {"round_limit", 1, 4 * round}, {"backoff_cap", 8 * round, 20 * round}} {
		if r.IntN(4) == 0 {
			setting(s, x.name, int64(min(x.least+spread(x.most)-1, x.most)))
		}
	}
	if r.IntN(6) == 0 {
		setting(s, "x", max(int64(scheduler.Certain)/int64(round)/int64(n)/int64(spread(8)), 1))
	}
	return s
}

// TestRandomWeather: in any weather of the model Paxos is safe, and once that has
// calmed it decides: within the bound that is computed, if it calms for a core.
func TestRandomWeather(t *testing.T) {
	scenarios, seeds := uint64(*randomWeathers), uint64(*randomSeeds)
	if testing.Short() {
		scenarios = 50
	}
	families := make([]faults.Tally, faults.Families)
	cores, runs, none, closest := 0, 0, uint64(0), sim.Time(0)
	for n := range scenarios {
		s := randomWeather(n)
		r, err := s.Protocol.New(s)
		if err != nil {
			t.Fatalf("tempest %d is unsound: %v", n, err)
		}
		if plan, _ := s.Protocol.Resolve(s); plan.NoGuarantee != "" {
			none++
			continue
		}
		for seed := range seeds {
			r.Reset(seed, nil)
			o := r.Run()
			if o.Verdict != observe.VerdictDecided {
				t.Fatalf("tempest %d, seed %d: %v, %v, %+v\n%q\n%+v\n%+v", n, seed, o.Verdict, o.End, o.Violation, r.Diagnosis(), o, s)
			}
			for f := range families {
				families[f].Struck += o.Families[f].Struck
			}
			if len(o.Core) > 0 {
				cores++
			}
			if o.Deadline > 0 && o.LearnedTime > o.StormOver {
				closest = max(closest, 100*(o.LearnedTime-o.StormOver)/(o.Deadline-o.StormOver))
			}
			runs++
		}
	}
	t.Logf("%d runs, %d with a core, the last of which took at most %d %% of its bound; %v", runs, cores, closest, families)
	if closest < 50 {
		t.Errorf("the bound is never more than %d %% used: it shows little", closest)
	}
	for f, h := range families {
		if h.Struck == 0 && faults.Family(f) != faults.FamilyForge {
			t.Errorf("%v never struck", faults.Family(f))
		}
	}
	if none*20 > scenarios {
		t.Errorf("of %d of %d scenarios nothing is promised", none, scenarios)
	}
	if cores < runs/10 {
		t.Errorf("only %d of %d runs had a core", cores, runs)
	}
}
