package diagram

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/trace"
)

// Sizes in pixels.
const (
	lineHeight = 15
	letter     = 63 // width of a letter of a label, in tenths, on the wide side
	gutter     = 80 // for times
	leftOfLine = 26 // room of a column left of its line, where messages to oneself run
	headHeight = 30 // names of the columns
	margin     = 20
	legendStep = 22
)

// Layout lays out what was added. foot is how the run ended.
func (b *Builder) Layout(title string, foot *trace.Trailer) *Layout {
	l := &Layout{Title: title, Saves: b.saves}
	l.Summary = fmt.Sprintf("%s; %s after %s and %s ms.", say.Plural(uint64(b.s.Actors), "actor"), foot.Outcome,
		say.Plural(foot.Events, "event"), say.Millis(b.s, sim.Time(foot.TimeUS/(b.s.Tick/1000))))
	if v := foot.Violation; v != nil {
		l.Summary = fmt.Sprintf("%s; violated at event %d: %s.", say.Plural(uint64(b.s.Actors), "actor"), v.Event, terminal.Text(v.Broke()))
	}
	if facts := say.Facts(b.s, foot); facts != "" {
		l.Summary = l.Summary[:len(l.Summary)-1] + "; " + facts + "."
	}
	if b.shown < b.total {
		l.Note = fmt.Sprintf("Of %s this shows %s, from %d to %d.", say.Plural(b.total, "event"), say.Count(b.shown), b.from, b.last)
	}
	flights := slices.Concat(b.messages, b.underWay())
	for _, f := range flights {
		l.Messages = append(l.Messages, f.Message)
	}
	cuts, downs := b.stays()
	for _, s := range downs {
		l.Downs = append(l.Downs, Span{Actor: s.actor, Paused: s.paused})
	}
	for _, s := range cuts {
		l.Cuts = append(l.Cuts, Band{Name: s.name})
	}
	b.kinds(l)
	most := b.mostLetters()
	b.columns(l, most)
	y := b.rows(l)
	at := func(p point) int {
		switch {
		case p.tick < 0:
			return l.Top
		case p.tick >= len(y):
			return l.Bottom
		}
		return y[p.tick] + p.row*lineHeight
	}
	for _, p := range b.events {
		e := p.Event
		e.Y = at(p.at)
		limit := most
		if e.Actor == 0 {
			limit = (l.Width - gutter - margin) * 10 / letter
		}
		for _, line := range p.lines {
			e.Lines = append(e.Lines, Line{e.Y + line.Y*lineHeight, clip(line.Text, limit), line.Class})
		}
		l.Events = append(l.Events, e)
	}
	for i, f := range flights {
		l.Messages[i].Y1, l.Messages[i].Y2 = at(f.from), at(f.to)
	}
	for i, s := range downs {
		l.Downs[i].Y1, l.Downs[i].Y2 = at(s.from), at(s.to)
	}
	for i, s := range cuts {
		l.Cuts[i].Y1, l.Cuts[i].Y2 = at(s.from), at(s.to)
	}
	return l
}

// underWay is the messages that left in the window and are not settled in it.
func (b *Builder) underWay() []flight {
	open := slices.Clone(b.open)
	for i := range open {
		open[i].Fate, open[i].to = UnderWay, below
		open[i].Text += fmt.Sprintf(" to actor %d, still on its way", open[i].To)
	}
	return open
}

// stays is what lasted, also to the end.
func (b *Builder) stays() (cuts, downs []stay) {
	cuts, downs = slices.Clone(b.cuts), slices.Clone(b.downs)
	for n := range b.s.FaultCount() {
		if c, ok := b.cutAt[n]; ok {
			c.to = below
			cuts = append(cuts, c)
		}
	}
	for paused, list := range [][]point{b.downAt, b.pausedAt} {
		for id, since := range list {
			if since != up {
				downs = append(downs, stay{actor: sim.ID(id), paused: paused == 1, from: since, to: below})
			}
		}
	}
	return cuts, downs
}

// kinds lists the kinds of messages that are shown.
func (b *Builder) kinds(l *Layout) {
	words := b.s.Protocol.Vocabulary().Messages
	for kind := range uint8(sim.MaxMessages) {
		if !slices.ContainsFunc(l.Messages, func(m Message) bool { return m.Kind == kind }) {
			continue
		}
		l.Kinds = append(l.Kinds, Kind{kind, kindWord(words, kind)})
	}
}

// kindWord is the word for a kind of messages, or its number.
func kindWord(words []string, kind uint8) string {
	if int(kind) < len(words) && words[kind] != "" {
		return terminal.Text(words[kind])
	}
	return fmt.Sprint(kind)
}

// mostLetters is how long a label may be: less where there are many columns.
func (b *Builder) mostLetters() int {
	switch {
	case b.s.Actors <= 5:
		return 32
	case b.s.Actors <= 9:
		return 24
	}
	return 16
}

// columns gives each actor the room that its labels need.
func (b *Builder) columns(l *Layout, most int) {
	widest := make([]int, b.s.Actors+1)
	for _, p := range b.events {
		for _, line := range p.lines {
			widest[p.Actor] = max(widest[p.Actor], min(most, len([]rune(line.Text))))
		}
	}
	x := gutter
	for id := 1; id <= b.s.Actors; id++ {
		l.Actors = append(l.Actors, Column{fmt.Sprintf("actor %d", id), x + leftOfLine})
		x += leftOfLine + max(100, 20+widest[id]*letter/10)
	}
	l.Width = max(x+margin, 480, 2*margin+width(l.Summary+" "+l.Note)*letter/10)
}

// rows gives each tick its place, and returns it.
func (b *Builder) rows(l *Layout) []int {
	l.Top = margin + 2*legendStep + legendStep*legendRows(l) + headHeight
	usual := b.usualStep()
	room := min(max(1000/max(1, len(b.ticks)), 7), 40)
	y := l.Top + lineHeight + 4
	var out []int
	for i, t := range b.ticks {
		if i > 0 {
			y += room
			if silence := (t.at - b.ticks[i-1].at) / usual; silence > 1 {
				y += 4 * min(bits.Len64(uint64(silence)), 6)
			}
		}
		out = append(out, y)
		l.Times = append(l.Times, Mark{y, say.Millis(b.s, t.at)})
		y += t.rows * lineHeight
	}
	l.Bottom = y + lineHeight
	l.Height = l.Bottom + headHeight + margin
	return out
}

// usualStep is the time that usually lies between two ticks, in ticks.
func (b *Builder) usualStep() sim.Time {
	var steps []sim.Time
	for i := 1; i < len(b.ticks); i++ {
		steps = append(steps, b.ticks[i].at-b.ticks[i-1].at)
	}
	if len(steps) == 0 {
		return 1
	}
	slices.Sort(steps)
	return max(1, steps[len(steps)/2])
}

// clip shortens a label.
func clip(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
