package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/bench"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
)

// Where several codes apply, the order is 141, 130, 143, 129, 2, 5, 1, 4, 3.
func TestWorse(t *testing.T) {
	order := []int{exitPipe, exitInterrupted, exitTerminated, exitHungUp, 2, 5, 1, 4, 3, 0}
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
		{fs.ErrNotExist, exitUsage}, {fs.ErrPermission, exitUsage}, {syscall.EISDIR, exitUsage}, {syscall.EROFS, exitUsage},
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

// Nothing half is left of a panic, in the thread of the command or in a worker.
func TestPanicLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	var errs bytes.Buffer
	a := &app{ctx: t.Context(), errors: terminal.NewWriter(&errs)}
	for _, work := range []func() error{
		func() error { panic("ouch") },
		func() error { _, err := await(a, func() (int, error) { panic("ouch") }); return err },
		func() error {
			s, err := a.openScenario("lossy", overrides{})
			if err == nil {
				err = campaign.Seeds(a.ctx, &s.Scenario, 1, 100, 2, func(sim.Runner) int { panic("ouch") }, func(int) error { return nil })
			}
			return err
		},
		func() error {
			f := benchFlags{mutants: []string{"brooker"}, strategies: []string{"walk"}, repetitions: 1}
			b, err := f.open()
			if err == nil {
				err = b.Run(a.ctx, b.Missing(bench.Rows{}), 2, func(string, string) ([]campaign.Variant, error) { panic("ouch") }, nil)
			}
			return err
		},
	} {
		p := campaign.Catch(func() { _ = (&profiles{cpu: "a.prof"}).during(work) })
		if p == nil {
			t.Fatal("no panic")
		}
		errs.Reset()
		if a.bug(p, nil); !strings.HasPrefix(errs.String(), "paxsim: a bug of paxsim: ouch\nit came up in: paxsim\ngoroutine") || !strings.Contains(errs.String(), "TestPanicLeavesNothing.func") {
			t.Error(errs.String())
		}
		if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
			t.Errorf("left: %v %v", left, err)
		}
	}
}

type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("ouch") }
