package campaign_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// scripted is faults of all kinds that befall or make events wait.
const scripted = "faults={cut: {split: [[1], [2, 3]], at: 1ms, until: 2ms}, crash: {crash: [2], at: 1ms, until: 3ms}," +
	" pause: {pause: [3], at: 1ms, until: 2ms}, clog: {clog: {from: [1], to: [2, 3]}, at: 1ms, until: 3ms}}"

// adversaries are the strategies of which a run follows from its seed alone.
var adversaries = []string{"walk", "pct", "pos"}

// TestSearchedRunsStay: the same seeds make the same searched runs as ever, under
// each strategy, over the whole hunting ground, of Paxos, with
// faults by the script too, and of each mutant: what
// happens, how it ends and what is written down of what the strategy held back.
// The golden file has one digest of all runs of a strategy.
func TestSearchedRunsStay(t *testing.T) {
	type sum struct {
		scheduler.Digest
		runs, events, violated, decided, holds uint64
	}
	sums := make(map[string]*sum)
	pickers := map[string]search.Picker{"walk": new(search.Walk), "pct": &search.PCT{Depth: 3, Length: 120}, "pos": new(search.POS)}
	hunts := []*campaign.Hunt{huntedIn(t, 1500), huntedIn(t, 300, scenarios.Set(scripted))}
	for _, m := range mutants.All() {
		hunts = append(hunts, huntedIn(t, 60, scenarios.Mutant(m.Name)))
	}
	for _, h := range hunts {
		h.Budget.Events, h.Strategies = 400, adversaries
		worlds := make([]sim.Runner, len(h.Ground))
		for seed := range h.Runs {
			d := h.Draw(seed)
			if worlds[d.Variant] == nil {
				w, err := h.Ground[d.Variant].Protocol.New(h.Ground[d.Variant].Scenario)
				if err != nil {
					t.Fatal(err)
				}
				worlds[d.Variant] = w
			}
			w := worlds[d.Variant]
			w.Search(&search.Search{Picker: pickers[d.Strategy], Budget: d.Budget, Record: seed%2 == 0})
			w.Reset(seed, nil)
			o := w.Run()
			s := sums[d.Strategy]
			if s == nil {
				s = new(sum)
				sums[d.Strategy] = s
			}
			s.runs++
			s.events += o.Events
			s.Mix(o.Digest)
			s.Mix(o.Events)
			if o.Verdict == observe.VerdictPartial {
				s.Mix(uint64(observe.VerdictUndecided)) // one fact: not all have learned
			} else {
				s.Mix(uint64(o.Verdict))
			}
			s.Mix(uint64(o.End))
			for _, f := range o.Families {
				s.Mix(f.Chances)
				s.Mix(f.Struck)
			}
			if o.Violation != nil {
				s.violated++
				s.Mix(o.Violation.Event)
			}
			if o.Verdict == observe.VerdictDecided {
				s.decided++
			}
			for _, hold := range slices.SortedFunc(slices.Values(w.Deferrals()), func(a, b search.Deferral) int {
				return cmp.Or(cmp.Compare(a.Event, b.Event), cmp.Compare(a.Until, b.Until))
			}) {
				s.holds++
				s.Mix(uint64(hold.Event))
				s.Mix(uint64(hold.Until))
			}
			if pct, ok := pickers[d.Strategy].(*search.PCT); ok {
				s.Mix(uint64(pct.Width))
				s.Mix(pct.Picks)
			}
		}
	}
	got := ""
	for _, name := range adversaries {
		s := sums[name]
		got += fmt.Sprintf("%s %016x: %d runs, %d events, %d decided, %d violated, %d holds\n", name, s.Sum(), s.runs, s.events, s.decided, s.violated, s.holds)
	}
	held(t, "searched.golden", got)
}

// TestFeedbackRunsStay: the same for feedback, whose runs follow from those before
// them: what a hunt of several blocks comes to, of Paxos and of a mutant.
func TestFeedbackRunsStay(t *testing.T) {
	got := ""
	for _, mutant := range []string{"none", "votes-by-value"} {
		h := huntedIn(t, 5*campaign.BlockRuns+100, scenarios.Mutant(mutant), scenarios.Set("invariants=[agreement]"))
		h.Strategies = []string{campaign.Feedback}
		e := comes(t, h)
		got += fmt.Sprintf("%s: %d runs, %d events, %d decided, %d violated, marks %v, families %v\n", mutant, e.Runs, e.Events, e.Decided, e.Violated, e.Marks, e.Families)
		for _, f := range e.Finds {
			got += fmt.Sprintf("  %s: %d runs, first seed %d of %d events, smallest seed %d of %d events and %d holds\n",
				f.Signature, f.Runs, f.First.Seed, f.First.Events, f.Smallest.Seed, f.Smallest.Events, f.Smallest.Deferrals)
		}
	}
	held(t, "feedback.golden", got)
}

// held holds a text against a golden file.
func held(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("other runs than ever:\n%s\nnot\n%s", got, want)
	}
}
