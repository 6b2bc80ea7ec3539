package playhost

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/explain/play"
)

// TestOnly: a run can be opened that watches some invariants alone, by name or grade; what
// is saved of it watches them too, and what is no invariant is refused with a hint.
func TestOnly(t *testing.T) {
	c := newClient(t)
	open := func(only ...string) reply {
		return c.try(play.Request{Do: "open", Scenario: "lossy", Seed: "7", Only: only})
	}
	all, one, grade := open(), open("agreement"), open("lemma")
	for what, r := range map[string]reply{"all": all, "one": one, "a grade": grade} {
		if r.Mistakes != nil {
			t.Fatalf("%s: %v", what, r.Mistakes)
		}
	}
	n := len(all.Page.list("invariants"))
	if got := len(one.Page.list("invariants")); got != 1 || n < 3 {
		t.Errorf("agreement alone: %d invariants, and %d without --only", got, n)
	}
	if got := len(grade.Page.list("invariants")); got < 1 || got >= n {
		t.Errorf("of a grade are %d of %d invariants", got, n)
	}
	saved := c.do(play.Request{Do: "save", Run: one.State.Run}).Saved
	again := c.do(play.Request{Do: "open", File: saved.Text})
	if got := len(again.Page.list("invariants")); got != 1 || again.State.Digest != one.State.Digest {
		t.Errorf("saved and opened again: %d invariants, digest %s, and it was %s", got, again.State.Digest, one.State.Digest)
	}
	if r := open("agrement"); r.Mistakes == nil || !strings.Contains(r.Mistakes[0].Text, "agreement") {
		t.Errorf("a name that is none: %+v", r.Mistakes)
	}
}
