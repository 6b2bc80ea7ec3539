package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/triggers"
)

// doings are what somebody does at a moment.
var doings = []triggers.Doing{triggers.Sends, triggers.Receives, triggers.Saves, triggers.Decides, triggers.Falls, triggers.Returns}

// moment is a sentence: who does what, and for the how-manieth time.
//
//	WHO sends|receives MESSAGE [to|from majority|quorum | N times]
//	WHO saves THING            [by majority|quorum | N times]
//	WHO decides|crashes|returns [by majority|quorum | N times]
func moment(w *sim.Vocabulary) kind[triggers.Moment] {
	return kind[triggers.Moment]{
		takes:  "a moment such as " + momentExample(w),
		schema: schema{Type: "string", Pattern: momentPattern(w)},
		parse:  func(g given, text string) (triggers.Moment, error) { return parseMoment(g, w, text) },
		text:   func(_ given, m triggers.Moment) string { return w.MomentText(m) },
	}
}

// momentExample is a sentence in the words of a protocol.
func momentExample(w *sim.Vocabulary) string {
	if m := used(w.Messages); len(m) > 0 {
		return "2 sends " + middle(m) + " 3 times"
	}
	return "2 decides"
}

// used are the words of a list that are not empty.
func used(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
}

// middle is the word in the middle, to be shown as an example.
func middle(words []string) string { return words[(len(words)-1)/2] }

func momentPattern(w *sim.Vocabulary) string {
	var forms []string
	for _, v := range doings {
		form := v.String()
		if things := w.Things(v); things != nil {
			if things = used(things); len(things) == 0 {
				continue
			}
			form += " +(" + strings.Join(things, "|") + ")"
		}
		forms = append(forms, form+"( +"+v.Link()+" +(majority|quorum)| +[1-9][0-9]* +times)?")
	}
	return "^(any|[1-9][0-9]*) +(" + strings.Join(forms, "|") + ")$"
}

func parseMoment(g given, w *sim.Vocabulary, text string) (triggers.Moment, error) {
	var m triggers.Moment
	f := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' })
	if len(f) < 2 || strings.TrimSpace(text) != text {
		return m, errForm
	}
	who, err := or(actor(), anybody, 0).parse(g, f[0])
	if err == errForm {
		return m, notAWord(text, f[0], "the number of an actor, or any", []string{anybody})
	} else if err != nil {
		return m, err
	}
	m.Who = who
	i := -1
	var words []string
	for j, v := range doings {
		words = append(words, v.String())
		if v.String() == f[1] {
			i = j
		}
	}
	if i < 0 {
		return m, notAWord(text, f[1], "one of "+strings.Join(words, ", "), words)
	}
	v := doings[i]
	m.Does = v
	f = f[2:]
	if things := w.Things(v); things != nil {
		one := used(things)
		takes := "one of " + strings.Join(one, ", ")
		switch {
		case len(one) == 0:
			return m, fmt.Errorf("%q: the protocol has no words for what it %s", clip(text), v)
		case len(f) == 0:
			return m, fmt.Errorf("%q: %s what? Expected %s", clip(text), v, takes)
		case !slices.Contains(one, f[0]):
			return m, notAWord(text, f[0], takes, one)
		}
		m.Kind = uint8(slices.Index(things, f[0]))
		f = f[1:]
	}
	return m, howOften(&m, text, f, v.Link())
}

// howOften reads the end of a moment.
func howOften(m *triggers.Moment, text string, f []string, link string) error {
	if len(f) == 0 {
		return nil
	}
	takes := fmt.Sprintf("%s majority, %[1]s quorum, or a number and times", link)
	if !number.MatchString(f[0]) {
		switch {
		case f[0] != link:
			return notAWord(text, f[0], takes, []string{link})
		case len(f) < 2:
			return fmt.Errorf("%q: expected %s majority or %[2]s quorum", clip(text), link)
		case f[1] != majority && f[1] != quorum:
			return notAWord(text, f[1], link+" "+majority+" or "+link+" "+quorum, []string{majority, quorum})
		}
		m.Most, m.Quorum = f[1] == majority, f[1] == quorum
	} else {
		n, err := count(1, triggers.MaxTimes).parse(given{}, f[0])
		switch {
		case err != nil:
			return fmt.Errorf("%q: expected %s times, not %q", clip(text), count(1, triggers.MaxTimes).takes, clip(f[0]))
		case len(f) < 2:
			return fmt.Errorf("%q: expected %s times", clip(text), f[0])
		case f[1] != "times":
			return notAWord(text, f[1], f[0]+" times", []string{"times"})
		}
		if n > 1 { // the first time is what is meant where nothing is said
			m.Times = int(n)
		}
	}
	if len(f) > 2 {
		return fmt.Errorf("%q: expected nothing behind %q", clip(text), f[1])
	}
	return nil
}

// notAWord says that a word of a sentence is none of those that fit.
func notAWord(text, word, takes string, words []string) error {
	return fmt.Errorf("%q: expected %s, not %q%s", clip(text), takes, clip(word), didYouMean(word, words))
}
