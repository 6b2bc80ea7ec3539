package plain

import "github.com/paxsim/paxsim/sim/ids"

// Renaming gives actors and values other numbers. The zero Renaming changes nothing. A
// number beyond a list, such as 0 of nobody, stays as it is.
type Renaming struct {
	Actors []ids.ID    // by number: the new one; nil: all stay. The first stands for nobody
	Values []ids.Value // likewise
}

// Actor is the new number of an actor.
func (r *Renaming) Actor(id ids.ID) ids.ID {
	if r == nil || int(id) >= len(r.Actors) {
		return id
	}
	return r.Actors[id]
}

// Value is the new number of a value.
func (r *Renaming) Value(v ids.Value) ids.Value {
	if r == nil || int(v) >= len(r.Values) {
		return v
	}
	return r.Values[v]
}

// Set is a set under new numbers.
func (r *Renaming) set(s *ids.Set) (t ids.Set) {
	if s.Has(0) {
		t.Add(0)
	}
	for id := s.Next(0); id != 0; id = s.Next(id) {
		t.Add(r.Actor(id))
	}
	return t
}

// Renamer is a type whose values have the number of an actor or of a value in them and
// are of no type that says so, such as a ballot 1.3 in one word.
type Renamer[T any] interface {
	// Renamed is what it is under new numbers.
	Renamed(r *Renaming) T
}
