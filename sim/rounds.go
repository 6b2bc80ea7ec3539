package sim

import "strconv"

// Rounder is a message that tells the round that it belongs to. Traces, conditions
// and the viewer then know the round of a message as a value, and never read it from
// the message's text.
type Rounder interface {
	// Round is the round that the message belongs to; 0: none. Rounds are compared as
	// numbers, so a later or higher round is a greater number.
	Round() Round
}

// Rounds says how a protocol speaks of its rounds. The zero Rounds calls one a
// round, and tells its number.
type Rounds struct {
	Name    string // what one is called: "ballot"; "": "round"
	Example string // one in text, for help: "1.2"; "": "3"

	// Text is the text of a round; nil: its number.
	Text func(r Round) string
	// Parse reads what Text printed, and nothing else; nil: a number.
	Parse func(text string) (r Round, ok bool)
}

// whole is the rounds with what they leave out.
func (r Rounds) whole() Rounds {
	if r.Name == "" {
		r.Name = "round"
	}
	if r.Example == "" {
		r.Example = "3"
	}
	if r.Text == nil {
		r.Text = func(n Round) string { return strconv.FormatUint(uint64(n), 10) }
	}
	if r.Parse == nil {
		r.Parse = func(text string) (Round, bool) {
			n, err := strconv.ParseUint(text, 10, 64)
			return Round(n), err == nil && strconv.FormatUint(n, 10) == text
		}
	}
	return r
}
