package cli

import (
	"context"
	"flag"
	"fmt"
	"testing"
	"time"

	bugs "github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/zoo"
)

var hunts = flag.Uint64("hunts", 1, "how many repetitions TestAgreementFindsTheZoo hunts in; docs/hunt.md speaks of 20")

// TestAgreementFindsTheZoo: each mutant that can decide two values is found by
// agreement alone, by the usual settings and as many runs as a hunt has by default,
// in 19 of 20 repetitions, which share no run.
func TestAgreementFindsTheZoo(t *testing.T) {
	worst, most, longest := "", uint64(0), time.Duration(0)
	all, found := uint64(0), uint64(0)
	for _, m := range bugs.All() {
		if m.Kind != zoo.Unsafe || !m.Splits {
			continue
		}
		missed := uint64(0)
		for repetition := uint64(1); repetition <= *hunts; repetition++ {
			h := hunt(t, func(f *fuzzFlags) {
				f.mutant, f.only, f.first, f.runs, f.repetition = m.Name, []string{"agreement"}, true, campaign.UsualRuns, repetition
			})
			begun := time.Now()
			e, err := h.Run(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			longest = max(longest, time.Since(begun))
			all++
			if e.Violated == 0 {
				missed++
				continue
			}
			found++
			if e.Runs > most {
				most, worst = e.Runs, fmt.Sprintf("%s, repetition %d", m.Name, repetition)
			}
		}
		if 20*missed > *hunts {
			t.Errorf("%s is not found in %d of %d hunts", m.Name, missed, *hunts)
		}
	}
	t.Logf("found in %d of %d hunts; after the most runs: %s, %d of %d; the longest hunt took %v", found, all, worst, most, uint64(campaign.UsualRuns), longest.Round(time.Millisecond))
}

// TestRepetitionsDiffer: two repetitions have other finds; two neighbouring seeds
// have the same.
func TestRepetitionsDiffer(t *testing.T) {
	finds := func(change func(*fuzzFlags)) map[uint64]bool {
		h := hunt(t, func(f *fuzzFlags) {
			f.mutant, f.only, f.runs, f.strategy = "no-adoption", []string{"agreement"}, 400, "walk"
			change(f)
		})
		seeds := map[uint64]bool{}
		for seed := h.First; seed < h.First+h.Runs; seed++ {
			one := *h
			one.First, one.Runs = seed, 1
			if e, err := one.Run(context.Background()); err != nil {
				t.Fatal(err)
			} else if e.Violated > 0 {
				seeds[seed] = true
			}
		}
		return seeds
	}
	common := func(a, b map[uint64]bool) (n int) {
		for seed := range a {
			if b[seed] {
				n++
			}
		}
		return n
	}
	first := finds(func(f *fuzzFlags) {})
	next := finds(func(f *fuzzFlags) { f.seed = 2 })
	second := finds(func(f *fuzzFlags) { f.repetition = 2 })
	if len(first) < 50 || len(second) < 50 {
		t.Fatalf("%d and %d finds", len(first), len(second))
	}
	if n := common(first, next); n < len(first)-1 {
		t.Errorf("of %d finds from seed 1 on, %d come from seed 2 on as well", len(first), n)
	}
	if n := common(first, second); n > 0 {
		t.Errorf("%d finds of the first repetition are finds of the second", n)
	}
}
