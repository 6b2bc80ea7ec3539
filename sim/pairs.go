package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
)

// MaxPaired is the greatest number of actors of a world that keeps something
// for every pair of them: FIFO, Capacity and Bias of [Network].
const MaxPaired = 1000

// pairs is what a world keeps for each link, from one actor to another.
type pairs struct {
	n      int
	limit  int       // messages on a link at most; 0: any number
	fifo   bool      //
	bias   uint32    // number of different extra delays; 0: none
	extra  []Time    // by link: its bias, plus 1; 0: not asked yet
	last   []Time    // by link: when the last message so far arrives
	way    [][]onWay // by link: the messages on it, the oldest first
	oldest bool      // a full link drops its oldest message, else the newest
}

// onWay is a message on a link.
type onWay struct {
	key    scheduler.Key
	handle scheduler.Handle // 0: it stands still on a clogged link
}

// newPairs is nil where the network asks for nothing that needs it.
func newPairs(s *Scenario) *pairs {
	x := &s.Network
	if !x.FIFO && x.Capacity == 0 && x.Bias == 0 {
		return nil
	}
	links := (s.Actors + 1) * (s.Actors + 1)
	p := &pairs{n: s.Actors + 1, limit: x.Capacity, fifo: x.FIFO, oldest: x.EvictOldest}
	if x.Bias > 0 {
		p.bias = uint32(x.Bias) + 1
		p.extra = make([]Time, links)
	}
	if x.FIFO {
		p.last = make([]Time, links)
	}
	if x.Capacity > 0 {
		p.way = make([][]onWay, links)
	}
	return p
}

func (p *pairs) reset() {
	clear(p.extra)
	clear(p.last)
	for i := range p.way {
		p.way[i] = p.way[i][:0]
	}
}

func (p *pairs) link(k scheduler.Key) int { return int(k.From())*p.n + int(k.To()) }

// pairsOf are the questions that a link asks of its world.
type pairsOf interface {
	now() Time
	isCalm() bool
	pick(k scheduler.Key, n uint32) uint32
	evict(old onWay, key scheduler.Key)
}

// delay is how long a message takes on its link, whose own delay, the same for
// the whole run, comes on top, and where it may have to wait for those before
// it. It is -1 if the link is full and drops it.
func (p *pairs) delay(w pairsOf, key scheduler.Key, delay Time) Time {
	i := p.link(key)
	if p.bias > 1 {
		if p.extra[i] == 0 {
			k := scheduler.MakeKey(chance.Bias, 0, key.From(), key.To(), 1)
			p.extra[i] = 1 + Time(w.pick(k, p.bias))
		}
		delay += p.extra[i] - 1
	}
	if p.limit > 0 && len(p.way[i]) >= p.limit && !w.isCalm() {
		if !p.oldest {
			w.evict(onWay{}, key)
			return -1
		}
		old := p.way[i][0]
		p.way[i] = append(p.way[i][:0], p.way[i][1:]...)
		w.evict(old, old.key)
	}
	if p.fifo {
		at := max(w.now()+delay, p.last[i])
		p.last[i] = at
		delay = at - w.now()
	}
	return delay
}

// enter notes that a message is on its link.
func (p *pairs) enter(k scheduler.Key, h scheduler.Handle) {
	if p.limit > 0 {
		i := p.link(k)
		p.way[i] = append(p.way[i], onWay{k, h})
	}
}

// find is where a message is in the list of its link; -1: it was dropped.
func (p *pairs) find(i int, k scheduler.Key) int {
	for j := range p.way[i] {
		if p.way[i][j].key == k {
			return j
		}
	}
	return -1
}

// leave takes a message off its link, now that it arrives.
func (p *pairs) leave(k scheduler.Key) {
	if p.limit == 0 {
		return
	}
	i := p.link(k)
	if j := p.find(i, k); j >= 0 {
		p.way[i] = append(p.way[i][:j], p.way[i][j+1:]...)
	}
}

// moved notes that a message waits under another handle, 0 if it stands still.
func (p *pairs) moved(k scheduler.Key, h scheduler.Handle) {
	if p.limit == 0 {
		return
	}
	i := p.link(k)
	if j := p.find(i, k); j >= 0 {
		p.way[i][j].handle = h
	}
}

func (w *World[M, D]) now() Time { return w.queue.Now() }

func (w *World[M, D]) isCalm() bool { return w.calmed }

func (w *World[M, D]) pick(k scheduler.Key, n uint32) uint32 { return w.chance.Pick(k, n) }

// evict drops a message for which its link has no room, or the one that must
// make room for it.
func (w *World[M, D]) evict(old onWay, key scheduler.Key) {
	w.struck(FamilyEvict)
	switch {
	case old.key == 0: // the new one
	case old.handle != 0:
		w.takeBack(old.handle)
	default:
		for i := range w.clogged {
			if w.clogged[i].key == old.key {
				w.clogged[i].key = 0
			}
		}
	}
	w.lost(&w.actors[key.From()], key, evicted)
}
