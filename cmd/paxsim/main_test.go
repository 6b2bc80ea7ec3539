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

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the commands print into the scripts")

// processes are what tests can have a process of.
var processes = map[string]func(){"paxsim": main}

// TestMain makes a process of the command for scripts and for exec.
func TestMain(m *testing.M) {
	cli.Tell(texts)
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

// start starts the command in a directory of its own, with its output into a pipe.
func start(t *testing.T, args ...string) (*exec.Cmd, io.ReadCloser, *strings.Builder) {
	t.Helper()
	return startIn(t, t.TempDir(), args...)
}

// startIn is start in a directory that is there.
func startIn(t *testing.T, dir string, args ...string) (*exec.Cmd, io.ReadCloser, *strings.Builder) {
	t.Helper()
	cmd := exec.Command("paxsim", args...)
	cmd.Dir = dir
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

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for range 30_000 {
		if so() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("half a minute, and not: %s", what)
}
