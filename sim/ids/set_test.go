package ids

import (
	"testing"

	"pgregory.net/rapid"
)

// TestSet holds a set against a map, over actors on both sides of the first word.
func TestSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Set
		m := map[ID]bool{}
		for range rapid.IntRange(0, 60).Draw(t, "operations") {
			id := ID(rapid.SampledFrom([]int{1, 2, 62, 63, 64, 65, 127, 128, 200}).Draw(t, "id"))
			switch rapid.IntRange(0, 5).Draw(t, "operation") {
			case 0, 1:
				if s.Add(id) == m[id] {
					t.Fatalf("adding %d", id)
				}
				m[id] = true
			case 2, 3:
				if s.Remove(id) != m[id] {
					t.Fatalf("removing %d", id)
				}
				delete(m, id)
			case 4:
				c := s
				s = Set{}
				s.CopyFrom(&c)
			case 5:
				if s.Has(id) != m[id] {
					t.Fatalf("has %d", id)
				}
			}
			n := 0
			for id := s.Next(0); id != 0; id = s.Next(id) {
				if n++; !m[id] {
					t.Fatalf("next is %d", id)
				}
			}
			if n != len(m) || s.Len() != n {
				t.Fatalf("%d actors, %d by next, want %d", s.Len(), n, len(m))
			}
		}
	})
}
