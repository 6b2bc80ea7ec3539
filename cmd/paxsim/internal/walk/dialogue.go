package walk

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/trace"
)

// Prompt stands before every line that a person, or a file, says.
const Prompt = "> "

// Dialogue is a walk by commands, a line each.
type Dialogue struct {
	*Walk
	name string
	out  io.Writer
	tell grid.Teller
	save func(name string, f *trace.File) error

	Mistakes int // how many commands could not be followed
}

// NewDialogue begins a dialogue about the run of a scenario of a name. save
// writes a file of a name that a person gave.
func NewDialogue(w *Walk, name string, out io.Writer, save func(name string, f *trace.File) error) *Dialogue {
	return &Dialogue{Walk: w, name: name, out: out, tell: grid.Tell(w.scenario), save: save}
}

// Begin prints what stands above the first command.
func (d *Dialogue) Begin(opened []string) {
	searched := ""
	if d.search != nil {
		searched = "searched, "
	}
	d.print("%s, %s%s, %s", d.name, searched, baseText(d.base), say.Plural(uint64(d.scenario.Actors), "actor"))
	if n := len(d.answers); n > 0 {
		d.print("; %s chosen", say.Plural(uint64(n), "answer"))
	}
	if d.search != nil {
		if n := len(d.search.deferrals); n > 0 {
			d.print("; %s held back", say.Plural(uint64(n), "event"))
		}
		d.print("\nnothing takes time: take decides what is next, else it is the oldest; at most %s", budgetText(d.search.budget))
	}
	d.print("\n")
	if len(opened) > 0 {
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
		hint := "; help lists them"
		if n := scenarios.Nearest(word, names); n != "" {
			hint = "; did you mean " + n + "?"
		}
		d.Complain(fmt.Sprintf("there is no command %q%s", clip(word), hint))
		return true, nil
	}
	if c.do == nil {
		return false, nil
	}
	err = c.do(d, strings.TrimSpace(arg))
	var m *Mistake
	if errors.As(err, &m) {
		d.Complain(m.text)
		return true, nil
	}
	return err == nil, err
}

// Complain tells of a mistake and counts it.
func (d *Dialogue) Complain(text string) {
	d.Mistakes++
	d.print("? %s\n", text)
}

func (d *Dialogue) print(format string, args ...any) { terminal.Fprintf(d.out, format, args...) }

// command is one thing that can be asked for.
type command struct {
	name, letter string
	args         string
	doc          string
	more         string // for its own help
	do           func(d *Dialogue, arg string) error
}

// commands lists them in the order of help.
var commands []command

func init() { // help itself reads the list
	commands = []command{
		{"next", "n", "[N]", "the next event, or N of them", "", (*Dialogue).forward},
		{"back", "b", "[N]", "one event back, or N", "The run is made again up to there, so it is exact.", (*Dialogue).backward},
		{"to", "t", "TIME|EVENT", "to a time such as 5ms, an event such as 12, or the end", "Of a time: after the last event that is not later. In a searched run nothing\ntakes time.", (*Dialogue).to},
		{"until", "u", "CONDITION", "on until something happens: until actor 2 decides", conditionText, (*Dialogue).until},
		{"show", "s", "[ACTOR]", "how the actors stand, or one of them", "", (*Dialogue).show},
		{"queue", "w", "", "what waits to happen", "In the order in which it will, if nothing comes between. In a searched run, where\nall of it may be next, each has a number for take.", (*Dialogue).queue},
		{"take", "k", "N|EVENT", "of a searched run: make an event of the queue the next",
			"By its number in the queue, or by its name, of which the end may be left out.\nWhat would have come before it is held back until then. The rest of the run stays\nas it is, as far as it can: what was taken later still waits for its turn.", (*Dialogue).takeNext},
		{"lose", "l", "KIND A>B [#N]", "lose a message from A to B: lose Accept 2>3",
			"The one that is being sent, or is on its way; else the next that will be sent, or\nthe last that was. #N is the sender's N-th of its kind. B may be all.\nThe run is made again with that answer, and you stand where it is asked.", loses("lost")},
		{"double", "d", "KIND A>B [#N]", "let it be doubled", "As lose.", loses("doubled")},
		{"delay", "y", "KIND A>B [#N] by TIME", "let it take longer than the least, by so much", "As lose.", (*Dialogue).delay},
		{"crash", "x", "[ACTOR] [before save|decide|KIND A>B] [idle] [for TIME]", "take an actor down before what it does now, or does next",
			"Without ACTOR: the one of this event. A crash falls before something that others\ncan come to see: a message that leaves, a save, a decision. In a searched run, idle\nis a crash after all that an event does: this event, or the next at the actor.\nWho crashes idle comes back at once.", (*Dialogue).crash},
		{"choose", "c", "[CHOICE = ANSWER]", "what this event asked of chance, or an answer: choose lost Accept 2>3 #1 = 1",
			"0 is the calm answer. A choice has the name that run files give it; without its\ncount it is found as lose finds it.", (*Dialogue).choose},
		{"undo", "z", "", "take the last answer back", "Or what take did last.", (*Dialogue).takeBack},
		{"answers", "a", "", "the answers chosen so far", "", (*Dialogue).list},
		{"save", "v", "FILE", "write the run to its end, with the answers, for paxsim replay", "With what is held back, in a searched run. The name must not be that of another\nfile than a run file.", (*Dialogue).write},
		{"help", "h", "[COMMAND]", "this list, or more about a command", "", (*Dialogue).help},
		{"quit", "q", "", "end here", "", nil},
	}
}

// commandOf is the command of a name or a letter, or nil.
func commandOf(word string) *command {
	for i := range commands {
		if c := &commands[i]; word == c.name || word == c.letter {
			return c
		}
	}
	return nil
}

// help lists the commands, or tells more about one.
func (d *Dialogue) help(arg string) error {
	if arg == "" {
		for _, c := range commands {
			d.print("  %s  %-7s  %s\n", c.letter, c.name, c.doc)
		}
		d.print("help COMMAND tells more, and how it is written. A line that begins with # is passed over.\n")
		return nil
	}
	c := commandOf(arg)
	if c == nil {
		var names []string
		for i := range commands {
			names = append(names, commands[i].name)
		}
		return mistake("there is no command %q%s", clip(arg), nearestOf(arg, names))
	}
	d.print("%s\n    %s\n", strings.TrimSpace(c.name+" "+c.args), c.doc)
	more := c.more
	if c.name == "until" {
		var kinds, notes, invariants []string
		for _, k := range d.words().Messages {
			if k != "" {
				kinds = append(kinds, k)
			}
		}
		for _, n := range d.words().Notes {
			notes = append(notes, n.Name)
		}
		for _, i := range d.scenario.Protocol.Invariants() {
			if d.scenario.Watches(i.Name) {
				invariants = append(invariants, i.Name)
			}
		}
		form, words := roundText(d.scenario.Protocol)
		verbs := ""
		if list := verbsOf(d.words()); len(list) > 0 {
			verbs = "\n      | " + strings.Join(list, " | ")
		}
		more = fmt.Sprintf(conditionText, form, verbs, strings.Join(kinds, ", "), words, strings.Join(notes, ", "), folded(invariants))
	}
	for line := range strings.Lines(more) {
		d.print("    %s\n", strings.TrimRight(line, "\n"))
	}
	return nil
}

// folded lists words, in lines that are not too long.
func folded(words []string) string {
	text, line := "", 0
	for i, w := range words {
		if i > 0 {
			text += ","
			if line += len(w) + 2; line > 76 {
				text, line = text+"\n  ", len(w)
			} else {
				text += " "
			}
		} else {
			line = len(w)
		}
		text += w
	}
	return text
}
