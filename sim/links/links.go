// Package links keeps what a world knows of each link from one actor to another: its
// order, which messages are on it, and its own delay.
package links

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/weather"
)

// MaxCapacity is the greatest [weather.Network].Capacity.
const MaxCapacity = 1_000_000

// MaxPaired is the greatest number of actors of a world that needs a [Table], which
// has a place for every pair of them.
const MaxPaired = 1000

// Table is what a world keeps for each link, from one actor to another: what FIFO,
// Capacity and Bias of [weather.Network] need. The key of a message names the link by
// its From and its To. Make one with [New].
type Table struct {
	n       int
	limit   int // messages on a link at most; 0: any number
	fifo    bool
	bias    uint32           // number of different extra delays; 0: none
	extra   []scheduler.Time // by link: its bias, plus 1; 0: not asked yet
	last    []scheduler.Time // by link: when the last message so far arrives
	flights [][]Flight       // by link: the messages on it, the oldest first
	oldest  bool             // a full link drops its oldest message, else the newest
}

// Flight is a message on a link. The zero Flight is none.
type Flight struct {
	Key    scheduler.Key    // which message it is
	Handle scheduler.Handle // where it waits in the queue; 0: it stands still on a clogged link
}

// New makes the table of a world of so many actors. It is nil if the network needs
// none.
func New(actors int, x *weather.Network) *Table {
	if !x.FIFO && x.Capacity == 0 && x.Bias == 0 {
		return nil
	}
	links := (actors + 1) * (actors + 1)
	p := &Table{n: actors + 1, limit: x.Capacity, fifo: x.FIFO, oldest: x.EvictOldest}
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

// Reset makes all links empty, and without a delay of their own, at the start of a run.
func (p *Table) Reset() {
	clear(p.extra)
	clear(p.last)
	for i := range p.flights {
		p.flights[i] = p.flights[i][:0]
	}
}

func (p *Table) link(k scheduler.Key) int { return int(k.From())*p.n + int(k.To()) }

// World is what a [Table] asks of its world.
type World interface {
	// Now is the time, in ticks.
	Now() scheduler.Time
	// Calm says whether links hold any number of messages from now on.
	Calm() bool
	// Pick asks the choice k for a number from 0 to n-1.
	Pick(k scheduler.Key, n uint32) uint32
	// Evict drops the message with this key, since its link is full. old is where it was on
	// the link, if it was there; the zero Flight: it is the new one.
	Evict(old Flight, key scheduler.Key)
}

// Delay is how long a new message takes on its link, in ticks: the delay that is given,
// the link's own delay, and the wait for those before it if the network is FIFO. If the
// link is full, it drops its oldest message or the new one, by [World].Evict; then Delay
// is -1 if it is the new one. A message with a delay is put on the link by
// [Table.Enter].
func (p *Table) Delay(w World, key scheduler.Key, delay scheduler.Time) scheduler.Time {
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

// Enter puts a message on its link, with the handle under which it waits in the queue.
func (p *Table) Enter(k scheduler.Key, h scheduler.Handle) {
	if p.limit > 0 {
		i := p.link(k)
		p.flights[i] = append(p.flights[i], Flight{k, h})
	}
}

// find is where a message is in the list of its link; -1: it was dropped.
func (p *Table) find(i int, k scheduler.Key) int {
	for j := range p.flights[i] {
		if p.flights[i][j].Key == k {
			return j
		}
	}
	return -1
}

// Leave takes a message off its link, since it arrives. It does nothing if the message
// is not on it.
func (p *Table) Leave(k scheduler.Key) {
	if p.limit == 0 {
		return
	}
	i := p.link(k)
	if j := p.find(i, k); j >= 0 {
		p.flights[i] = append(p.flights[i][:j], p.flights[i][j+1:]...)
	}
}

// SetHandle notes that a message on its link waits under another handle; 0: it stands
// still. It does nothing if the message is not on it.
func (p *Table) SetHandle(k scheduler.Key, h scheduler.Handle) {
	if p.limit == 0 {
		return
	}
	i := p.link(k)
	if j := p.find(i, k); j >= 0 {
		p.flights[i][j].Handle = h
	}
}
