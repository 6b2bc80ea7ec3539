package cli

import "cmp"

// Texts are what the help says of the protocol that a command is for. They come from
// its main: this package knows no protocol. The zero Texts speaks of none.
type Texts struct {
	Short    string            // the command in a line
	Runs     string            // what it runs, as a sentence has it: Paxos
	Vary     string            // a setting and a range of values, for the help of sweep
	Counts   string            // what the protocol counts, for the same
	Examples map[string]string // by command, that of "" for the command itself: the lines of its help
}

var texts Texts

// Tell makes the help of all commands from here on that of these texts.
func Tell(t Texts) {
	t.Short = cmp.Or(t.Short, "a deterministic simulator of protocols")
	t.Runs = cmp.Or(t.Runs, "a protocol")
	t.Vary = cmp.Or(t.Vary, "network.loss=0.1%..30%*8")
	t.Counts = cmp.Or(t.Counts, "what the protocol counts")
	texts = t
}

func init() { Tell(Texts{}) }

// example is the lines of examples of a command: the main's, or general ones.
func example(command, general string) string { return cmp.Or(texts.Examples[command], general) }
