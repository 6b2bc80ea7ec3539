package tell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// ending tells which rule broke and why that matters, and what the bug did: a paragraph
// each.
func (t *teller) ending() (list []string) {
	if t.broken == nil {
		list = append(list, "No rule broke.")
	} else {
		list = append(list, t.rule(), t.matters())
	}
	if t.bug != nil {
		list = append(list, t.acts())
	}
	return list
}

// rule tells the rule that broke, and where.
func (t *teller) rule() string {
	v := t.broken
	text := fmt.Sprintf("The rule that broke is %s", v.Invariant)
	if inv := t.invariant(); inv.Doc != "" {
		text += ": " + inv.Doc
	}
	text += fmt.Sprintf(". It broke at line %d: %s.", t.lineOf(v.Event), v.Text)
	var at []string
	for _, e := range v.Earlier() {
		if n := t.lineOf(e); n > 0 {
			at = append(at, fmt.Sprint(n))
		}
	}
	if len(at) > 0 {
		text += " Compare it with " + lines(at) + "."
	}
	return text
}

// invariant is what the protocol says of the rule that broke.
func (t *teller) invariant() sim.Invariant {
	for _, x := range t.scenario.Protocol.Invariants() {
		if x.Name == t.broken.Invariant {
			return x
		}
	}
	return sim.Invariant{Grade: t.broken.Grade}
}

// matters tells why one should care about the rule.
func (t *teller) matters() string {
	inv := t.invariant()
	text := "It is a safety rule: users rely on it."
	if inv.Grade == sim.Lemma {
		text = "It is a lemma, a step of the proof that the protocol is safe. Without it the proof does not hold."
	}
	if inv.Why != "" {
		text += " " + inv.Why
	}
	if inv.Source != "" {
		text += " Source: " + inv.Source + "."
	}
	return text
}

// acts tells what the bug did, and where.
func (t *teller) acts() string {
	text := fmt.Sprintf("The %s: %s.", t.bug.what(), t.bug.Doc)
	title := shown.Title(t.scenario.Protocol.Name())
	var should []string             // what to say, each once
	places := map[string][]string{} // where
	for _, d := range t.deviations {
		list := []string(nil)
		if t.own != nil {
			list = t.own.Deviates(d)
		}
		if list == nil {
			list = t.deviates(title, d)
		}
		say, at := strings.Join(list, " "), fmt.Sprint(t.lineOf(d.Event))
		if places[say] == nil {
			should = append(should, say)
		}
		if !slices.Contains(places[say], at) {
			places[say] = append(places[say], at)
		}
	}
	for _, say := range should {
		text += fmt.Sprintf(" It acts at %s. %s", lines(places[say]), say)
	}
	if len(t.deviations) == 0 {
		text += " Nothing in this run shows where it acted."
	}
	return text
}

// deviates tells in general words what an actor should have done.
func (t *teller) deviates(title string, d observe.Deviation) []string {
	if d.Should.What == 0 {
		if d.Does.What == observe.TimedOut {
			return []string{fmt.Sprintf("%s would not have set this alarm.", title)}
		}
		return []string{fmt.Sprintf("Instead, %s would have done nothing more here: it would not have %s.", title, t.done(d.Does))}
	}
	return []string{fmt.Sprintf("Here %s would have %s.", title, t.done(d.Should))}
}

// done is what an entry tells, as a participle.
func (t *teller) done(e observe.Entry) string {
	switch e.What {
	case observe.Sent:
		return fmt.Sprintf("sent %s to actor %d", t.general.message(e), e.Peer)
	case observe.Broadcast:
		return fmt.Sprintf("sent %s to all", t.general.message(e))
	case observe.Saved:
		return "saved " + e.Text
	case observe.Decided:
		return "decided " + e.Text
	}
	return "done this"
}

// lines names lines: "line 7", "lines 7 and 9".
func lines(numbers []string) string { return plural(len(numbers), "line") + " " + and(numbers) }

// and lists things: "1, 2 and 3".
func and(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
