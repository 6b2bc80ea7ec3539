package campaign_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
)

func scenario() *sim.Scenario {
	return &sim.Scenario{Tick: 100_000, Actors: 5, Protocol: paxos.Protocol(), ByChance: true,
		Network: sim.Network{DelayMin: 10, DelayMax: 100, Loss: sim.Certain / 5}}
}

// TestWorkersDoNotMatter: the same rows in the same order, for any number.
func TestWorkersDoNotMatter(t *testing.T) {
	for _, count := range []uint64{0, 1, 31, 32, 33, 500} {
		var want string
		for _, workers := range []int{0, 1, 2, 3, 16} {
			var got string
			err := campaign.Seeds(t.Context(), scenario(), 7, count, workers, func(r *campaign.Row) error {
				got += fmt.Sprintf("%+v\n", *r)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if want == "" {
				want = got
			}
			if got != want {
				t.Fatalf("%d seeds, %d workers: rows differ", count, workers)
			}
		}
	}
}

// TestStops at the first error and when it is told to, with nobody left behind.
func TestStops(t *testing.T) {
	for _, workers := range []int{1, 4} {
		stop := errors.New("enough")
		rows := 0
		err := campaign.Seeds(t.Context(), scenario(), 0, 100_000, workers, func(*campaign.Row) error {
			if rows++; rows == 50 {
				return stop
			}
			return nil
		})
		if !errors.Is(err, stop) || rows != 50 {
			t.Errorf("%d workers: %d rows, %v", workers, rows, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		rows = 0
		err = campaign.Seeds(ctx, scenario(), 0, 100_000, workers, func(*campaign.Row) error {
			if rows++; rows == 50 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || rows >= 100_000 {
			t.Errorf("%d workers: %d rows, %v", workers, rows, err)
		}
		if err := campaign.Seeds(t.Context(), &sim.Scenario{Protocol: paxos.Protocol()}, 0, 100, workers, func(*campaign.Row) error { return nil }); err == nil {
			t.Errorf("%d workers: a bad scenario runs", workers)
		}
	}
}
