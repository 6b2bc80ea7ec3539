package simtest

import (
	"fmt"
	"path/filepath"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// Again plays what is kept of the test: first the stories, then the runs without one.
// The test fails and is over if a story or a run still breaks an invariant, or if a file
// cannot be read or is of another protocol. It also does if a story no longer applies and
// no run says whether the bug is still there. It is for tests that call [Play]; [Run] and
// [Fuzz] begin with it.
func Again(t T, s *sim.Scenario, options ...Option) {
	t.Helper()
	x, ok := apply(t, s, options)
	if !ok {
		return
	}
	if n := x.again(t); n > 0 {
		t.Fatalf("simtest: %s did not hold", count(n, "kept run"))
	}
}

// again says how many of the finds that are kept did not hold.
func (x *settings) again(t T) (failed int) {
	t.Helper()
	folder := x.folder()
	if folder == "" {
		return 0
	}
	finds, err := findsIn(folder)
	if err != nil {
		t.Errorf("simtest: %v", err)
		return 1
	}
	for _, play := range []func(T, *keptFind) bool{x.againStory, x.againRun} {
		for i := range finds {
			if !play(t, &finds[i]) {
				failed++
			}
		}
	}
	return failed
}

// againRun plays the run of a find, and says whether it holds.
func (x *settings) againRun(t T, find *keptFind) (holds bool) {
	t.Helper()
	if find.run == "" || find.broke {
		if find.stale != "" {
			t.Errorf("simtest: %s\nIf the bug is mended, delete the file. Else change the line, or delete the file and let a hunt find and shrink it anew.", find.stale)
		}
		return find.stale == ""
	}
	data, err := read(find.run)
	var f *trace.File
	if err == nil {
		f, err = trace.Decode(data)
	}
	var v *sim.Violation
	if err == nil {
		v, err = x.replay(t, find.run, f)
	}
	switch {
	case err != nil:
		t.Errorf("simtest: %s: %v", find.run, err)
		return false
	case v == nil:
		if find.stale != "" {
			t.Logf("simtest: %s; its run holds: if the bug is mended, the story has nothing more to say", find.stale)
		}
		return true
	}
	found := told{head: broken(v), run: f, file: find.run}
	x.addStory(&found)
	switch {
	case find.story == "" && found.story != nil:
		if _, err := found.keepFind(filepath.Dir(find.run), find.name, find.name); err != nil {
			found.notes = append(found.notes, "its story could not be kept: "+err.Error())
		}
	case find.stale != "":
		found.notes = append(found.notes, find.stale, "delete that file, and the next go test shrinks the run anew")
	case find.story != "":
		found.notes = append(found.notes, find.story+" breaks nothing any more, and the run still does: delete that file, and the next go test shrinks the run anew")
	}
	x.artifacts(&found, find.name, find.name)
	t.Errorf("%s", x.tell(&found))
	return false
}

// broken is how a failure begins that was found before.
func broken(v *sim.Violation) string {
	return fmt.Sprintf("%s still breaks at event %d: %s", v.Broke(), v.Event, v.Text)
}
