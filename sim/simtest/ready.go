package simtest

import (
	"errors"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

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
