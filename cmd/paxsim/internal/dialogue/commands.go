package dialogue

import (
	"strings"

	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/sim/explain/condition"
)

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
		{"to", "t", "TIME|EVENT", "to a time such as 5ms, an event such as 12, or the end", "Of a time: after the last event that is not later. In a searched run nothing\ntakes time. goto is the same.", (*Dialogue).to},
		{"until", "u", "CONDITION", "on until something happens: until actor 2 decides", "", (*Dialogue).until},
		{"show", "s", "[ACTOR]", "the state of the actors, or of one of them", "", (*Dialogue).show},
		{"board", "o", "[ROUND]", "the votes so far: actors by rounds, and what can be chosen",
			"A column a round, a row an actor. What must not be is framed, or marked with !.\nWith ROUND the table ends there, if not all of it fits.", (*Dialogue).votes},
		{"queue", "w", "", "what waits to happen", "In the order in which it will, if nothing comes between. In a searched run, where\nall of it may be next, each has a number for take.", (*Dialogue).queue},
		{"take", "k", "N|EVENT", "of a searched run: make an event of the queue the next",
			"By its number in the queue, or by its name. The end of a name may be left out.\nWhat would have come before it is held back until then. The rest of the run stays\nas it is, as far as it can: what was taken later still waits for its turn.", (*Dialogue).takeNext},
		{"lose", "l", "KIND A>B [#N]", "lose a message from A to B: lose KIND 2>3",
			"The one that is being sent, or is on its way; else the next that will be sent, or\nthe last that was. #N is the sender's N-th of its kind. B may be all.\nThe run is made again with that answer, and you are where it is asked.", loses("lost")},
		{"double", "d", "KIND A>B [#N]", "let it be doubled", "As lose.", loses("doubled")},
		{"delay", "y", "KIND A>B [#N] by TIME", "let it take longer than the least, by so much", "As lose.", (*Dialogue).delay},
		{"crash", "x", "[ACTOR] [before save|decide|KIND A>B] [idle] [for TIME]", "take an actor down before what it does now, or does next",
			"Without ACTOR: the one of this event. A crash falls before something that others\ncan see: a message that leaves, a save, a decision. With idle it falls between two\nevents. In a timed run that is here, and lasts until restart if no time is given. In\na searched run it is after this event, or after the next at the actor, which comes\nback at once.", (*Dialogue).crash},
		{"cut", "i", "A… [> B…] [for TIME]", "cut actors off from the rest: cut 1 2, or one way: cut 1 > 3",
			"From here on: the cut is the next event, and up to here the run stays as it is.\nWithout a time it lasts until heal. all may be a side of >. A searched run has no\ncuts: clog holds messages back there, and lose loses them.", edits("cut")},
		{"clog", "g", "A… > B… [for TIME|until EVENT]", "let messages wait on their way: clog 1 > all",
			"From here on, as cut. They arrive once the clog is over. In a searched run they are\nheld back until that event has been handled; without one, as long as anything else\ncan happen.", edits("clog")},
		{"pause", "p", "A… [for TIME|until EVENT]", "let actors stand still: pause 2",
			"From here on, as cut. What comes for them waits until the pause is over. In a\nsearched run all their events are held back, as clog holds back messages.", edits("pause")},
		{"restart", "r", "ACTOR", "let an actor that is down come back here", "Whatever keeps it down. An actor that is down for good stays down.", edits("restart")},
		{"heal", "e", "[FAULT]", "end a cut, a clog, a pause or a crash here", "By its name: heal cut 1 2, or that of a fault of the scenario. Without a name: the\none that is listed last. In a searched run: heal pause 2.", (*Dialogue).heal},
		{"choose", "c", "[CHOICE = ANSWER]", "what this event asked of chance, or an answer: choose lost KIND 2>3 #1 = 1",
			"0 is the calm answer. A choice has the name that run files give it; without its\ncount it is found as lose finds it.", (*Dialogue).choose},
		{"undo", "z", "", "take the last answer back", "Or what take, cut, clog, pause, restart or heal did last.", (*Dialogue).takeBack},
		{"answers", "a", "", "what was chosen and done so far", "", (*Dialogue).list},
		{"save", "v", "FILE", "write the run to its end, with the answers, for paxsim replay", "With what is held back, in a searched run. The name must not be that of another\nfile than a run file.", (*Dialogue).write},
		{"help", "h", "[COMMAND]", "this list, or more about a command", "", (*Dialogue).help},
		{"quit", "q", "", "end here", "exit is the same.", nil},
	}
}

// docOf is what a command does, with a message of the protocol in the place of KIND.
func (d *Dialogue) docOf(c *command) string {
	return strings.ReplaceAll(c.doc, "KIND", d.exampleMessage())
}

// commandOf is the command of a name or a letter, or nil.
func commandOf(word string) *command {
	for i := range commands {
		if c := &commands[i]; word == c.name || word == c.letter || word == otherNames[c.name] {
			return c
		}
	}
	return nil
}

// otherNames are names that people try, by those of help.
var otherNames = map[string]string{"quit": "exit", "to": "goto"}

// help lists the commands, or tells more about one.
func (d *Dialogue) help(arg string) error {
	if arg == "" {
		for _, c := range commands {
			d.print("  %s  %-7s  %s\n", c.letter, c.name, d.docOf(&c))
		}
		d.print("help COMMAND tells more, and how it is written. A line that begins with # is passed over.\n")
		if d.Typed {
			d.print("Tab completes words, the arrow keys bring lines back, and Enter repeats the last move or\nlook. Ctrl-C clears the line, Ctrl-D ends.\n")
		}
		return nil
	}
	c := commandOf(arg)
	if c == nil {
		var names []string
		for i := range commands {
			names = append(names, commands[i].name)
		}
		return mistake("there is no command %q%s", words.Clip(arg), nearestOf(arg, names))
	}
	d.print("%s\n    %s\n", strings.TrimSpace(c.name+" "+c.args), d.docOf(c))
	more := c.more
	if c.name == "until" {
		more = condition.Grammar(d.scenario)
	}
	for line := range strings.Lines(more) {
		d.print("    %s\n", strings.TrimRight(line, "\n"))
	}
	return nil
}
