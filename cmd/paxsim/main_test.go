package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the commands print into the scripts")

// processes are what tests can have a process of.
var processes = map[string]func(){"paxsim": main}

// TestMain makes a process of the command for scripts and for exec.
func TestMain(m *testing.M) {
	testscript.Main(m, processes)
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error { // which line internal/breakages breaks
			env.Setenv("PAXSIM_BREAKAGE", os.Getenv("PAXSIM_BREAKAGE"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"again": again,
		},
	})
}

// exits runs a command and holds its exit code: exits 2 paxsim run --see
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want || neg {
		ts.Fatalf("exit %d, want %d", got, want)
	}
}

// again runs by a shell the command that the last output says shows a failing
// run again, with further flags, and holds its exit code: again 1 --trace
func again(ts *testscript.TestScript, neg bool, args []string) {
	_, rest, ok := strings.Cut(ts.ReadFile("stdout"), "see it again: ")
	if !ok {
		ts.Fatalf("no command to see it again")
	}
	command, _, _ := strings.Cut(rest, "\n")
	exits(ts, neg, []string{args[0], "sh", "-c", command + " " + strings.Join(args[1:], " ")})
}

// start starts the command with its output into a pipe.
func start(t *testing.T, args ...string) (*exec.Cmd, io.ReadCloser, *strings.Builder) {
	t.Helper()
	cmd := exec.Command("paxsim", args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var diagnostics strings.Builder
	cmd.Stderr = &diagnostics
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	t.Cleanup(func() { stop.Stop() })
	return cmd, out, &diagnostics
}

func exitCode(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	var exit *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode()
}

// Who reads a few rows and leaves is no error of anybody's: no message, no
// death by signal, and yet no claim that all held.
func TestClosedPipe(t *testing.T) {
	for _, args := range []string{
		"run --runs 1000000000 --format csv", "run --runs 1000000000 --format json -j 2", "run lossy --runs 1000000000 -j 7 --format csv",
		"run --set actors=101 --trace", "run --set actors=301 --trace --format json",
		"export --set actors=301 --to jsonl", "export --set actors=301 --to perfetto", "view --set actors=301",
		"sweep lossy --vary paxos.repeats=0..900/901 --runs 100 --format csv",
	} {
		cmd, out, diagnostics := start(t, strings.Fields(args)...)
		io.ReadFull(out, make([]byte, 100))
		out.Close()
		if code := exitCode(t, cmd); code != 141 || diagnostics.Len() > 0 {
			t.Errorf("%s: exit %d, stderr %q", args, code, diagnostics)
		}
	}
	for _, args := range []string{"run --runs 1000000000 -j 1", "run lossy --runs 1000000000 -j 2 --format markdown"} {
		cmd, out, diagnostics := start(t, strings.Fields(args)...)
		out.Close() // and nothing would be written before the end
		if code := exitCode(t, cmd); code != 141 || diagnostics.Len() > 0 {
			t.Errorf("%s: exit %d, stderr %q", args, code, diagnostics)
		}
	}
	for _, args := range []string{"run", "scenarios schema", "scenarios list", "scenarios test majority-cut", "version", "help run"} {
		cmd, out, diagnostics := start(t, strings.Fields(args)...)
		out.Close() // before anything is written, or after all of it
		if code := exitCode(t, cmd); code != 141 && code != 0 || diagnostics.Len() > 0 {
			t.Errorf("%s: exit %d, stderr %q", args, code, diagnostics)
		}
	}
}

// TestInterrupt: the rows so far, then a note; whatever the format and however
// many workers, and also in the middle of one long run.
func TestInterrupt(t *testing.T) {
	many := []string{"run", "lossy", "--runs", "1000000000"}
	long := []string{"run", "--set", "actors=1001", "--set", "limits.events=4294967295", "--set", "paxos.learn_timeout=100us", "--set", "network.loss=100%"}
	tests := []struct {
		args []string
		last string // the last line of the results begins so; "": there need be none
	}{
		{append(many, "-j", "1", "--format", "csv"), ""},
		{append(many, "-j", "2", "--format", "csv"), ""},
		{append(many, "-j", "7", "--format", "json"), `{"summary":{`},
		{append(many, "-j", "2", "--format", "table"), "checked   16 invariants"},
		{append(long, "-j", "1"), "runs      none"},
		{append(long, "-j", "2"), "runs      none"},
		{append(long, "--trace", "--format", "csv"), ""},
		{[]string{"fuzz", "--runs", "1000000000", "-j", "2"}, "checked   16 invariants"},
		{[]string{"fuzz", "--for", "1h", "-j", "1", "--format", "json"}, `{"summary":{`},
		{append([]string{"export", "--to", "jsonl"}, long[1:]...), ""},
		{[]string{"sweep", "lossy", "--vary", "paxos.repeats=0..99/100", "--runs", "3000", "--format", "csv"}, ""},
	}
	for _, tt := range tests {
		cmd, out, diagnostics := start(t, tt.args...)
		if tt.last == "" {
			io.ReadFull(out, make([]byte, 100))
		} else {
			time.Sleep(400 * time.Millisecond) // it has begun by now; if not, it dies by the signal, and this fails
		}
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Skip(err)
		}
		rest, _ := io.ReadAll(out)
		lines := strings.Split(strings.TrimSpace(string(rest)), "\n")
		if code := exitCode(t, cmd); code != 130 || !strings.HasPrefix(diagnostics.String(), "paxsim: interrupted") {
			t.Errorf("%q: exit %d, stderr %q", tt.args, code, diagnostics)
		}
		if last := lines[len(lines)-1]; !strings.HasPrefix(last, tt.last) || strings.HasPrefix(last, "{") && !strings.HasSuffix(last, "}") {
			t.Errorf("%q: the last line is %q", tt.args, last)
		}
	}
}

// TestInterruptSweep: in the middle of the first point there is nothing to tell,
// and nothing to draw.
func TestInterruptSweep(t *testing.T) {
	t.Chdir(t.TempDir())
	cmd, out, diagnostics := start(t, "sweep", "lossy", "--vary", "actors=3,5", "--runs", "1000000000", "--plot", "x.svg")
	time.Sleep(400 * time.Millisecond)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skip(err)
	}
	rest, _ := io.ReadAll(out)
	if code := exitCode(t, cmd); code != 130 || diagnostics.String() != "paxsim: interrupted after 0 of 2 points\n" || len(rest) > 0 {
		t.Errorf("exit %d, %s, %s", code, diagnostics, rest)
	}
	if _, err := os.Stat("x.svg"); err == nil {
		t.Error("a picture of nothing")
	}
}

// TestInterruptView: nothing is written of a page that is not whole.
func TestInterruptView(t *testing.T) {
	cmd, out, diagnostics := start(t, "view", "--set", "actors=301", "--set", "limits.events=4294967295", "--set", "paxos.learn_timeout=100us", "--set", "network.loss=100%")
	time.Sleep(400 * time.Millisecond)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skip(err)
	}
	rest, _ := io.ReadAll(out)
	if code := exitCode(t, cmd); code != 130 || !strings.HasPrefix(diagnostics.String(), "paxsim: interrupted") || len(rest) > 0 {
		t.Errorf("exit %d, stderr %q, %d bytes", code, diagnostics, len(rest))
	}
}

// TestInterruptTest: what was held by then is printed, and what was not is not
// called held.
func TestInterruptTest(t *testing.T) {
	for _, format := range []string{"table", "json"} {
		cmd, out, diagnostics := start(t, "scenarios", "test", "thousand-actors", "majority-cut", "--runs", "1000000", "--format", format)
		time.Sleep(400 * time.Millisecond)
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Skip(err)
		}
		rest, _ := io.ReadAll(out)
		if code := exitCode(t, cmd); code != 130 || !strings.HasPrefix(diagnostics.String(), "paxsim: interrupted") || strings.Contains(string(rest), "held") {
			t.Errorf("exit %d, stderr %q, %s", code, diagnostics, rest)
		}
	}
}
