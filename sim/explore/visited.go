package explore

import (
	"math/bits"

	"github.com/paxsim/paxsim/sim/plain"
)

// visited is the set of the fingerprints of worlds. It is a number of tables, by the
// first bits of a fingerprint, with open addressing. Each grows by itself, so that the
// old and the new of one alone are in memory at a time. Their first sizes differ, so that
// they do not all grow at the same time.
type visited struct {
	shards [1 << shardBits]shard
	count  int
	slots  int // of all shards

	touched uint64 // what touch has read, so that it is not left out
}

const (
	shardBits  = 8
	firstSlots = 32 // of the first shard; the last has half as many again
	slotBytes  = 16
)

type shard struct {
	slots []plain.Sum // zero: free
	used  int
}

// of is the shard of a fingerprint.
func (v *visited) of(f plain.Sum) *shard { return &v.shards[f[1]>>(64-shardBits)] }

// grows is how many bytes it takes more to add a fingerprint; 0: there is room.
func (v *visited) grows(f plain.Sum) int {
	s := v.of(f)
	if s.used*8 < len(s.slots)*7 {
		return 0
	}
	return (s.nextSize(f) - len(s.slots)) * slotBytes
}

// nextSize is how many slots the shard of a fingerprint gets next: half as many again.
func (s *shard) nextSize(f plain.Sum) int {
	if n := len(s.slots); n > 0 {
		return n + n/2
	}
	return firstSlots + int(f[1]>>(64-shardBits))*firstSlots/2>>shardBits
}

// add puts a fingerprint in and says whether it is new.
func (v *visited) add(f plain.Sum) bool {
	if f == (plain.Sum{}) {
		f[0] = 1 // zero is a free slot
	}
	s := v.of(f)
	if s.used*8 >= len(s.slots)*7 {
		v.slots -= len(s.slots)
		s.grow(s.nextSize(f))
		v.slots += len(s.slots)
	}
	if !s.put(f) {
		return false
	}
	s.used++
	v.count++
	return true
}

// put is add where there is room. The first slot is the fingerprint's share of the
// table, so that any number of slots will do.
func (s *shard) put(f plain.Sum) bool {
	at, _ := bits.Mul64(f[0], uint64(len(s.slots)))
	for {
		switch s.slots[at] {
		case f:
			return false
		case plain.Sum{}:
			s.slots[at] = f
			return true
		}
		if at++; at == uint64(len(s.slots)) {
			at = 0
		}
	}
}

func (s *shard) grow(size int) {
	old := s.slots
	s.slots = make([]plain.Sum, size)
	for _, f := range old {
		if f != (plain.Sum{}) {
			s.put(f)
		}
	}
}

// bytes is what it takes in memory.
func (v *visited) bytes() int { return v.slots * slotBytes }

// has says whether a fingerprint is in.
func (v *visited) has(f plain.Sum) bool {
	if f == (plain.Sum{}) {
		f[0] = 1
	}
	s := v.of(f)
	if len(s.slots) == 0 {
		return false
	}
	at, _ := bits.Mul64(f[0], uint64(len(s.slots)))
	for {
		switch s.slots[at] {
		case f:
			return true
		case plain.Sum{}:
			return false
		}
		if at++; at == uint64(len(s.slots)) {
			at = 0
		}
	}
}

// touch brings the first slot of a fingerprint near, for those who look there soon.
func (v *visited) touch(f plain.Sum) {
	s := v.of(f)
	if len(s.slots) == 0 {
		return
	}
	at, _ := bits.Mul64(f[0], uint64(len(s.slots)))
	v.touched ^= s.slots[at][0]
}
