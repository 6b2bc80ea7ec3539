// Package screen fits text to the terminal that a person looks at: lines that are
// no wider than it, and colours.
//
//	text --terminal.Writer--> Writer (breaks lines, paints) --> standard output
//
// Through a pipe, and into a file, a [Writer] changes nothing. It comes behind the
// door that spells out what is no text, so that no file can hold a colour.
package screen

import (
	"os"
	"runtime"
	"strconv"

	"golang.org/x/term"

	"github.com/paxsim/paxsim/internal/terminal"
)

// The colours of --color.
const (
	Auto   = "auto" // on a terminal that has colours, unless NO_COLOR is set
	Always = "always"
	Never  = "never"
)

// Colours are the words of --color.
var Colours = []string{Auto, Always, Never}

// Screen is what is known of a standard stream.
type Screen struct {
	Terminal bool // a person looks at it
	Width    int  // in columns; 0: as wide as the text
	Dumb     bool // it has no colours, and no cursor that moves
}

// least is the width below which nothing is fitted: what is narrower is a mistake.
const least = 20

// Of looks at a stream: a file that may be a terminal. The variable COLUMNS, if it
// is a number, counts for more than what the terminal says. What is no terminal has
// the zero Screen.
func Of(stream any) Screen {
	f, ok := stream.(interface{ Fd() uintptr })
	if !ok || !terminal.Is(stream) || !term.IsTerminal(int(f.Fd())) {
		return Screen{}
	}
	s := Screen{Terminal: true, Dumb: os.Getenv("TERM") == "dumb" || runtime.GOOS == "windows" && os.Getenv("WT_SESSION") == ""} // old consoles show what should paint
	if width, _, err := term.GetSize(int(f.Fd())); err == nil {
		s.Width = width
	}
	if width, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && width > 0 {
		s.Width = width
	}
	if s.Width > 0 {
		s.Width = max(s.Width, least)
	}
	return s
}

// Paints says whether text gets colours under a value of --color.
func (s Screen) Paints(colour string) bool {
	switch colour {
	case Always:
		return true
	case Never:
		return false
	}
	return s.Terminal && !s.Dumb && os.Getenv("NO_COLOR") == ""
}
