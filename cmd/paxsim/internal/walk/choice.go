package walk

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// wish is what a person wants of chance: which choices, and their answer.
type wish struct {
	words  []string // of the choice, the first of those that are asked: crash, crash-save, …
	kind   string   // of the message, as it was written; "": whatever
	from   sim.ID   // 0: whoever
	to     sim.ID   // 0: whoever, each
	pair   bool     // from and to are a link
	count  uint32   // 0: the one that is asked now, or else next
	answer uint32
}

// wanted says whether a choice is one that a wish is about.
func (w *Walk) wanted(x wish, k scheduler.Key) bool {
	f := strings.Fields(w.words().KeyText(k))
	if !slices.Contains(x.words, f[0]) || x.count != 0 && k.Count() != x.count {
		return false
	}
	if x.kind != "" && (len(f) < 3 || !strings.EqualFold(f[1], x.kind)) {
		return false
	}
	if x.pair && !strings.Contains(f[len(f)-2], ">") {
		return false
	}
	if !x.pair && k.To() != 0 && slices.Contains(idleWords, f[0]) {
		return x.from == 0 || sim.ID(k.To()) == x.from // it is the receiver that crashes
	}
	return (x.from == 0 || sim.ID(k.From()) == x.from) && (x.to == 0 || sim.ID(k.To()) == x.to)
}

// resolve finds the choices that a wish is about: those that the event asks
// after which the walk stands; else those about a message that is on its way;
// else the next that the run will ask; else the last that it has asked. With a
// count, wherever they are asked. Of one event it takes them all if the wish is
// about each receiver, else the first.
func (w *Walk) resolve(x wish) (found []scheduler.Asked, err error) {
	each := func(a scheduler.Asked) bool { return w.wanted(x, a.Key) }
	is := each
	n := x.count
	if n == 0 && !slices.ContainsFunc(w.asked.List, each) {
		n = w.onItsWay(x)
	}
	if n != 0 {
		is = func(a scheduler.Asked) bool { return each(a) && a.Key.Count() == n }
	} else {
		found, err = w.find(is)
	}
	if err == nil && len(found) == 0 {
		found, err = w.last(is, each)
	}
	if err == nil && len(found) == 0 && n != 0 {
		found, err = w.find(is)
	}
	switch {
	case err != nil:
		return nil, err
	case len(found) == 0:
		return nil, mistake("the run as it goes now asks no such thing")
	case x.pair && x.to == 0:
		return found, nil
	}
	return found[:1], nil
}

// onItsWay is which of its sender's messages of a kind it is that a wish is
// about and that is on its way, the last sent; 0: none is.
func (w *Walk) onItsWay(x wish) (n uint32) {
	if !x.pair || x.words[0] == "crash" {
		return 0
	}
	for _, e := range w.foresee() {
		if e.What == observe.Delivered && e.Peer == x.from && (x.to == 0 || e.Actor == x.to) && strings.EqualFold(w.words().Messages[e.Kind], x.kind) {
			n = max(n, e.N)
		}
	}
	return n
}

var (
	linkForm  = regexp.MustCompile(`^([0-9]{1,5})>([0-9]{1,5}|all)$`)
	countForm = regexp.MustCompile(`^#([0-9]{1,8})$`)
)

// parseMessage reads "KIND FROM>TO [#COUNT]" into a wish, and returns what
// follows.
func (w *Walk) parseMessage(x *wish, f []string, form string) (rest []string, err error) {
	kinds := slices.DeleteFunc(slices.Clone(w.words().Messages), func(k string) bool { return k == "" })
	if len(f) == 0 {
		return nil, mistake("expected %s", form)
	}
	i := slices.IndexFunc(kinds, func(k string) bool { return strings.EqualFold(k, f[0]) })
	if i < 0 {
		return nil, mistake("no message is called %q%s", clip(f[0]), nearestOf(f[0], kinds))
	}
	x.kind = kinds[i]
	if f = f[1:]; len(f) == 0 {
		return nil, mistake("%s of whom, to whom? Expected %s", x.kind, form)
	}
	m := linkForm.FindStringSubmatch(f[0])
	if m == nil {
		return nil, mistake("expected who sends and who receives, such as 2>3 or 2>all, not %q", clip(f[0]))
	}
	x.pair = true
	if x.from, err = w.id(m[1]); err != nil {
		return nil, err
	}
	if m[2] != "all" {
		if x.to, err = w.id(m[2]); err != nil {
			return nil, err
		}
		if x.to == x.from {
			return nil, mistake("what actor %d sends to itself always arrives: no choice is asked", x.from)
		}
	}
	return takeCount(x, f[1:])
}

// takeCount reads a count, if one follows.
func takeCount(x *wish, f []string) ([]string, error) {
	if len(f) == 0 || !strings.HasPrefix(f[0], "#") {
		return f, nil
	}
	m := countForm.FindStringSubmatch(f[0])
	if m == nil {
		return nil, mistake("expected a count such as #1, not %q", clip(f[0]))
	}
	n, err := strconv.ParseUint(m[1], 10, 24)
	if err != nil || n == 0 {
		return nil, mistake("expected a count from #1 on, not %q", f[0])
	}
	x.count = uint32(n)
	return f[1:], nil
}

// id reads the number of an actor.
func (w *Walk) id(text string) (sim.ID, error) {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n < 1 || int(n) > w.scenario.Actors {
		return 0, mistake("there is no actor %s: expected 1 to %d", clip(text), w.scenario.Actors)
	}
	return sim.ID(n), nil
}

// parseKey reads a choice by its whole name, and an answer: "lost Accept 2>3 #1
// = 1", with the sign or without, and 1 if no answer is there. The count may be
// left out.
func (w *Walk) parseKey(text string) (key scheduler.Key, x wish, whole bool, err error) {
	f := strings.Fields(strings.ReplaceAll(text, "=", " = "))
	x.answer = 1
	if n := len(f); n > 1 && f[n-1] != "" && isNumber(f[n-1]) && (f[n-2] == "=" || strings.HasPrefix(f[n-2], "#")) {
		v, err := strconv.ParseUint(f[n-1], 10, 32)
		if err != nil {
			return 0, x, false, mistake("an answer is a whole number from 0 on, not %s", clip(f[n-1]))
		}
		x.answer = uint32(v)
		f = f[:n-1]
	} else if n > 0 && f[n-1] == "=" {
		return 0, x, false, mistake("what is the answer? 0 is the calm one")
	}
	if n := len(f); f[n-1] == "=" {
		f = f[:n-1]
	}
	if len(f) == 0 {
		return 0, x, false, mistake("which choice?")
	}
	if strings.HasPrefix(f[len(f)-1], "#") {
		k, err := w.words().ParseKey(strings.Join(f, " "))
		if err != nil {
			return 0, x, false, w.keyMistake(f[0], err)
		}
		return k, x, true, nil
	}
	if _, err := w.words().ParseKey(strings.Join(f, " ") + " #1"); err != nil {
		return 0, x, false, w.keyMistake(f[0], err)
	}
	k, _ := w.words().ParseKey(strings.Join(f, " ") + " #1")
	x.words = []string{f[0]}
	x.from, x.to, x.pair = sim.ID(k.From()), sim.ID(k.To()), k.To() != 0
	if len(f) > 2 {
		x.kind = f[1]
	}
	return 0, x, false, nil
}

func isNumber(text string) bool { return strings.Trim(text, "0123456789") == "" }

// keyMistake tells what is wrong with the name of a choice, and the nearest
// right word for it.
func (w *Walk) keyMistake(word string, err error) error {
	words := append([]string{"lost", "doubled", "delay", "crash", "crash-save", "crash-decide", "crash-answer", "crash-idle", "crash-idle-own", "down", "kept", "pick"}, w.words().Choices...)
	if slices.Contains(words, word) {
		return mistake("%s", err)
	}
	return mistake("%s%s", err, nearestOf(word, words))
}

// nearestOf is the end of a mistake about a word: the nearest right one, or all.
func nearestOf(word string, words []string) string {
	if n := scenarios.Nearest(word, words); n != "" {
		return "; did you mean " + n + "?"
	}
	return "; there are " + strings.Join(words, ", ")
}
