package export

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

const (
	mermaidMark = "sequenceDiagram\n%% paxsim: "

	// mermaidLimit is how many characters Mermaid draws where nobody changed
	// its maxTextSize: UTF-16 units of the text as it is written.
	mermaidLimit = 50_000

	// mermaidRoom is kept for the note at the end of a diagram that is cut.
	mermaidRoom = 400

	// mermaidActors is how many columns a sequence diagram may have here.
	mermaidActors = 200
)

// mermaid is a sequence diagram. An event is a comment with its number and then
// an arrow or a note; what others can see of what happened during it follows.
// Arrows are level: they are at the time of arrival, or of the loss.
type mermaid struct {
	run         *Run
	tell        grid.Teller
	out         io.Writer
	steps, last uint64 // in the window: how many, and the last event
	text        strings.Builder
	size        int
	shown       uint64 // steps
	upTo        uint64 // the last event shown
	full        bool
	at          sim.Time // of the last note about time
	timed       bool
}

func newMermaid(r *Run) Exporter {
	if r.Story != nil {
		return newStory(r, writeStoryMermaid)
	}
	return &mermaid{run: r, tell: grid.Tell(r.Scenario)}
}

func (m *mermaid) Measure(s trace.Step) {
	if m.run.Window.shows(s) {
		m.steps++
		m.last = s.Event.Event
	}
}

func (m *mermaid) Begin(w io.Writer) {
	m.out = w
	var b strings.Builder
	b.WriteString(mermaidMark + mermaidText(m.run.Name()) + "\n")
	b.WriteString("title " + mermaidText(m.run.Name()) + "\n")
	for id := 1; id <= m.run.Scenario.Actors; id++ {
		fmt.Fprintf(&b, "participant a%d as actor %d\n", id, id)
	}
	m.add(b.String())
}

func (m *mermaid) add(part string) {
	m.text.WriteString(part)
	m.size += units(part)
}

func (m *mermaid) Step(s trace.Step) {
	if m.full || !m.run.Window.shows(s) {
		return
	}
	var b strings.Builder
	if !m.timed || m.at != s.Event.At {
		fmt.Fprintf(&b, "Note left of a1: %s ms\n", say.Millis(m.run.Scenario, s.Event.At))
	}
	m.step(&b, s)
	if part := b.String(); m.size+units(part) > mermaidLimit-mermaidRoom {
		m.full = true
	} else {
		m.add(part)
		m.shown++
		m.upTo = s.Event.Event
		m.at, m.timed = s.Event.At, true
	}
}

// step writes an event and what happened during it.
func (m *mermaid) step(b *strings.Builder, s trace.Step) {
	e := s.Event
	fmt.Fprintf(b, "%%%% event %d\n", e.Event)
	p := flights.Split(s)
	switch {
	case p.Refused != "":
		m.refused(b, "-x", e, p.Refused)
	case p.Held != "":
		m.note(b, e.Actor, m.tell.Message(e)+" must wait ("+terminal.Text(p.Held)+")")
	case e.What == observe.Delivered && e.Copy > 0:
		fmt.Fprintf(b, "a%d-->>a%d: %s\n", e.Peer, e.Actor, mermaidText(m.tell.Message(e)+" (duplicate)"))
	case e.What == observe.Delivered:
		fmt.Fprintf(b, "a%d->>a%d: %s\n", e.Peer, e.Actor, mermaidText(m.tell.Message(e)))
	default:
		m.note(b, e.Actor, m.tell.Event(e))
	}
	for _, x := range p.Effects {
		switch x.What {
		case observe.Dropped:
			fmt.Fprintf(b, "a%d-xa%d: %s\n", x.Actor, x.Peer, mermaidText(m.tell.Copy(x)+" ("+terminal.Text(x.Text)+")"))
		case observe.Sent, observe.Broadcast, observe.Doubled, observe.Saved: // shown where it arrives, or not at all
		default:
			m.note(b, x.Actor, m.tell.Effect(x))
		}
	}
	for _, g := range p.Gone {
		m.refused(b, "--x", g.Entry, g.Why)
	}
}

// refused draws a message that came and did not reach its receiver.
func (m *mermaid) refused(b *strings.Builder, arrow string, e observe.Entry, why string) {
	fmt.Fprintf(b, "a%d%sa%d: %s\n", e.Peer, arrow, e.Actor, mermaidText(m.tell.Message(e)+" ("+terminal.Text(why)+")"))
}

// note writes a note over an actor, or over all.
func (m *mermaid) note(b *strings.Builder, actor sim.ID, said string) {
	if said == "" {
		return
	}
	over := fmt.Sprintf("a%d", actor)
	if n := m.run.Scenario.Actors; actor == 0 && n == 1 {
		over = "a1"
	} else if actor == 0 {
		over = fmt.Sprintf("a1,a%d", n)
	}
	fmt.Fprintf(b, "Note over %s: %s\n", over, mermaidText(said))
}

func (m *mermaid) End(f *trace.Trailer) error {
	var b strings.Builder
	if m.full {
		m.note(&b, 0, fmt.Sprintf("cut here: %s of %s are shown, up to event %d of %d, since Mermaid draws no more than %s characters; paxsim export --from %d shows what follows",
			say.Count(m.shown), say.Plural(m.steps, "event"), m.upTo, m.last, say.Count(mermaidLimit), m.upTo+1))
	} else {
		text := f.Outcome + ", after " + say.Plural(f.Events, "event")
		if facts := say.Facts(m.run.Scenario, f); facts != "" {
			text += ": " + facts
		}
		m.note(&b, 0, text)
	}
	m.add(b.String())
	_, err := io.WriteString(m.out, m.text.String())
	return err
}

// units is how long a text is for JavaScript.
func units(text string) (n int) {
	for _, c := range text {
		if n++; c >= 0x10000 {
			n++
		}
	}
	return n
}

// mermaidText is a text as the grammar of sequence diagrams takes it: letters,
// digits and a few signs as they are, all else by its number. What means
// something there (# ; : % { <) is never written as it is.
func mermaidText(text string) string {
	var b strings.Builder
	for i, c := range text {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || i > 0 && c == ' ' || strings.ContainsRune(".,=()-_/+*!?>…", c) {
			b.WriteRune(c)
		} else {
			fmt.Fprintf(&b, "#%d;", c)
		}
	}
	return b.String()
}
