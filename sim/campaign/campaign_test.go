package campaign_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/weather"
)

func scenario() *sim.Scenario {
	return &sim.Scenario{Tick: 100_000, Actors: 5, Protocol: paxos.Protocol(), ByChance: true,
		Network: weather.Network{DelayMin: 10, DelayMax: 100, Loss: scheduler.Certain / 5}}
}

// kept is what these tests keep of a run.
type kept struct{ seed, digest uint64 }

func keep(w sim.Runner) kept {
	tally.Run()
	o := w.Outcome()
	return kept{o.Seed, o.Digest}
}

// TestWorkersDoNotMatter: the same runs in the same order, for any number.
func TestWorkersDoNotMatter(t *testing.T) {
	for _, count := range []uint64{0, 1, 2, 31, 32, 33, 500} {
		var want []kept
		for _, workers := range []int{0, 1, 2, 3, 7, 16} {
			var got []kept
			err := campaign.Seeds(t.Context(), scenario(), 7, count, workers, keep, func(k kept) error {
				got = append(got, k)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
			}
			if !slices.Equal(got, want) || uint64(len(got)) != count {
				t.Fatalf("%d seeds, %d workers: runs differ", count, workers)
			}
		}
	}
}

// TestStops at the first error and when it is told to, with nobody left behind
// and nothing left out.
func TestStops(t *testing.T) {
	for _, workers := range []int{1, 2, 4} {
		stop := errors.New("enough")
		rows := 0
		err := campaign.Seeds(t.Context(), scenario(), 0, 100_000, workers, keep, func(kept) error {
			if rows++; rows == 50 {
				return stop
			}
			return nil
		})
		if !errors.Is(err, stop) || rows != 50 {
			t.Errorf("%d workers: %d rows, %v", workers, rows, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		next := uint64(0)
		err = campaign.Seeds(ctx, scenario(), 0, 100_000, workers, keep, func(k kept) error {
			if k.seed != next {
				t.Errorf("%d workers: seed %d where %d was due", workers, k.seed, next)
			}
			if next++; next == 50 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || next >= 100_000 {
			t.Errorf("%d workers: %d rows, %v", workers, next, err)
		}
		if err := campaign.Seeds(t.Context(), &sim.Scenario{Protocol: paxos.Protocol()}, 0, 100, workers, keep, func(kept) error { return nil }); err == nil {
			t.Errorf("%d workers: a bad scenario runs", workers)
		}
	}
}

// TestStopsWithinARun: nobody waits for the end of a run of many actors.
func TestStopsWithinARun(t *testing.T) {
	s := scenario()
	s.Actors = 1001
	s.Invariants = []string{}
	for _, workers := range []int{1, 2} {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		began := time.Now()
		err := campaign.Seeds(ctx, s, 0, 1000, workers, keep, func(kept) error { return nil })
		cancel()
		if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took > 5*time.Second {
			t.Errorf("%d workers: %v after %v", workers, err, took)
		}
	}
}
