package search_test

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
)

// events are the entries of the events of a run, in order.
type events []observe.Entry

// Observe implements [observe.Observer].
func (e *events) Observe(x observe.Entry) {
	if x.What.IsEvent() {
		*e = append(*e, x)
	}
}

// upTo are those up to an event.
func (e events) upTo(event uint64) events {
	i := 0
	for i < len(e) && e[i].Event <= event {
		i++
	}
	return e[:i]
}

// TestTurns: up to a turn a run is the one that it would have been, from there on
// it is another, which depends on both seeds; two turns can follow one another;
// and the run replays from what was written of it, without turns and picker.
func TestTurns(t *testing.T) {
	for name, picker := range strategies() {
		s := scenario(paxos.Protocol(), 3)
		r, again := world(t, s), world(t, s)
		var seen events
		r.Observe(&seen)
		run := func(seed uint64, asked *scheduler.Recording, turns ...search.Turn) events {
			seen = nil
			r.Search(&search.Search{Picker: picker, Budget: budget, Record: true, Turns: turns})
			if asked == nil {
				r.Reset(seed, nil)
			} else {
				r.Reset(seed, asked)
			}
			r.Run()
			return seen
		}
		differ, apart := 0, 0
		for seed := range uint64(200) {
			plain := run(seed, nil)
			at := r.Outcome().Events / 2
			turned := run(seed, nil, search.Turn{After: at, Seed: seed + 1000})
			if !slices.Equal(turned.upTo(at), plain.upTo(at)) {
				t.Fatalf("%s, seed %d: a turn after event %d changes what was before", name, seed, at)
			}
			if !slices.Equal(turned, plain) {
				differ++
			}
			if other := run(seed, nil, search.Turn{After: at, Seed: seed + 2000}); !slices.Equal(other, turned) {
				apart++
			}
			end := plain[len(plain)-1].Event
			var asked scheduler.Recording
			twice := run(seed, &asked, search.Turn{After: at, Seed: seed + 1000}, search.Turn{After: (at + end) / 2, Seed: 7})
			if n := (at + end) / 2; !slices.Equal(twice.upTo(n), turned.upTo(n)) {
				t.Fatalf("%s, seed %d: the second turn changes what was before", name, seed)
			}
			want := r.Outcome()
			again.Search(&search.Search{Deferrals: r.Deferrals(), Budget: budget})
			again.Reset(0, &scheduler.Edited{Base: scheduler.Calm{}, Answers: asked.Surprises()})
			if got := again.Run(); got.Digest != want.Digest {
				t.Fatalf("%s, seed %d: it does not replay: %d events, not %d", name, seed, got.Events, want.Events)
			}
		}
		if differ < 190 || apart < 190 {
			t.Errorf("%s: only %d of 200 turns lead elsewhere, and %d to different runs", name, differ, apart)
		}
	}
}
