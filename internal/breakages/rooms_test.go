package breakages

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// building keeps builds apart. Rooms share most of what they are built from, and
// two builds at once would both make it. While one room is built the tests of the
// others run.
var building sync.Mutex

// build makes the test binary of a room and returns its path.
func (w *woven) build(t *testing.T, room string) string {
	t.Helper()
	building.Lock()
	defer building.Unlock()
	bin := filepath.Join(w.dir, strings.ReplaceAll(room, "/", "-")+".test")
	cmd := exec.Command("go", "test", "-c", "-vet=off", "-ldflags=-w", "-overlay", w.overlay, "-o", bin, "./"+room)
	cmd.Dir = w.root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// outMost is how much of the end of what a test prints is kept, in bytes. What
// tells of a failure is there.
const outMost = 20_000

// result is what a test did.
type result struct {
	failed   bool
	out      string
	cpu      float64 // seconds
	timedOut bool
}

// run runs a test of a room with one breakage in force; 0: none.
func (w *woven) run(bin, room, test string, n int) result {
	var pattern []string
	for name := range strings.SplitSeq(test, "/") {
		pattern = append(pattern, "^"+regexp.QuoteMeta(name)+"$")
	}
	cmd := exec.Command(bin, "-test.timeout=100s", "-test.failfast", "-test.v", "-test.run", strings.Join(pattern, "/"))
	cmd.Dir = filepath.Join(w.root, filepath.FromSlash(room))
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", variable, n), "PAXSIM_TALLY=")
	out, err := cmd.CombinedOutput()
	r := result{failed: err != nil, out: string(out)}
	r.timedOut = strings.Contains(r.out, "panic: test timed out")
	if over := len(r.out) - outMost; over > 0 {
		r.out = "…" + r.out[over:]
	}
	if s := cmd.ProcessState; s != nil {
		r.cpu = (s.UserTime() + s.SystemTime()).Seconds()
	}
	return r
}

// look looks at every file of Go that binaries may be built from, and at the data
// of their tests. That is all: go test remembers what a test looked at, and takes
// its result from the cache only if none of it has changed. What a command of ours
// reads it does not see.
func look(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(tree().root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(p) != ".go" && !strings.Contains(filepath.ToSlash(p), "/testdata/") {
			return err
		}
		_, err = os.Stat(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
