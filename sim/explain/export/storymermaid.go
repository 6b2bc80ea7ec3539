package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/diagram"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// writeStoryMermaid is a sequence diagram of a story: arrows that arrive, with the
// numbers of their events, and notes about what the actors do. The decisive event has
// another background.
func writeStoryMermaid(w io.Writer, r *Run, s *diagram.Story) error {
	var b strings.Builder
	b.WriteString(mermaidMark + mermaidText(r.Name()) + "\n")
	b.WriteString("title " + mermaidText(r.Name()) + "\n")
	for _, id := range s.Actors {
		fmt.Fprintf(&b, "participant a%d as actor %d\n", id, id)
	}
	var end strings.Builder
	for _, n := range s.Notes() {
		storyNote(&end, s, 0, n)
	}
	room := mermaidLimit - mermaidRoom - units(b.String()) - units(end.String())
	for i := range s.Rows {
		row := storyRow(s, &s.Rows[i])
		if room -= units(row); room < 0 {
			storyNote(&b, s, 0, fmt.Sprintf("cut here: %s are shown, since Mermaid draws no more than %s characters", say.Plural(uint64(i), "row"), say.Count(mermaidLimit)))
			break
		}
		b.WriteString(row)
	}
	b.WriteString(end.String())
	_, err := io.WriteString(w, b.String())
	return err
}

// storyRow is an event: an arrow, or a note, and what the actor does.
func storyRow(s *diagram.Story, r *diagram.Row) string {
	var b strings.Builder
	decisive := r.Number != 0 && r.Number == s.Decisive
	if decisive {
		b.WriteString("rect rgba(212, 167, 44, 0.2)\n")
		storyNote(&b, s, r.Actor, "decisive")
	}
	says := r.Says
	if r.Number != 0 {
		fmt.Fprintf(&b, "%%%% event %d\n", r.Number)
		says = fmt.Sprintf("%d. %s", r.Number, says)
	}
	var does []string
	for _, d := range r.Does {
		does = append(does, d.Text)
	}
	if r.From != 0 {
		arrow := "->>"
		if r.Stopped != "" {
			arrow = "-x"
			says += " (" + r.Stopped + ")"
		}
		fmt.Fprintf(&b, "a%d%sa%d: %s\n", r.From, arrow, r.Actor, mermaidText(says))
	} else if says != "" {
		does = append([]string{says}, does...)
	}
	storyNote(&b, s, r.Actor, strings.Join(does, ", "))
	if decisive {
		b.WriteString("end\n")
	}
	return b.String()
}

// storyNote writes a note over an actor, or over all that are shown.
func storyNote(b *strings.Builder, s *diagram.Story, actor sim.ID, said string) {
	if said == "" || len(s.Actors) == 0 {
		return
	}
	over := fmt.Sprintf("a%d", actor)
	if first, last := s.Actors[0], s.Actors[len(s.Actors)-1]; actor == 0 && first == last {
		over = fmt.Sprintf("a%d", first)
	} else if actor == 0 {
		over = fmt.Sprintf("a%d,a%d", first, last)
	}
	fmt.Fprintf(b, "Note over %s: %s\n", over, mermaidText(said))
}
