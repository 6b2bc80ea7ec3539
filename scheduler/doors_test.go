package scheduler

import (
	"fmt"
	"slices"
	"testing"
)

// TestEnumerationIsComplete: a tree whose shape depends on the answers is walked
// leaf by leaf, each once, in order.
func TestEnumerationIsComplete(t *testing.T) {
	var got []string
	for e := new(Enumeration); e.Next(); {
		leaf := fmt.Sprint(e.Answer(1, 3, 0))
		if leaf != "1" {
			leaf += fmt.Sprint(e.Answer(2, 2, 0))
		}
		got = append(got, leaf)
	}
	if want := []string{"00", "01", "1", "20", "21"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	n := 0
	for e := new(Enumeration); e.Next(); { // nothing is asked: one run
		n++
	}
	if n != 1 {
		t.Errorf("%d runs of a world without choices", n)
	}
}

// TestEnumerationOfFew: representatives hold the calm outcome and the last.
func TestEnumerationOfFew(t *testing.T) {
	for _, c := range []struct {
		few, outcomes uint32
		want          []uint32
	}{
		{2, 100, []uint32{0, 99}}, {3, 101, []uint32{0, 50, 100}}, {5, 3, []uint32{0, 1, 2}},
		{1, 9, []uint32{0, 8}}, {2, 1<<32 - 1, []uint32{0, 1<<32 - 2}}, {0, 2, []uint32{0, 1}},
	} {
		var got []uint32
		for e := (&Enumeration{Few: c.few}); e.Next(); {
			got = append(got, e.Answer(1, c.outcomes, 0))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%d of %d: got %v, want %v", c.few, c.outcomes, got, c.want)
		}
	}
}

// TestEnumerationNoticesImpurity: a run that asks less than its answers demand.
func TestEnumerationNoticesImpurity(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("not noticed")
		}
	}()
	run := 0
	for e := new(Enumeration); e.Next(); run++ {
		if run == 0 {
			e.Answer(1, 2, 0)
			e.Answer(2, 2, 0)
		}
	}
}

// TestBytes: as many bytes as a choice needs, zeros when they have run out,
// never out of range.
func TestBytes(t *testing.T) {
	b := &Bytes{Data: []byte{1, 5, 0, 1, 2, 255, 255, 255, 255, 7}}
	for i, c := range []struct{ outcomes, want uint32 }{
		{2, 1}, {3, 2}, {256, 0}, {257, 0x0201 % 257}, {1<<32 - 1, 0}, {1000, 7}, {1000, 0}, {2, 0},
	} {
		if got := b.Answer(0, c.outcomes, 1); got != c.want {
			t.Errorf("answer %d is %d, want %d", i, got, c.want)
		}
	}
}
