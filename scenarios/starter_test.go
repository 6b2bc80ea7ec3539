package scenarios

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestStarter holds that what a person begins with is sound as it stands, also
// with all that its comments offer, and holds to what it says.
func TestStarter(t *testing.T) {
	for _, base := range append([]string{""}, Names()...) {
		text, err := Starter(base)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "mine.yaml")
		all := text
		for _, key := range []string{"paxos", "disk", "crashes", "until", "down", "network", "faults", "expect", "premise"} {
			all = strings.ReplaceAll(all, "# "+key+": ", key+": ")
		}
		if strings.Count(all, "#") > strings.Count(text, "#")-4 {
			t.Errorf("%s: little is offered in\n%s", base, text)
		}
		for _, text := range []string{text, all} {
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			if _, err := Load(file); err != nil {
				t.Errorf("%v\nin\n%s", err, text)
			}
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := Load(file)
		if err != nil {
			t.Fatal(err)
		}
		runs := uint64(0)
		if s.Actors > 100 {
			runs = 1
		}
		if r, err := Verify(s, runs, oneByOne); err != nil || !r.Held() {
			t.Errorf("%s: %v, %+v", base, err, r)
		}
		if base == "" {
			continue
		}
		like, err := Load(base)
		if err != nil {
			t.Fatal(err)
		}
		like.Name, like.Teaches, like.Group = s.Name, s.Teaches, ""
		if !reflect.DeepEqual(s, like) {
			t.Errorf("got %+v\nwant %+v", s, like)
		}
	}
	if _, err := Starter("losy"); err == nil || !strings.Contains(err.Error(), "did you mean lossy?") {
		t.Error(err)
	}
}
