package scheduler

// Seed is the source of chance that needs no memory: the answer to a choice is
// a hash of the seed and the choice's name, never the next number of a stream.
// So one choice more or less leaves all others as they were.
//
// The zero Seed is the seed 0 before [NewSeed] mixed it; use NewSeed.
type Seed uint64

// golden is 2^64 divided by the golden ratio, made odd: multiples of it spread
// evenly over the 64-bit words.
const golden = 0x9e3779b97f4a7c15

// NewSeed prepares the seed that a person names: 1, 2, 3 must not be neighbours.
func NewSeed(n uint64) Seed { return Seed(finalize(n + golden)) }

// Hash is 64 bits that depend on every bit of the seed and of the key.
func (s Seed) Hash(k Key) uint64 { return finalize(uint64(s) + uint64(k)*golden) }

// finalize is the output function of SplitMix64 (Steele, Lea, Flood, "Fast
// Splittable Pseudorandom Number Generators", OOPSLA 2014; the constants are
// Stafford's variant 13).
func finalize(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
