package sim_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// storm is a random game in weather of every family: what the laws of the
// engine are held against.
func storm(seed uint64) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 11))
	n := 2 + r.IntN(5)
	maybe := func(most int) scheduler.Probability {
		return scheduler.Probability(max(0, r.IntN(2*most)-most)) * (scheduler.Certain / 1000)
	}
	span := func(least, most int) *delays.Delay {
		d := &delays.Delay{Min: sim.Time(least + r.IntN(most-least+1))}
		d.Max = d.Min + sim.Time(r.IntN(most))
		return d
	}
	s := &sim.Scenario{
		Name: "storm", Tick: 1000, Actors: n, Protocol: pingPong(),
		Network: weather.Network{DelayMin: sim.Time(1 + r.IntN(4)), Loss: maybe(200), Duplicate: maybe(300), Copies: r.IntN(4),
			Corrupt: maybe(100), Forge: maybe(100), Bias: sim.Time(r.IntN(2) * r.IntN(20)), FIFO: r.IntN(3) == 0, Capacity: r.IntN(2) * (1 + r.IntN(4)), EvictOldest: r.IntN(2) == 0},
		Disk:     disks.Disk{Sync: sim.Time(r.IntN(2) * 7)},
		Crashes:  faults.Crashes{Chance: maybe(40), DownMin: 20, DownMax: 90},
		Requests: []sim.ScriptedRequest{{}, {At: 40}},
		Limits:   sim.Limits{Time: 3000},
	}
	s.Network.DelayMax = s.Network.DelayMin + sim.Time(r.IntN(30))
	if r.IntN(2) == 0 {
		for range 1 + r.IntN(3) {
			s.Periods = append(s.Periods, weather.Period{For: sim.Time(50 + r.IntN(300)), Crashes: maybe(60),
				Weather: weather.Weather{Delay: span(1, 20), Loss: maybe(500), Duplicate: weather.Same, Corrupt: maybe(300), Forge: weather.Same}})
		}
	} else {
		s.Until = sim.Time(200 + r.IntN(800))
	}
	if r.IntN(2) == 0 {
		s.Core = &aims.Target{Group: aims.Everyone}
	}
	s.SpareQuorum = r.IntN(2) == 0
	target := func() aims.Target {
		switch r.IntN(6) {
		case 0:
			return aims.Target{Group: aims.Everyone}
		case 1:
			return aims.Target{Group: aims.AtRandom, Many: 1 + r.IntN(n)}
		case 2:
			return aims.Target{Group: aims.InRole}
		case 3:
			return aims.Target{Group: aims.Majority}
		case 4:
			return aims.Target{Group: aims.Minority}
		}
		return aims.These(sim.ID(1+r.IntN(n/2)), sim.ID(n))
	}
	links := func() aims.Links {
		return aims.Links{From: target(), To: target(), Kinds: [][]uint8{nil, {0}, {1, 2}}[r.IntN(3)]}
	}
	moment := func() *triggers.Moment {
		m := &triggers.Moment{Who: sim.ID(r.IntN(n + 1)), Does: triggers.Doing(1 + r.IntN(6)), Times: r.IntN(4)}
		if r.IntN(4) == 0 {
			m.Times, m.Most = 0, true
		}
		if m.Does == triggers.Sends || m.Does == triggers.Receives {
			m.Kind = uint8(r.IntN(2))
		}
		return m
	}
	crowd := r.IntN(3) == 0 // crashes and pauses on top of one another
	for i := range r.IntN(6) {
		f := faults.Fault{Name: fmt.Sprint("f", i), At: sim.Time(r.IntN(300))}
		f.Until = f.At + sim.Time(1+r.IntN(500))
		switch r.IntN(4) {
		case 0:
			f.Every, f.For = span(5, 100), span(5, 60)
		case 1:
			f.When, f.At, f.Until = moment(), 0, faults.Forever
			f.For = span(5, 100)
		case 2:
			f.UntilWhen = moment()
		}
		if f.Every == nil && r.IntN(3) == 0 {
			f.UntilWhen = moment()
		}
		k := r.IntN(9)
		if crowd {
			k = 3 + r.IntN(2)
			f.At = min(f.At, 50)
		}
		switch k {
		case 0:
			f.Split = [][]sim.ID{{1}}
		case 1:
			f.Clog = new(links())
		case 2:
			w := weather.Unchanged()
			w.Loss, w.Delay = maybe(500), span(1, 50)
			f.Weather, f.On = &w, links()
		case 3:
			f.Crash = target()
		case 4:
			f.Pause = target()
		case 5:
			f.Cut = &partitions.Cut{Shape: partitions.OneWay, From: target(), To: target()}
		default:
			shape := []partitions.Shape{partitions.Isolate, partitions.Halves, partitions.Ring, partitions.Chain}[r.IntN(4)]
			f.Cut = &partitions.Cut{Shape: shape, Who: target()}
		}
		s.Faults = append(s.Faults, f)
	}
	return s
}

// TestStormIsARun: the laws of the engine hold in every weather: twice the same,
// whoever watches; recorded, the same; its surprises over calm make it again; no
// choice is asked twice, and every name reads back; the counters are those of
// the trace.
func TestStormIsARun(t *testing.T) {
	kinds := map[string]int{}
	whats := map[observe.What]int{}
	families := make([]faults.Tally, faults.Families)
	verdicts := map[observe.Verdict]int{}
	for seed := range gate.Of[uint64](1500, 4000) {
		s := storm(seed)
		r := runner(t, s)
		r.Reset(seed, nil)
		o := r.Run()
		plain := fmt.Sprintf("%+v", o)
		verdicts[o.Verdict]++
		for f := range families {
			families[f].Struck += o.Families[f].Struck
		}

		l := new(lines)
		watched := runner(t, s)
		watched.Observe(l)
		rec := new(scheduler.Recording)
		watched.Reset(seed, rec)
		if got := fmt.Sprintf("%+v", watched.Run()); got != plain {
			t.Fatalf("seed %d: watched and recorded\n%s\nis not\n%s\n%+v", seed, got, plain, s)
		}
		seen := map[scheduler.Key]bool{}
		for _, a := range rec.List {
			text := s.Protocol.Vocabulary().KeyText(a.Key)
			if seen[a.Key] {
				t.Fatalf("seed %d: %s is asked twice", seed, text)
			}
			seen[a.Key] = true
			if k, err := s.Protocol.Vocabulary().ParseKey(text); err != nil || k != a.Key {
				t.Fatalf("seed %d: %q parses to %v, %v, want %v", seed, text, k, err, a.Key)
			}
			kinds[strings.Fields(text)[0]]++
		}
		holdAsked(t, s, seed, rec, o)
		again := &scheduler.Edited{Base: scheduler.Calm{}, Answers: rec.Surprises()}
		r.Reset(seed+1, again)
		if got := r.Run(); got.Digest != o.Digest {
			t.Fatalf("seed %d: the surprises over calm make another run", seed)
		}
		if un := again.Unused(); len(un) > 0 {
			t.Errorf("seed %d: %d surprises were not asked for again", seed, len(un))
		}
		for _, c := range []struct {
			what observe.What
			want uint64
		}{{observe.Dropped, o.Dropped}, {observe.Doubled, o.Duplicated}, {observe.Crashed, o.Crashes}, {observe.Decided, uint64(o.Decisions)}} {
			if got := l.count(c.what); got != int(c.want) {
				t.Fatalf("seed %d: %v: %d in the trace, %d in the outcome", seed, c.what, got, c.want)
			}
		}
		for _, e := range l.list {
			whats[e.What]++
			if e.What.IsEvent() && e.Cause >= e.Event {
				t.Fatalf("seed %d: event %d is caused by event %d: %+v", seed, e.Event, e.Cause, e)
			}
		}
	}
	t.Logf("%v\n%v\n%v\n%v", verdicts, families, kinds, whats)
	for f := range families {
		if families[f].Struck == 0 {
			t.Errorf("%v never struck", faults.Family(f))
		}
	}
	for _, kind := range []string{"bias", "damaged", "damaged-copy3", "forged", "forger", "doubled-copy2", "delay-copy3", "gap", "spell", "victim", "side", "core", "leader"} {
		if kinds[kind] == 0 {
			t.Errorf("no choice %q was ever asked", kind)
		}
	}
	for _, what := range []observe.What{observe.Paused, observe.Resumed, observe.Held, observe.FaultStruck, observe.FaultHealed, observe.Elected, observe.PeriodBegins, observe.StormOver} {
		if whats[what] == 0 {
			t.Errorf("nothing in any trace is %v", what)
		}
	}
}

// holdAsked holds how often each family by chance could strike against the
// questions that were asked.
func holdAsked(t *testing.T, s *sim.Scenario, seed uint64, rec *scheduler.Recording, o sim.Outcome) {
	t.Helper()
	var asked, struck [faults.FamilyCrash + 1]uint64
	for _, a := range rec.List {
		word, _, _ := strings.Cut(s.Protocol.Vocabulary().KeyText(a.Key), " ")
		for f, stem := range [...]string{faults.FamilyLoss: "lost", faults.FamilyDuplicate: "doubled", faults.FamilyCorrupt: "damaged", faults.FamilyForge: "forged", faults.FamilyCrash: "crash"} {
			if word == stem || strings.HasPrefix(word, stem+"-") {
				asked[f]++
				struck[f] += uint64(a.Answer)
			}
		}
	}
	for f := range asked {
		if h := o.Families[f]; h.Chances != asked[f] || h.Struck != struck[f] {
			t.Fatalf("seed %d: %v: %d questions, %d of them answered by yes; counted are %d and %d", seed, faults.Family(f), asked[f], struck[f], h.Chances, h.Struck)
		}
	}
}

// TestStormInCalm: the calm answers to all questions make a run in which nothing
// strikes by chance.
func TestStormInCalm(t *testing.T) {
	for seed := range uint64(500) {
		s := storm(seed)
		s.Faults = slices.DeleteFunc(s.Faults, func(f faults.Fault) bool { return f.Every == nil })
		r := runner(t, s)
		r.Reset(seed, scheduler.Calm{})
		o := r.Run()
		for f, h := range o.Families {
			if h.Struck != 0 && faults.Family(f) != faults.FamilyEvict {
				t.Fatalf("seed %d: %v struck %d times", seed, faults.Family(f), h.Struck)
			}
		}
	}
}

// TestStormAllocatesNothing, once warm.
func TestStormAllocatesNothing(t *testing.T) {
	for seed := range uint64(40) {
		s := storm(seed)
		r := runner(t, s)
		i := uint64(0)
		run := func() {
			r.Reset(i%10, nil)
			r.Run()
			i++
		}
		for range 60 {
			run()
		}
		if n := testing.AllocsPerRun(20, run); n != 0 {
			t.Errorf("storm %d: %v allocations a run", seed, n)
		}
	}
}
