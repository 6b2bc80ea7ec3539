// Package partitions has the shapes of cuts: where each puts the actors, and which
// actors then reach which.
package partitions

import (
	"slices"

	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/ids"
)

// Cut is a cut of a [Shape]. A message that would cross it is lost, if the cut holds
// when the message is sent or when it would arrive. The zero Cut isolates nobody.
type Cut struct {
	Shape    Shape
	Who      aims.Target // of all shapes but OneWay and Halves
	From, To aims.Target // of OneWay
}

// Shape says which actors can reach which while a [Cut] holds.
type Shape uint8

// The shapes.
const (
	Isolate Shape = iota // each of Who can reach nobody, and nobody can reach it
	OneWay               // nothing gets from From to To; the other way is open
	Halves               // two sides, drawn by chance, neither empty
	Ring                 // each of Who reaches, of Who, only its neighbours in the list; the last and the first are neighbours
	Chain                // the same, but the last and the first are no neighbours
	Bridge               // two halves by number; only those of Who reach both
)

// MaxRing is the greatest number of actors of a world with a ring or a chain: the
// place of each must fit into an element of [Sides].
const MaxRing = 254

// Sides says where a cut, or a fault that goes by links, puts each actor. Element id
// is that of actor id, and element 0 is nobody's: for n actors it has n+1 elements,
// all 0 before one of its methods fills them. What an element means depends on what
// the sides are of:
//
//	listed parts, or two halves    the part
//	links, or a one-way cut        [Sender], [Receiver], both or 0
//	a ring or a chain              the place in it, from 1; 0: not in it
//	isolated actors                1; 0: not isolated
//	a bridge                       the half, 1 or 2; 3: on the bridge
type Sides []uint8

// The bits of an actor's side, for what goes by links.
const (
	Sender   = 1 << 0 // what it sends to a Receiver is concerned
	Receiver = 1 << 1 // what a Sender sends to it is concerned
)

// atBridge is the side of those that reach both halves.
const atBridge = 3

// Apart says whether a cut of a shape lets nothing from one actor to another. Parts
// that are listed have the shape [Halves]. n is how many are in a ring or a chain, and
// is not used by other shapes.
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
		return a != b && a != atBridge && b != atBridge
	default: // a ring or a chain
		apart := max(a, b) - min(a, b)
		closed := shape == Ring && int(apart) == n-1
		return a != 0 && b != 0 && apart != 1 && !closed
	}
}

// Covers says whether a fault that goes by links concerns a message of a kind. kinds
// are those that it is limited to; nil: all.
func (s Sides) Covers(kinds []uint8, from, to ids.ID, kind uint8) bool {
	return s[from]&Sender != 0 && s[to]&Receiver != 0 && (kinds == nil || slices.Contains(kinds, kind))
}

// Mark adds the bits of a side to those of some actors. It fills the sides of isolated
// actors with 1, and those of links with [Sender] and [Receiver].
func (s Sides) Mark(who []ids.ID, side uint8) {
	for _, id := range who {
		s[id] |= side
	}
}

// Split puts the actors of each part on a side of its own, from 1. All others stay
// together on the side 0.
func (s Sides) Split(parts [][]ids.ID) {
	for part, who := range parts {
		for _, id := range who {
			s[id] = uint8(part + 1)
		}
	}
}

// InLine gives the actors of a ring or a chain their places, from 1, in the order of
// the list. It returns how many they are, at most [MaxRing].
func (s Sides) InLine(who []ids.ID) int {
	for i, id := range who {
		s[id] = uint8(i + 1)
	}
	return len(who)
}

// Bridge puts some actors on a bridge, and all others on two halves by number. If the
// others cannot be halved, the first half has one more.
func (s Sides) Bridge(who []ids.ID) {
	for _, id := range who {
		s[id] = atBridge
	}
	half := (len(s) - 1 - len(who) + 1) / 2
	k := 0
	for id := 1; id < len(s); id++ {
		if s[id] != atBridge {
			s[id] = uint8(1 + min(k/max(half, 1), 1))
			k++
		}
	}
}

// Halve puts each actor on the side 0 or 1 that is drawn for it. If that leaves one
// side empty, the last actor goes to that side. Only a single actor has nobody on the
// other side.
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

// Reach is what [Largest] must know of the links between actors.
type Reach interface {
	// Apart says whether nothing gets from one actor to another.
	Apart(from, to ids.ID) bool
	// Alike says whether two actors are at the same place of every cut, so that they
	// reach as many others.
	Alike(a, b ids.ID) bool
}

// Largest finds the largest side of the cuts in force, and keeps the memory for it.
// The zero Largest is ready to use.
type Largest struct {
	best, side ids.Set
	firsts     []ids.ID
}

// Of is the largest side among so many actors. The side of an actor is itself, and all
// that it can reach and that can reach it. Of several that are as large it is the side
// of the actor with the lowest number. The set is good until the next call.
func (l *Largest) Of(actors int, r Reach) *ids.Set {
	best, side := &l.best, &l.side
	best.Clear()
	l.firsts = l.firsts[:0] // the first of each place
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

// Idle says whether a cut among so many actors surely separates nobody from anybody.
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
