package explore

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/sim/plain"
)

// TestBlocks: worlds come out of blocks as they were put in, from the front and from the
// back, whatever numbers they have.
func TestBlocks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b blocks
		var want [][]uint32
		var got []uint32
		for range rapid.IntRange(1, 2000).Draw(t, "deeds") {
			switch deed := rapid.IntRange(0, 4).Draw(t, "deed"); {
			case deed < 3:
				world := rapid.SliceOfN(rapid.Uint32(), 1, 300).Draw(t, "world")
				b.push(world)
				want = append(want, world)
			case len(want) == 0:
			case deed == 3:
				if got = b.shift(got); !slices.Equal(got, want[0]) {
					t.Fatalf("from the front comes %v, and was %v", got, want[0])
				}
				want = want[1:]
			default:
				if got = b.pop(got); !slices.Equal(got, want[len(want)-1]) {
					t.Fatalf("from the back comes %v, and was %v", got, want[len(want)-1])
				}
				want = want[:len(want)-1]
			}
			if b.count != len(want) {
				t.Fatalf("%d worlds are in it, want %d", b.count, len(want))
			}
		}
	})
}

// TestVisited: the set holds what a map holds.
func TestVisited(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var v visited
		seen := map[plain.Sum]bool{}
		for _, n := range rapid.SliceOfN(rapid.Uint64Range(0, 5000), 0, 20_000).Draw(t, "numbers") {
			var h plain.Hash
			h.Mix(n)
			f := h.Sum()
			if v.has(f) != seen[f] || v.add(f) == seen[f] || !v.has(f) {
				t.Fatalf("%d is in, or not, and should not be, or be", n)
			}
			seen[f] = true
		}
		if v.count != len(seen) {
			t.Fatalf("%d are in it, want %d", v.count, len(seen))
		}
	})
}

// TestVisitedGrows: it loses nothing when it grows.
func TestVisitedGrows(t *testing.T) {
	var v visited
	sum := func(n int) plain.Sum {
		var h plain.Hash
		h.Mix(uint64(n))
		return h.Sum()
	}
	const most = 100_000
	for n := range most {
		if !v.add(sum(n)) {
			t.Fatalf("%d is in, and was not put there", n)
		}
	}
	for n := range most {
		if !v.has(sum(n)) || v.add(sum(n)) {
			t.Fatalf("%d is not in any more", n)
		}
	}
	if v.count != most || v.bytes() > 64*most {
		t.Errorf("%d are in it, in %d bytes", v.count, v.bytes())
	}
}

// TestTable: the table maps as a map does.
func TestTable(t *testing.T) {
	var x table
	want := map[uint64]uint32{}
	for i := range uint32(10_000) {
		key := pair(i%97, i*i)
		if _, there := want[key]; there {
			continue
		}
		x.put(key, i)
		want[key] = i
	}
	for key, value := range want {
		if got, ok := x.get(key); !ok || got != value {
			t.Fatalf("%x is mapped to %d, want %d", key, got, value)
		}
	}
	if _, ok := x.get(pair(1<<31, 1)); ok {
		t.Error("what was never put is there")
	}
}

// TestParents: each world has the parent and the step that were noted, in whatever order
// they are asked for.
func TestParents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p parents
		type way struct{ before, step uint32 }
		var want []way
		before := uint32(0)
		high := rapid.SampledFrom([]uint32{1, 3, 1000, 1 << 17}).Draw(t, "how far up")
		for range rapid.IntRange(1, 30_000).Draw(t, "worlds") {
			n := uint32(len(want))
			before += n * 2654435761 >> 7 % high
			step := n * 40503 % (1 << 16)
			p.add(before, int(step))
			want = append(want, way{before, step})
		}
		for range 50 {
			at := rapid.IntRange(0, len(want)-1).Draw(t, "world")
			if b, s := p.of(uint32(at)); (way{b, s}) != want[at] {
				t.Fatalf("world %d: %d by step %d, want %+v", at, b, s, want[at])
			}
		}
	})
}
