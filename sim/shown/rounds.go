package shown

import (
	"strconv"

	"github.com/paxsim/paxsim/sim/ids"
)

// Rounds says how a protocol speaks of its rounds. The zero Rounds calls one a
// round, and tells its number.
type Rounds struct {
	Name    string // what one is called: "ballot"; "": "round"
	Example string // one in text, for help: "1.2"; "": "3"

	// Text is the text of a round; nil: its number.
	Text func(r ids.Round) string
	// Parse reads what Text printed, and nothing else; nil: a number.
	Parse func(text string) (r ids.Round, ok bool)
}

// Whole is the rounds with what they leave out.
func (r Rounds) Whole() Rounds {
	if r.Name == "" {
		r.Name = "round"
	}
	if r.Example == "" {
		r.Example = "3"
	}
	if r.Text == nil {
		r.Text = func(n ids.Round) string { return strconv.FormatUint(uint64(n), 10) }
	}
	if r.Parse == nil {
		r.Parse = func(text string) (ids.Round, bool) {
			n, err := strconv.ParseUint(text, 10, 64)
			return ids.Round(n), err == nil && strconv.FormatUint(n, 10) == text
		}
	}
	return r
}
