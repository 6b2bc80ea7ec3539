package sim

import (
	"fmt"

	"github.com/paxsim/paxsim/sim/triggers"
)

// Things are what can be done in this way, by the words of a protocol; nil: nothing is
// named.
func (w *Vocabulary) Things(does triggers.Doing) []string {
	switch does {
	case triggers.Sends, triggers.Receives:
		return append([]string{}, w.Messages...)
	case triggers.Saves:
		return append([]string{}, w.Saves...)
	}
	return nil
}

// MomentText is a moment as a file says it: "2 sends Accept to majority".
func (w *Vocabulary) MomentText(m triggers.Moment) string {
	who := "any"
	if m.Who != 0 {
		who = itoa(int(m.Who))
	}
	text := who + " " + m.Does.String()
	if things := w.Things(m.Does); things != nil {
		text += " " + things[m.Kind]
	}
	switch {
	case m.Most:
		return text + " " + m.Does.Link() + " majority"
	case m.Quorum:
		return text + " " + m.Does.Link() + " quorum"
	case m.Times > 1:
		return fmt.Sprintf("%s %d times", text, m.Times)
	}
	return text
}
