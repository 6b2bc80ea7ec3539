// Package dialogue is the talk of the command that goes through a run: what a person
// can type, and what is answered.
//
//	line --Dialogue--> Stepper --> sim.Runner
package dialogue

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/trace"
)

// Prompt comes before every line that a person, or a file, says.
const Prompt = "> "

// mistake is what somebody has said and nobody can follow.
func mistake(format string, args ...any) error {
	return &stepper.Mistake{Text: fmt.Sprintf(format, args...)}
}

// Dialogue goes through a run by commands, a line each. The zero Dialogue is not
// usable: see [New].
type Dialogue struct {
	run      *stepper.Stepper
	scenario *sim.Scenario
	searched bool // the run is a searched one
	name     string
	out      io.Writer
	tell     grid.Teller
	save     func(name string, f *trace.File) error

	explained bool   // the legend of the board was shown
	again     string // the last line, if it did no more than move or show

	Broken   bool // the run broke an invariant when it was last seen to end
	Typed    bool // a person types the lines
	Width    int  // of a board, in columns of a terminal; 0: the usual
	Mistakes int  // how many commands could not be followed
}

// New begins a dialogue about the run of a scenario of a name. save writes a
// file of a name that a person gave: a [*stepper.Mistake] of it is answered, any other error
// ends the dialogue.
func New(run *stepper.Stepper, name string, out io.Writer, save func(name string, f *trace.File) error) *Dialogue {
	_, searched := run.Searched()
	return &Dialogue{run: run, scenario: run.Scenario(), searched: searched, name: name, out: out, tell: grid.Tell(run.Scenario()), save: save}
}

// Begin prints what is above the first command.
func (d *Dialogue) Begin() {
	budget, is := d.run.Searched()
	searched := ""
	if is {
		searched = "searched, "
	}
	d.print("%s, %s%s, %s", d.name, searched, baseText(d.run.Base()), say.Plural(uint64(d.scenario.Actors), "actor"))
	if n := len(d.run.Answers()); n > 0 {
		d.print("; %s chosen", say.Plural(uint64(n), "answer"))
	}
	if n := len(d.run.Edits()); n > 0 {
		d.print("; %s by hand", say.Plural(uint64(n), "edit"))
	}
	if is {
		if n := len(d.run.Deferrals()); n > 0 {
			d.print("; %s held back", say.Plural(uint64(n), "event"))
		}
		d.print("\nnothing takes time: take decides what is next, else it is the oldest; at most %s", budgetText(budget))
	}
	d.print("\n")
	if opened := d.run.Families(); len(opened) > 0 {
		d.print("made possible, and left to you: %s\n", strings.Join(opened, ", "))
	}
	d.print("help lists the commands\n")
}

func baseText(b trace.Base) string {
	if b.Calm {
		return "in calm"
	}
	return b.String()
}

// Do follows one line and says whether the dialogue goes on. An error ends it: it
// is that of the context, or a failure of the machine.
func (d *Dialogue) Do(line string) (more bool, err error) {
	line = strings.TrimSpace(line)
	word, arg, _ := strings.Cut(line, " ")
	if word == "" || strings.HasPrefix(word, "#") {
		return true, nil
	}
	c := commandOf(word)
	if c == nil {
		var names []string
		for i := range commands {
			names = append(names, commands[i].name)
		}
		d.Complain(fmt.Sprintf("there is no command %q%s", words.Clip(word), cmp.Or(words.Hint(word, names), "; help lists them")))
		return true, nil
	}
	if c.do == nil {
		return false, nil
	}
	d.again = ""
	if slices.Contains(repeatable, c.name) {
		d.again = line
	}
	err = c.do(d, strings.TrimSpace(arg))
	var m *stepper.Mistake
	if errors.As(err, &m) {
		d.Complain(m.Text)
		return true, nil
	}
	return err == nil, err
}

// Again is the line that a person means by an empty one: the last, if it did no more
// than move or show; "": none.
func (d *Dialogue) Again() string { return d.again }

// repeatable are the commands that leave the run as it is, and do something else when
// they are given again.
var repeatable = []string{"next", "back", "until", "show", "board", "queue"}

// Complain tells of a mistake and counts it.
func (d *Dialogue) Complain(text string) {
	d.Mistakes++
	d.print("? %s\n", text)
}

// exampleMessage is the word for a message that help speaks of.
func (d *Dialogue) exampleMessage() string { return d.words().ExampleMessage() }

func (d *Dialogue) words() *sim.Vocabulary { return d.scenario.Protocol.Vocabulary() }

func (d *Dialogue) print(format string, args ...any) { terminal.Fprintf(d.out, format, args...) }
