package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/links"
)

// onLinks answers what links ask of the world.
type onLinks[M Message, D Record] struct{ w *World[M, D] }

// Now implements [links.World].
func (l *onLinks[M, D]) Now() Time { return l.w.queue.Now() }

// Calm implements [links.World].
func (l *onLinks[M, D]) Calm() bool { return l.w.calmed }

// Pick implements [links.World].
func (l *onLinks[M, D]) Pick(k scheduler.Key, n uint32) uint32 { return l.w.chance.Pick(k, n) }

// Evict implements [links.World].
func (l *onLinks[M, D]) Evict(old links.Flight, key scheduler.Key) { l.w.evict(old, key) }

// evict drops a message for which its link has no room, or the one that must
// make room for it.
func (w *World[M, D]) evict(old links.Flight, key scheduler.Key) {
	w.struck(faults.FamilyEvict)
	switch {
	case old.Key == 0: // the new one
	case old.Handle != 0:
		w.takeBack(old.Handle)
	default:
		for i := range w.clogged {
			if w.clogged[i].key == old.Key {
				w.clogged[i].key = 0
			}
		}
	}
	w.lost(&w.actors[key.From()], key, evicted)
}
