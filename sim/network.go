package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/delays"
)

// Network says how messages travel from one actor to another. The zero Network
// delivers every message once and at once.
type Network struct {
	DelayMin  Time                  // the least delay, in ticks
	DelayMax  Time                  // the greatest
	Shape     delays.Shape          // how delays spread between the two; zero: uniformly
	Loss      scheduler.Probability // that a message is lost
	Duplicate scheduler.Probability // that a message that is not lost is doubled: a copy travels as well, and may be lost in its turn
	Copies    int                   // how many copies of a message at most: each that is not lost may be doubled in its turn; 0 counts as 1
	Corrupt   scheduler.Probability // that a message arrives damaged, which is noticed: it is dropped
	Forge     scheduler.Probability // that a message arrives as if another had sent it. Outside the model of Paxos.

	// Links, from one actor to another.
	Bias        Time // the greatest extra delay that a link keeps for the whole run, uniform from 0
	FIFO        bool // messages on a link keep their order; else they may overtake one another
	Capacity    int  // how many messages are on a link at most, until the weather calms; 0: any number
	EvictOldest bool // a full link drops its oldest message; else the one that is sent
}

// Delay is how long a message is on its way.
func (n Network) Delay() delays.Delay { return delays.Delay{Min: n.DelayMin, Max: n.DelayMax, Shape: n.Shape} }

// network is a Network as the world uses it.
type network struct {
	min     Time
	span    uint32            // number of different delays
	shape   scheduler.Weights // of the delays above the least; nil: uniform
	loss    scheduler.Coin
	dup     scheduler.Coin
	corrupt scheduler.Coin
	forge   scheduler.Coin
}

// newNetwork makes it; shape is how its delays spread, nil: uniformly.
func newNetwork(n Network, shape scheduler.Weights) network {
	return network{
		min:  n.DelayMin,
		span: uint32(n.DelayMax-n.DelayMin) + 1,
		loss: scheduler.Coin(n.Loss.Threshold()),
		dup:  scheduler.Coin(n.Duplicate.Threshold()),

		shape:   shape,
		corrupt: scheduler.Coin(n.Corrupt.Threshold()),
		forge:   scheduler.Coin(n.Forge.Threshold()),
	}
}

// fate is what happens to one message on its way.
type fate struct {
	lost, doubled bool
	copyLost      bool // its double is
	delay, second Time // of the message and of its double
}

// fate settles what happens to the message that key names. One hash serves
// loss, duplication and delay, each from bits of its own; a family that is off
// asks nothing. Multiplying by an odd number makes the loss's bits the
// duplicate's own: a loss edited away must not become a duplicate.
func (n *network) fate(c *chance.Door, key scheduler.Key) (f fate) {
	h := c.Seed.Hash(key)
	lost, doubled := n.loss.Toss(lossBits(h)), n.dup.Toss(dupBits(h))
	delay := scheduler.Scale(delayBits(h), n.span)
	if n.shape != nil {
		delay = n.shape.Seeded(c.Seed.Hash(key.WithWhat(chance.Delay)))
	}
	if c.Source != nil {
		lost, doubled, delay = n.ask(c, key, lost, doubled, delay)
	}
	f.lost, f.doubled, f.delay = lost != 0, doubled != 0, n.min+Time(delay)
	if doubled != 0 {
		if f.copyLost = n.loses(c, key, 1); !f.copyLost {
			f.second = n.delay(c, key.WithWhat(chance.Delay+1))
		}
	}
	return f
}

// loses asks, by a key of its own, whether a copy of a message is lost.
func (n *network) loses(c *chance.Door, key scheduler.Key, copy uint8) bool {
	return n.loss != 0 && c.Flip(key.WithWhat(chance.Lost+copy), n.loss)
}

// delay asks, by a key of its own, how long one copy is on its way.
func (n *network) delay(c *chance.Door, key scheduler.Key) Time {
	if n.shape != nil {
		return n.min + Time(c.Choose(key, n.shape))
	}
	return n.min + Time(c.Pick(key, n.span))
}

func lossBits(h uint64) uint32  { return uint32(h) }
func dupBits(h uint64) uint32   { return uint32(h) * 0x9e3779b1 }
func delayBits(h uint64) uint32 { return uint32(h >> 32) }

// smooth says whether the seed alone lets a message pass, neither lost nor
// doubled, and after how many ticks it then arrives. h is the hash of its key.
func (n *network) smooth(h uint64) (Time, bool) {
	surprises := n.loss.Toss(lossBits(h)) | n.dup.Toss(dupBits(h))
	return n.min + Time(scheduler.Scale(delayBits(h), n.span)), surprises == 0
}

// ask asks the source, rather than the seed alone, for the fate of a message.
func (n *network) ask(c *chance.Door, key scheduler.Key, lost, doubled, delay uint32) (uint32, uint32, uint32) {
	if n.loss != 0 {
		if lost = c.Ask(key.WithWhat(chance.Lost), 2, lost); lost != 0 {
			return lost, 0, 0
		}
	}
	if n.span > 1 {
		delay = c.Ask(key.WithWhat(chance.Delay), n.span, delay)
	}
	if n.dup != 0 {
		doubled = c.Ask(key.WithWhat(chance.Doubled), 2, doubled)
	}
	return lost, doubled, delay
}

// Why a message does not arrive.
type dropReason uint8

const (
	arrives dropReason = iota
	lostByChance
	cutWhenSent
	cutOnArrival
	receiverDown
	damaged
	evicted
)

var dropReasons = [...]string{lostByChance: "lost", cutWhenSent: "cut when sent", cutOnArrival: "cut on arrival", receiverDown: "receiver down", damaged: "damaged", evicted: "the link was full"}

// undeliverable says why a message that arrives now is dropped, or arrives.
func (w *World[M, D]) undeliverable(from, to ID) dropReason {
	switch {
	case w.actors[to].slow&dead != 0:
		return receiverDown
	case from != to && w.faults.cut() && w.faults.separated(w.scenario, from, to):
		return cutOnArrival
	}
	return arrives
}

// lost drops a message, or a copy of it, when it is sent. Which copy is in the
// what of the key.
func (w *World[M, D]) lost(e *Env[M, D], key scheduler.Key, why dropReason) {
	w.result.Dropped++
	if why == cutWhenSent {
		w.segment.cut++
	}
	w.digest.Mix(uint64(why)<<40 | uint64(key.To()))
	if len(w.observers) != 0 {
		w.emit(Entry{What: Dropped, Actor: e.self, Peer: ID(key.To()), Kind: key.Kind(), Copy: eventCopy(key), N: key.Count(), Cause: uint64(e.cause), Text: dropReasons[why]})
	}
}

// dropped drops a message when it would arrive.
func (w *World[M, D]) dropped(ev *event[M], k scheduler.Key, why dropReason) {
	if len(w.observers) != 0 {
		w.emitArrival(ev, k, 0)
		w.emit(Entry{What: Dropped, Actor: ID(k.To()), Peer: ID(k.From()), Kind: k.Kind(), Copy: eventCopy(k), N: k.Count(), Cause: uint64(ev.cause), Text: dropReasons[why]})
	}
}

// double lets a message travel, and a copy of it, unless that is lost.
func (w *World[M, D]) double(e *Env[M, D], key scheduler.Key, f fate, l *letter[M]) {
	w.doubled(e, key)
	w.enqueue(e, f.delay, key, l, 0)
	if f.copyLost {
		w.copyLost(e, key, 1)
		return
	}
	w.enqueue(e, f.second, key.WithWhat(1), l, 0)
}

// copyLost drops a copy of a message when it is sent.
func (w *World[M, D]) copyLost(e *Env[M, D], key scheduler.Key, copy uint8) {
	w.struck(FamilyLoss)
	w.segment.copiesLost++
	w.lost(e, key.WithWhat(copy), lostByChance)
}

// doubled counts a message of which a copy travels as well.
func (w *World[M, D]) doubled(e *Env[M, D], key scheduler.Key) {
	w.struck(FamilyDuplicate)
	w.result.Duplicated++
	if len(w.observers) != 0 {
		w.emit(Entry{What: Doubled, Actor: e.self, Peer: ID(key.To()), Kind: key.Kind(), N: key.Count(), Cause: uint64(e.cause)})
	}
}
