// Package partitions has the shapes of cuts: where each puts the actors, and who then
// reaches whom.
package partitions

import (
	"slices"

	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/ids"
)

// Cut is a shape of cut. Messages that would cross it are lost, if it holds when
// they are sent or when they would arrive.
type Cut struct {
	Shape    Shape
	Who      aims.Target
	From, To aims.Target // of OneWay
}

// Shape says who can reach whom while a [Cut] holds.
type Shape uint8

// The shapes.
const (
	Isolate Shape = iota // each of Who can reach nobody, and nobody can reach it
	OneWay               // nothing gets from From to To; the other way is open
	Halves               // two sides, drawn by chance, neither empty (Who is not used)
	Ring                 // those of Who reach only their neighbours in it, the last and the first included
	Chain                // the same, but the last and the first are no neighbours
	Bridge               // two halves by number; only those of Who reach both
)

// MaxRing is the greatest number of actors of a world with a ring or a chain.
const MaxRing = 254

// Sides is where a cut, or a fault that goes by links, puts the actors, by number:
// for listed parts or two halves the part; for what goes by links [Sender],
// [Receiver] or both; for a ring or a chain the place in it, from 1; for an
// isolation 1 if it is; for a bridge the half, or [AtBridge].
type Sides []uint8

// Where actors can be.
const (
	Sender   = 1 << 0
	Receiver = 1 << 1
	AtBridge = 3
)

// Apart says whether a cut of a shape lets nothing from one actor to another. n is
// how many are in a ring or a chain.
func (s Sides) Apart(shape Shape, n int, from, to ids.ID) bool {
	a, b := s[from], s[to]
	switch shape {
	case Isolate:
		return a|b != 0
	case OneWay:
		return a&Sender != 0 && b&Receiver != 0
	case Halves:
		return a != b
	case Bridge:
		return a != b && a != AtBridge && b != AtBridge
	default: // a ring or a chain
		apart := max(a, b) - min(a, b)
		closed := shape == Ring && int(apart) == n-1
		return a != 0 && b != 0 && apart != 1 && !closed
	}
}

// Covers says whether a fault that goes by links concerns a message. No kinds are
// all.
func (s Sides) Covers(kinds []uint8, from, to ids.ID, kind uint8) bool {
	return s[from]&Sender != 0 && s[to]&Receiver != 0 && (kinds == nil || slices.Contains(kinds, kind))
}

// Mark puts actors on a side, beside where they are: all that [Isolate] needs, and
// with [Sender] and [Receiver] all for links.
func (s Sides) Mark(who []ids.ID, side uint8) {
	for _, id := range who {
		s[id] |= side
	}
}

// Split puts the actors of each part on a side of its own, and all others on one
// more.
func (s Sides) Split(parts [][]ids.ID) {
	for part, who := range parts {
		for _, id := range who {
			s[id] = uint8(part + 1)
		}
	}
}

// InLine gives the actors of a ring or a chain their places, and says how many they
// are.
func (s Sides) InLine(who []ids.ID) int {
	for i, id := range who {
		s[id] = uint8(i + 1)
	}
	return len(who)
}

// Bridge puts some actors on a bridge, and all others on two halves by number.
func (s Sides) Bridge(who []ids.ID) {
	for _, id := range who {
		s[id] = AtBridge
	}
	half := (len(s) - 1 - len(who) + 1) / 2
	k := 0
	for id := 1; id < len(s); id++ {
		if s[id] != AtBridge {
			s[id] = uint8(1 + min(k/max(half, 1), 1))
			k++
		}
	}
}

// Halve puts each actor on the side 0 or 1 that is drawn for it. If that leaves one
// side empty the last actor changes over.
func (s Sides) Halve(draw func(id ids.ID) uint8) {
	sum := 0
	for id := 1; id < len(s); id++ {
		s[id] = draw(ids.ID(id))
		sum += int(s[id])
	}
	if last := len(s) - 1; sum == 0 || sum == last {
		s[last] ^= 1
	}
}

// Reach is what must be known of the links between actors to say who can reach most.
type Reach interface {
	// Apart says whether nothing gets from one actor to another.
	Apart(from, to ids.ID) bool
	// Alike says whether two actors stand at the same place of every cut, so that
	// they reach the same others.
	Alike(a, b ids.ID) bool
}

// Largest finds the largest side of the cuts in force, and keeps the memory for it.
type Largest struct {
	best, side ids.Set
	firsts     []ids.ID
}

// Of is the largest set of actors that can all reach and be reached by its first
// member, the first such set if there are several. It is good until the next call.
func (l *Largest) Of(actors int, r Reach) *ids.Set {
	best, side := &l.best, &l.side
	best.Clear()
	l.firsts = l.firsts[:0] // the first of those who stand where they stand
	for a := ids.ID(1); int(a) <= actors; a++ {
		if slices.ContainsFunc(l.firsts, func(b ids.ID) bool { return r.Alike(a, b) }) {
			continue // whom it reaches are as many as those whom the first reaches
		}
		l.firsts = append(l.firsts, a)
		side.Clear()
		for b := ids.ID(1); int(b) <= actors; b++ {
			if a == b || !r.Apart(a, b) && !r.Apart(b, a) {
				side.Add(b)
			}
		}
		if side.Len() > best.Len() {
			best, side = side, best
		}
	}
	return best
}

// Idle says whether a cut certainly parts nobody from anybody.
func (c *Cut) Idle(actors int) bool {
	if actors == 1 {
		return true
	}
	reach := 0
	switch c.Shape {
	case Ring:
		reach = 3
	case Chain:
		reach = 2
	}
	many := actors
	switch c.Who.Group {
	case aims.Listed:
		many = len(c.Who.IDs)
	case aims.AtRandom:
		many = c.Who.Many
	case aims.InRole:
		many = 1
	}
	return many <= reach
}
