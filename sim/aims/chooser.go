package aims

import "github.com/paxsim/paxsim/sim/ids"

// World is what a [Chooser] must know of the actors to say whom a target means.
type World interface {
	// Actors is how many actors there are: their numbers are 1 to Actors.
	Actors() int
	// Spared says whether an actor is never meant, by no target.
	Spared(id ids.ID) bool
	// Able says whether an actor is up and not paused.
	Able(id ids.ID) bool
	// Rank is the round in which an actor plays a role of the protocol; 0: it does
	// not play it.
	Rank(id ids.ID, role uint8) uint64
	// Draw asks chance for a number from 0 to n-1. It is the k-th draw of this
	// target, from 0.
	Draw(k, n int) int
	// Majority is the set of those that can reach most others. The chooser only reads it.
	Majority() *ids.Set
}

// MaxDrawn is the greatest number of targets that are drawn by chance.
const MaxDrawn = 1<<DrawBits - 1

// DrawBits is how many bits the number of a draw may have: the k of [World].Draw.
const DrawBits = 12

// Chooser finds whom targets mean, and keeps the memory for it. The zero Chooser is
// ready to use.
type Chooser struct {
	meant, left []ids.ID
}

// Meant lists whom a target means at this moment: in the order of the target's list
// if it has one, in the order of the draws if they are drawn, else by number. An
// actor that is listed twice is in it twice. The list is good until the next call.
func (c *Chooser) Meant(w World, t *Target) []ids.ID {
	c.meant = c.meant[:0]
	switch t.Group {
	case Nobody:
	case Listed:
		for _, id := range t.IDs {
			c.add(w, id)
		}
	case AtRandom:
		c.draw(w, t.Many)
	case InRole:
		if id := inRole(w, t.Role); id != 0 {
			c.add(w, id)
		}
	case Everyone:
		for id := ids.ID(1); int(id) <= w.Actors(); id++ {
			c.add(w, id)
		}
	default:
		side := w.Majority()
		for id := ids.ID(1); int(id) <= w.Actors(); id++ {
			if side.Has(id) == (t.Group == Majority) {
				c.add(w, id)
			}
		}
	}
	return c.meant
}

func (c *Chooser) add(w World, id ids.ID) {
	if !w.Spared(id) {
		c.meant = append(c.meant, id)
	}
}

// draw draws so many of those that are able: each by a choice among those that are
// left, by number.
func (c *Chooser) draw(w World, many int) {
	left := c.left[:0]
	for id := ids.ID(1); int(id) <= w.Actors(); id++ {
		if w.Able(id) && !w.Spared(id) {
			left = append(left, id)
		}
	}
	for k := 0; k < many && len(left) > 0; k++ {
		j := w.Draw(k, len(left))
		c.meant = append(c.meant, left[j])
		left = append(left[:j], left[j+1:]...)
	}
	c.left = left
}

// inRole is the actor that plays a role in the highest round, 0 if none does.
func inRole(w World, role uint8) (who ids.ID) {
	best := uint64(0)
	for id := ids.ID(1); int(id) <= w.Actors(); id++ {
		if rank := w.Rank(id, role); rank > best {
			who, best = id, rank
		}
	}
	return who
}
