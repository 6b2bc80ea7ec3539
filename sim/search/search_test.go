package search_test

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
	"github.com/paxsim/paxsim/sim/zoo"
)

func strategies() map[string]search.Picker {
	return map[string]search.Picker{"walk": new(search.Walk), "pos": new(search.POS), "pct": &search.PCT{Depth: 3, Length: 100}}
}

func scenario(p sim.Protocol, n int) *sim.Scenario {
	s := &sim.Scenario{Name: "hunt", Tick: 100_000, Actors: n, Protocol: p,
		Network: weather.Network{DelayMin: 1, DelayMax: 1, Loss: scheduler.Certain / 20, Duplicate: scheduler.Certain / 20},
		Crashes: faults.Crashes{Chance: scheduler.Certain / 50}, Disk: disks.Disk{Sync: 1}}
	for id := range sim.ID(n) {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id + 1})
	}
	s.Settings = make([]int64, len(p.Settings()))
	for i, x := range p.Settings() {
		s.Settings[i] = x.Default
		switch x.Name {
		case "fan_out":
			s.Settings[i] = 1 // all
		case "on_nack":
			s.Settings[i] = 2 // retry
		}
	}
	return s
}

var budget = search.Budget{Events: 400, Alarms: 8, Losses: 3, Duplicates: 3, Crashes: 2}

func world(t testing.TB, s *sim.Scenario) sim.Runner {
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestHoldsReplay: what a strategy did is played again without it, event for
// event: digest, outcome and all.
func TestHoldsReplay(t *testing.T) {
	for name, picker := range strategies() {
		s := scenario(paxos.Protocol(), 3)
		r, again := world(t, s), world(t, s)
		most, decided := 0, 0
		for seed := range uint64(2000) {
			r.Search(&search.Search{Picker: picker, Budget: budget, Record: true})
			r.Reset(seed, nil)
			o := r.Run()
			deferrals := r.Deferrals()
			most = max(most, len(deferrals))
			again.Search(&search.Search{Deferrals: deferrals, Budget: budget})
			again.Reset(seed, nil)
			if got := again.Run(); got.Digest != o.Digest || got.Events != o.Events {
				t.Fatalf("%s, seed %d: with %d holds it is another run: %d events, %x, not %d, %x", name, seed, len(deferrals), got.Events, got.Digest, o.Events, o.Digest)
			}
			if o.Violation != nil {
				t.Fatalf("%s, seed %d: %+v", name, seed, o.Violation)
			}
			if o.Verdict == observe.VerdictDecided {
				decided++
			}
		}
		t.Logf("%s: at most %d holds, %d decided", name, most, decided)
		if decided < 200 {
			t.Errorf("%s: only %d of 2000 runs decide", name, decided)
		}
	}
}

// TestFinds: each strategy finds, in 5,000 runs of 3 actors, each bug that three
// actors can show, but for those of the list, which it may miss.
func TestFinds(t *testing.T) {
	hard := map[string]bool{"second-value": true}
	for name, picker := range strategies() {
		found := 0
		for _, m := range mutants.All() {
			if m.Kind != zoo.Unsafe || m.Scope.Actors > 3 || m.Scope.Members != nil {
				continue
			}
			r := world(t, scenario(m.Protocol(), 3))
			r.Search(&search.Search{Picker: picker, Budget: budget})
			in := hunt(r, 5000)
			if in == 0 && !hard[m.Name] {
				t.Errorf("%s does not find %s", name, m.Name)
			}
			if in > 0 {
				found++
			}
		}
		t.Logf("%s finds %d", name, found)
	}
}

// hunt is the run in which an invariant broke first; 0: in none.
func hunt(r sim.Runner, runs uint64) int {
	for seed := range runs {
		r.Reset(seed, nil)
		if r.Run().Violation != nil {
			return int(seed) + 1
		}
	}
	return 0
}

// TestSoundIsNotFound: no strategy finds anything in Paxos as it should be.
func TestSoundIsNotFound(t *testing.T) {
	for name, picker := range strategies() {
		for n := 1; n <= 5; n++ {
			r := world(t, scenario(paxos.Protocol(), n))
			r.Search(&search.Search{Picker: picker, Budget: budget})
			if in := hunt(r, 2000); in != 0 {
				t.Errorf("%s, %d actors: broken in run %d: %+v", name, n, in, r.Outcome().Violation)
			}
		}
	}
}

// TestCalmOrder: with no picker and nothing held back the oldest is next, and
// what befalls comes last: the happy path.
func TestCalmOrder(t *testing.T) {
	s := scenario(paxos.Protocol(), 5)
	s.Requests = s.Requests[:1]
	r := world(t, s)
	r.Search(&search.Search{})
	r.Reset(1, nil)
	if o := r.Run(); o.Verdict != observe.VerdictDecided || o.Delays != 4 || o.Dropped+o.Duplicated+o.Crashes != 0 || o.Decisions != 5 {
		t.Errorf("%+v", o)
	}
}

// TestBudgets: what is spent is off, and a run ends.
func TestBudgets(t *testing.T) {
	s := scenario(paxos.Protocol(), 3)
	s.Network.Loss, s.Network.Duplicate, s.Crashes.Chance = scheduler.Certain/2, scheduler.Certain/2, scheduler.Certain/4
	r := world(t, s)
	b := search.Budget{Events: 80, Alarms: 5, Losses: 2, Duplicates: 3, Crashes: 1}
	var most sim.Outcome
	for seed := range uint64(500) {
		r.Search(&search.Search{Picker: new(search.Walk), Budget: b})
		r.Reset(seed, nil)
		o := r.Run()
		most.Events, most.Dropped, most.Duplicated, most.Crashes = max(most.Events, o.Events), max(most.Dropped, o.Families[faults.FamilyLoss].Struck), max(most.Duplicated, o.Duplicated), max(most.Crashes, o.Crashes)
	}
	if most.Events != 80 || most.Dropped != 2 || most.Duplicated != 3 || most.Crashes != 1 {
		t.Errorf("at most %d events, %d losses, %d duplicates, %d crashes", most.Events, most.Dropped, most.Duplicated, most.Crashes)
	}
}

// TestNoAllocations: once warm, a searched run allocates nothing.
func TestNoAllocations(t *testing.T) {
	for name, picker := range strategies() {
		r := world(t, scenario(paxos.Protocol(), 5))
		r.Search(&search.Search{Picker: picker, Budget: budget})
		seed := uint64(0)
		run := func() {
			r.Reset(seed%50, nil)
			r.Run()
			seed++
		}
		for range 200 {
			run()
		}
		if n := testing.AllocsPerRun(100, run); n != 0 {
			t.Errorf("%s: %v allocations a run", name, n)
		}
	}
}

// BenchmarkSearched is a searched run of 5 actors with all invariants on.
func BenchmarkSearched(b *testing.B) {
	for name, picker := range strategies() {
		b.Run(name, func(b *testing.B) {
			r := world(b, scenario(paxos.Protocol(), 5))
			r.Search(&search.Search{Picker: picker, Budget: budget})
			events := uint64(0)
			for seed := uint64(0); b.Loop(); seed++ {
				r.Reset(seed, nil)
				events += r.Run().Events
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
			b.ReportMetric(float64(events)/float64(b.N), "events/run")
		})
	}
}

// TestInspect: a searched run can be looked into as well, and looking changes
// nothing.
func TestInspect(t *testing.T) {
	s := scenario(paxos.Protocol(), 3)
	plain, asked := world(t, s), world(t, s)
	alarms := 0
	for seed := range uint64(50) {
		for _, r := range []sim.Runner{plain, asked} {
			r.Search(&search.Search{Picker: new(search.Walk), Budget: budget})
			r.Reset(seed, nil)
		}
		want := plain.Run().Digest
		for more := true; more; {
			more = asked.Step()
			for id := sim.ID(1); id <= 3; id++ {
				alarms += len(asked.(observe.Inspector).Inspect(id).Alarms)
			}
		}
		if got := asked.Outcome().Digest; got != want {
			t.Fatalf("seed %d: another run", seed)
		}
	}
	if alarms == 0 {
		t.Error("nobody had set an alarm")
	}
}

// TestFamiliesAreCountedOnce: what is asked for of losses and duplicates is what
// the source was asked.
func TestFamiliesAreCountedOnce(t *testing.T) {
	s := scenario(paxos.Protocol(), 3)
	r := world(t, s)
	for seed := range uint64(200) {
		rec := new(scheduler.Recording)
		r.Search(&search.Search{Picker: new(search.Walk), Budget: budget})
		r.Reset(seed, rec)
		o := r.Run()
		asked := map[string]uint64{}
		for _, a := range rec.List {
			word, _, _ := strings.Cut(s.Protocol.Vocabulary().KeyText(a.Key), " ")
			word, _, _ = strings.Cut(word, "-copy")
			asked[word]++
		}
		for word, family := range map[string]faults.Family{"lost": faults.FamilyLoss, "doubled": faults.FamilyDuplicate} {
			if got := o.Families[family].Chances; got != asked[word] {
				t.Fatalf("seed %d: %v could strike %d times, and was asked for %d times", seed, family, got, asked[word])
			}
		}
	}
}
