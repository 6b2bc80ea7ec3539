package scheduler

import "testing"

// The first outputs of SplitMix64 as others publish them: an oracle that is
// not ours.
func TestSeedIsSplitMix64(t *testing.T) {
	for seed, want := range map[uint64]uint64{
		0:       0xe220a8397b1dcdaf,
		1234567: 6457827717110365317,
	} {
		if got := uint64(NewSeed(seed)); got != want {
			t.Errorf("NewSeed(%d) = %d, want %d", seed, got, want)
		}
	}
}

// TestSeedPinned: hashes that move change every run of every seed.
func TestSeedPinned(t *testing.T) {
	for _, c := range pinnedHashes {
		if got := NewSeed(c.seed).Hash(c.key); got != c.want {
			t.Errorf("NewSeed(%d).Hash(%v) = %#016x, pinned %#016x", c.seed, c.key, got, c.want)
		}
	}
}

// Neighbouring seeds and neighbouring keys have nothing in common: in both
// halves of the hash, each of 16 classes comes up as often as chance allows
// (4096 of 65536, standard deviation 62).
func TestSeedSpreads(t *testing.T) {
	count := func(name string, hash func(i uint32) uint64) {
		for _, shift := range []int{0, 28, 32, 60} {
			var classes [16]int
			for i := range uint32(1 << 16) {
				classes[hash(i)>>shift&15]++
			}
			for c, n := range classes {
				if n < 4096-5*62 || n > 4096+5*62 {
					t.Errorf("%s: class %d of bits %d.. came %d times, want about 4096", name, c, shift, n)
				}
			}
		}
	}
	count("seeds", func(i uint32) uint64 { return NewSeed(uint64(i)).Hash(MakeKey(1, 2, 3, 4, 5)) })
	count("counts", func(i uint32) uint64 { return NewSeed(7).Hash(MakeKey(1, 2, 3, 4, i)) })
	count("senders", func(i uint32) uint64 { return NewSeed(7).Hash(MakeKey(1, 2, uint16(i>>2), 4, i&3)) })
	count("receivers", func(i uint32) uint64 { return NewSeed(7).Hash(MakeKey(1, 2, 3, uint16(i>>2), i&3)) })
	count("next to next", func(i uint32) uint64 {
		s := NewSeed(uint64(i))
		return s.Hash(MakeKey(1, 2, 3, 4, 1)) ^ s.Hash(MakeKey(1, 2, 3, 4, 2))
	})
	count("seed to seed", func(i uint32) uint64 {
		k := MakeKey(1, 2, 3, 4, 1)
		return NewSeed(uint64(i)).Hash(k) ^ NewSeed(uint64(i)+1).Hash(k)
	})
}

// Every bit of the seed and of the key reaches the hash.
func TestSeedEveryBitCounts(t *testing.T) {
	for b := range 64 {
		if NewSeed(5).Hash(9) == NewSeed(5^1<<b).Hash(9) {
			t.Errorf("bit %d of the seed does not count", b)
		}
		if NewSeed(5).Hash(9) == NewSeed(5).Hash(9^1<<b) {
			t.Errorf("bit %d of the key does not count", b)
		}
	}
}
