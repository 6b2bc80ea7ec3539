package play

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// watch sees a run for its page, and notes where it can be changed.
type watch struct {
	page   *view.Recorder
	events []observe.Entry            // in their order
	asked  []asking                   // in their order
	sent   map[flights.Flight]sending // the messages
}

// asking is a choice, and the event that asks it.
type asking struct {
	scheduler.Asked
	event uint64 // 0: before the first
}

// sending is what is known of a message.
type sending struct {
	event  uint64 // that sent it
	effect int    // which of that event's line
	round  sim.Round
	text   string
}

// Step implements [stepper.Watcher].
func (w *watch) Step(s trace.Step) {
	e := s.Event.Plain()
	w.events = append(w.events, e)
	parts := flights.Split(s)
	n := 0
	if parts.Held != "" {
		n = 1 // it is the first of the line's effects
	}
	for i, f := range parts.Effects {
		if f.What == observe.Sent || f.What == observe.Broadcast {
			w.sent[flights.Of(f)] = sending{e.Event, n + i, f.Round, f.Text}
		}
	}
	w.page.Step(s)
}

// After implements [stepper.Watcher].
func (w *watch) After(list []scheduler.Asked) {
	at := uint64(0)
	if n := len(w.events); n > 0 {
		at = w.events[n-1].Event
	}
	for _, a := range list {
		w.asked = append(w.asked, asking{a, at})
	}
	w.page.After(list)
}

// event is the event of a number; false: there is none.
func (w *watch) event(n uint64) (observe.Entry, bool) {
	i, ok := slices.BinarySearchFunc(w.events, n, func(e observe.Entry, n uint64) int { return cmp.Compare(e.Event, n) })
	if !ok {
		return observe.Entry{}, false
	}
	return w.events[i], true
}

// of are the choices that an event asks.
func (w *watch) of(event uint64) []asking {
	by := func(a asking, n uint64) int { return cmp.Compare(a.event, n) }
	i, _ := slices.BinarySearchFunc(w.asked, event, by)
	j, _ := slices.BinarySearchFunc(w.asked, event+1, by)
	return w.asked[i:j]
}

// find is where a choice is asked; false: it is not.
func (w *watch) find(k scheduler.Key) (asking, bool) {
	i := slices.IndexFunc(w.asked, func(a asking) bool { return a.Key == k })
	if i < 0 {
		return asking{}, false
	}
	return w.asked[i], true
}
