package etcdraft

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestCommandLine: a main of ten lines has every command with the library in it.
func TestCommandLine(t *testing.T) {
	dir := t.TempDir()
	program := filepath.Join(dir, "etcdraft")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/etcdraft").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, x := range []struct {
		exit              int
		line, stdin, want string
	}{
		{0, "scenarios list", "", "leader-crash "},
		{0, "scenarios test election loss leader-crash partition snapshot weather hunt hunt-timers --runs 100", "", "held"},
		{0, "run", "", "0: x, 1: y, 2: z"},
		{0, "run snapshot --trace --runs 1", "", " Snap Term:"},
		{1, "fuzz --set etcdraft.mistake=late-sync --first --out found", "", "tocommit("},
		{1, "replay found/panic-etcdraft.member.Receive.run.json", "", "yes"},
		{0, "view found/panic-etcdraft.member.Receive.run.json -o find.html", "", ""},
		{0, "step leader-crash --seed 2", "until AppResp with term > 1\nshow 1\nquit\n", "hard state"},
		{0, "fuzz --runs 3000", "", "checked   6 invariants"},
	} {
		cmd := exec.Command(program, strings.Fields(x.line)...)
		cmd.Dir, cmd.Stdin = dir, strings.NewReader(x.stdin)
		out, err := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != x.exit || !strings.Contains(string(out), x.want) {
			t.Errorf("etcdraft %s: exit %d (%v), want %d and %q\n…%s", x.line, code, err, x.exit, x.want, out[max(0, len(out)-1000):])
		}
	}
}
