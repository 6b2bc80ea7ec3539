package scheduler

// Digest condenses a sequence of words into one. The zero Digest is ready to
// use. It is no cryptographic hash: it tells runs apart, it guards against
// accidents and not against forgers.
type Digest uint64

// Mix adds the next word. For a given state it maps different words to
// different states, and for a given word different states to different states,
// so that a single changed word is never lost.
func (d *Digest) Mix(word uint64) {
	h := (uint64(*d) ^ word) * 0xd6e8feb86659fd93
	*d = Digest(h ^ h>>32)
}

// Sum is the digest of all words mixed so far.
func (d Digest) Sum() uint64 { return finalize(uint64(d)) }
