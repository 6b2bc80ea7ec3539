package tell

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// asks tells what a client asks for.
func (g *general) asks(e observe.Entry) []string {
	was, again := g.asked[e.Actor]
	g.asked[e.Actor] = e.Text
	switch {
	case !again:
		return []string{sentence("a client asks actor %d for %s", e.Actor, e.Text)}
	case was == e.Text:
		return []string{sentence("the client of actor %d asks again for %s", e.Actor, e.Text)}
	}
	return []string{sentence("a client asks actor %d again, and now for %s", e.Actor, e.Text)}
}

// sends tells a message that leaves and arrives.
func (g *general) sends(e observe.Entry) string {
	verb, to := "", "all"
	if int(e.Kind) < len(g.words.Verbs) && g.words.Verbs[e.Kind] != "" {
		verb = g.words.Verbs[e.Kind] + " and "
	}
	if e.Peer == e.Actor {
		to = "itself"
	} else if e.Peer != 0 {
		to = fmt.Sprintf("actor %d", e.Peer)
	}
	return sentence("actor %d %ssends %s to %s", e.Actor, verb, g.message(e), to)
}

// decides tells a decision.
func (g *general) decides(e observe.Entry) string {
	c, _ := e.Said.(sim.Chosen)
	text := fmt.Sprintf("actor %d decides %s%s", e.Actor, g.names.ValueName(c.Value), g.inInstance(c.Instance))
	if c.Under != 0 {
		text += fmt.Sprintf(" in %s %s", g.rounds.Name, g.rounds.Text(c.Under))
	}
	return sentence("%s", text)
}

// inInstance says which instance a decision is of, if there are several.
func (g *general) inInstance(i sim.Instance) string {
	if i == 0 && g.scenario.Protocol.Goal(g.scenario).Instances < 2 {
		return ""
	}
	return fmt.Sprintf(" in instance %d", i)
}

// decidedNow says whether an actor decides in the present event.
func (g *general) decidedNow(id sim.ID) bool {
	for _, e := range g.event {
		if e.What == observe.Decided && e.Actor == id {
			return true
		}
	}
	return false
}
