package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/search"
)

// hunted is a hunt for a mutant in the hunting ground.
func hunted(t testing.TB, mutant string, runs uint64) *campaign.Hunt {
	return huntedIn(t, runs, scenarios.Mutant(mutant))
}

// huntedIn is a hunt in the hunting ground with parts of it overridden.
func huntedIn(t testing.TB, runs uint64, overrides ...scenarios.Override) *campaign.Hunt {
	list, err := scenarios.Ground(overrides...)
	if err != nil {
		t.Fatal(err)
	}
	h := &campaign.Hunt{Strategies: campaign.Strategies(), First: 1, Runs: runs, Workers: 1,
		Budget: search.Budget{Events: 300, Alarms: 6, Losses: 3, Duplicates: 3, Crashes: 2}, Required: scenarios.GroundMarks(list, true)}
	for _, g := range list {
		h.Ground = append(h.Ground, campaign.Variant{Scenario: &g.Scenario.Scenario, Text: scenarios.Text(g.Scenario), Weight: g.Weight})
	}
	return h
}

// block is how many runs are in a block, where there are to be many blocks.
const block = 30

func comes(t testing.TB, h *campaign.Hunt) *campaign.Evidence {
	e, err := h.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// flat is evidence with the text of each file in place of the file.
func flat(e *campaign.Evidence) [3]any {
	x := *e
	var finds []campaign.Find
	var files []string
	for _, f := range e.Finds {
		finds = append(finds, *f)
		last := &finds[len(finds)-1]
		files = append(files, string(last.First.File.Encode()), string(last.Smallest.File.Encode()))
		last.First.File, last.Smallest.File = nil, nil
	}
	x.Finds = nil
	return [3]any{x, finds, files}
}

// TestHuntIsTheSame: what a hunt comes to does not depend on who makes the runs,
// nor, without feedback, on where one hunt ends and the next begins, but for the
// bound of pct, which speaks of the first seeds of each.
func TestHuntIsTheSame(t *testing.T) {
	const runs = 100*block + 10 // some islands have two blocks, and the last is not whole
	hunted := func(t testing.TB, mutant string, runs uint64) *campaign.Hunt {
		h := hunted(t, mutant, runs)
		h.Blocks(block)
		return h
	}
	want := comes(t, hunted(t, "brooker", runs))
	if len(want.Finds) == 0 || want.Runs != runs {
		t.Fatalf("%d runs, %d finds", want.Runs, len(want.Finds))
	}
	for _, workers := range gate.Of([]int{2, 201}, []int{2, 5, 80, 120, 200, 201, 202, 300}) { // also more than islands
		many := hunted(t, "brooker", runs)
		many.Workers = workers
		if got := comes(t, many); !reflect.DeepEqual(flat(got), flat(want)) {
			t.Errorf("%d workers: %+v\nnot %+v", workers, got, want)
		}
	}
	for _, n := range gate.Of([]int{3}, []int{1, 3, 16}) {
		sum := comes(t, hunted(t, "brooker", 0))
		for i := range n {
			h := hunted(t, "brooker", runs)
			h.Shard, h.Shards, h.Workers = n-i, n, 1+i%2
			sum.Merge(comes(t, h))
		}
		if !reflect.DeepEqual(flat(sum), flat(want)) {
			t.Errorf("%d shards: %+v\nnot %+v", n, sum, want)
		}
	}
	independent := func(runs uint64) *campaign.Hunt {
		h := hunted(t, "brooker", runs)
		h.Strategies = []string{"walk", "pct", "pos"}
		return h
	}
	want = comes(t, independent(600))
	var parts []*campaign.Evidence
	for _, part := range [][2]uint64{{1, 17}, {18, 400}, {418, 183}} {
		h := independent(part[1])
		h.First = part[0]
		parts = append(parts, comes(t, h))
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 0, 1}, {1, 2, 0}} {
		sum := comes(t, independent(0))
		for _, i := range order {
			sum.Merge(parts[i])
		}
		if !reflect.DeepEqual(flat(sum), flat(want)) {
			t.Errorf("in the order %v: %+v\nnot %+v", order, sum, want)
		}
	}
}

// TestDraw: a draw follows from the seed; each variant is drawn about as often as
// its weight says, each strategy in its turn, and each family is off about half
// of the time and on about half, alone and with each other.
func TestDraw(t *testing.T) {
	h := hunted(t, "none", 0)
	const draws = 20_000 // and as many as feedback makes
	variants, families := make([]int, len(h.Ground)), map[[3]bool]int{}
	total := uint32(0)
	for _, v := range h.Ground {
		total += v.Weight
	}
	for seed := range uint64(draws * 4 / 3) {
		d := h.Draw(seed)
		if d != h.Draw(seed) || d.Strategy != h.Strategies[seed%uint64(len(h.Strategies))] {
			t.Fatalf("seed %d: %+v", seed, d)
		}
		b := d.Budget
		if b.Events != 300 || b.Losses > 3 || b.Duplicates > 3 || b.Crashes > 2 || b.Alarms > 6 || min(b.Losses, b.Duplicates, b.Crashes, b.Alarms) < 0 {
			t.Fatalf("seed %d: %+v", seed, b)
		}
		if d.Strategy == campaign.Feedback {
			if d.Budget != h.Budget {
				t.Fatalf("seed %d: feedback has not all of its budget: %+v", seed, d)
			}
			continue
		}
		variants[d.Variant]++
		families[[3]bool{b.Losses > 0, b.Duplicates > 0, b.Crashes > 0}]++
	}
	for i, n := range variants {
		want := draws * int(h.Ground[i].Weight) / int(total)
		if n < want*8/10 || n > want*12/10 {
			t.Errorf("%s: %d of %d, want %d", h.Ground[i].Name, n, draws, want)
		}
	}
	if len(families) != 8 {
		t.Errorf("only %d of 8 kinds of weather", len(families))
	}
	for on, n := range families {
		if n < draws/8*9/10 || n > draws/8*11/10 {
			t.Errorf("%v: %d of %d", on, n, draws)
		}
	}
}

// TestHuntEndsEarly: at the first failure, when its time is over, when who
// watches has enough, and when it is stopped; each time with all that came before.
func TestHuntEndsEarly(t *testing.T) {
	h := hunted(t, "brooker", 10_000)
	h.StopAtFirst = true
	e := comes(t, h)
	if e.Violated != 1 || len(e.Finds) != 1 || e.Finds[0].First.Seed != h.First+e.Runs-1 {
		t.Errorf("%d violated in %d runs: %+v", e.Violated, e.Runs, e.Finds)
	}

	h = hunted(t, "none", 0)
	h.For, h.Workers = 200*time.Millisecond, 2
	e = comes(t, h)
	same := hunted(t, "none", e.Runs)
	if e.Runs == 0 || !reflect.DeepEqual(flat(e), flat(comes(t, same))) {
		t.Errorf("%d runs for a time; as many runs come to something else", e.Runs)
	}

	h = hunted(t, "none", 10_000)
	h.Strategies = []string{"walk"}
	enough := errors.New("enough")
	h.Each = func(e *campaign.Evidence) error {
		if e.Runs >= 50 {
			return enough
		}
		return nil
	}
	if e, err := h.Run(context.Background()); !errors.Is(err, enough) || e.Runs != 50 {
		t.Errorf("%v after %d runs", err, e.Runs)
	}

	ctx, cancel := context.WithCancel(context.Background())
	h.Each = func(*campaign.Evidence) error { cancel(); return nil }
	if e, err := h.Run(ctx); !errors.Is(err, context.Canceled) || e.Runs == 0 || e.Runs == h.Runs {
		t.Errorf("%v after %d runs", err, e.Runs)
	}
}

// TestProved: what counts as evidence. Without an invariant, without a value at
// stake, and without weather or contention nothing is proved.
func TestProved(t *testing.T) {
	short := []string{"actors=3", "requests=[{actor: 1}, {actor: 2}, {actor: 3}]", "network.loss=50%"} // and few events
	for _, tt := range []struct {
		name, why     string
		alarms        int
		set           []string
		proved, never bool
	}{
		{"as it is", "", 9, nil, true, false},
		{"no invariant", "nothing can be seen to break", 9, []string{"invariants=none"}, false, true},
		{"nobody tries", "who takes the role by chance takes it by an alarm", 0, nil, false, true},
		{"nobody asks", "there is no value", 9, []string{"requests=none"}, false, true},
		{"safety alone, and nobody gets as far as to propose", "7 events are too few", 9, append([]string{"invariants=safety"}, short...), false, true},
		{"lemmas too, and nobody gets as far as to propose", "a promise can go back", 9, short, true, true},
		{"one alone, and crashes", "it could change its mind", 0, []string{"actors=1", "requests=[{actor: 1}]", "crashes.chance=20%"}, true, false},
		{"one alone", "no fault, no second proposer", 0, []string{"actors=1", "requests=[{actor: 1}]", "network.loss=0%", "network.duplicate=0%", "crashes.chance=0%"}, false, false},
	} {
		var all []scenarios.Override
		for _, set := range tt.set {
			all = append(all, scenarios.Set(set))
		}
		s, err := scenarios.Load("lossy", all...)
		if err != nil {
			t.Fatal(err)
		}
		events := 200
		if strings.Contains(tt.name, "as far as to propose") {
			events = 7
		}
		h := &campaign.Hunt{Ground: []campaign.Variant{{Scenario: &s.Scenario}}, Strategies: []string{"walk"}, Runs: 200, Budget: search.Budget{Events: events, Alarms: tt.alarms, Losses: 3, Crashes: 2}, Required: []string{"decided"}}
		e := comes(t, h)
		if (e.Proved > 0) != tt.proved || (len(h.Missed(e)) > 0) != tt.never {
			t.Errorf("%s: %d of %d runs proved something, never %q: %s", tt.name, e.Proved, e.Runs, h.Missed(e), tt.why)
		}
		if e.Proved+e.Vacuous > e.Runs || !tt.proved && tt.never && len(s.Invariants) != 0 && e.Vacuous != e.Runs {
			t.Errorf("%s: %d of %d runs proved something, and %d are vacuous", tt.name, e.Proved, e.Runs, e.Vacuous)
		}
	}
	few := &campaign.Hunt{Ground: []campaign.Variant{{Scenario: must(t, "lossy")}}, Strategies: []string{"walk"}, Runs: 200, Budget: search.Budget{Events: 1, Alarms: 9, Losses: 3, Crashes: 2}}
	if e := comes(t, few); e.Proved > 0 || e.Vacuous != e.Runs {
		t.Errorf("with one event: %d of %d runs proved something, and %d are vacuous", e.Proved, e.Runs, e.Vacuous)
	}
}

// must is a scenario of the library.
func must(t *testing.T, name string) *sim.Scenario {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}

// TestUnsearchable: what cannot be named in the searched engine is refused.
func TestUnsearchable(t *testing.T) {
	for _, fault := range []string{"faults.f={pause: [1], until: 1s}", "faults.f={clog: all, until: 1s}", "network.fifo=true"} {
		s, err := scenarios.Load("happy-path", scenarios.Set(fault))
		if err != nil {
			t.Fatal(err)
		}
		h := &campaign.Hunt{Ground: []campaign.Variant{{Scenario: &s.Scenario}}, Strategies: []string{"walk"}, Runs: 1}
		if _, err := h.Run(context.Background()); err == nil || campaign.Unsearchable(&s.Scenario) == "" {
			t.Errorf("%s: %v", fault, err)
		}
	}
	for _, name := range scenarios.Names() {
		s, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		waits := slices.ContainsFunc(s.Faults, func(f faults.Fault) bool { return f.Clog != nil || !f.Pause.IsZero() })
		if why := campaign.Unsearchable(&s.Scenario); (why != "") != waits {
			t.Errorf("%s: has a clog or a pause: %v; %q", name, waits, why)
		}
	}
}

// TestFindsAreDistinct: finds have signatures of their own, the first has the
// least seed, and the smallest is no larger.
func TestFindsAreDistinct(t *testing.T) {
	e := comes(t, hunted(t, "non-members", 1500))
	seen := map[string]bool{}
	runs := uint64(0)
	for i, x := range e.Finds {
		runs += x.Runs
		if seen[x.Signature] || x.First.File == nil || x.Smallest.File == nil || x.Smallest.Size() > x.First.Size() || x.Smallest.Seed < x.First.Seed ||
			i > 0 && x.First.Seed < e.Finds[i-1].First.Seed || len(x.Smallest.File.Deferrals) != x.Smallest.Deferrals || len(x.Smallest.File.Answers) != x.Smallest.Surprises {
			t.Errorf("%+v", x)
		}
		seen[x.Signature] = true
	}
	if len(e.Finds) < 2 || runs != e.Violated {
		t.Error(fmt.Sprint(len(e.Finds), " finds in ", runs, " of ", e.Violated, " runs"))
	}
}
