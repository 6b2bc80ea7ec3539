package heaptwin

import "fmt"

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
	nack   struct{ b, promised ballot }
	expire struct{ generation int }
)

// Waits, the same as the ones that the scenario computes.
const (
	repeatAfter = 2*delayMax + 1
	roundLimit  = 4*delayMax + 1
	maxRepeats  = 3
)

// node is proposer, acceptor and learner in one.
type node struct {
	w     *world
	id, n int

	promised, acceptedBallot ballot
	acceptedValue            string

	own        string // what to propose; "" if no client asked
	round      ballot // the ballot of the round under way; zero: none
	highest    ballot // seen
	promises   map[int]promise
	value      string // what Accept says; "" in phase 1
	repeats    int
	failures   int
	generation int // of the alarm

	votes   map[ballot]map[int]bool
	learned bool
}

func newNode(w *world, id, n int) *node {
	return &node{w: w, id: id, n: n, votes: make(map[ballot]map[int]bool)}
}

// start waits a while for others; then finds out itself.
func (n *node) start() {
	if n.id <= 2 {
		n.own = fmt.Sprintf("%da", n.id)
	}
	n.wait(roundLimit + n.w.rng.IntN(roundLimit*n.n))
}

func (n *node) quorum() int { return n.n/2 + 1 }

func (n *node) wait(d int) {
	n.generation++
	n.w.schedule(d, n.id, n.id, expire{n.generation})
}

func (n *node) propose() {
	n.round = ballot{n.highest.round + 1, n.id}
	n.highest = n.round
	n.promises = make(map[int]promise)
	n.value = ""
	n.repeats = 0
	n.w.broadcast(n.id, prepare{n.round})
	n.wait(repeatAfter)
}

// giveUp ends the round, and comes back after a random time that grows.
func (n *node) giveUp() {
	n.round = ballot{}
	n.failures++
	n.wait(1 + n.w.rng.IntN(roundLimit<<min(n.failures, 3)))
}

func (n *node) handle(from int, msg any) {
	switch m := msg.(type) {
	case prepare:
		n.note(m.b)
		if m.b.less(n.promised) {
			n.w.send(n.id, from, nack{m.b, n.promised})
			return
		}
		n.promised = m.b
		n.w.send(n.id, from, promise{m.b, n.acceptedBallot, n.acceptedValue})
	case accept:
		n.note(m.b)
		if m.b.less(n.promised) {
			n.w.send(n.id, from, nack{m.b, n.promised})
			return
		}
		n.promised, n.acceptedBallot, n.acceptedValue = m.b, m.b, m.value
		n.w.broadcast(n.id, accepted(m))
	case promise:
		n.promise(from, m)
	case nack:
		n.note(m.promised)
		if m.b == n.round {
			n.giveUp()
		}
	case accepted:
		n.vote(from, m)
	case expire:
		if m.generation == n.generation {
			n.timeout()
		}
	}
}

func (n *node) note(b ballot) {
	if n.highest.less(b) {
		n.highest = b
	}
}

func (n *node) promise(from int, m promise) {
	if m.b != n.round {
		return
	}
	if _, again := n.promises[from]; again {
		return
	}
	n.promises[from] = m
	switch {
	case n.value != "":
		n.w.send(n.id, from, accept{n.round, n.value})
	case len(n.promises) == n.quorum():
		n.value = n.pick()
		if n.value == "" { // nothing was accepted and nobody asked
			n.giveUp()
			return
		}
		n.repeats = 0
		for to := 1; to <= n.n; to++ {
			if _, ok := n.promises[to]; ok {
				n.w.send(n.id, to, accept{n.round, n.value})
			}
		}
		n.wait(repeatAfter)
	}
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

func (n *node) vote(from int, m accepted) {
	if n.votes[m.b] == nil {
		n.votes[m.b] = make(map[int]bool)
	}
	n.votes[m.b][from] = true
	if !n.learned && len(n.votes[m.b]) >= n.quorum() {
		n.learned = true
		n.w.learned[n.id] = m.value
	}
	if m.b == n.round && len(n.votes[m.b]) >= n.quorum() {
		n.round = ballot{}
	}
}

func (n *node) timeout() {
	switch {
	case n.round == ballot{}:
		if !n.learned {
			n.propose()
		}
	case n.repeats == maxRepeats:
		n.giveUp()
	case n.value == "":
		n.repeats++
		n.w.broadcast(n.id, prepare{n.round})
		n.wait(repeatAfter)
	default:
		n.repeats++
		for to := 1; to <= n.n; to++ {
			if _, ok := n.promises[to]; ok {
				n.w.send(n.id, to, accept{n.round, n.value})
			}
		}
		n.wait(repeatAfter)
	}
}
