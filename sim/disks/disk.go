// Package disks keeps what is on the disk of an actor, and what it has written since
// the last sync.
package disks

import "github.com/paxsim/paxsim/scheduler"

// Disk says how the disks of all actors behave. The zero Disk saves at once.
type Disk struct {
	Sync scheduler.Time // how long a sync takes, in ticks
}

// Store is what is on the disk of one actor, and what it has written since the last
// sync. D is the type of records. The zero Store is an empty disk.
type Store[D any] struct {
	Records []D         // by slot: what survives a crash
	Sums    []uint64    // by slot: the hash of the record when it was saved, where records may hold memory
	Cache   []Cached[D] // written since, the oldest first; a crash may lose it
}

// Cached is a record that was written to a slot and is not on the disk yet.
type Cached[D any] struct {
	Slot int // from 0
	Rec  D
}

// Reset makes the store an empty disk, and keeps the memory.
func (s *Store[D]) Reset() { s.Records, s.Sums, s.Cache = s.Records[:0], s.Sums[:0], s.Cache[:0] }

// Write puts a copy of a record into the cache. The slot is at least 0.
func (s *Store[D]) Write(slot int, rec *D) { s.Cache = append(s.Cache, Cached[D]{slot, *rec}) }

// Last is the record that was written to a slot last, whether or not it is on the disk
// yet; the zero record: none was.
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

// MakeRoom makes Records long enough to hold a slot. New slots hold the zero record.
func (s *Store[D]) MakeRoom(slot int) {
	for len(s.Records) <= slot {
		var zero D
		s.Records = append(s.Records, zero)
	}
}

// Keep puts a record into a slot of the disk itself, past the cache, and makes room for
// it.
func (s *Store[D]) Keep(slot int, rec *D) {
	s.MakeRoom(slot)
	s.Records[slot] = *rec
}
