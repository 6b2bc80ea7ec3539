package weather

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/delays"
)

// MaxPlaces is how many places there may be.
const MaxPlaces = 100

// Places says where the actors are, such as in which data centre, and how far it is
// from there to the others. A message takes that long on top of its delay, in every
// weather: weather changes, and distances do not. What an actor sends to itself does not
// leave its machine.
type Places struct {
	Names []string           // each once
	Of    []uint8            // by actor, from actor 1 on: the index of its place
	Delay [][]scheduler.Time // from a place to a place, in ticks, by their indexes; to itself: to another actor there
}

// Between is how much longer a message takes from one actor to another, in ticks, than
// the weather says. nil is no places: it is 0.
func (p *Places) Between(from, to uint16) scheduler.Time {
	if p == nil || from == to {
		return 0
	}
	return p.Delay[p.Of[from-1]][p.Of[to-1]]
}

// Farthest is the greatest distance from an actor to another, in ticks; 0: all are at one
// spot, or p is nil.
func (p *Places) Farthest() (most scheduler.Time) {
	p.pairs(func(many int64, far scheduler.Time) { most = max(most, far) })
	return most
}

// TwiceMean is twice the mean distance from an actor to another, in ticks, rounded down.
func (p *Places) TwiceMean() scheduler.Time {
	pairs, sum := int64(0), int64(0)
	p.pairs(func(many int64, far scheduler.Time) {
		pairs += many
		sum += many * int64(far)
	})
	if pairs == 0 {
		return 0
	}
	return scheduler.Time(2 * sum / pairs)
}

// pairs tells of every two places how many pairs of an actor of the one and another
// actor of the other there are, if any, and how far it is.
func (p *Places) pairs(tell func(many int64, far scheduler.Time)) {
	if p == nil {
		return
	}
	at := make([]int64, len(p.Names))
	for _, i := range p.Of {
		at[i]++
	}
	for i, from := range at {
		for j, to := range at {
			if i == j {
				to--
			}
			if from*to > 0 {
				tell(from*to, p.Delay[i][j])
			}
		}
	}
}

// Renumbered is the same with other numbers for the actors: actor i is to be number is[i],
// of so many; 0: it is left out.
func (p *Places) Renumbered(actors int, is func(id uint16) uint16) *Places {
	if p == nil {
		return nil
	}
	x := *p
	x.Of = make([]uint8, actors)
	for i, place := range p.Of {
		if id := is(uint16(i + 1)); id != 0 {
			x.Of[id-1] = place
		}
	}
	return &x
}

// Check calls bad for each thing that is wrong with the places of so many actors, with
// the path of the field. path is that of the places in their file.
func (p *Places) Check(bad func(path, format string, args ...any), path string, actors int) {
	n := len(p.Names)
	switch {
	case n == 0 || n > MaxPlaces:
		bad(path, "%d places: expected 1 to %d", n, MaxPlaces)
		return
	case len(p.Of) != actors:
		bad(path, "says of %d actors where they are: there are %d", len(p.Of), actors)
	case slices.ContainsFunc(p.Of, func(i uint8) bool { return int(i) >= n }):
		bad(path, "an actor is at a place that there is not")
	case len(p.Delay) != n || slices.ContainsFunc(p.Delay, func(row []scheduler.Time) bool { return len(row) != n }):
		bad(path, "expected how far it is from each of %d places to each", n)
		return
	}
	for i, row := range p.Delay {
		for j, far := range row {
			if far < 0 || far >= delays.Limit {
				bad(fmt.Sprintf("%s.%s", path, p.Names[i]), "the way to %s: expected 0 to %d ticks", p.Names[j], delays.Limit-1)
			}
		}
	}
}
