package diagram

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/observe"
)

// absence is a message that has not arrived at a receiver.
type absence struct {
	flights.Flight
	to   sim.ID
	text string
}

// leave notes the messages that leave in a row.
func (t *StoryBuilder) leave(effects []observe.Entry, row int) {
	for i, f := range effects {
		t.book.Effect(f, row)
		if !t.draws(f.Event) {
			continue // it is not drawn
		}
		text := strings.TrimSpace(t.tell.Kind(f) + " " + terminal.Text(short(f.Text)))
		switch f.What {
		case observe.Sent:
			t.open = append(t.open, absence{flights.Of(f), f.Peer, text})
		case observe.Broadcast:
			if half(effects[i+1:]) {
				break // nobody knows whom it still reached
			}
			for to := sim.ID(1); int(to) <= t.s.Actors; to++ {
				t.open = append(t.open, absence{flights.Of(f), to, text})
			}
		}
	}
}

// arrives takes a message out of those that have not arrived.
func (t *StoryBuilder) arrives(e observe.Entry) {
	t.open = slices.DeleteFunc(t.open, func(a absence) bool { return a.Flight == flights.Arriving(e) && a.to == e.Actor })
}

// absent lists the messages that never arrived, what one actor said to several as one.
func (t *StoryBuilder) absent() (list []Absent) {
	for _, a := range t.open {
		i := slices.IndexFunc(list, func(x Absent) bool { return x.From == a.From && x.Text == a.text })
		if i < 0 {
			i = len(list)
			list = append(list, Absent{From: a.From, Text: a.text})
		}
		if !slices.Contains(list[i].To, a.to) {
			list[i].To = append(list[i].To, a.to)
		}
	}
	return list
}
