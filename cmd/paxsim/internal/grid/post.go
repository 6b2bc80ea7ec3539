package grid

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// post is one message on its way to one actor or more, and what befalls it
// when it is sent.
type post struct {
	texts  []string
	chosen []sim.Entry // what is chosen by it: a vote that nobody saved first
	size   int         // how many effects it is made of
}

// post gathers the sends of one message, from the first of the effects on: the
// sends that say the same, and between and behind them the losses and doublings
// of that message.
func (w words) post(effects []sim.Entry) post {
	first := effects[0]
	var to, twice []sim.ID
	var reasons []string
	lost := map[string][]sim.ID{}
	size := 0
	var chosen []sim.Entry
	for _, e := range effects {
		if e.What == sim.BecameChosen {
			chosen = append(chosen, e)
			size++
			continue
		}
		if e.Kind != first.Kind || e.Actor != first.Actor {
			break
		}
		if e.What == first.What && e.Text == first.Text && (e.What == sim.Sent || size == 0) {
			to = append(to, e.Peer)
		} else if e.What == sim.Dropped {
			if !slices.Contains(reasons, e.Text) {
				reasons = append(reasons, e.Text)
			}
			lost[e.Text] = append(lost[e.Text], e.Peer)
		} else if e.What == sim.Doubled {
			twice = append(twice, e.Peer)
		} else {
			break
		}
		size++
	}
	kind := at(w.protocol().Messages, first.Kind)
	texts := []string{">" + list(to) + " " + w.message(first)}
	if first.What == sim.Broadcast {
		texts[0] = ">all " + w.message(first)
	}
	for _, why := range reasons {
		texts = append(texts, fmt.Sprintf("! %s to %s: %s", kind, list(lost[why]), why))
	}
	for times, ids := range arrivals(twice) {
		if len(ids) > 0 {
			texts = append(texts, fmt.Sprintf("! %s to %s: will arrive %s", kind, list(ids), often(times)))
		}
	}
	return post{texts, chosen, size}
}

// arrivals lists receivers by how often a message arrives: once, and once more
// for each time that it is doubled.
func arrivals(doubled []sim.ID) [][]sim.ID {
	times := map[sim.ID]int{}
	for _, id := range doubled {
		times[id]++
	}
	var by [][]sim.ID
	for _, id := range doubled {
		n := times[id] + 1
		if n == 1 {
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
func (w words) message(e sim.Entry) string {
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
