package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/shown"
)

var keyWords = [...]string{
	chance.Lost: "lost", chance.Lost + 1: "lost-copy1", chance.Lost + 2: "lost-copy2", chance.Lost + 3: "lost-copy3",
	chance.Doubled: "doubled", chance.Doubled + 1: "doubled-copy1", chance.Doubled + 2: "doubled-copy2",
	chance.Delay: "delay", chance.Delay + 1: "delay-copy1", chance.Delay + 2: "delay-copy2", chance.Delay + 3: "delay-copy3",
	chance.Crash: "crash", chance.CrashSave: "crash-save", chance.CrashDecide: "crash-decide",
	chance.Kept: "kept", chance.Down: "down", chance.Pick: "pick", chance.Bias: "bias", chance.When: "when",
	chance.Damaged: "damaged", chance.Damaged + 1: "damaged-copy1", chance.Damaged + 2: "damaged-copy2", chance.Damaged + 3: "damaged-copy3",
	chance.Forged: "forged", chance.Forged + 1: "forged-copy1", chance.Forged + 2: "forged-copy2", chance.Forged + 3: "forged-copy3",
	chance.Forger: "forger", chance.Forger + 1: "forger-copy1", chance.Forger + 2: "forger-copy2", chance.Forger + 3: "forger-copy3",
	chance.Gap: "gap", chance.Spell: "spell", chance.Victim: "victim", chance.Side: "side", chance.Core: "core", chance.Leader: "leader",
	chance.CrashIdle: "crash-idle", chance.CrashIdle + 1: "crash-idle-copy1", chance.CrashIdle + 2: "crash-idle-copy2", chance.CrashIdle + 3: "crash-idle-copy3",
	chance.CrashOwn: "crash-idle-own", chance.CrashAnswer: "crash-answer",
}

// form is how the key of a choice is written after its word.
type form uint8

const (
	byActor form = iota // an actor, or nobody: "down 2 #1"
	byLink              // a kind of message, its sender and receiver: "lost Accept 2>3 #1"
	byPair              // two numbers: "victim 2>1 #1"
)

// formOf is the form of a choice. Of one about a fault the first number is that
// of the fault, counted from 1.
func formOf(what uint8) form {
	switch {
	case what <= chance.Crash, what >= chance.Damaged && what < chance.Protocol, what >= chance.CrashIdle && what < chance.CrashOwn:
		return byLink
	case what == chance.Bias, what == chance.Victim, what == chance.Side, what == chance.Core:
		return byPair
	}
	return byActor
}

// Vocabulary are what a protocol calls its things, by their numbers.
type Vocabulary struct {
	Messages []string // kinds of messages; a kind without a word is not used
	Timers   []shown.TimerKind
	Choices  []string // each must differ from the world's own words
	Roles    []string // that actors play, see [aims.Target]; each must differ from the words for targets
	Saves    []string // what a record can newly hold, see [triggers.Moment]
	Notes    []shown.Note

	// Operations are what clients can ask for; none: to have a value decided, and
	// nothing else.
	Operations []string

	// Verbs say what an actor does that sends a message, by its kind: "promises". Where
	// there is none it just sends it.
	Verbs []string

	// Actions are the kinds of messages, as bits, whose arrival carries the protocol
	// forward; 0: all of them. What only repeats, refuses or asks is none. A protocol
	// that has [Spec].Actions says it there.
	Actions uint64

	// Example is the kind of message that help and mistakes speak of.
	Example uint8
}

// ExampleMessage is the word for a message that help and mistakes speak of.
func (w *Vocabulary) ExampleMessage() string {
	if int(w.Example) < len(w.Messages) && w.Messages[w.Example] != "" {
		return w.Messages[w.Example]
	}
	for _, word := range w.Messages {
		if word != "" {
			return word
		}
	}
	return "Message"
}

// KeyText is the text form of a key, such as "lost Accept 2>3 #1". It parses
// back with [Vocabulary.ParseKey].
func (w *Vocabulary) KeyText(k scheduler.Key) string {
	var b strings.Builder
	what := k.What()
	switch {
	case what >= chance.Protocol && int(what-chance.Protocol) < len(w.Choices):
		b.WriteString(w.Choices[what-chance.Protocol])
	case int(what) < len(keyWords) && keyWords[what] != "":
		b.WriteString(keyWords[what])
	default:
		return k.String()
	}
	switch form := formOf(what); {
	case form == byLink:
		b.WriteByte(' ')
		b.WriteString(w.message(k.Kind()))
		fallthrough
	case form == byPair:
		fmt.Fprintf(&b, " %d>%d", k.From(), k.To())
	case k.From() != 0:
		fmt.Fprintf(&b, " %d", k.From())
	}
	fmt.Fprintf(&b, " #%d", k.Count())
	return b.String()
}

func (w *Vocabulary) message(kind uint8) string {
	if int(kind) < len(w.Messages) && w.Messages[kind] != "" {
		return w.Messages[kind]
	}
	return strconv.Itoa(int(kind))
}

// ParseKey reads the text form of a key.
func (w *Vocabulary) ParseKey(text string) (scheduler.Key, error) {
	f := strings.Split(text, " ")
	what, ok := w.what(f[0])
	if !ok {
		return 0, fmt.Errorf("choice %q: no choice is called %q", text, f[0])
	}
	var kind uint8
	var from, to uint64
	var err error
	rest := f[1:]
	form := formOf(what)
	if form == byLink {
		if len(rest) != 3 {
			return 0, fmt.Errorf("choice %q: expected the form %q", text, f[0]+" "+w.ExampleMessage()+" 2>3 #1")
		}
		i := slices.Index(w.Messages, rest[0])
		if i < 0 || rest[0] == "" {
			return 0, fmt.Errorf("choice %q: no message is called %q", text, rest[0])
		}
		kind = uint8(i)
		rest = rest[1:]
	}
	switch {
	case form != byActor:
		if len(rest) != 2 {
			return 0, fmt.Errorf("choice %q: expected the form %q", text, f[0]+" 2>3 #1")
		}
		a, b, _ := strings.Cut(rest[0], ">")
		if from, err = strconv.ParseUint(a, 10, 14); err == nil {
			to, err = strconv.ParseUint(b, 10, 14)
		}
		if err != nil {
			return 0, fmt.Errorf("choice %q: %q is no pair of numbers", text, rest[0])
		}
		rest = rest[1:]
	case len(rest) == 2:
		if from, err = strconv.ParseUint(rest[0], 10, 14); err != nil {
			return 0, fmt.Errorf("choice %q: %q is no actor", text, rest[0])
		}
		rest = rest[1:]
	}
	if len(rest) != 1 || !strings.HasPrefix(rest[0], "#") {
		return 0, fmt.Errorf("choice %q: expected it to end in a count such as #1", text)
	}
	count, err := strconv.ParseUint(rest[0][1:], 10, 32)
	if err != nil || count > scheduler.MaxCount {
		return 0, fmt.Errorf("choice %q: %q is no count", text, rest[0])
	}
	k := scheduler.MakeKey(what, kind, uint16(from), uint16(to), uint32(count))
	if again := w.KeyText(k); again != text {
		return 0, fmt.Errorf("choice %q: expected it written %q", text, again)
	}
	return k, nil
}

func (w *Vocabulary) what(word string) (uint8, bool) {
	if word == "" {
		return 0, false
	}
	if i := slices.Index(w.Choices, word); i >= 0 {
		return uint8(chance.Protocol + i), true
	}
	i := slices.Index(keyWords[:], word)
	return uint8(i), i >= 0
}
