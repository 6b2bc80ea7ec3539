package tell

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// general tells entries of any protocol.
type general struct {
	scenario *sim.Scenario
	names    sim.Names
	words    *sim.Vocabulary
	rounds   shown.Rounds
	comes    map[flight]bool   // the messages that reach a handler at some time in the run
	came     map[flight]bool   // those that have, so far
	asked    map[sim.ID]string // what clients asked for last
	disk     map[sim.ID]string // the last record in slot 0, in words
	saves    bool              // somebody saves something in this run
	event    []observe.Entry   // the present one
	again    bool              // it is the arrival of a message that has come before
}

// flight names a message to one actor, whichever copy of it.
type flight struct {
	from, to sim.ID
	kind     uint8
	n        uint32
}

func flightOf(e observe.Entry) flight { return flight{e.Peer, e.Actor, e.Kind, e.N} }

func newGeneral(s *sim.Scenario, names sim.Names, run []observe.Entry) *general {
	g := &general{scenario: s, names: names, words: s.Protocol.Vocabulary(), rounds: s.Protocol.Rounds(),
		comes: map[flight]bool{}, came: map[flight]bool{}, asked: map[sim.ID]string{}, disk: map[sim.ID]string{}}
	for i, e := range run {
		if e.What == observe.Delivered && reaches(run[i:]) {
			g.comes[flightOf(e)] = true
		}
		g.saves = g.saves || e.What == observe.Saved
	}
	return g
}

// begin makes ready to tell an event.
func (g *general) begin(event []observe.Entry) {
	g.event, g.again = event, false
	if e := event[0]; e.What == observe.Delivered && reaches(event) {
		g.again = g.came[flightOf(e)]
		g.came[flightOf(e)] = true
	}
}

// arrives says whether a message that leaves reaches anybody.
func (g *general) arrives(e observe.Entry) bool {
	for id := sim.ID(1); int(id) <= g.scenario.Actors; id++ {
		if (e.Peer == 0 || e.Peer == id) && g.comes[flight{e.Actor, id, e.Kind, e.N}] {
			return true
		}
	}
	return false
}

// message is what a message is called.
func (g *general) message(e observe.Entry) string {
	word := fmt.Sprintf("message %d", e.Kind)
	if int(e.Kind) < len(g.words.Messages) && g.words.Messages[e.Kind] != "" {
		word = g.words.Messages[e.Kind]
	}
	return strings.TrimSpace(word + " " + e.Text)
}

// arrival is the first sentence about a message that arrives.
func (g *general) arrival(e observe.Entry) string {
	what := g.message(e)
	if g.again {
		what = "a copy of " + what
	}
	switch {
	case e.Peer == e.Actor:
		return sentence("actor %d gets %s, which it sent to itself", e.Actor, what)
	case e.As != 0:
		return sentence("%s from actor %d reaches actor %d", strings.TrimSuffix(what, fmt.Sprintf(" as if from %d", e.As)), e.Peer, e.Actor) + fmt.Sprintf(" It claims to be from actor %d.", e.As)
	}
	return sentence("%s from actor %d reaches actor %d", what, e.Peer, e.Actor)
}

// sentence is a sentence, with its capital and its full stop.
func sentence(format string, args ...any) string {
	return shown.Title(fmt.Sprintf(format, args...)) + "."
}

// lost tells a message that reaches no handler.
func (g *general) lost(event []observe.Entry) []string {
	e, why := event[0], event[1].Text
	if event[1].What == observe.Held {
		return []string{sentence("%s from actor %d must wait: actor %d is %s", g.message(e), e.Peer, e.Actor, why)}
	}
	switch why {
	case "receiver down":
		why = fmt.Sprintf("actor %d is down", e.Actor)
	case "cut on arrival":
		why = "the network is cut"
	}
	return []string{sentence("%s from actor %d is lost: %s", g.message(e), e.Peer, why)}
}

// nothing tells an event about which there is nothing to say.
func (g *general) nothing(event []observe.Entry) []string {
	switch e := event[0]; e.What {
	case observe.Delivered:
		return []string{g.arrival(e)}
	case observe.TimedOut:
		return g.tell(e)
	}
	return nil
}

// tell gives the sentences about an entry.
func (g *general) tell(e observe.Entry) (list []string) {
	add := func(format string, args ...any) { list = append(list, sentence(format, args...)) }
	switch e.What {
	case observe.Delivered:
		list = append(list, g.arrival(e))
	case observe.TimedOut:
		add("the alarm %s of actor %d goes off", g.alarm(e.Kind), e.Actor)
	case observe.Asked:
		list = g.asks(e)
	case observe.Restarted:
		list = g.restarts(e)
	case observe.FaultBegins, observe.FaultStruck:
		add("a fault of the scenario begins")
	case observe.FaultEnds, observe.FaultHealed:
		add("a fault of the scenario is over")
	case observe.Sent, observe.Broadcast:
		if g.arrives(e) {
			list = append(list, g.sends(e))
		}
	case observe.Saved:
		if e.N == 0 {
			g.disk[e.Actor] = e.Text
		}
		add("actor %d saves %s", e.Actor, e.Text)
	case observe.Decided:
		list = append(list, g.decides(e))
	case observe.BecameChosen:
		c, _ := e.Said.(sim.Chosen)
		add("with that %s is chosen%s", g.names.ValueName(c.Value), g.inInstance(c.Instance))
	case observe.Answered:
		if !g.decidedNow(e.Actor) {
			add("actor %d answers its client: %s", e.Actor, e.Text)
		}
	case observe.Noted:
		if int(e.Kind) < len(g.words.Notes) {
			add("actor %d %s", e.Actor, g.words.Notes[e.Kind].Name)
		}
	case observe.Crashed:
		list = g.crashes(e)
	case observe.Paused:
		add("actor %d is paused: it handles nothing from here on", e.Actor)
	case observe.Resumed:
		add("actor %d goes on", e.Actor)
	}
	return list
}

// alarm is the name of an alarm.
func (g *general) alarm(kind uint8) string {
	if int(kind) < len(g.words.Timers) {
		return g.words.Timers[kind].Name
	}
	return fmt.Sprint(kind)
}
