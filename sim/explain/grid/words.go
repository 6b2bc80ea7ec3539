package grid

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// cell is one thing that happened, in words.
type cell struct {
	actor  sim.ID // at whom; 0: at nobody, or at all
	text   string
	during bool // it happened during the event, it is not the event itself
}

// words tells the entries of a trace.
type words struct{ s *sim.Scenario }

// cells tells a step: the event first.
func (w words) cells(s trace.Step) []cell {
	cells := []cell{{s.Event.Actor, terminal.Text(w.event(s.Event)), false}}
	add := func(actor sim.ID, text string) {
		if text != "" {
			cells = append(cells, cell{actor, terminal.Text(text), true})
		}
	}
	for i := 0; i < len(s.Effects); i++ {
		e := s.Effects[i]
		switch {
		case e.What == observe.Sent || e.What == observe.Broadcast:
			p := w.post(s.Effects[i:])
			for _, text := range p.texts {
				add(e.Actor, text)
			}
			for _, c := range p.chosen {
				add(c.Actor, w.effect(c))
			}
			i += p.size - 1
		case e.What == observe.Dropped && arrives(s.Event, e):
			add(e.Actor, "! dropped: "+e.Text)
		default:
			add(e.Actor, w.effect(e))
		}
	}
	return cells
}

func (w words) event(e observe.Entry) string {
	switch e.What {
	case observe.Booted:
		return "starts"
	case observe.Restarted:
		return "restarts"
	case observe.Delivered:
		text := fmt.Sprintf("<%d %s", e.Peer, w.message(e))
		if e.Copy > 0 {
			text += " (duplicate)"
		}
		return text
	case observe.TimedOut:
		return "alarm: " + w.protocol().Timer(e.Kind)
	case observe.Asked:
		return "client asks for " + e.Text
	case observe.Synced:
		return "disk is done"
	case observe.FaultBegins:
		return "---- " + w.fault(e) + " ----"
	case observe.FaultEnds:
		return "---- " + e.Text + " is over ----"
	case observe.PeriodBegins:
		return "---- " + w.period(e) + " ----"
	case observe.StormOver:
		return "---- the storm's last message has arrived ----"
	case observe.Calmed:
		return "---- " + w.calm() + " ----"
	}
	return strings.TrimSpace(e.What.String() + " " + e.Text)
}

func (w words) effect(e observe.Entry) string {
	switch e.What {
	case observe.Saved:
		return "saves " + e.Text
	case observe.Decided:
		return "DECIDES " + e.Text
	case observe.BecameChosen:
		return "CHOSEN " + e.Text
	case observe.Answered:
		return "answers " + e.Text
	case observe.Crashed:
		return "CRASHES"
	case observe.Noted:
		if notes := w.protocol().Notes; int(e.Kind) < len(notes) {
			return notes[e.Kind].Name
		}
	case observe.Violated:
		return "VIOLATED " + e.Text
	case observe.Synced:
		return "" // the event itself, told twice
	case observe.Paused:
		return "PAUSES"
	case observe.Resumed:
		return "GOES ON"
	case observe.Held:
		return "! must wait: " + e.Text
	case observe.FaultStruck:
		return "---- " + w.fault(e) + " ----"
	case observe.FaultHealed:
		return "---- " + e.Text + " is over ----"
	case observe.Elected:
		return "KEEPS THE ROLE, in a core with calm: " + e.Text
	}
	return strings.TrimSpace(e.What.String() + " " + e.Text)
}

// arrives says whether what is dropped is the message of the event itself.
func arrives(event, drop observe.Entry) bool {
	return event.What == observe.Delivered && event.Actor == drop.Actor && event.Peer == drop.Peer && event.Kind == drop.Kind && event.N == drop.N
}

// calm tells what is over when the weather calms.
func (w words) calm() string {
	if w.s.Core != nil {
		return "a core gets calm"
	}
	n := &w.s.Network
	more := n.Corrupt > 0 || n.Forge > 0 || len(w.s.Periods) > 0
	for i := range w.s.Faults {
		more = more || w.s.Faults[i].Every != nil || w.s.Faults[i].Weather != nil
	}
	if more {
		return "what happens by chance is over"
	}
	return "loss, duplicates and crashes by chance are over"
}

// rest is the part of a split that it does not name: all others.
func (w words) rest(f *faults.Fault) []sim.ID {
	named := make([]bool, w.s.Actors+1)
	for _, part := range f.Split {
		for _, id := range part {
			named[id] = true
		}
	}
	var rest []sim.ID
	for id := 1; id <= w.s.Actors; id++ {
		if !named[id] {
			rest = append(rest, sim.ID(id))
		}
	}
	return rest
}

func (w words) protocol() *sim.Vocabulary { return w.s.Protocol.Vocabulary() }

// at is the i-th word of a list, or its number.
func at(list []string, i uint8) string {
	if int(i) < len(list) && list[i] != "" {
		return list[i]
	}
	return fmt.Sprint(i)
}

// list is "1, 2, 3"; of very many, the first and how many more.
func list(ids []sim.ID) string {
	const most = 12
	var parts []string
	for i, id := range ids {
		if i == most && len(ids) > most+1 {
			parts = append(parts, fmt.Sprintf("and %d more", len(ids)-most))
			break
		}
		parts = append(parts, fmt.Sprint(id))
	}
	return strings.Join(parts, ", ")
}
