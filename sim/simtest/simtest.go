package simtest

import (
	"context"
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// T is what a test is to this package: a *testing.T, a *testing.F or a *rapid.T.
type T interface {
	Helper()
	Name() string
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Of is a scenario for a protocol with so many actors. Each actor is asked once, any
// message may be lost or doubled, any actor may crash, and saves take their time. Change
// what does not fit.
func Of(p sim.Protocol, actors int) *sim.Scenario {
	s := &sim.Scenario{
		Name: p.Name(), Tick: 100_000, Actors: actors, Protocol: p,
		Network: weather.Network{DelayMin: 1, DelayMax: 1, Loss: scheduler.Certain / 20, Duplicate: scheduler.Certain / 20},
		Crashes: faults.Crashes{Chance: scheduler.Certain / 50},
		Disk:    disks.Disk{Sync: 1},
	}
	for id := range sim.ID(actors) {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id + 1})
	}
	return s
}

// Run plays what is kept of the test, and if that holds makes runs of a scenario
// until one breaks an invariant. Then the test fails, and goes on. It also fails if
// the runs show nothing: no value was at stake, nothing went wrong in them, or no
// invariant is on. Settings that make no sense end the test, and so do handlers that
// are not deterministic.
func Run(t T, s *sim.Scenario, options ...Option) {
	t.Helper()
	x, ok := apply(t, s, options)
	if !ok || x.again(t) > 0 {
		return
	}
	if x.explores {
		t.Logf("simtest: the clock picked the first seed: PAXSIM_SEED=%d makes these runs again", x.hunt.First)
	}
	switch {
	case x.hunt.Runs == 0 && x.hunt.For == 0:
		t.Logf("simtest: no runs were made, but those that are kept")
	case x.subtests:
		x.eachSeed(t)
	default:
		if e, ok := x.runs(t, &x.hunt); ok {
			x.judge(t, e)
		}
	}
}

// runs makes the runs of a hunt. ok: all of them hold.
func (x *settings) runs(t T, h *campaign.Hunt) (e *campaign.Evidence, ok bool) {
	t.Helper()
	e, err := h.Run(context.Background())
	if err != nil {
		t.Fatalf("simtest: %v", err)
		return e, false
	}
	for _, f := range e.Finds {
		x.fail(t, f.Grade, f.Signature, &f.First)
	}
	return e, len(e.Finds) == 0
}

// judge says what runs that all hold are worth.
func (x *settings) judge(t T, e *campaign.Evidence) {
	t.Helper()
	complain := t.Errorf
	if x.fewer() {
		complain = t.Logf
	}
	if e.Proved == 0 {
		complain("simtest: %s showed nothing: no invariant is on, or no value was at stake (as in %d of them), or nothing happened to the others", count(e.Runs, "run"), e.Vacuous)
	}
	if missed := x.hunt.Missed(e); len(missed) > 0 {
		complain("simtest: %s never reached %s", count(e.Runs, "run"), strings.Join(missed, ", "))
	}
	if e.Runs == 1 {
		t.Logf("simtest: held in 1 run, that of seed %d: it says nothing about any other seed", x.hunt.First)
		return
	}
	t.Logf("simtest: held in %s from seed %d on. In %d of them something could have broken: a round was refused in %d, a fault struck in %d; %d events. "+
		"They say nothing about other seeds: PAXSIM_EXPLORE=1 tries some", count(e.Runs, "run"), x.hunt.First, e.Proved, e.Refused, e.Struck, e.Events)
}

// count is so many of a thing, in words.
func count[N int | uint64](n N, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprint(n) + " " + thing
}
