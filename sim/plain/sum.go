package plain

import "math/bits"

// Sum is the hash of a content, 128 bits. Sums add up: the sum of the parts of a world
// is that of the world, in whatever order they come.
type Sum [2]uint64

// Plus is the sum of two.
func (s Sum) Plus(t Sum) Sum { return Sum{s[0] + t[0], s[1] + t[1]} }

// Minus takes one away.
func (s Sum) Minus(t Sum) Sum { return Sum{s[0] - t[0], s[1] - t[1]} }

// Less orders them.
func (s Sum) Less(t Sum) bool { return s[0] < t[0] || s[0] == t[0] && s[1] < t[1] }

// Hash takes in words, one by one. The zero Hash has taken in none.
type Hash struct{ a, b uint64 }

// Mix takes in a word.
func (h *Hash) Mix(x uint64) {
	h.a = stir(h.a ^ x ^ 0x9e3779b97f4a7c15)
	h.b = bits.RotateLeft64(h.b, 23) + (x^0xc2b2ae3d27d4eb4f)*0xff51afd7ed558ccd
	h.b ^= h.b >> 29
	h.b *= 0x2545f4914f6cdd1d
}

// Sum is the hash of what was taken in.
func (h *Hash) Sum() Sum {
	a, b := stir(h.a+0x632be59bd9b4e019), stir(h.b^bits.RotateLeft64(h.a, 17))
	return Sum{a + b, b}
}

// stir spreads each bit of a word over all (the end of MurmurHash3).
func stir(x uint64) uint64 {
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}
