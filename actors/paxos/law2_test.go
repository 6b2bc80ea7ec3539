package paxos_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// Law 2: choices have names. Take one surprise out of a run, and every choice
// outside the happens-before future of the changed answer is asked again and
// answered as before.

// rough is a random scenario with every family of the spine.
func rough(seed uint64) *sim.Scenario {
	r := rand.New(rand.NewPCG(seed, 2))
	n := 2 + r.IntN(4)
	s := &sim.Scenario{
		Name: "rough", Tick: 100_000, Actors: n, Protocol: paxos.Protocol(),
		Network: weather.Network{DelayMin: sim.Time(1 + r.IntN(10)), Loss: scheduler.Probability(r.IntN(3) * 100_000_000), Duplicate: scheduler.Probability(r.IntN(3) * 100_000_000)},
		Disk:    disks.Disk{Sync: sim.Time(r.IntN(2) * 8)},
	}
	s.Network.DelayMax = s.Network.DelayMin + sim.Time(r.IntN(40))
	if r.IntN(2) == 0 {
		s.Crashes = faults.Crashes{Chance: 20_000_000, DownMin: 20, DownMax: 120}
	}
	if r.IntN(2) == 0 {
		s.ByChance = true
	} else {
		s.Requests = []sim.ScriptedRequest{{Actor: 1}, {At: sim.Time(r.IntN(50))}}
	}
	if n > 2 && r.IntN(2) == 0 {
		s.Faults = append(s.Faults, faults.Fault{Name: "cut", At: sim.Time(r.IntN(60)), Until: 200, Split: [][]sim.ID{{1, 2}}})
	}
	for _, name := range []string{"learn", "on_nack", "fan_out"} {
		setting(s, name, int64(r.IntN(2)))
	}
	return s
}

// testimony is one run: what was asked when, and its trace.
type testimony struct {
	base   scheduler.Source
	runner sim.Runner
	asked  []answered
	trace  []observe.Entry
	end    sim.Time
}

type answered struct {
	scheduler.Asked
	at sim.Time
}

func (w *testimony) Answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	a := seeded
	if w.base != nil {
		a = w.base.Answer(k, outcomes, seeded)
	}
	w.asked = append(w.asked, answered{scheduler.Asked{Key: k, Outcomes: outcomes, Answer: a}, w.runner.Outcome().Ended})
	return a
}

func (w *testimony) Observe(e observe.Entry) { w.trace = append(w.trace, e) }

func testify(t testing.TB, s *sim.Scenario, seed uint64, base scheduler.Source) *testimony {
	w := &testimony{base: base, runner: newRunner(t, s)}
	w.runner.Observe(w)
	w.runner.Reset(seed, w)
	tally.Run()
	w.end = w.runner.Run().Ended
	return w
}

const never = sim.Time(1) << 62

// future is, by actor, the time from which it may know of the changed answer,
// in either run.
func future(n int, words *sim.Vocabulary, changed answered, runs ...*testimony) []sim.Time {
	from := make([]sim.Time, n+1)
	for i := range from {
		from[i] = never
	}
	k := changed.Key
	if isFate(k) {
		// The receiver knows from the first arrival that is not in both runs.
		arrivals := map[string]int{}
		for _, w := range runs {
			for _, e := range w.trace {
				if e.What == observe.Delivered && e.Kind == k.Kind() && e.Peer == sim.ID(k.From()) && e.Actor == sim.ID(k.To()) && e.N == k.Count() {
					arrivals[fmt.Sprint(e.Copy, e.At)]++
				}
			}
		}
		for _, w := range runs {
			for _, e := range w.trace {
				if e.What == observe.Delivered && e.Kind == k.Kind() && e.Peer == sim.ID(k.From()) && e.Actor == sim.ID(k.To()) && e.N == k.Count() && arrivals[fmt.Sprint(e.Copy, e.At)] != len(runs) {
					from[e.Actor] = min(from[e.Actor], e.At)
				}
			}
		}
	} else if k.From() != 0 {
		from[k.From()] = changed.at
	} else { // which actor a client asks
		for _, w := range runs {
			for _, e := range w.trace {
				if e.What == observe.Asked {
					from[e.Actor] = min(from[e.Actor], e.At)
				}
			}
		}
	}
	for again := true; again; {
		again = false
		for _, w := range runs {
			left := map[[3]uint32]sim.Time{}
			for _, e := range w.trace {
				if e.What == observe.Sent || e.What == observe.Broadcast {
					left[[3]uint32{uint32(e.Actor), uint32(e.Kind), e.N}] = e.At
				}
				if e.What == observe.Delivered && left[[3]uint32{uint32(e.Peer), uint32(e.Kind), e.N}] >= from[e.Peer] && e.At < from[e.Actor] {
					from[e.Actor] = e.At
					again = true
				}
			}
		}
	}
	return from
}

// isFate says whether a choice is about a message on its way.
func isFate(k scheduler.Key) bool { return k.What() < 12 }

// lawBroken compares two runs that differ in one answer.
func lawBroken(n int, words *sim.Vocabulary, changed answered, a, b *testimony) error {
	from := future(n, words, changed, a, b)
	end := min(a.end, b.end)
	for _, pair := range [][2]*testimony{{a, b}, {b, a}} {
		other := map[scheduler.Key]uint32{}
		for _, x := range pair[1].asked {
			other[x.Key] = x.Answer
		}
		for _, x := range pair[0].asked {
			if x.at >= end || x.at >= from[x.Key.From()] || x.Key == changed.Key || sameMessage(x.Key, changed.Key) {
				continue
			}
			got, ok := other[x.Key]
			if !ok {
				return fmt.Errorf("without %q, %q (tick %d) is asked in one run only", words.KeyText(changed.Key), words.KeyText(x.Key), x.at)
			}
			if got != x.Answer {
				return fmt.Errorf("without %q, %q (tick %d) is answered %d and %d", words.KeyText(changed.Key), words.KeyText(x.Key), x.at, x.Answer, got)
			}
		}
	}
	return nil
}

func sameMessage(a, b scheduler.Key) bool {
	return isFate(a) && isFate(b) && a.WithWhat(0) == b.WithWhat(0)
}

// TestLaw2 takes single surprises out of random runs.
func TestLaw2(t *testing.T) {
	pairs, compared := 0, 0
	for seed := range uint64(400) {
		s := rough(seed)
		a := testify(t, s, seed, nil)
		for i, x := range a.asked {
			if x.Answer == 0 || (i*7+int(seed))%11 != 0 {
				continue
			}
			b := testify(t, s, seed, &scheduler.Edited{Answers: map[scheduler.Key]uint32{x.Key: 0}})
			if err := lawBroken(s.Actors, s.Protocol.Vocabulary(), x, a, b); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			pairs++
			compared += len(a.asked)
		}
	}
	t.Logf("%d pairs of runs, %d choices", pairs, compared)
}

// stream answers as a generator of random numbers would, by the next number.
type stream struct{ r *rand.Rand }

func (s stream) Answer(_ scheduler.Key, outcomes, _ uint32) uint32 {
	if u := s.r.Uint32(); u%4 == 0 {
		return s.r.Uint32N(outcomes)
	}
	return 0
}

func newStream(seed uint64) stream { return stream{rand.New(rand.NewPCG(seed, 3))} }

// TestLaw2NeedsNames: the same test refuses a plain stream.
func TestLaw2NeedsNames(t *testing.T) {
	pairs := 0
	for seed := range uint64(12) {
		s := rough(seed)
		source := func() scheduler.Source { return newStream(seed) }
		a := testify(t, s, seed, source())
		for i, x := range a.asked {
			if x.Answer == 0 || (i+int(seed))%5 != 0 {
				continue
			}
			pairs++
			b := testify(t, s, seed, &scheduler.Edited{Base: source(), Answers: map[scheduler.Key]uint32{x.Key: 0}})
			if lawBroken(s.Actors, s.Protocol.Vocabulary(), x, a, b) != nil {
				t.Logf("a plain stream is refused in pair %d", pairs)
				return
			}
		}
	}
	t.Errorf("a plain stream passes in all of %d pairs: the test of law 2 shows nothing", pairs)
}
