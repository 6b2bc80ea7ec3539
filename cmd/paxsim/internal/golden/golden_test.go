package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/internal/tally"
)

// TestMain tells how many runs the tests made.
func TestMain(m *testing.M) { tally.Main(m) }

var update = flag.Bool("update", false, "rewrite the golden files that differ")

// data is the folder of the golden files: testdata/ at the root of the module.
const data = "../../../../testdata"

// hold compares what came out with a golden file, or rewrites the file.
func hold(t *testing.T, file string, was, is []byte) {
	t.Helper()
	if bytes.Equal(was, is) {
		return
	}
	if *update {
		write(t, file, is)
		return
	}
	t.Errorf("%s is no longer what comes out (-was +is); if that is as it should be, rewrite it: go test ./cmd/paxsim/internal/golden -update\n%s",
		filepath.Base(file), cmp.Diff(string(was), string(is)))
}

func write(t *testing.T, file string, text []byte) {
	t.Helper()
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s is rewritten", filepath.Base(file))
}

// existing lists the files of a folder of the golden files, and fails if there are none.
func existing(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, filepath.FromSlash(pattern)))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no file %s: the test looks in the wrong place", pattern)
	}
	return files
}
