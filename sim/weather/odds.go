package weather

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
)

// Odds is a [Network] with its chances as coins, as the world uses it. Each field is
// that of the network with its name. Make one with [NewOdds].
type Odds struct {
	DelayMin   scheduler.Time    // in ticks
	DelayCount uint32            // how many different delays there are: DelayMax - DelayMin + 1
	shape      scheduler.Weights // of the delays above the least; nil: uniform
	Loss       scheduler.Coin
	Duplicate  scheduler.Coin
	Corrupt    scheduler.Coin
	Forge      scheduler.Coin
}

// NewOdds makes the odds of a network. shape is the weights of the network's delays, as
// [delays.Cache] has them; nil: they are uniform.
func NewOdds(n Network, shape scheduler.Weights) Odds {
	return Odds{
		DelayMin:   n.DelayMin,
		DelayCount: uint32(n.DelayMax-n.DelayMin) + 1,
		Loss:       scheduler.Coin(n.Loss.Threshold()),
		Duplicate:  scheduler.Coin(n.Duplicate.Threshold()),

		shape:   shape,
		Corrupt: scheduler.Coin(n.Corrupt.Threshold()),
		Forge:   scheduler.Coin(n.Forge.Threshold()),
	}
}

// Fate is what happens to one message on its way, and to its first copy. Of a message
// that is lost, no other field means anything.
type Fate struct {
	Lost      bool           // the message is lost
	Doubled   bool           // a copy travels as well
	CopyLost  bool           // the copy is lost
	Delay     scheduler.Time // of the message, in ticks
	CopyDelay scheduler.Time // of the copy, in ticks, if it is not lost
}

// Fate settles what happens to the message that key names, whose What must be 0. One
// hash serves loss, duplication and delay, each from bits of its own; a family that is
// off asks nothing. Duplication takes the bits of loss, multiplied by an odd number: a
// loss that is edited away must not become a duplicate.
func (n *Odds) Fate(c *chance.Door, key scheduler.Key) (f Fate) {
	h := c.Seed.Hash(key)
	lost, doubled := n.Loss.Toss(lossBits(h)), n.Duplicate.Toss(dupBits(h))
	delay := scheduler.Scale(delayBits(h), n.DelayCount)
	if n.shape != nil {
		delay = n.shape.Seeded(c.Seed.Hash(key.WithWhat(chance.Delay)))
	}
	if c.Source != nil {
		lost, doubled, delay = n.ask(c, key, lost, doubled, delay)
	}
	f.Lost, f.Doubled, f.Delay = lost != 0, doubled != 0, n.DelayMin+scheduler.Time(delay)
	if doubled != 0 {
		if f.CopyLost = n.LosesCopy(c, key, 1); !f.CopyLost {
			f.CopyDelay = n.Delay(c, key.WithWhat(chance.Delay+1))
		}
	}
	return f
}

// LosesCopy asks whether a copy of the message that key names is lost. copy is the
// number of the copy, from 1 to [MaxCopies].
func (n *Odds) LosesCopy(c *chance.Door, key scheduler.Key, copy uint8) bool {
	return n.Loss != 0 && c.Flip(key.WithWhat(chance.Lost+copy), n.Loss)
}

// Delay asks the choice that key names, how long one copy is on its way, in ticks.
func (n *Odds) Delay(c *chance.Door, key scheduler.Key) scheduler.Time {
	if n.shape != nil {
		return n.DelayMin + scheduler.Time(c.Choose(key, n.shape))
	}
	return n.DelayMin + scheduler.Time(c.Pick(key, n.DelayCount))
}

func lossBits(h uint64) uint32  { return uint32(h) }
func dupBits(h uint64) uint32   { return uint32(h) * 0x9e3779b1 }
func delayBits(h uint64) uint32 { return uint32(h >> 32) }

// Smooth says whether the seed alone lets a message pass, neither lost nor doubled, and
// after how many ticks it then arrives. h is the hash of the message's key. It is only for
// odds with uniform delays, and says the same as [Odds.Fate] without a source.
func (n *Odds) Smooth(h uint64) (scheduler.Time, bool) {
	surprises := n.Loss.Toss(lossBits(h)) | n.Duplicate.Toss(dupBits(h))
	return n.DelayMin + scheduler.Time(scheduler.Scale(delayBits(h), n.DelayCount)), surprises == 0
}

// ask asks the source, rather than the seed alone, for the fate of a message.
func (n *Odds) ask(c *chance.Door, key scheduler.Key, lost, doubled, delay uint32) (uint32, uint32, uint32) {
	if n.Loss != 0 {
		if lost = c.Ask(key.WithWhat(chance.Lost), 2, lost); lost != 0 {
			return lost, 0, 0
		}
	}
	if n.DelayCount > 1 {
		delay = c.Ask(key.WithWhat(chance.Delay), n.DelayCount, delay)
	}
	if n.Duplicate != 0 {
		doubled = c.Ask(key.WithWhat(chance.Doubled), 2, doubled)
	}
	return lost, doubled, delay
}
