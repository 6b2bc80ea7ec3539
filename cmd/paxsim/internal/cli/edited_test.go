package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/explain/export"
)

// succeeds runs the command, which must succeed, and is what it printed.
func succeeds(t *testing.T, in string, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := Main(args, strings.NewReader(in), &stdout, &stderr); code != 0 {
		t.Fatalf("%v: exit %d\n%s%s", args, code, stdout.String(), stderr.String())
	}
	return stdout.String()
}

// TestEditedRoads: what is done by hand shows on every road to a run, from its file and
// from its trace.
func TestEditedRoads(t *testing.T) {
	dir := t.TempDir()
	file, lines, page := filepath.Join(dir, "a.run.json"), filepath.Join(dir, "a.trace.jsonl"), filepath.Join(dir, "a.html")
	said := succeeds(t, "next 8\npause 2 for 30ms\ncut 3 for 10ms\nclog 1 > 4\nnext 9\ncrash 5 idle\nrestart 5\nsave "+file+"\n", "step", "happy-path")
	_, digest, _ := strings.Cut(said, "digest ")
	digest = digest[:16]
	if again := succeeds(t, "answers\n", "step", file); !strings.Contains(again, "; 5 edits by hand") || !strings.Contains(again, "  after 10: clog 1 > 4\n") {
		t.Errorf("step goes on from it:\n%s", again)
	}
	succeeds(t, "", "export", "--to", "jsonl", "-o", lines, file)
	for _, form := range export.Names() {
		of, again := succeeds(t, "", "export", "--to", form, file), succeeds(t, "", "export", "--to", form, lines)
		if of != again {
			t.Errorf("%s: its trace is told otherwise:\n%s\nand\n%s", form, again, of)
		}
		for _, act := range []string{"cut 3", "clog 1", "pause 2", "5"} {
			if !strings.Contains(of, act) && form != "diagram" && form != "svg" {
				t.Errorf("%s does not tell of %s:\n%s", form, act, of)
			}
		}
		if form == "jsonl" && !strings.Contains(of, digest) {
			t.Errorf("another run, not %s: %s", digest, of)
		}
	}
	for _, from := range []string{file, lines} {
		succeeds(t, "", "view", "-o", page, from)
		text, err := os.ReadFile(page)
		if err != nil || !bytes.Contains(text, []byte(digest)) || !bytes.Contains(text, []byte(`["cut","3"]`)) {
			t.Errorf("the page of %s: %v", filepath.Base(from), err)
		}
	}
	plain := filepath.Join(dir, "b.run.json")
	succeeds(t, "next 8\nsave "+plain+"\n", "step", "happy-path")
	if d := succeeds(t, "", "diff", file, plain); !strings.Contains(d, "caused by what is done in A by hand, after 8: pause 2 for 30ms") {
		t.Errorf("diff:\n%s", d)
	}
	if d := succeeds(t, "", "diff", "--format", "json", plain, file); !strings.Contains(d, `"edit":"after 8: pause 2 for 30ms"`) || !strings.Contains(d, `"cause":null`) {
		t.Errorf("diff:\n%s", d)
	}
}
