package diagram

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// rowStep is the room between two rows of a story, in pixels.
const rowStep = 12

// Layout lays the story out as a picture: messages that arrive, from where they left.
func (t *Story) Layout(s *sim.Scenario, title string) *Layout {
	l := &Layout{Title: title, Story: true, Summary: t.summary(), Note: ""}
	t.stack(l)
	t.arrows(s, l)
	t.downs(l)
	var mentioned []Line
	widest := make([]int, len(t.Actors)+1)
	for _, e := range l.Events {
		for _, line := range e.Lines {
			widest[e.Actor] = max(widest[e.Actor], width(line.Text))
		}
	}
	x, least := gutter, 150
	if len(t.Actors) > 5 {
		least = 100
	}
	for i, id := range t.Actors {
		l.Actors = append(l.Actors, Column{fmt.Sprintf("actor %d", id), x + leftOfLine})
		x += leftOfLine + max(least, 24+widest[i+1]*letter/10)
	}
	l.Width = max(x+margin, 480, 2*margin+width(l.Summary)*letter/10)
	for _, n := range t.Notes() {
		class := Plain
		if strings.HasPrefix(n, "Broken: ") {
			class = Bad
		}
		for _, line := range wrapped(n, (l.Width-2*margin)*10/letter) {
			mentioned = append(mentioned, Line{0, line, class})
		}
	}
	t.shift(l, margin+2*legendStep+legendStep*legendRows(l)+headHeight)
	y := l.Bottom + headHeight + lineHeight
	for i := range mentioned {
		mentioned[i].Y = y
		y += lineHeight
	}
	l.Foot = mentioned
	l.Height = y + margin/2
	return l
}

// summary is the picture in a sentence.
func (t *Story) summary() string {
	text := say.Plural(uint64(len(t.Actors)), "actor")
	if last := len(t.Rows) - 1; last >= 0 {
		text += ", " + say.Plural(uint64(t.last()), "event")
	}
	if t.Broken != "" {
		name, _, _ := strings.Cut(t.Broken, ": ")
		text += "; " + name + " breaks"
	}
	return text + "."
}

// last is the number of the last row that has one.
func (t *Story) last() int {
	for _, r := range slices.Backward(t.Rows) {
		if r.Number != 0 {
			return r.Number
		}
	}
	return 0
}

// stack gives each row its place, from 0 down, and its labels.
func (t *Story) stack(l *Layout) {
	y := lineHeight + rowStep
	for _, r := range t.Rows {
		e := Event{Number: uint64(r.Number), Actor: sim.ID(slices.Index(t.Actors, r.Actor) + 1), Y: y, Own: r.Number != 0, FromRight: r.From > r.Actor}
		add := func(text string, class Class) {
			if text != "" {
				e.Lines = append(e.Lines, Line{e.Y + len(e.Lines)*lineHeight, text, class})
			}
		}
		first := Plain
		if r.Actor == 0 {
			first = World
		}
		says := r.Says
		if r.Stopped != "" {
			says += " (" + r.Stopped + ")"
			first = Bad
		}
		add(says, first)
		e.Full = r.full()
		for _, d := range r.Does {
			if n := len(e.Lines); n > 1 && d.Class == Plain && e.Lines[n-1].Class == Plain {
				e.Lines[n-1].Text += ", " + d.Text
			} else {
				add(d.Text, d.Class)
			}
			e.Crashed = e.Crashed || d.crash
			e.Decided = e.Decided || d.decides
		}
		high := max(1, len(e.Lines)) * lineHeight
		if r.Number != 0 {
			l.Times = append(l.Times, Mark{y, fmt.Sprint(r.Number)})
		}
		if r.Number != 0 && r.Number == t.Decisive {
			e.Y += lineHeight // below the word
			for i := range e.Lines {
				e.Lines[i].Y += lineHeight
			}
			l.Times[len(l.Times)-1].Y += lineHeight
			y += lineHeight
			l.Decisive = &Band{"decisive", y - lineHeight - 8, y + high - lineHeight/2}
		}
		l.Events = append(l.Events, e)
		y += high + rowStep
	}
	l.Bottom = y
}

// full tells a row in a line.
func (r *Row) full() string {
	var text strings.Builder
	if r.Number != 0 {
		fmt.Fprintf(&text, "event %d", r.Number)
	}
	if r.Actor != 0 {
		fmt.Fprintf(&text, ", actor %d", r.Actor)
	}
	if r.From != 0 {
		fmt.Fprintf(&text, ", from actor %d", r.From)
	}
	text.WriteString(": " + r.Says)
	if r.Stopped != "" {
		text.WriteString(" (" + r.Stopped + ")")
	}
	for _, d := range r.Does {
		text.WriteString("; " + d.Text)
	}
	return strings.TrimPrefix(text.String(), ", ")
}

// arrows adds the messages that arrive.
func (t *Story) arrows(s *sim.Scenario, l *Layout) {
	words := s.Protocol.Vocabulary().Messages
	for i, r := range t.Rows {
		if r.From == 0 {
			continue
		}
		m := Message{Kind: r.Kind, From: sim.ID(slices.Index(t.Actors, r.From) + 1), To: l.Events[i].Actor, Event: uint64(r.Number), Y2: l.Events[i].Y, Text: r.Says}
		if r.Sent >= 0 {
			m.Sent, m.Y1 = uint64(t.Rows[r.Sent].Number), l.Events[r.Sent].Y
		}
		if r.Stopped != "" {
			m.Fate = Refused
		}
		l.Messages = append(l.Messages, m)
		if !slices.ContainsFunc(l.Kinds, func(k Kind) bool { return k.Number == r.Kind }) {
			l.Kinds = append(l.Kinds, Kind{r.Kind, kindWord(words, r.Kind)})
		}
	}
	slices.SortFunc(l.Kinds, func(a, b Kind) int { return int(a.Number) - int(b.Number) })
}

// downs adds the parts of columns in which actors are down.
func (t *Story) downs(l *Layout) {
	for i, id := range t.Actors {
		since := -1
		for j, r := range t.Rows {
			switch {
			case r.Actor != id:
			case r.Down && since < 0:
				since = l.Events[j].Y
			case !r.Down && since >= 0:
				l.Downs = append(l.Downs, Span{Actor: sim.ID(i + 1), Y1: since, Y2: l.Events[j].Y})
				since = -1
			}
		}
		if since >= 0 {
			l.Downs = append(l.Downs, Span{Actor: sim.ID(i + 1), Y1: since, Y2: l.Bottom})
		}
	}
}

// shift moves all down to below the legend.
func (t *Story) shift(l *Layout, top int) {
	l.Top = top
	l.Bottom += top
	for i := range l.Times {
		l.Times[i].Y += top
	}
	for i := range l.Events {
		l.Events[i].Y += top
		for j := range l.Events[i].Lines {
			l.Events[i].Lines[j].Y += top
		}
	}
	for i := range l.Messages {
		l.Messages[i].Y1 += top
		l.Messages[i].Y2 += top
	}
	for i := range l.Downs {
		l.Downs[i].Y1 += top
		l.Downs[i].Y2 += top
	}
	if l.Decisive != nil {
		l.Decisive.Y1 += top
		l.Decisive.Y2 += top
	}
}
