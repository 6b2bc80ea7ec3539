// Package links keeps what a world knows of each link from one actor to another: its
// order, how much it holds, and its own delay.
package links

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/weather"
)

// MaxCapacity is the greatest number of messages that a link may be held to.
const MaxCapacity = 1_000_000

// MaxPaired is the greatest number of actors of a world that keeps something
// for every pair of them: FIFO, Capacity and Bias of [weather.Network].
const MaxPaired = 1000

// Links is what a world keeps for each link, from one actor to another.
type Links struct {
	n       int
	limit   int              // messages on a link at most; 0: any number
	fifo    bool             //
	bias    uint32           // number of different extra delays; 0: none
	extra   []scheduler.Time // by link: its bias, plus 1; 0: not asked yet
	last    []scheduler.Time // by link: when the last message so far arrives
	flights [][]Flight       // by link: the messages on it, the oldest first
	oldest  bool             // a full link drops its oldest message, else the newest
}

// Flight is a message on a link.
type Flight struct {
	Key    scheduler.Key
	Handle scheduler.Handle // 0: it stands still on a clogged link
}

// New is nil where the network asks for nothing that needs it.
func New(actors int, x *weather.Network) *Links {
	if !x.FIFO && x.Capacity == 0 && x.Bias == 0 {
		return nil
	}
	links := (actors + 1) * (actors + 1)
	p := &Links{n: actors + 1, limit: x.Capacity, fifo: x.FIFO, oldest: x.EvictOldest}
	if x.Bias > 0 {
		p.bias = uint32(x.Bias) + 1
		p.extra = make([]scheduler.Time, links)
	}
	if x.FIFO {
		p.last = make([]scheduler.Time, links)
	}
	if x.Capacity > 0 {
		p.flights = make([][]Flight, links)
	}
	return p
}

func (p *Links) Reset() {
	clear(p.extra)
	clear(p.last)
	for i := range p.flights {
		p.flights[i] = p.flights[i][:0]
	}
}

func (p *Links) link(k scheduler.Key) int { return int(k.From())*p.n + int(k.To()) }

// World is what links ask of their world.
type World interface {
	Now() scheduler.Time
	// Calm says that nothing is dropped any more, however full a link is.
	Calm() bool
	// Pick asks a choice among n.
	Pick(k scheduler.Key, n uint32) uint32
	// Evict drops the new message, of which key is the key, if old is zero; else the
	// old one, which is on the link.
	Evict(old Flight, key scheduler.Key)
}

// Delay is how long a message takes on its link, whose own delay, the same for
// the whole run, comes on top, and where it may have to wait for those before
// it. It is -1 if the link is full and drops it.
func (p *Links) Delay(w World, key scheduler.Key, delay scheduler.Time) scheduler.Time {
	i := p.link(key)
	if p.bias > 1 {
		if p.extra[i] == 0 {
			k := scheduler.MakeKey(chance.Bias, 0, key.From(), key.To(), 1)
			p.extra[i] = 1 + scheduler.Time(w.Pick(k, p.bias))
		}
		delay += p.extra[i] - 1
	}
	if p.limit > 0 && len(p.flights[i]) >= p.limit && !w.Calm() {
		if !p.oldest {
			w.Evict(Flight{}, key)
			return -1
		}
		old := p.flights[i][0]
		p.flights[i] = append(p.flights[i][:0], p.flights[i][1:]...)
		w.Evict(old, old.Key)
	}
	if p.fifo {
		at := max(w.Now()+delay, p.last[i])
		p.last[i] = at
		delay = at - w.Now()
	}
	return delay
}

// Enter notes that a message is on its link.
func (p *Links) Enter(k scheduler.Key, h scheduler.Handle) {
	if p.limit > 0 {
		i := p.link(k)
		p.flights[i] = append(p.flights[i], Flight{k, h})
	}
}

// find is where a message is in the list of its link; -1: it was dropped.
func (p *Links) find(i int, k scheduler.Key) int {
	for j := range p.flights[i] {
		if p.flights[i][j].Key == k {
			return j
		}
	}
	return -1
}

// Leave takes a message off its link, now that it arrives.
func (p *Links) Leave(k scheduler.Key) {
	if p.limit == 0 {
		return
	}
	i := p.link(k)
	if j := p.find(i, k); j >= 0 {
		p.flights[i] = append(p.flights[i][:j], p.flights[i][j+1:]...)
	}
}

// Moved notes that a message waits under another handle, 0 if it stands still.
func (p *Links) Moved(k scheduler.Key, h scheduler.Handle) {
	if p.limit == 0 {
		return
	}
	i := p.link(k)
	if j := p.find(i, k); j >= 0 {
		p.flights[i][j].Handle = h
	}
}
