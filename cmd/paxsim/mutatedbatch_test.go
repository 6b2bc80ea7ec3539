//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
)

// job is a call of the command.
type job struct {
	Args  []string
	Stdin string // a file; "": nothing
}

// result is what came of it.
type result struct {
	Code    int
	Errors  string // how standard error begins
	Bytes   int    // of standard error
	Longest int    // line of it
	Late    bool   // it went on after it was asked to stop
	Peak    int64  // most memory that the process had in use, in bytes
}

// The command is asked to stop after a while: a damaged file can be of a run that is
// whole and long.
const (
	patience = 3 * time.Second
	grace    = 60 * time.Second
)

func init() { processes["paxsim-batch"] = readBatch }

// readBatch is the process that makes calls: it reads them from standard input and
// writes a line a call.
func readBatch() {
	var jobs []job
	if err := json.NewDecoder(os.Stdin).Decode(&jobs); err != nil {
		panic(err)
	}
	for _, j := range jobs {
		r := j.make()
		r.Peak = peakOfProcess()
		text, err := json.Marshal(r)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s\n", text)
		debug.FreeOSMemory()                                      // so that the next call does not count what this one left
		_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // nor its peak, where that can be forgotten
	}
}

// peakOfProcess is the most memory that this process had in use. What its parent is
// told of it counts the parent in.
func peakOfProcess() (bytes int64) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	if _, err := fmt.Sscanf(rest, "%d kB", &bytes); err != nil {
		panic(err)
	}
	return bytes << 10
}

func (j *job) make() result {
	var stdin io.Reader = strings.NewReader("")
	if j.Stdin != "" {
		f, err := os.Open(j.Stdin)
		if err != nil {
			panic(err)
		}
		defer f.Close()
		stdin = f
	}
	asked := time.AfterFunc(patience, func() { _ = syscall.Kill(os.Getpid(), syscall.SIGINT) })
	begun := time.Now()
	var diagnostics bytes.Buffer
	code := cli.Main(j.Args, stdin, io.Discard, &diagnostics)
	asked.Stop()
	r := result{Code: code, Bytes: diagnostics.Len(), Late: time.Since(begun) > patience+grace}
	for line := range strings.Lines(diagnostics.String()) {
		r.Longest = max(r.Longest, len(line))
	}
	r.Errors = string(diagnostics.Bytes()[:min(diagnostics.Len(), 1000)])
	return r
}

// readAll has a process of its own make the calls.
func readAll(t *testing.T, jobs []job) (results []result) {
	t.Helper()
	text, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("paxsim-batch")
	cmd.Stdin = bytes.NewReader(text)
	var out, diagnostics bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &diagnostics
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit != nil {
		t.Errorf("%v: %.2000s", exit, diagnostics.String())
	}
	for d := json.NewDecoder(&out); ; {
		var r result
		if d.Decode(&r) != nil {
			return results
		}
		results = append(results, r)
	}
}

// wrong says what a call must not come to.
func (r *result) wrong(kind string) string {
	switch {
	case strings.Contains(r.Errors, "a bug of paxsim"):
		return "a panic: " + r.Errors
	case r.Code < 0 || r.Code > 5 && r.Code != 130:
		return fmt.Sprintf("exit %d: %s", r.Code, r.Errors)
	case kind == "whole" && (r.Code == 2 || r.Code == 5):
		return fmt.Sprintf("it is refused: exit %d: %s", r.Code, r.Errors)
	case r.Code == 5 && !strings.Contains(r.Errors, "memory"):
		return "the machine failed: " + r.Errors
	case r.Code == 2 && !strings.HasPrefix(r.Errors, "paxsim: "):
		return "no reason: " + r.Errors
	case r.Late:
		return "it goes on when it is asked to stop"
	case r.Longest > 1000:
		return fmt.Sprintf("a line of complaint of %d bytes: %s", r.Longest, r.Errors)
	case r.Bytes > 200_000:
		return fmt.Sprintf("%d bytes of complaint: %s", r.Bytes, r.Errors)
	}
	return ""
}
