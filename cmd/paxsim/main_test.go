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

// TestMain makes a process of the command for scripts and for exec.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"paxsim": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
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
	for _, format := range []string{"csv", "json"} {
		cmd, out, diagnostics := start(t, "run", "--runs", "1000000000", "--format", format)
		io.ReadFull(out, make([]byte, 100))
		out.Close()
		if code := exitCode(t, cmd); code != 141 || diagnostics.Len() > 0 {
			t.Errorf("%s: exit %d, stderr %q", format, code, diagnostics)
		}
	}
}

func TestInterrupt(t *testing.T) {
	cmd, out, diagnostics := start(t, "run", "--runs", "1000000000", "--format", "csv")
	io.ReadFull(out, make([]byte, 100))
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Skip(err)
	}
	io.Copy(io.Discard, out)
	if code := exitCode(t, cmd); code != 130 || !strings.HasPrefix(diagnostics.String(), "paxsim: interrupted after ") {
		t.Errorf("exit %d, stderr %q", code, diagnostics)
	}
}
