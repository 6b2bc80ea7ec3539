// Package disks is what is on the disk of an actor, and what it has written since.
package disks

import "github.com/paxsim/paxsim/scheduler"

// Disk says how an actor's disk behaves. The zero Disk saves at once.
type Disk struct {
	Sync scheduler.Time // how long a sync takes, in ticks
}

// Store is what is on the disk of one actor, and what it has written since.
type Store[D any] struct {
	Records []D        // by slot: what survives a crash
	Sums    []uint64   // what each said when it was saved, where records may hold memory
	Cache   []Write[D] // written, in order; not yet sure to survive
}

// Write is a record on its way to a slot.
type Write[D any] struct {
	Slot int
	Rec  D
}

// Reset makes it an empty disk, and keeps the memory.
func (s *Store[D]) Reset() { s.Records, s.Sums, s.Cache = s.Records[:0], s.Sums[:0], s.Cache[:0] }

// Write puts a record where a sync will find it.
func (s *Store[D]) Write(slot int, rec *D) { s.Cache = append(s.Cache, Write[D]{slot, *rec}) }

// Last is what was written to a slot last, whether or not it is sure to survive.
func (s *Store[D]) Last(slot int) (rec D) {
	for i := len(s.Cache) - 1; i >= 0; i-- {
		if s.Cache[i].Slot == slot {
			return s.Cache[i].Rec
		}
	}
	if slot < len(s.Records) {
		rec = s.Records[slot]
	}
	return rec
}

// MakeRoom gives a slot its place.
func (s *Store[D]) MakeRoom(slot int) {
	for len(s.Records) <= slot {
		var zero D
		s.Records = append(s.Records, zero)
	}
}

// Keep puts a record into a slot, as if a sync had done it.
func (s *Store[D]) Keep(slot int, rec *D) {
	s.MakeRoom(slot)
	s.Records[slot] = *rec
}
