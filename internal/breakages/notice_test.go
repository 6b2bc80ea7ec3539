package breakages

import (
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
)

// TestBreakagesAreNoticed runs, for each breakage, the test that must notice, over
// the broken code. With the build tag gate it takes every breakage, and runs the same
// tests with nothing broken; else it takes a share. -short leaves it out.
func TestBreakagesAreNoticed(t *testing.T) {
	if testing.Short() {
		t.Skip("-short")
	}
	look(t)
	list := gate.Of(share(), everyOne())
	var together *woven
	if gate.On {
		together = weave(t, list)
	}
	for _, room := range roomsOf(list) {
		t.Run(nameOf(room), func(t *testing.T) {
			t.Parallel()
			part := ofRoom(list, room)
			w := together
			if w == nil { // of a share most is not broken, and was built for other tests
				w = weave(t, part)
			}
			notice(t, w, room, part)
		})
	}
}

// notice makes the breakages that tests of a room must notice.
func notice(t *testing.T, w *woven, room string, list []int) {
	bin := w.build(t, room)
	seen := map[string]bool{}
	for _, i := range list {
		b := &all[i]
		if gate.On && !seen[b.test()] {
			seen[b.test()] = true
			t.Run("nothing-broken:"+nameOf(b.test()), func(t *testing.T) {
				t.Parallel()
				w.whole(t, bin, b)
			})
		}
		t.Run(nameOf(b.what), func(t *testing.T) {
			t.Parallel()
			w.noticed(t, bin, b, i+1)
		})
	}
}

// nameOf is a text as the name of a subtest, so that -run can name it.
func nameOf(text string) string { return strings.NewReplacer(" ", "-", "/", "-").Replace(text) }

// whole holds that a test passes with nothing broken.
func (w *woven) whole(t *testing.T, bin string, b *breakage) {
	t.Helper()
	r := w.run(bin, b.room(), b.test(), 0)
	if r.failed {
		t.Fatalf("with nothing broken it fails:\n%s", r.out)
	}
	if !strings.Contains(r.out, "--- PASS: "+b.test()+" ") {
		t.Fatalf("%s has no test %s that runs here:\n%s", b.room(), b.test(), r.out)
	}
	t.Logf("%.1f CPU seconds", r.cpu)
}

// noticed holds that a test fails with a breakage in force, and not because its
// time is up: a test that never ends tells nobody what is wrong.
func (w *woven) noticed(t *testing.T, bin string, b *breakage, n int) {
	t.Helper()
	r := w.run(bin, b.room(), b.test(), n)
	switch {
	case !r.failed:
		t.Fatalf("%s does not notice:\n%s", b.test(), r.out)
	case r.timedOut:
		t.Fatalf("%s never ends:\n%s", b.test(), r.out)
	case !strings.Contains(r.out, "--- FAIL: "+b.test()+" ") && !strings.Contains(r.out, "panic:"):
		t.Fatalf("it fails, but not so that %s notices:\n%s", b.test(), r.out)
	}
	t.Logf("%.1f CPU seconds", r.cpu)
}

// everyOne are the places of all breakages in the table.
func everyOne() (list []int) {
	for i := range all {
		list = append(list, i)
	}
	return list
}

// share is the first breakage of each room that is in the room itself: little must be
// built for it. Rooms whose tests notice only what is broken elsewhere wait for the
// gate.
func share() (list []int) {
	of := map[string]int{}
	for i := range all {
		room := all[i].room()
		if _, ok := of[room]; !ok && all[i].inRoom() {
			of[room] = i
		}
	}
	for _, i := range of {
		list = append(list, i)
	}
	slices.Sort(list)
	return list
}
