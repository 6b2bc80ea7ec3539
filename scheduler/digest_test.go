package scheduler

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func digestOf(words ...uint64) uint64 {
	var d Digest
	for _, w := range words {
		d.Mix(w)
	}
	return d.Sum()
}

// TestDigestPinned: a digest that moves makes every stored run unreadable.
func TestDigestPinned(t *testing.T) {
	for _, c := range pinnedDigests {
		if got := digestOf(c.words...); got != c.want {
			t.Errorf("digest of %v is %#016x, pinned %#016x", c.words, got, c.want)
		}
	}
}

func TestDigestSensitive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.Uint64(), 1, 40).Draw(t, "words")
		at := rapid.IntRange(0, len(words)-1).Draw(t, "at")
		bit := rapid.IntRange(0, 63).Draw(t, "bit")
		was := digestOf(words...)
		flipped := slices.Clone(words)
		flipped[at] ^= 1 << bit
		if digestOf(flipped...) == was {
			t.Fatalf("bit %d of word %d of %v does not count", bit, at, words)
		}
		if i := at; i > 0 && words[i] != words[i-1] {
			swapped := slices.Clone(words)
			swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
			if digestOf(swapped...) == was {
				t.Fatalf("the order of words %d and %d of %v does not count", i-1, i, words)
			}
		}
	})
}

// A run that goes on after a state never has the digest of a shorter one by
// way of zero words alone, except from the empty state, which zero leaves as
// it is: a first word of a run is never 0.
func TestDigestLength(t *testing.T) {
	if digestOf(1) == digestOf(1, 0) || digestOf(1, 0) == digestOf(1, 0, 0) {
		t.Error("a zero word does not count")
	}
}

// Flipping one input bit flips about half of the digest's bits.
func TestDigestAvalanche(t *testing.T) {
	const samples = 2000
	var flips [64]int
	for i := range uint64(samples) {
		w := NewSeed(i).Hash(7)
		for b := range flips {
			if (digestOf(w, 3)^digestOf(w^1<<(i%64), 3))>>b&1 != 0 {
				flips[b]++
			}
		}
	}
	for b, n := range flips {
		if n < samples*2/5 || n > samples*3/5 {
			t.Errorf("bit %d flips %d times in %d", b, n, samples)
		}
	}
}
