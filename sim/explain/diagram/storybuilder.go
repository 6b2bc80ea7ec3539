package diagram

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Add takes the next step of the run.
func (t *StoryBuilder) Add(s trace.Step) {
	e := s.Event
	parts := flights.Split(s)
	listed := t.listed(e)
	if listed && e.Event >= t.o.From {
		t.shown++
		if t.o.Count != 0 && t.shown > t.o.Count {
			t.story.More++
		}
	}
	r := t.event(e, parts)
	own, others := parts.Apart(e.Actor)
	r.Does = t.deeds(e, own)
	r.Breaks = slices.ContainsFunc(own, func(f observe.Entry) bool { return f.What == observe.Violated })
	at := t.place(r, listed)
	t.leave(own, at)
	for _, list := range others {
		q := Row{Event: e.Event, Actor: list[0].Actor, Sent: -1, Does: t.deeds(e, list)}
		t.leave(list, t.place(q, false))
	}
	t.latest = e.Event
}

// draws says whether an event is in the part that is drawn.
func (t *StoryBuilder) draws(event uint64) bool { return event >= t.o.From && t.story.More == 0 }

// event is the row of an event, without what its actor does.
func (t *StoryBuilder) event(e observe.Entry, parts flights.Parts) Row {
	r := Row{Event: e.Event, Actor: e.Actor, Sent: -1}
	switch e.What {
	case observe.Delivered:
		r.From, r.Kind, r.Says = e.Peer, e.Kind, t.tell.Message(e)
		if e.Copy > 0 {
			r.Says += " (duplicate)"
		}
		r.Stopped = terminal.Text(parts.Refused + parts.Held)
		if t.draws(e.Event) {
			t.heard[e.Event] = short(e.Text)
		}
		if parts.Held == "" {
			if at, ok := t.book.Arrives(e); ok {
				r.Sent = at
			}
			t.arrives(e)
		}
	case observe.Restarted:
		t.down[e.Actor] = false
		r.returns = true
		r.Says = t.tell.Event(e)
	case observe.TimedOut:
		r.Says = terminal.Text("alarm " + t.s.Protocol.Vocabulary().Timer(e.Kind))
	default:
		r.Says = strings.Trim(t.tell.Event(e), "- ")
	}
	return r
}

// place adds a row, or what the actor does to the row before if that is of the same
// actor and this one has no number. It returns where that is; -1: before the first.
func (t *StoryBuilder) place(r Row, listed bool) int {
	if r.Actor != 0 {
		for _, d := range r.Does {
			t.down[r.Actor] = t.down[r.Actor] || d.crash
		}
		r.Down = t.down[r.Actor]
	}
	if listed {
		t.numbers++
		r.Number = t.numbers
		t.last = r
		t.last.Does = slices.Clone(r.Does)
	} else if t.last.Actor == r.Actor {
		t.last.Does = append(t.last.Does, r.Does...)
	}
	if !t.draws(r.Event) {
		return -1
	}
	rows := t.story.Rows
	last := len(rows) - 1
	if listed {
		t.rowOf = append(t.rowOf, numbered{r.Event, r.Number})
		t.story.Rows = append(rows, r)
		return last + 1
	}
	if r.returns {
		r.Does = append([]Deed{{Text: r.Says}}, r.Does...)
	}
	if r.From == 0 {
		if len(r.Does) == 0 {
			return last
		}
		if last >= 0 && rows[last].Actor == r.Actor {
			l := &rows[last]
			l.Does = together(l.Does, r.Does)
			l.Down, l.Breaks = r.Down, l.Breaks || r.Breaks
			return last
		}
		r.Says = ""
	}
	t.story.Rows = append(rows, r)
	return last + 1
}

// listed says whether an event has a number.
func (t *StoryBuilder) listed(e observe.Entry) bool {
	if t.o.Listed != nil {
		return slices.Contains(t.o.Listed, e.Event)
	}
	switch e.What {
	case observe.Booted:
		return false
	case observe.Synced: // at once, or behind others that do
		return e.Cause == 0 || t.last.Event != e.Cause
	case observe.Restarted:
		return t.latest+1 != e.Event || t.last.Actor != e.Actor || !slices.ContainsFunc(t.last.Does, func(d Deed) bool { return d.crash })
	}
	return true
}
