package cli_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestGuestWithMutants: the mutants of a guest are in the zoo, by name, and can be hunted.
func TestGuestWithMutants(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ line, want string }{
		{"zoo", "unsaved-outcome"},
		{"zoo unsaved-outcome", "one-outcome (safety)"},
		{"fuzz transaction --mutant unsaved-outcome --first --out " + filepath.Join(t.TempDir(), "found"), "one-outcome (decide)"},
	} {
		cmd := exec.Command("go", append([]string{"run", "./cmd/commit"}, strings.Fields(x.line)...)...)
		cmd.Dir = filepath.Join("..", "..", "..", "examples", "commit")
		out, _ := cmd.CombinedOutput()
		if !strings.Contains(string(out), x.want) {
			t.Errorf("commit %s: no %q in\n%s", x.line, x.want, out)
		}
	}
}

// TestGuestOutside: a module in a folder of its own, with a main of ten lines, has
// every command with its own protocol and its own scenarios in it.
func TestGuestOutside(t *testing.T) {
	t.Parallel()
	top, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "mine")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(top, "examples/register"))); err != nil {
		t.Fatal(err)
	}
	mod := filepath.Join(dir, "go.mod")
	text, err := os.ReadFile(mod)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mod, bytes.Replace(text, []byte("=> ../.."), []byte("=> "+top), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	call := func(exit int, name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Stdin = strings.NewReader("next 6\nshow 1\nquit\n")
		out, err := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != exit {
			t.Fatalf("%s %v: exit %d (%v), want %d\n%s", name, args, code, err, exit, out)
		}
		return string(out)
	}
	call(0, "go", "build", "-o", "register", "./cmd/register")
	for _, x := range []struct {
		exit int
		line string
		want string
	}{
		{0, "scenarios list", "register          lost-update "},
		{0, "scenarios show compared", "compares: true"},
		{0, "scenarios test lost-update compared", "held"},
		{0, "run", "0: x, 1: y"}, // the first, compared, is played where none is named
		{1, "run lost-update --runs 50", "see it again: register run lost-update --seed "},
		{1, "run lost-update --runs 50 --format json", `"violation":"agreement"`},
		{1, "fuzz --runs 600 --out found", "see it again: register replay --trace found/agreement-decide-smallest.run.json"},
		{1, "replay found/agreement-decide-smallest.run.json", "yes"},
		{0, "view found/agreement-decide-smallest.run.json -o find.html", ""},
		{0, "export found/agreement-decide-smallest.run.json --to mermaid", "sequenceDiagram"},
		{0, "diff found/agreement-decide-smallest.run.json compared --seed 1", ""},
		{0, "step lost-update --seed 2", "client asks for add x"},
		{1, "sweep lost-update --vary register.compares=false,true --runs 200", "compares"},
		{0, "zoo", "brooker"},
		{2, "run lost-updat", "did you mean lost-update?"},
		{2, "run compared --set requests.1.do=subtract", "expected one of add"},
		{2, "run counter", "; register scenarios list has their names"},
		{0, "--help", "register runs a protocol in a world"},
		{0, "help run", "register run lossy --seed 7 --runs 20"},
		{0, "run happy-path --runs 1", "decided"},
	} {
		out := call(x.exit, "./register", strings.Fields(x.line)...)
		if !strings.Contains(out, x.want) {
			t.Errorf("register %s: no %q in\n%s", x.line, x.want, out)
		}
	}
}
