package disks_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/sim/disks"
)

// TestLast: the cache counts before the disk, and in the cache what was written last.
func TestLast(t *testing.T) {
	var s disks.Store[string]
	hold := func(why string, want ...string) {
		t.Helper()
		for slot, text := range want {
			if got := s.Last(slot); got != text {
				t.Errorf("%s: slot %d is %q, want %q", why, slot, got, text)
			}
		}
	}
	put := func(to func(int, *string), slot int, text string) { to(slot, &text) }
	hold("nothing was written", "", "")
	put(s.Keep, 1, "kept")
	hold("on the disk", "", "kept", "")
	put(s.Write, 1, "written")
	put(s.Write, 2, "other")
	hold("in the cache, before what is on the disk", "", "written", "other", "")
	put(s.Write, 1, "again")
	hold("of two the later", "", "again", "other", "")
	put(s.Keep, 1, "kept again")
	hold("the cache still counts before the disk", "", "again", "other", "")
	s.Cache = s.Cache[:0]
	hold("the cache is lost", "", "kept again", "")
}

// TestWriteCopies: a record is as it was when it was written, whatever becomes of the
// variable.
func TestWriteCopies(t *testing.T) {
	var s disks.Store[int]
	x := 1
	s.Write(0, &x)
	s.Keep(1, &x)
	if x = 2; s.Last(0) != 1 || s.Last(1) != 1 {
		t.Errorf("the records are %d and %d", s.Last(0), s.Last(1))
	}
}

// TestReset: the disk is empty, and its memory is used again. What is there a second
// time begins as the zero record.
func TestReset(t *testing.T) {
	var s disks.Store[int]
	fill := func() {
		for slot := range 8 {
			x := slot + 1
			s.Keep(slot, &x)
			s.Write(slot, &x)
			s.Sums = append(s.Sums, 1)
		}
	}
	fill()
	s.Reset()
	if len(s.Records)+len(s.Cache)+len(s.Sums) != 0 || s.Last(3) != 0 {
		t.Errorf("it is not empty: %+v", s)
	}
	if got := testing.AllocsPerRun(10, func() { fill(); s.Reset() }); got != 0 {
		t.Errorf("it allocates %.0f times", got)
	}
	x := 9
	if s.Keep(5, &x); s.Last(3) != 0 || s.Last(5) != 9 || len(s.Records) != 6 {
		t.Errorf("a slot that nothing was kept in holds %d: %v", s.Last(3), s.Records)
	}
}

// TestStore holds a store against two maps.
func TestStore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s disks.Store[int]
		kept, written := map[int]int{}, map[int]int{}
		for i := range rapid.IntRange(0, 30).Draw(t, "steps") {
			slot, x := rapid.IntRange(0, 4).Draw(t, "slot"), i+1
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 0, 1:
				s.Keep(slot, &x)
				kept[slot] = x
			case 2, 3:
				s.Write(slot, &x)
				written[slot] = x
			case 4:
				if s.MakeRoom(slot); len(s.Records) <= slot {
					t.Fatalf("no room for slot %d: %v", slot, s.Records)
				}
			case 5: // a sync
				for _, c := range s.Cache {
					s.Keep(c.Slot, &c.Rec)
				}
				s.Cache = s.Cache[:0]
				for slot, x := range written {
					kept[slot] = x
				}
				clear(written)
			default:
				s.Reset()
				clear(kept)
				clear(written)
			}
			for slot := range 6 {
				want, is := written[slot]
				if !is {
					want = kept[slot]
				}
				if got := s.Last(slot); got != want {
					t.Fatalf("slot %d is %d, want %d", slot, got, want)
				}
			}
		}
	})
}
