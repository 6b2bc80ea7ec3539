package weather

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
)

// Odds is a Network as the world uses it.
type Odds struct {
	Min     scheduler.Time
	Span    uint32            // number of different delays
	shape   scheduler.Weights // of the delays above the least; nil: uniform
	Lost    scheduler.Coin
	Doubled scheduler.Coin
	Damaged scheduler.Coin
	Forged  scheduler.Coin
}

// OddsOf makes it; shape is how its delays spread, nil: uniformly.
func OddsOf(n Network, shape scheduler.Weights) Odds {
	return Odds{
		Min:     n.DelayMin,
		Span:    uint32(n.DelayMax-n.DelayMin) + 1,
		Lost:    scheduler.Coin(n.Loss.Threshold()),
		Doubled: scheduler.Coin(n.Duplicate.Threshold()),

		shape:   shape,
		Damaged: scheduler.Coin(n.Corrupt.Threshold()),
		Forged:  scheduler.Coin(n.Forge.Threshold()),
	}
}

// Fate is what happens to one message on its way.
type Fate struct {
	Lost, Doubled bool
	CopyLost      bool           // its double is
	Delay, Second scheduler.Time // of the message and of its double
}

// Fate settles what happens to the message that key names. One hash serves
// loss, duplication and delay, each from bits of its own; a family that is off
// asks nothing. Multiplying by an odd number makes the loss's bits the
// duplicate's own: a loss edited away must not become a duplicate.
func (n *Odds) Fate(c *chance.Door, key scheduler.Key) (f Fate) {
	h := c.Seed.Hash(key)
	lost, doubled := n.Lost.Toss(lossBits(h)), n.Doubled.Toss(dupBits(h))
	delay := scheduler.Scale(delayBits(h), n.Span)
	if n.shape != nil {
		delay = n.shape.Seeded(c.Seed.Hash(key.WithWhat(chance.Delay)))
	}
	if c.Source != nil {
		lost, doubled, delay = n.ask(c, key, lost, doubled, delay)
	}
	f.Lost, f.Doubled, f.Delay = lost != 0, doubled != 0, n.Min+scheduler.Time(delay)
	if doubled != 0 {
		if f.CopyLost = n.Loses(c, key, 1); !f.CopyLost {
			f.Second = n.Delay(c, key.WithWhat(chance.Delay+1))
		}
	}
	return f
}

// Loses asks, by a key of its own, whether a copy of a message is lost.
func (n *Odds) Loses(c *chance.Door, key scheduler.Key, copy uint8) bool {
	return n.Lost != 0 && c.Flip(key.WithWhat(chance.Lost+copy), n.Lost)
}

// Delay asks, by a key of its own, how long one copy is on its way.
func (n *Odds) Delay(c *chance.Door, key scheduler.Key) scheduler.Time {
	if n.shape != nil {
		return n.Min + scheduler.Time(c.Choose(key, n.shape))
	}
	return n.Min + scheduler.Time(c.Pick(key, n.Span))
}

func lossBits(h uint64) uint32  { return uint32(h) }
func dupBits(h uint64) uint32   { return uint32(h) * 0x9e3779b1 }
func delayBits(h uint64) uint32 { return uint32(h >> 32) }

// Smooth says whether the seed alone lets a message pass, neither lost nor
// doubled, and after how many ticks it then arrives. h is the hash of its key.
func (n *Odds) Smooth(h uint64) (scheduler.Time, bool) {
	surprises := n.Lost.Toss(lossBits(h)) | n.Doubled.Toss(dupBits(h))
	return n.Min + scheduler.Time(scheduler.Scale(delayBits(h), n.Span)), surprises == 0
}

// ask asks the source, rather than the seed alone, for the fate of a message.
func (n *Odds) ask(c *chance.Door, key scheduler.Key, lost, doubled, delay uint32) (uint32, uint32, uint32) {
	if n.Lost != 0 {
		if lost = c.Ask(key.WithWhat(chance.Lost), 2, lost); lost != 0 {
			return lost, 0, 0
		}
	}
	if n.Span > 1 {
		delay = c.Ask(key.WithWhat(chance.Delay), n.Span, delay)
	}
	if n.Doubled != 0 {
		doubled = c.Ask(key.WithWhat(chance.Doubled), 2, doubled)
	}
	return lost, doubled, delay
}
