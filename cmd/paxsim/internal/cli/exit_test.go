package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"
)

// Where several codes apply, the order is 2, 5, 1, 4, 3.
func TestWorse(t *testing.T) {
	order := []int{exitPipe, exitInterrupted, 2, 5, 1, 4, 3, 0}
	for i, high := range order {
		for _, low := range order[i:] {
			if worse(high, low) != high || worse(low, high) != high {
				t.Errorf("of %d and %d, %d should count", high, low, high)
			}
		}
	}
}

func TestFileErrors(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
	}{
		{fs.ErrNotExist, exitUsage}, {fs.ErrPermission, exitUsage}, {syscall.EISDIR, exitUsage},
		{syscall.EIO, exitMachine}, {syscall.ENOSPC, exitMachine}, {errors.New("odd"), exitMachine},
	} {
		if got := codeOf(fileError("f", &fs.PathError{Op: "read", Path: "f", Err: c.err})); got != c.code {
			t.Errorf("%v: exit %d, want %d", c.err, got, c.code)
		}
	}
}

// A bug of ours is not the user's bad input: exit 5, and how to make it again.
func TestPanicIsExit5(t *testing.T) {
	var errs bytes.Buffer
	if code := Main([]string{"run", "--runs", "1"}, nil, panicking{}, &errs); code != exitMachine {
		t.Errorf("exit %d", code)
	}
	if !strings.HasPrefix(errs.String(), "paxsim: a bug of paxsim: ouch\nit came up in: paxsim run --runs 1\n") {
		t.Error(errs.String())
	}
}

type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("ouch") }
