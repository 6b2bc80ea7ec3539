package paxos_test

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestEveryCrashCut crashes an actor before each effect of the calm happy path
// at 3 actors, one run a cut, with disks that are instant and disks that take
// time; the actor is back after one round limit. Every run recovers, and none
// violates.
func TestEveryCrashCut(t *testing.T) {
	for _, sync := range []sim.Time{0, 5} {
		for _, learn := range []int64{0, 1} { // propose, ask
			crashCuts(t, sync, learn)
		}
	}
}

func crashCuts(t *testing.T, sync sim.Time, learn int64) {
	limit := 4*10 + 3*sync + 1
	s := calm(3)
	s.Disk.Sync = sync
	// Crashes are on, so that they are asked for; the base is calm, so that
	// only those happen that are answered below.
	s.Crashes = faults.Crashes{Chance: 1, DownMin: limit, DownMax: limit}
	s.Settings = defaults(s.Protocol)
	setting(s, "learn", learn)
	words := s.Protocol.Vocabulary()
	r := newRunner(t, s)

	rec := &scheduler.Recording{Base: scheduler.Calm{}}
	r.Reset(0, rec)
	tally.Run()
	calmRun := r.Run()
	cuts := 0
	for _, asked := range rec.List {
		text := words.KeyText(asked.Key)
		if !strings.HasPrefix(text, "crash") {
			continue
		}
		cuts++
		r.Reset(0, &scheduler.Edited{Base: scheduler.Calm{}, Answers: map[scheduler.Key]uint32{asked.Key: 1}})
		tally.Run()
		o := r.Run()
		if o.Verdict != observe.VerdictDecided || o.Crashes != 1 {
			t.Errorf("sync %d, %s: %+v", sync, text, o)
		}
	}
	t.Logf("sync %d, learn %d: %d (actor, effect) cuts, each recovered", sync, learn, cuts)
	// Effects that others can see, in the calm run: a Prepare and an Accept to
	// each of 2 others, 2 Promises, 3 times 2 Accepteds; 1 + 3 + 3 saves; 3
	// decisions; the answer to the one client.
	if want := int(calmRun.Sent) + 7 + 3 + 1; cuts != want {
		t.Errorf("%d cuts, want %d", cuts, want)
	}
}

func newRunner(t testing.TB, s *sim.Scenario) sim.Runner {
	t.Helper()
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func defaults(p sim.Protocol) []int64 {
	var out []int64
	for _, s := range p.Settings() {
		out = append(out, s.Default)
	}
	return out
}

func setting(s *sim.Scenario, name string, v int64) {
	if s.Settings == nil {
		s.Settings = defaults(s.Protocol)
	}
	for i, st := range s.Protocol.Settings() {
		if st.Name == name {
			s.Settings[i] = v
			return
		}
	}
	panic(name)
}

var _ = paxos.Agreement
