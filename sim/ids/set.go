package ids

import "math/bits"

// Set is a set of actors. The zero Set is empty.
//
// Up to actor 63 it is one word, and an assignment copies it. Beyond that it
// has memory of its own: copy it with [Set.CopyFrom].
type Set struct {
	low  uint64
	more []uint64 // actors 64…127, 128…191, …
	len  int
}

// Of is the set of the actors of a list.
func Of(ids []ID) (s Set) {
	for _, id := range ids {
		s.Add(id)
	}
	return s
}

// Add puts an actor in and says whether it is new. Actor 0 can be in a set like any
// other number, but [Set.Next] never returns it.
func (s *Set) Add(id ID) bool {
	word := &s.low
	if id >= 64 {
		i := int(id/64) - 1
		for len(s.more) <= i {
			s.more = append(s.more, 0)
		}
		word = &s.more[i]
	}
	bit := uint64(1) << (id % 64)
	if *word&bit != 0 {
		return false
	}
	*word |= bit
	s.len++
	return true
}

// Remove takes an actor out and says whether it was in.
func (s *Set) Remove(id ID) bool {
	if !s.Has(id) {
		return false
	}
	if id < 64 {
		s.low &^= 1 << id
	} else {
		s.more[id/64-1] &^= 1 << (id % 64)
	}
	s.len--
	return true
}

// Has says whether an actor is in.
func (s *Set) Has(id ID) bool {
	if id < 64 {
		return s.low>>id&1 != 0
	}
	i := int(id/64) - 1
	return i < len(s.more) && s.more[i]>>(id%64)&1 != 0
}

// Len is how many actors are in.
func (s *Set) Len() int { return s.len }

// Clear takes all actors out and keeps the memory.
func (s *Set) Clear() { s.low, s.more, s.len = 0, s.more[:0], 0 }

// CopyFrom makes s equal to t, in memory of its own.
func (s *Set) CopyFrom(t *Set) {
	s.low, s.len = t.low, t.len
	s.more = s.more[:0]
	if len(t.more) != 0 {
		s.more = append(s.more, t.more...)
	}
}

// Next is the first actor in the set above id, or 0 if there is none. So a loop
// over all of them is
//
//	for id := s.Next(0); id != 0; id = s.Next(id) {
func (s *Set) Next(id ID) ID {
	id++
	if id < 64 {
		if b := s.low >> id; b != 0 {
			return id + ID(bits.TrailingZeros64(b))
		}
		id = 64
	}
	for i := int(id/64) - 1; i < len(s.more); i++ {
		if b := s.more[i] >> (id % 64); b != 0 {
			return id + ID(bits.TrailingZeros64(b))
		}
		id = ID(i+2) * 64
	}
	return 0
}
