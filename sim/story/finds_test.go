package story_test

import (
	"context"
	"errors"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/story"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/weather"
	"github.com/paxsim/paxsim/sim/zoo"
)

func TestMain(m *testing.M) { tally.Main(m) }

// unsafe lists the mutants that break an invariant.
func unsafeOnes() (list []mutants.Mutant) {
	for _, m := range mutants.All() {
		if m.Kind == zoo.Unsafe {
			list = append(list, m)
		}
	}
	return list
}

// trial is the scenario in which a mutant is hunted: all of the weather, a little.
func trial(m *mutants.Mutant) *sim.Scenario {
	p := m.Protocol()
	s := &sim.Scenario{
		Name: "hunt", Tick: 100_000, Actors: max(3, m.Scope.Actors), Members: m.Scope.Members, Protocol: p,
		Network: weather.Network{DelayMin: 1, DelayMax: 60, Loss: scheduler.Certain / 20, Duplicate: scheduler.Certain / 20},
		Crashes: faults.Crashes{Chance: scheduler.Certain / 50, DownMin: 1, DownMax: 100}, Disk: disks.Disk{Sync: 1},
		Settings: make([]int64, len(p.Settings())),
	}
	for id := range sim.ID(s.Actors) {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id + 1})
	}
	for i, x := range p.Settings() {
		switch s.Settings[i] = x.Default; x.Name {
		case "fan_out":
			s.Settings[i] = 1 // all
		case "on_nack":
			s.Settings[i] = 2 // retry
		}
	}
	return s
}

// hunted is the first find of a hunt from a seed on; nil: there is none.
func hunted(t testing.TB, s *sim.Scenario, strategy string, first uint64) *story.Find {
	t.Helper()
	h := &campaign.Hunt{Ground: []campaign.Variant{{Scenario: s}}, Strategies: []string{strategy}, Budget: campaign.UsualBudget(), First: first, Runs: 20_000, StopAtFirst: true}
	e, err := h.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Finds) == 0 {
		return nil
	}
	f, err := story.Of(s, e.Finds[0].First.File)
	if err != nil {
		t.Fatal(err)
	}
	return &f
}

// timed is the first find of the timed engine from a seed on; nil: there is none.
func timed(t testing.TB, s *sim.Scenario, first, runs uint64) *story.Find {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	for seed := first; seed < first+runs; seed++ {
		w.Reset(seed, nil)
		tally.Run()
		if w.Run().Violation != nil {
			return &story.Find{Scenario: s, Seed: seed}
		}
	}
	return nil
}

// ended plays a find, and tells how it breaks.
func ended(t testing.TB, f *story.Find) sim.Violation {
	t.Helper()
	w, err := f.Scenario.Protocol.New(f.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	w.Search(f.Search)
	w.Reset(f.Seed, f.Source)
	tally.Run()
	o := w.Run()
	if o.Violation == nil {
		t.Fatal("the find breaks nothing")
	}
	return *o.Violation
}

// shrunk makes a story of a find.
func shrunk(t testing.TB, f *story.Find, o story.Options) *story.Story {
	t.Helper()
	st, work, err := story.Shrink(t.Context(), *f, o)
	if err != nil {
		t.Fatal(err)
	}
	if work.Replays == 0 || work.Events == 0 {
		t.Errorf("it took nothing: %+v", work)
	}
	return st
}

// played plays a story.
func played(t testing.TB, st *story.Story) *story.Played {
	t.Helper()
	tally.Run()
	p, err := st.Play(t.Context())
	if err != nil {
		t.Fatalf("%v\n%q", err, st.Lines)
	}
	return p
}

// replayed plays a run file in the ordinary searched engine.
func replayed(t testing.TB, s *sim.Scenario, f *trace.File) sim.Outcome {
	t.Helper()
	words := s.Protocol.Vocabulary()
	how, err := f.Search(words)
	if err != nil {
		t.Fatal(err)
	}
	seed, source, err := f.Source(words)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w.Search(how)
	w.Reset(seed, source)
	tally.Run()
	o := w.Run()
	if unused := source.Unused(); len(unused) > 0 {
		t.Errorf("answers that nobody asked for: %v", unused)
	}
	if void := w.VoidDeferrals(); len(void) > 0 {
		t.Errorf("deferrals that did not apply: %v", void)
	}
	return o
}

// mistaken is the mistake by which playing a story ends.
func mistaken(t testing.TB, st *story.Story) *story.Mistake {
	t.Helper()
	_, err := st.Play(context.Background())
	var m *story.Mistake
	if !errors.As(err, &m) {
		t.Errorf("no mistake: %v\n%q", err, st.Lines)
		return &story.Mistake{}
	}
	return m
}

// mutant is one of the zoo.
func mutant(t testing.TB, name string) mutants.Mutant {
	t.Helper()
	m, ok := mutants.Find(name)
	if !ok {
		t.Fatalf("there is no mutant %s", name)
	}
	return m
}
