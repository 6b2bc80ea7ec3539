package stepper

import (
	"errors"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// TestMoves: by number, by time and by what happens, and back again.
func TestMoves(t *testing.T) {
	w := begin(t, "literal-acks", trace.Base{Calm: true})
	decides := func(s trace.Step) bool {
		for _, e := range s.Effects {
			if e.What == observe.Decided {
				return true
			}
		}
		return false
	}
	var at []uint64
	for {
		found, err := w.Until(decides)
		if err != nil {
			t.Fatal(err)
		}
		if !found {
			break
		}
		at = append(at, w.At())
	}
	if len(at) != 3 || !w.Over() {
		t.Fatalf("decided at %v, over %v", at, w.Over())
	}
	if err := w.GoTo(at[1]); err != nil || !decides(w.Step()) || w.Over() {
		t.Errorf("%v: event %d is %+v", err, w.At(), w.Step())
	}
	now := w.Now()
	for _, c := range []struct {
		at    sim.Time
		least uint64
	}{{now, at[1]}, {now - 1, 1}, {-1, 0}} {
		last, err := w.LastBy(c.at)
		if err != nil || last < c.least || w.At() != at[1] {
			t.Errorf("by %d: event %d (%v); it stands at %d", c.at, last, err, w.At())
		}
	}
	if err := w.Back(1000); err != nil || w.At() != 0 || w.Step().Event != (observe.Entry{}) {
		t.Errorf("%v: before the first event it stands at %d", err, w.At())
	}
}

// TestBefore: what the last event changed is what differs from before, and nobody is
// moved by looking.
func TestBefore(t *testing.T) {
	w := begin(t, "literal-acks", trace.Base{Calm: true})
	for w.At() < 12 {
		before, err := w.Before()
		one, err2 := w.Before(2)
		if err != nil || err2 != nil || len(before) != 3 || len(one) != 1 || !one[0].Is(&before[1]) {
			t.Fatal(err, err2, before, one)
		}
		for id := sim.ID(1); id <= 3; id++ {
			now := w.Standing(id)
			if actor := w.Step().Event.Actor; !now.Is(&before[id-1]) && id != actor && w.At() > 0 {
				t.Errorf("event %d is at %d, and changes %d: %s", w.At(), actor, id, now.Line())
			}
		}
		w.Next()
	}
	w.GoTo(1)
	if list, _ := w.Before(); list[0].Status != "not started" || w.Standing(1).Status != "up" {
		t.Errorf("%+v", list)
	}
}

// TestAsking: what is asked is found ahead and behind.
func TestAsking(t *testing.T) {
	w := begin(t, "literal-acks", trace.Base{Calm: true})
	is := func(a scheduler.Asked) bool { return strings.HasPrefix(w.words().KeyText(a.Key), "lost Accept 1>3 ") }
	next, err := w.NextAsking(is)
	last, err2 := w.LastAsking(is)
	if err != nil || err2 != nil || next == nil || last != nil || w.At() != 0 {
		t.Errorf("at the start: %v, %v (%v, %v)", next, last, err, err2)
	}
	for w.Next() {
	}
	over := w.At()
	next, err = w.NextAsking(is)
	last, err2 = w.LastAsking(is)
	if err != nil || err2 != nil || next != nil || last == nil || w.At() != over {
		t.Errorf("at the end: %v, %v (%v, %v)", next, last, err, err2)
	}
}

// TestMistakes: what cannot be had is told in a line, and changes nothing.
func TestMistakes(t *testing.T) {
	w := begin(t, "happy-path", trace.Base{Calm: true})
	x := beginSearched(t, "happy-path", trace.Base{Calm: true})
	absent, err := x.words().ParseEvent("deliver Accept 1>2 #1")
	if err != nil {
		t.Fatal(err)
	}
	choose := func(w *Stepper, name string, answer uint32) error { _, _, err := w.Choose(name, answer); return err }
	take := func(w *Stepper, k scheduler.Key) error { _, err := w.Take(k); return err }
	was, wasX := place(w), place(x)
	for _, c := range []struct {
		err  error
		want string
	}{
		{w.Undo(), "nothing has been chosen that could be taken back"},
		{choose(w, "lots", 1), `choice "lots": no choice is called "lots"`},
		{choose(w, "lost Prepare 1>2 #1", 9), "lost Prepare 1>2 #1: 9 is no outcome of it: expected 0 to 1"},
		{take(w, absent), "the clock says what is next: an event can be taken in a searched run"},
		{take(x, absent), `nothing that may come now is called "deliver Accept 1>2 #1"`},
		{take(x, x.Upcoming()[len(x.Upcoming())-1].EventKey()), "everybody starts before anything else happens"},
	} {
		var m *Mistake
		if !errors.As(c.err, &m) || m.Text != c.want {
			t.Errorf("%v; want %s", c.err, c.want)
		}
	}
	if place(w) != was || place(x) != wasX || w.Undo() == nil || x.Undo() == nil {
		t.Error("something has changed")
	}
}
