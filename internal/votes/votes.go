// Package votes is for tests: it counts the votes of a run in the words of its
// trace, as a reader would, and tells when a value was chosen, decided and
// learned. It shares nothing with what the engine counts.
package votes

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// Count is a [observe.Observer] that counts.
type Count struct {
	Members func(id sim.ID) bool // whose votes count
	Quorum  int                  // so many are enough

	Chosen []Chosen // each value once, as it was chosen first
	Told   []Chosen // what the trace itself calls chosen

	Decided      bool
	DecideTime   sim.Time
	Violated     bool
	asked        map[string]map[sim.ID]uint64 // by ballot and value: the event at which an actor was handed the Accept
	cast         map[string]map[sim.ID]bool   // by ballot and value
	lastComplete bool                         // the last entry completed a quorum
}

// Chosen is a value that a quorum has voted for.
type Chosen struct {
	Event uint64
	At    sim.Time
	Voter sim.ID
	Text  string // "1a (1.1)"
}

// Reset forgets all except which actors count.
func (c *Count) Reset() {
	*c = Count{Members: c.Members, Quorum: c.Quorum, asked: map[string]map[sim.ID]uint64{}, cast: map[string]map[sim.ID]bool{}}
}

// Observe implements [observe.Observer].
func (c *Count) Observe(e observe.Entry) {
	switch e.What {
	case observe.Delivered:
		if e.Kind == accept {
			c.ask(e)
		}
	case observe.BecameChosen:
		c.Told = append(c.Told, Chosen{e.Event, e.At, e.Actor, e.Text})
	case observe.Decided:
		if !c.Decided {
			c.Decided, c.DecideTime = true, e.At
		}
	case observe.Violated:
		c.Violated = true
		if c.lastComplete && len(c.Told) < len(c.Chosen) {
			c.Chosen = c.Chosen[:len(c.Chosen)-1] // the vote itself broke something: it is not counted
		}
	}
	c.lastComplete = c.lastComplete && e.What == observe.BecameChosen
	if vote := voteOf(e); vote != "" && !c.Violated {
		c.vote(e, vote)
	}
}

// ask notes that an actor is handed an Accept.
func (c *Count) ask(e observe.Entry) {
	vote, _, _ := strings.Cut(e.Text, " ") // without whom it pretends to be from
	if c.asked[vote] == nil {
		c.asked[vote] = map[sim.ID]uint64{}
	}
	if _, before := c.asked[vote][e.Actor]; !before {
		c.asked[vote][e.Actor] = e.Event
	}
}

// vote counts a vote, if it answers an Accept.
func (c *Count) vote(e observe.Entry, vote string) {
	c.lastComplete = false
	if event, asked := c.asked[vote][e.Actor]; !asked || e.Cause < event {
		return
	}
	by := c.cast[vote]
	if by == nil {
		by = map[sim.ID]bool{}
		c.cast[vote] = by
	}
	if by[e.Actor] || !c.Members(e.Actor) {
		return
	}
	by[e.Actor] = true
	ballot, value, _ := strings.Cut(vote, "=")
	text := fmt.Sprintf("%s (%s)", value, ballot)
	for _, x := range c.Chosen {
		if strings.HasPrefix(x.Text, value+" (") {
			return
		}
	}
	if len(by) == c.Quorum {
		c.Chosen = append(c.Chosen, Chosen{e.Event, e.At, e.Actor, text})
		c.lastComplete = true
	}
}

// The kinds of the messages that ask for a vote and tell of it.
const (
	accept   = 3
	accepted = 4
)

// voteOf is the vote that an entry makes visible, such as "1.1=1a", or "".
func voteOf(e observe.Entry) string {
	switch {
	case e.What == observe.Saved:
		for part := range strings.SplitSeq(e.Text, ", ") {
			if vote, ok := strings.CutPrefix(part, "accepted "); ok {
				return vote
			}
		}
	case (e.What == observe.Sent || e.What == observe.Broadcast) && e.Kind == accepted:
		return e.Text
	}
	return ""
}
