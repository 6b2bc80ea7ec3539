// Package synctwin is the second naive twin: single-decree Paxos as a competent
// programmer writes it with the language's own means, a goroutine an actor, a
// goroutine a message in flight, and the fake time of testing/synctest. It does
// the same work as the scenario of package bench.
//
// A bubble of testing/synctest lives in a test, so [Run] does too. What is an
// event here: a message that an actor takes from its inbox, and an alarm that
// goes off. A run ends when the last node has learned: the context is cancelled,
// and what is still in flight wakes up once more to find that out, since a bubble
// waits for all its goroutines. Nothing but measurements uses this package.
package synctwin

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// The weather, the same as in package bench.
const (
	delayMin  = 1
	delayMax  = 100
	loss      = 0.01
	duplicate = 0.01
	tick      = time.Millisecond
)

// Result is the outcome of a run.
type Result struct {
	Events  int
	Time    time.Duration
	Learned map[int]string // by node: the value it learned
}

type letter struct {
	from int
	msg  any
}

// world is what the nodes share.
type world struct {
	inboxes []chan letter // by node - 1
	learned chan lesson
	flights sync.WaitGroup // the messages on their way
}

type lesson struct {
	node  int
	value string
}

// Run simulates n nodes until every node has learned, or an hour of fake time has passed.
// Nodes 1 and 2 propose at the start.
func Run(t *testing.T, seed uint64, n int) Result {
	r := Result{Learned: make(map[int]string)}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		w := &world{learned: make(chan lesson)}
		for range n {
			w.inboxes = append(w.inboxes, make(chan letter))
		}
		events := make(chan int)
		for id := 1; id <= n; id++ {
			rng := rand.New(rand.NewPCG(seed, uint64(id)))
			go func() { events <- newNode(w, id, rng).run(ctx) }()
		}
		for len(r.Learned) < n && ctx.Err() == nil {
			select {
			case l := <-w.learned:
				r.Learned[l.node] = l.value
			case <-ctx.Done():
			}
		}
		r.Time = time.Since(start)
		cancel()
		for range n {
			r.Events += <-events
		}
		w.flights.Wait()
	})
	return r
}

// send lets a message travel, unless it is lost on the way.
func (n *node) send(ctx context.Context, to int, msg any) {
	if to == n.id {
		n.travel(ctx, delayMin, to, msg)
		return
	}
	if n.rng.Float64() < loss {
		return
	}
	n.travel(ctx, n.delay(), to, msg)
	if n.rng.Float64() < duplicate && n.rng.Float64() >= loss { // a copy may be lost as well
		n.travel(ctx, n.delay(), to, msg)
	}
}

func (n *node) travel(ctx context.Context, ticks, to int, msg any) {
	n.w.flights.Go(func() {
		time.Sleep(time.Duration(ticks) * tick)
		select {
		case n.w.inboxes[to-1] <- letter{n.id, msg}:
		case <-ctx.Done():
		}
	})
}

func (n *node) delay() int { return delayMin + n.rng.IntN(delayMax-delayMin+1) }

func (n *node) broadcast(ctx context.Context, msg any) {
	for to := 1; to <= len(n.w.inboxes); to++ {
		n.send(ctx, to, msg)
	}
}
