package diff

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/trace"
)

// Figures are the results of one run.
type Figures struct {
	*trace.Trailer
	Value  string   // what was decided first, and in which round; "": nothing
	Chosen string   // what was chosen first, and in which round; "": nothing
	Notes  []uint64 // by the protocol's words
	notes  []shown.Note
}

// add counts a step; first: there is none yet.
func (f *Figures) add(side *Side, s trace.Step, first bool) {
	if first {
		f.notes = side.Scenario.Protocol.Vocabulary().Notes
		f.Notes = make([]uint64, len(f.notes))
		return
	}
	for _, e := range s.Effects {
		switch {
		case e.What == observe.BecameChosen && f.Chosen == "":
			f.Chosen = terminal.Text(e.Text)
		case e.What == observe.Decided && f.Value == "":
			f.Value = terminal.Text(e.Text)
		case e.What == observe.Noted && int(e.Kind) < len(f.Notes):
			f.Notes[e.Kind]++
		}
	}
}

func (f *Figures) end(side *Side) { f.Trailer = side.Foot() }

// list is the figures by name, in their order.
func (f *Figures) list() (names, cells []string) {
	add := func(name, cell string) { names, cells = append(names, name), append(cells, cell) }
	number := func(name string, n uint64) { add(name, fmt.Sprint(n)) }
	outcome := f.Outcome
	if f.Violation != nil {
		outcome += ": " + f.Violation.Broke()
	}
	add("outcome", terminal.Text(outcome))
	add("chosen", f.Chosen)
	add("decided", f.Value)
	add("chosen_ms", millis(f.ChosenUS))
	add("decided_ms", millis(f.DecidedUS))
	add("learned_ms", millis(f.LearnedUS))
	add("learned", fmt.Sprintf("%d/%d", f.Learned, f.Awaited))
	number("sent", f.Sent)
	number("delivered", f.Delivered)
	number("dropped", f.Dropped)
	number("doubled", f.Duplicated)
	number("crashes", f.Crashes)
	for i, n := range f.notes {
		number(terminal.Text(n.Name), f.Notes[i])
	}
	number("events", f.Events)
	add("digest", trace.Hex(f.Digest))
	return names, cells
}

// millis is a time in milliseconds, as exact as it is; negative: nothing.
func millis(us int64) string {
	switch {
	case us < 0:
		return ""
	case us%1000 == 0:
		return fmt.Sprint(us / 1000)
	}
	return strings.TrimRight(fmt.Sprintf("%d.%03d", us/1000, us%1000), "0")
}
