package paxos_test

import (
	"fmt"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/observe"
)

// Law 2 in any weather, by its own words: take one surprise out, and every actor
// gets the same weather up to the first event at which its own history differs.

// own says whether an entry is part of what an actor goes through.
func own(e observe.Entry) bool {
	switch e.What {
	case observe.Booted, observe.Delivered, observe.TimedOut, observe.Asked, observe.Synced, observe.Restarted, observe.Crashed, observe.Paused, observe.Resumed, observe.Held, observe.Elected:
		return e.Actor != 0
	case observe.Dropped: // of what arrives; the sender of what is lost knows nothing of it
		return e.Text == "damaged" || e.Text == "cut on arrival" || e.Text == "receiver down"
	}
	return false
}

// parting is, by actor, when its history begins to differ between two runs.
func parting(n int, a, b *testimony) []sim.Time {
	histories := func(w *testimony) [][]observe.Entry {
		h := make([][]observe.Entry, n+1)
		for _, e := range w.trace {
			if own(e) {
				e.Event, e.Cause = 0, 0 // numbers are shared with all others
				h[e.Actor] = append(h[e.Actor], e)
			}
		}
		return h
	}
	from := make([]sim.Time, n+1)
	ha, hb := histories(a), histories(b)
	for id := range from {
		from[id] = never
		for i := range max(len(ha[id]), len(hb[id])) {
			switch {
			case i >= len(ha[id]):
				from[id] = hb[id][i].At
			case i >= len(hb[id]):
				from[id] = ha[id][i].At
			case ha[id][i] != hb[id][i]:
				from[id] = min(ha[id][i].At, hb[id][i].At)
			default:
				continue
			}
			break
		}
	}
	return from
}

// aboutFault says whether a choice is about a fault with a name, or the core.
func aboutFault(k scheduler.Key) bool { return k.What() >= 48 }

// aboutMessage says whether a choice is about a message or a link.
func aboutMessage(k scheduler.Key) bool {
	return k.What() < 12 || k.What() >= 18 && k.What() < 32
}

// stormLawBroken compares two runs that differ in one answer.
func stormLawBroken(s *sim.Scenario, changed answered, a, b *testimony) error {
	words, moving := s.Protocol.Vocabulary(), movingWeather(s)
	from := parting(s.Actors, a, b)
	if k := changed.Key; !aboutMessage(k) && !aboutFault(k) && k.From() != 0 {
		from[k.From()] = min(from[k.From()], changed.at)
	}
	end := min(a.end, b.end)
	if s.Core != nil {
		end = min(end, s.CalmTime()) // who has calm is drawn from those who can be had then
	}
	for _, pair := range [][2]*testimony{{a, b}, {b, a}} {
		other := map[scheduler.Key]answered{}
		for _, x := range pair[1].asked {
			other[x.Key] = x
		}
		for _, x := range pair[0].asked {
			if x.Key == changed.Key || x.at >= end || sameFate(x.Key, changed.Key) || moving && aboutMessage(x.Key) {
				continue
			}
			got, ok := other[x.Key]
			if len(s.Periods) > 0 && got.at != x.at {
				continue // asked in another period, perhaps
			}
			if ok && got.Outcomes == x.Outcomes && got.Answer != x.Answer {
				return fmt.Errorf("without %q, %q (tick %d) is answered %d and %d", words.KeyText(changed.Key), words.KeyText(x.Key), x.at, x.Answer, got.Answer)
			}
			// Whether a message is asked for at all is a matter of the cuts in force.
			if !ok && !aboutFault(x.Key) && !aboutMessage(x.Key) && x.Key.From() != 0 && x.at < from[x.Key.From()] {
				return fmt.Errorf("without %q, %q (tick %d) is asked in one run only, and actor %d has lived the same up to tick %d",
					words.KeyText(changed.Key), words.KeyText(x.Key), x.at, x.Key.From(), from[x.Key.From()])
			}
		}
	}
	return nil
}

// sameFate says whether two choices are about the same message.
func sameFate(a, b scheduler.Key) bool {
	return aboutMessage(a) && aboutMessage(b) && a.WithWhat(0) == b.WithWhat(0)
}

// movingWeather says whether the chances on a link depend on what happens: the
// answer of a seed to one question may then differ with the chance.
func movingWeather(s *sim.Scenario) bool {
	for i := range s.Faults {
		if f := &s.Faults[i]; f.Weather != nil && (f.Every != nil || f.When != nil || f.UntilWhen != nil || f.On.From.Group > aims.Everyone || f.On.To.Group > aims.Everyone) {
			return true
		}
	}
	return false
}

// lawEvents is how many events a run has at most of which surprises are taken
// out: there are storms that last for millions, and each surprise is two runs.
const lawEvents = 3000

// TestLaw2InStorms takes single surprises out of runs in any weather.
func TestLaw2InStorms(t *testing.T) {
	pairs, compared, kinds := 0, 0, map[bool]int{}
	for seed := range gate.Of[uint64](200, 500) {
		s := randomWeather(seed)
		s.Limits.Events = lawEvents
		a := testify(t, s, seed, nil)
		for i, x := range a.asked {
			if x.Answer == 0 || (i*7+int(seed))%83 != 0 {
				continue
			}
			b := testify(t, s, seed, &scheduler.Edited{Answers: map[scheduler.Key]uint32{x.Key: 0}})
			if err := stormLawBroken(s, x, a, b); err != nil {
				t.Fatalf("tempest %d: %v", seed, err)
			}
			pairs++
			kinds[aboutFault(x.Key)]++
			compared += len(a.asked)
		}
	}
	t.Logf("%d pairs of runs, in %d of them without something that a fault did by chance; %d choices", pairs, kinds[true], compared)
	if kinds[true] < 10 {
		t.Errorf("only %d surprises of named faults were taken out", kinds[true])
	}
}

// TestLaw2InStormsNeedsNames: the same test refuses a plain stream.
func TestLaw2InStormsNeedsNames(t *testing.T) {
	refused, pairs := 0, 0
	for seed := range uint64(40) {
		s := randomWeather(seed)
		s.Limits.Events = lawEvents
		source := func() scheduler.Source { return newStream(seed) }
		a := testify(t, s, seed, source())
		for i, x := range a.asked {
			if x.Answer == 0 || (i+int(seed))%17 != 0 {
				continue
			}
			pairs++
			b := testify(t, s, seed, &scheduler.Edited{Base: source(), Answers: map[scheduler.Key]uint32{x.Key: 0}})
			if stormLawBroken(s, x, a, b) != nil {
				refused++
			}
		}
	}
	t.Logf("a plain stream is refused in %d of %d pairs", refused, pairs)
	if refused < pairs/4 {
		t.Errorf("a plain stream is refused in only %d of %d pairs: the test shows little", refused, pairs)
	}
}
