package grid

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// post is one message on its way to one actor or more, and what happens to it when it is
// sent.
type post struct {
	texts  []string
	chosen []observe.Entry // what is chosen by it: a vote that nobody saved first
	size   int             // how many effects it is made of
}

// post gathers the sends of one message, from the first of the effects on: the
// sends that say the same, and between and behind them the losses and doublings
// of that message.
func (w words) post(effects []observe.Entry) post {
	first := effects[0]
	kind := at(w.protocol().Messages, first.Kind)
	var to, twice []sim.ID
	var losses []loss
	gone := map[sim.ID]int{} // copies that are lost
	size := 0
	var chosen []observe.Entry
	for _, e := range effects {
		if e.What == observe.BecameChosen {
			chosen = append(chosen, e)
			size++
			continue
		}
		if e.Kind != first.Kind || e.Actor != first.Actor {
			break
		}
		if e.What == first.What && e.Text == first.Text && (e.What == observe.Sent || size == 0) {
			to = append(to, e.Peer)
		} else if e.What == observe.Dropped {
			what := kind
			if e.Copy > 0 {
				what = "copy of " + kind
				gone[e.Peer]++
			}
			i := slices.IndexFunc(losses, func(l loss) bool { return l.what == what && l.why == e.Text })
			if i < 0 {
				i = len(losses)
				losses = append(losses, loss{what: what, why: e.Text})
			}
			losses[i].to = append(losses[i].to, e.Peer)
		} else if e.What == observe.Doubled {
			twice = append(twice, e.Peer)
		} else {
			break
		}
		size++
	}
	texts := []string{">" + list(to) + " " + w.message(first)}
	if first.What == observe.Broadcast {
		texts[0] = ">all " + w.message(first)
	}
	for _, l := range losses {
		texts = append(texts, fmt.Sprintf("! %s to %s: %s", l.what, list(l.to), l.why))
	}
	for times, ids := range arrivals(twice, gone) {
		if len(ids) > 0 && times > 1 {
			texts = append(texts, fmt.Sprintf("! %s to %s: will arrive %s", kind, list(ids), often(times)))
		}
	}
	return post{texts, chosen, size}
}

// loss is a message or copies of it that are lost for one reason.
type loss struct {
	what, why string
	to        []sim.ID
}

// arrivals lists receivers by how often a message arrives: once, and once more
// for each time that it is doubled and the copy is not lost.
func arrivals(doubled []sim.ID, gone map[sim.ID]int) [][]sim.ID {
	times := map[sim.ID]int{}
	for _, id := range doubled {
		times[id]++
	}
	var by [][]sim.ID
	for _, id := range doubled {
		n := times[id] + 1 - gone[id]
		if times[id] == 0 {
			continue // it is in the list already
		}
		times[id] = 0
		for len(by) <= n {
			by = append(by, nil)
		}
		by[n] = append(by[n], id)
	}
	return by
}

func often(times int) string {
	if times == 2 {
		return "twice"
	}
	return fmt.Sprintf("%d times", times)
}

// message tells the message of an entry: its kind and what it says.
func (w words) message(e observe.Entry) string {
	return strings.TrimSpace(at(w.protocol().Messages, e.Kind) + " " + e.Text)
}

// example is the name of a message for the legend.
func (w words) example() string {
	for _, m := range w.protocol().Messages {
		if m != "" {
			return m
		}
	}
	return "message"
}
