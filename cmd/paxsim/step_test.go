package main

import (
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// dialogue starts step with its input and output in pipes.
func dialogue(t *testing.T, args ...string) (cmd *exec.Cmd, in io.WriteCloser, out io.ReadCloser, diagnostics *strings.Builder) {
	t.Helper()
	cmd = exec.Command("paxsim", append([]string{"step"}, args...)...)
	cmd.Dir = t.TempDir()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if out, err = cmd.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	diagnostics = &strings.Builder{}
	cmd.Stderr = diagnostics
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	t.Cleanup(func() { stop.Stop() })
	return cmd, in, out, diagnostics
}

// endless is a run that goes on for minutes.
var endless = append(slices.Clone(long[1:]), "--seed", "1")

// long is a run that goes on for minutes.
var long = []string{"run", "--set", "actors=1001", "--set", "limits.events=4294967295", "--set", "paxos.learn_timeout=100us", "--set", "network.loss=100%"}

// The answer to a command is there before the next is read: whoever drives step
// through pipes need not wait for its end.
func TestStepAnswersAtOnce(t *testing.T) {
	t.Parallel()
	cmd, in, out, _ := dialogue(t, "literal-acks")
	got := make([]byte, 0, 1<<16)
	for _, c := range []struct{ say, hear string }{{"", "help lists the commands\n"}, {"next\n", "actor 1: starts\n"}, {"next\n", "actor 2: starts\n"}} {
		io.WriteString(in, c.say)
		for !strings.HasSuffix(string(got), c.hear) {
			n, err := out.Read(got[len(got):cap(got)])
			if err != nil {
				t.Fatalf("%v after %q", err, got)
			}
			got = got[:len(got)+n]
		}
	}
	in.Close()
	if code := exitCode(t, cmd); code != 0 {
		t.Errorf("exit %d", code)
	}
}

// Who reads and leaves is no error, while step waits for a command or is at work.
func TestStepClosedPipe(t *testing.T) {
	t.Parallel()
	for _, say := range []string{"", "next\n", "next 400000\n", strings.Repeat("help\n", 2000)} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			cmd, in, out, diagnostics := dialogue(t, endless...)
			io.ReadFull(out, make([]byte, 20))
			out.Close()
			io.WriteString(in, say)
			if code := exitCode(t, cmd); code != 141 || diagnostics.Len() > 0 {
				t.Errorf("%.20q: exit %d, stderr %q", say, code, diagnostics)
			}
		})
	}
}
