package dialogue

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
)

// Complete lists the words that can be the last word of a line that somebody has begun
// to type, in an order that makes sense. It knows commands, kinds of messages, actors,
// choices that are asked here, and what can be next. Small and capital letters are the
// same to it.
func (d *Dialogue) Complete(line string) (found []string) {
	f := strings.Fields(line)
	last := ""
	if n := len(f); n > 0 && !strings.HasSuffix(line, " ") {
		last, f = f[n-1], f[:n-1]
	}
	for _, w := range d.wordsAfter(f, last) {
		fits := len(w) >= len(last) && strings.EqualFold(w[:len(last)], last)
		if fits && w != "" && terminal.Text(w) == w && !strings.Contains(w, " ") && !slices.Contains(found, w) {
			found = append(found, w)
		}
	}
	return found
}

// wordsAfter are the words that may follow others. last is how the word begins.
func (d *Dialogue) wordsAfter(f []string, last string) []string {
	if len(f) == 0 {
		return commandNames()
	}
	c := commandOf(f[0])
	if c == nil {
		return nil
	}
	f = f[1:]
	switch c.name {
	case "help":
		return commandNames()
	case "to":
		return []string{"end"}
	case "show", "restart":
		return d.actors()
	case "until":
		return d.afterUntil(f)
	case "lose", "double", "delay":
		return d.afterMessage(f, last, c.name == "delay")
	case "crash":
		return d.afterCrash(f, last)
	case "cut", "clog", "pause":
		return append(d.actors(), "all", ">", "for", "until")
	case "heal":
		return next(d.run.InForce(), f)
	case "choose":
		var texts []string
		for _, a := range d.run.Asked() {
			texts = append(texts, d.words().KeyText(a.Key))
		}
		return next(texts, f)
	case "take":
		var texts []string
		for _, e := range d.run.Upcoming() {
			texts = append(texts, d.words().EventText(e.EventKey()))
		}
		return next(texts, f)
	}
	return nil
}

// next are the words with which texts go on that begin with some.
func next(texts, begin []string) (list []string) {
	for _, t := range texts {
		f := strings.Fields(t)
		if len(f) > len(begin) && slices.EqualFunc(f[:len(begin)], begin, strings.EqualFold) {
			list = append(list, f[len(begin)])
		}
	}
	return list
}

func commandNames() (names []string) {
	for i := range commands {
		names = append(names, commands[i].name)
	}
	return append(names, "exit", "goto")
}

// actors are the numbers of the actors.
func (d *Dialogue) actors() (list []string) {
	for id := range d.scenario.Actors {
		list = append(list, fmt.Sprint(id+1))
	}
	return list
}

// pairs are links, or how they begin.
func (d *Dialogue) pairs(last string) (list []string) {
	from, _, whole := strings.Cut(last, ">")
	for _, a := range d.actors() {
		switch {
		case !whole:
			list = append(list, a+">")
		case a != from:
			list = append(list, from+">"+a)
		}
	}
	if whole {
		list = append(list, from+">all")
	}
	return list
}

// afterMessage is what follows the words of a message.
func (d *Dialogue) afterMessage(f []string, last string, delay bool) []string {
	switch {
	case len(f) == 0:
		return d.words().Messages
	case len(f) == 1:
		return d.pairs(last)
	case delay && !slices.Contains(f, "by"):
		return []string{"by"}
	}
	return nil
}

func (d *Dialogue) afterCrash(f []string, last string) []string {
	switch n := len(f); {
	case n == 0:
		return append(d.actors(), "before", "idle", "for")
	case f[n-1] == "before":
		return append([]string{"save", "decide"}, d.words().Messages...)
	case n > 1 && f[n-2] == "before" && slices.ContainsFunc(d.words().Messages, func(k string) bool { return strings.EqualFold(k, f[n-1]) }):
		return d.pairs(last)
	}
	return []string{"before", "idle", "for"}
}

// afterUntil is what follows the words of a condition.
func (d *Dialogue) afterUntil(f []string) []string {
	w := d.words()
	deeds := []string{"decides", "crashes", "restarts", "saves", "starts", "answers", "is"}
	for _, n := range w.Notes {
		deeds = append(deeds, n.Name)
	}
	deeds = append(deeds, w.Verbs...)
	var invariants []string
	for _, i := range d.scenario.Protocol.Invariants() {
		if d.scenario.Watches(i.Name) {
			invariants = append(invariants, i.Name)
		}
	}
	invariants = append(invariants, "anything")
	if len(f) == 0 {
		return slices.Concat(w.Messages, []string{"actor", "anybody", "action", "chosen"}, deeds, invariants)
	}
	switch last := f[len(f)-1]; {
	case last == "actor", last == "from", last == "to":
		return d.actors()
	case last == "anybody", len(f) > 1 && f[len(f)-2] == "actor":
		return deeds
	case slices.Contains(invariants, last):
		return []string{"breaks"}
	case slices.ContainsFunc(w.Messages, func(k string) bool { return strings.EqualFold(k, f[0]) }):
		words := []string{"sent", "delivered", "lost", "doubled", "from", "to"}
		if d.scenario.Protocol.TellsRounds() {
			words = append(words, "with")
		}
		return words
	}
	return nil
}
