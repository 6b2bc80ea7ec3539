package simtest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// Again plays what is kept of the test. If a run still breaks an invariant, or a
// file cannot be read or is of another protocol, the test fails and is over. It is
// for tests that call [Play]; [Run] and [Fuzz] begin with it.
func Again(t T, s *sim.Scenario, options ...Option) {
	t.Helper()
	x, ok := apply(t, s, options)
	if !ok {
		return
	}
	if n := x.again(t); n > 0 {
		t.Fatalf("simtest: %s did not hold", count(n, "kept run"))
	}
}

// again says how many of the runs that are kept did not hold.
func (x *settings) again(t T) (failed int) {
	t.Helper()
	folder := x.folder()
	if folder == "" {
		return 0
	}
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("simtest: %v", err)
		return 1
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), runFile) {
			continue
		}
		file := filepath.Join(folder, entry.Name())
		f, err := read(file)
		var v *sim.Violation
		if err == nil {
			v, err = x.replay(t, file, f)
		}
		switch {
		case err != nil:
			failed++
			t.Errorf("simtest: %s: %v", file, err)
		case v != nil:
			failed++
			found := told{head: fmt.Sprintf("%s still breaks at event %d: %s", v.Broke(), v.Event, v.Text), run: f, file: file}
			x.artifacts(&found, strings.TrimSuffix(entry.Name(), runFile))
			t.Errorf("%s", x.tell(&found))
		}
	}
	return failed
}

// read reads a run file.
func read(name string) (*trace.File, error) {
	if info, err := os.Stat(name); err == nil && info.Size() > trace.MaxSize {
		return nil, fmt.Errorf("%d bytes: a run file has at most %d", info.Size(), trace.MaxSize)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return trace.Decode(data)
}

// replay plays a kept run in the test's own scenario.
func (x *settings) replay(t T, name string, f *trace.File) (*sim.Violation, error) {
	p, err := x.ready(f)
	if err != nil {
		return nil, err
	}
	p.world.Reset(p.seed, p.answers)
	o := p.world.Run()
	if n := len(p.answers.Unused()) + len(p.world.VoidDeferrals()); n > 0 && o.Violation == nil {
		t.Logf("simtest: %s holds, and %d of what it says no longer apply", name, n)
	}
	return o.Violation, nil
}

// playable is a run ready to be played: Reset(seed, answers), then Run.
type playable struct {
	world   sim.Runner
	seed    uint64
	answers *scheduler.Edited
}

// ready makes a run file playable, in the test's own scenario.
func (x *settings) ready(f *trace.File) (p playable, err error) {
	s := x.hunt.Ground[0].Scenario
	if f.Protocol != s.Protocol.Name() {
		return p, errors.New("it is of the protocol " + f.Protocol + ", and the test of " + s.Protocol.Name())
	}
	if p.seed, p.answers, err = f.Source(s.Protocol.Vocabulary()); err != nil {
		return p, err
	}
	how, err := f.Search(s.Protocol.Vocabulary())
	if err != nil {
		return p, err
	}
	if p.world, err = s.Protocol.New(s); err == nil {
		p.world.Search(how)
	}
	return p, err
}
