package cli

import (
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
)

// addLook adds the flags that say how what is printed looks on a terminal. They
// count from the moment that they are read, so that help heeds them.
func (a *app) addLook(root *cobra.Command) {
	l := &look{a: a, colour: screen.Auto}
	f := root.PersistentFlags()
	f.SortFlags = false
	f.Var(wideFlag{l}, "wide", "on a terminal: let lines be as long as they are, with all columns of a table")
	f.Lookup("wide").NoOptDefVal = "true"
	f.Var(colourFlag{l}, "color", "paint what broke, what was decided, and faults: "+orList(screen.Colours))
	if err := f.SetAnnotation("color", wordsKey, screen.Colours); err != nil {
		panic("cli: " + err.Error())
	}
}

// look is how what is printed looks on a terminal.
type look struct {
	a      *app
	wide   bool
	colour string
}

func (l *look) set() { l.a.out.look(l.wide, l.colour) }

type wideFlag struct{ *look }

func (w wideFlag) String() string { return strconv.FormatBool(w.look != nil && w.wide) }
func (w wideFlag) Type() string   { return "bool" }

// Set implements [pflag.Value].
func (w wideFlag) Set(text string) error {
	wide, err := strconv.ParseBool(text)
	if err != nil {
		return errors.New("expected true or false")
	}
	w.wide = wide
	w.set()
	return nil
}

type colourFlag struct{ *look }

func (c colourFlag) String() string {
	if c.look == nil {
		return ""
	}
	return c.colour
}
func (c colourFlag) Type() string { return "WHEN" }

// Set implements [pflag.Value].
func (c colourFlag) Set(text string) error {
	if err := (wordFlag{&c.colour, "WHEN", screen.Colours}).Set(text); err != nil {
		return err
	}
	c.set()
	return nil
}
