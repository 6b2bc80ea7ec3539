package tell

import (
	"fmt"

	"github.com/paxsim/paxsim/sim/observe"
)

// crashes tells a crash, and before what it fell.
func (g *general) crashes(e observe.Entry) []string {
	list := []string{sentence("actor %d crashes%s", e.Actor, g.before(e))}
	if g.saves {
		return append(list, "What was only in its memory is lost.")
	}
	return append(list, "All that it knew is lost.")
}

// before says before which effect a crash fell: a clause with a space in front, or
// nothing.
func (g *general) before(e observe.Entry) string {
	cut, _ := e.Said.(observe.Cut)
	switch cut.Before {
	case observe.Sent:
		what := g.message(observe.Entry{Kind: cut.Kind})
		for _, x := range g.event { // a broadcast is cut between two of its receivers
			if x.What == observe.Broadcast && x.Actor == e.Actor && x.Kind == cut.Kind {
				return fmt.Sprintf(" while it sends this: actor %d and those after it get nothing", cut.Peer)
			}
		}
		return fmt.Sprintf(" before it sends its %s to actor %d", what, cut.Peer)
	case observe.Saved:
		return " before it saves anything of this"
	case observe.Decided:
		return " before it makes its decision known"
	case observe.Answered:
		return " before it answers its client"
	}
	return ""
}

// restarts tells that an actor comes back, and what it knows then.
func (g *general) restarts(e observe.Entry) []string {
	list := []string{sentence("actor %d restarts", e.Actor)}
	switch disk := g.disk[e.Actor]; {
	case disk != "":
		return append(list, sentence("its disk says: %s", disk))
	case g.saves:
		return append(list, "Its disk is empty.")
	}
	return append(list, "It knows nothing of what was before.")
}
