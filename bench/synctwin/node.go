package synctwin

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"
)

type ballot struct{ round, node int }

func (b ballot) less(c ballot) bool {
	return b.round < c.round || b.round == c.round && b.node < c.node
}

type (
	prepare struct{ b ballot }
	promise struct {
		b, accepted ballot
		value       string
	}
	accept struct {
		b     ballot
		value string
	}
	accepted struct {
		b     ballot
		value string
	}
	nack struct{ b, promised ballot }
)

// Waits in ticks, the same as the ones that the scenario computes.
const (
	repeatAfter = 2*delayMax + 1
	roundLimit  = 4*delayMax + 1
	maxRepeats  = 3
)

// node is proposer, acceptor and learner in one.
type node struct {
	w     *world
	id    int
	rng   *rand.Rand
	alarm *time.Timer

	promised, acceptedBallot ballot
	acceptedValue            string

	own      string // what to propose; "" if no client asked
	round    ballot // the ballot of the round under way; zero: none
	highest  ballot // seen
	promises map[int]promise
	value    string // what Accept says; "" in phase 1
	repeats  int
	failures int

	votes   map[ballot]map[int]bool
	learned bool
}

func newNode(w *world, id int, rng *rand.Rand) *node {
	n := &node{w: w, id: id, rng: rng, votes: make(map[ballot]map[int]bool)}
	if id <= 2 {
		n.own = fmt.Sprintf("%da", id)
	}
	return n
}

// run is the life of a node. It returns the number of events.
func (n *node) run(ctx context.Context) int {
	first := roundLimit + n.rng.IntN(roundLimit*len(n.w.inboxes))
	n.alarm = time.NewTimer(time.Duration(first) * tick)
	defer n.alarm.Stop()
	if n.id <= 2 {
		n.propose(ctx)
	}
	events := 0
	for {
		select {
		case l := <-n.w.inboxes[n.id-1]:
			n.handle(ctx, l.from, l.msg)
		case <-n.alarm.C:
			n.timeout(ctx)
		case <-ctx.Done():
			return events
		}
		events++
	}
}

func (n *node) quorum() int { return len(n.w.inboxes)/2 + 1 }

func (n *node) wait(ticks int) { n.alarm.Reset(time.Duration(ticks) * tick) }

func (n *node) propose(ctx context.Context) {
	n.round = ballot{n.highest.round + 1, n.id}
	n.highest = n.round
	n.promises = make(map[int]promise)
	n.value = ""
	n.repeats = 0
	n.broadcast(ctx, prepare{n.round})
	n.wait(repeatAfter)
}

// giveUp ends the round, and comes back after a random time that grows.
func (n *node) giveUp() {
	n.round = ballot{}
	n.failures++
	n.wait(1 + n.rng.IntN(roundLimit<<min(n.failures, 3)))
}

func (n *node) handle(ctx context.Context, from int, msg any) {
	switch m := msg.(type) {
	case prepare:
		n.note(m.b)
		if m.b.less(n.promised) {
			n.send(ctx, from, nack{m.b, n.promised})
			return
		}
		n.promised = m.b
		n.send(ctx, from, promise{m.b, n.acceptedBallot, n.acceptedValue})
	case accept:
		n.note(m.b)
		if m.b.less(n.promised) {
			n.send(ctx, from, nack{m.b, n.promised})
			return
		}
		n.promised, n.acceptedBallot, n.acceptedValue = m.b, m.b, m.value
		n.broadcast(ctx, accepted(m))
	case promise:
		n.promise(ctx, from, m)
	case nack:
		n.note(m.promised)
		if m.b == n.round {
			n.giveUp()
		}
	case accepted:
		n.vote(ctx, from, m)
	}
}

func (n *node) note(b ballot) {
	if n.highest.less(b) {
		n.highest = b
	}
}

func (n *node) promise(ctx context.Context, from int, m promise) {
	if m.b != n.round {
		return
	}
	if _, again := n.promises[from]; again {
		return
	}
	n.promises[from] = m
	switch {
	case n.value != "":
		n.send(ctx, from, accept{n.round, n.value})
	case len(n.promises) == n.quorum():
		n.value = n.pick()
		if n.value == "" { // nothing was accepted and nobody asked
			n.giveUp()
			return
		}
		n.repeats = 0
		n.ask(ctx)
	}
}

// ask sends Accept to all who have promised.
func (n *node) ask(ctx context.Context) {
	for to := 1; to <= len(n.w.inboxes); to++ {
		if _, ok := n.promises[to]; ok {
			n.send(ctx, to, accept{n.round, n.value})
		}
	}
	n.wait(repeatAfter)
}

func (n *node) pick() string {
	best, value := ballot{}, n.own
	for _, p := range n.promises {
		if best.less(p.accepted) {
			best, value = p.accepted, p.value
		}
	}
	return value
}

func (n *node) vote(ctx context.Context, from int, m accepted) {
	if n.votes[m.b] == nil {
		n.votes[m.b] = make(map[int]bool)
	}
	n.votes[m.b][from] = true
	if len(n.votes[m.b]) < n.quorum() {
		return
	}
	if m.b == n.round {
		n.round = ballot{}
	}
	if !n.learned {
		n.learned = true
		select {
		case n.w.learned <- lesson{n.id, m.value}:
		case <-ctx.Done():
		}
	}
}

func (n *node) timeout(ctx context.Context) {
	switch {
	case n.round == ballot{}:
		if !n.learned {
			n.propose(ctx)
		}
	case n.repeats == maxRepeats:
		n.giveUp()
	case n.value == "":
		n.repeats++
		n.broadcast(ctx, prepare{n.round})
		n.wait(repeatAfter)
	default:
		n.repeats++
		n.ask(ctx)
	}
}
