package explore

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// Met makes a look call a function for each world, with what its actors and its history are,
// whatever is on its way. From a look with order that is each world that it finds, and all
// after it in which events happen that are postponed, in any order.
func (o *Options) Met(f func(plain.Sum)) {
	o.met = func(w *walker, world []uint32) {
		f(w.still(world))
		if w.order != nil {
			w.postpone(world)
			l := later{walker: w, f: f, known: map[string]bool{}}
			for i := range w.n {
				for _, e := range w.ownOf(world[i]) {
					if w.isPostponed(i, e) {
						l.own = append(l.own, owned{i, e})
					}
				}
			}
			l.from(slices.Concat(world[:w.packetsAt()], slices.DeleteFunc(slices.Clone(world[w.packetsAt():]), func(p uint32) bool {
				return !w.isPostponed(int(w.to[p])-1, sim.ArrivalOf(p))
			})))
		}
	}
}

// later makes the steps that were postponed.
type later struct {
	*walker
	f     func(plain.Sum)
	own   []owned // those that are no arrivals
	known map[string]bool
}

type owned struct {
	actor int
	event sim.ModelEvent
}

// from goes through the worlds that follow from one in which only the packets are on their
// way whose arrival was postponed.
func (l *later) from(world []uint32) {
	if key := fmt.Sprint(world); l.known[key] {
		return
	} else {
		l.known[key] = true
	}
	l.f(l.still(world))
	for _, x := range l.own {
		if l.order.diamonds.can(world[x.actor], x.event) {
			l.step(world, x.actor, x.event, 0)
		}
	}
	k := l.packetsAt()
	for j, p := range world[k:] {
		rest := slices.Clone(world)
		if l.scope.Network != sim.AnyTimes {
			rest = slices.Delete(rest, k+j, k+j+1)
		}
		l.step(rest, int(l.to[p])-1, sim.ArrivalOf(p), 0)
		if l.mayDouble(world[l.crashesAt()], p) {
			l.step(world, int(l.to[p])-1, sim.ArrivalOf(p), 1)
		}
	}
}

// step makes a step.
func (l *later) step(world []uint32, i int, e sim.ModelEvent, double uint16) {
	for n := l.hopsOf(world[i], e); n != 0; n++ {
		h := &l.hopList[n-1]
		if l.affords(world[l.crashesAt()], i, h) {
			next := slices.Clone(world)
			next[i], next[l.historyAt()] = h.next, l.walker.step(world[l.historyAt()], h.trail)
			next[l.crashesAt()] = l.after(next[l.crashesAt()], h.spends+double)
			l.from(next)
		}
		if !h.more {
			break
		}
	}
}

// still is what the actors of a world and its history are.
func (w *walker) still(world []uint32) plain.Sum {
	f := w.historyToken(world[w.historyAt()], 0)
	for _, l := range world[:w.n] {
		f = f.Plus(w.locals[int(l)*w.g])
	}
	return f
}
