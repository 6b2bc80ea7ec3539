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

// shardOf is which shard a fingerprint is in.
func shardOf(f plain.Sum) int { return int(f[1] >> (64 - shardBits)) }

// of is that shard.
func (v *visited) of(f plain.Sum) *shard { return &v.shards[f[1]>>(64-shardBits)] }

// grows is how many bytes it takes more to add a fingerprint; 0: there is room.
func (v *visited) grows(f plain.Sum) int {
	s := v.of(f)
	if s.used*8 < len(s.slots)*7 {
		return 0
	}
	return (nextSize(len(s.slots), shardOf(f)) - len(s.slots)) * slotBytes
}

// nextSize is how many slots a shard gets that has n, by its number: half as many again.
func nextSize(n, number int) int {
	if n > 0 {
		return n + n/2
	}
	return firstSlots + number*firstSlots/2>>shardBits
}

// add puts a fingerprint in and says whether it is new.
func (v *visited) add(f plain.Sum) bool {
	fresh, slots := v.of(f).add(f, shardOf(f))
	v.slots += slots
	if fresh {
		v.count++
	}
	return fresh
}

// add puts a fingerprint into the shard with a number, and says whether it is new, and how
// many slots there are more.
func (s *shard) add(f plain.Sum, number int) (fresh bool, slots int) {
	if f == (plain.Sum{}) {
		f[0] = 1 // zero is a free slot
	}
	if s.used*8 >= len(s.slots)*7 {
		slots = -len(s.slots)
		s.grow(nextSize(len(s.slots), number))
		slots += len(s.slots)
	}
	if fresh = s.put(f); fresh {
		s.used++
	}
	return fresh, slots
}

// put is add where there is room. The first slot is the fingerprint's share of the
// table, so that any number of slots will do.
func (s *shard) put(f plain.Sum) bool {
	slots := s.slots
	n := uint64(len(slots))
	for at, _ := bits.Mul64(f[0], n); ; {
		x := &slots[at]
		if x[0] == f[0] && x[1] == f[1] {
			return false
		}
		if x[0]|x[1] == 0 {
			*x = f
			return true
		}
		if at++; at == n {
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

// peek reads the first slot of a fingerprint, for those who look there soon: so the
// machine fetches many at a time.
func (v *visited) peek(f plain.Sum) uint64 {
	s := v.of(f)
	if len(s.slots) == 0 {
		return 0
	}
	at, _ := bits.Mul64(f[0], uint64(len(s.slots)))
	return s.slots[at][0]
}
