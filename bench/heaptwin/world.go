// Package heaptwin is the naive twin: single-decree Paxos in a simulator as a
// competent programmer writes it in an afternoon, with container/heap, boxed
// messages, maps, and a new world for every run. It does the same work as the
// scenario of package bench, so that speeds can be compared as ratios measured
// side by side. It counts alarms that go off for nothing as events, which paxsim
// does not: of the ratios, that of decisions a second is the fairer one. Nothing
// but measurements uses it.
package heaptwin

import (
	"container/heap"
	"math/rand/v2"
)

// The weather, the same as in package bench.
const (
	delayMin  = 1
	delayMax  = 100
	loss      = 0.01
	duplicate = 0.01
)

// Result is the outcome of a run.
type Result struct {
	Events  int
	Time    int
	Learned map[int]string // by node: the value it learned
}

type event struct {
	at, seq  int
	from, to int
	msg      any
}

type eventHeap []*event

func (h eventHeap) Len() int { return len(h) }
func (h eventHeap) Less(i, j int) bool {
	return h[i].at < h[j].at || h[i].at == h[j].at && h[i].seq < h[j].seq
}
func (h eventHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *eventHeap) Push(x any)   { *h = append(*h, x.(*event)) }
func (h *eventHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

type world struct {
	now, seq int
	queue    eventHeap
	rng      *rand.Rand
	nodes    map[int]*node
	learned  map[int]string
}

// Run simulates n nodes until every node has learned, or maxEvents have happened. Nodes 1
// and 2 propose at the start.
func Run(seed uint64, n, maxEvents int) Result {
	w := &world{
		rng:     rand.New(rand.NewPCG(seed, 0)),
		nodes:   make(map[int]*node),
		learned: make(map[int]string),
	}
	for id := 1; id <= n; id++ {
		w.nodes[id] = newNode(w, id, n)
	}
	for id := 1; id <= n; id++ {
		w.nodes[id].start()
	}
	for _, id := range []int{1, 2} {
		if id <= n {
			w.nodes[id].propose()
		}
	}
	events := 0
	for len(w.learned) < n && events < maxEvents {
		ev := heap.Pop(&w.queue).(*event)
		w.now = ev.at
		events++
		w.nodes[ev.to].handle(ev.from, ev.msg)
	}
	return Result{events, w.now, w.learned}
}

func (w *world) schedule(delay, from, to int, msg any) {
	w.seq++
	heap.Push(&w.queue, &event{w.now + delay, w.seq, from, to, msg})
}

func (w *world) send(from, to int, msg any) {
	if from == to {
		w.schedule(delayMin, from, to, msg)
		return
	}
	if w.rng.Float64() < loss {
		return
	}
	w.schedule(w.delay(), from, to, msg)
	if w.rng.Float64() < duplicate && w.rng.Float64() >= loss { // a copy may be lost as well
		w.schedule(w.delay(), from, to, msg)
	}
}

func (w *world) delay() int { return delayMin + w.rng.IntN(delayMax-delayMin+1) }

func (w *world) broadcast(from int, msg any) {
	for to := 1; to <= len(w.nodes); to++ {
		w.send(from, to, msg)
	}
}
