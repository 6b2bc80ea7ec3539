package campaign_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/paxsim/paxsim/sim/campaign"
)

// TestResume: a hunt that is stopped after a few blocks, written down, read
// and gone on with comes to what it comes to in one go; also one of a shard, and
// by another number of workers.
func TestResume(t *testing.T) {
	const runs = 66*block + 10
	for _, shards := range []int{0, 3} {
		hunt := func() *campaign.Hunt {
			h := hunted(t, "brooker", runs)
			h.Blocks(block)
			if h.Shards = shards; shards > 0 {
				h.Shard = 2
			}
			return h
		}
		want := flat(comes(t, hunt()))
		stop := errors.New("killed")
		var kept []byte
		for stops := 0; ; stops++ {
			h := hunt()
			h.Workers = 1 + stops%3
			if kept != nil {
				h.From = new(campaign.State)
				if err := json.Unmarshal(kept, h.From); err != nil {
					t.Fatal(err)
				}
			}
			blocks := 0
			h.Keep = func(s *campaign.State) (err error) {
				if blocks++; blocks <= stops%7 {
					return nil
				}
				if kept, err = json.Marshal(s); err != nil {
					return err
				}
				return stop
			}
			e, err := h.Run(context.Background())
			if err == nil {
				if stops < 5 {
					t.Errorf("%d shards: stopped only %d times", shards, stops)
				}
				if got := flat(e); !reflect.DeepEqual(got, want) {
					t.Errorf("%d shards: resumed: %+v\nnot %+v", shards, got, want)
				}
				break
			}
			if !errors.Is(err, stop) {
				t.Fatal(err)
			}
		}
	}
}

// TestNoState: what is no state is no state.
func TestNoState(t *testing.T) {
	for _, text := range []string{`{}`, `{"done": 1}`, `{"done":0,"wall_ns":0,"evidence":{},"islands":[]}`, `{"later": 1}`, `[]`} {
		if err := json.Unmarshal([]byte(text), new(campaign.State)); err == nil {
			t.Errorf("%s is taken for a state", text)
		}
	}
}

// TestKeptSeldom: while it is not time to keep a hunt, all its workers are at work
// at once, and nothing is kept.
func TestKeptSeldom(t *testing.T) {
	h := hunted(t, "none", 8*campaign.BlockRuns)
	h.Workers, h.KeepEvery = 4, time.Hour
	h.Keep = func(*campaign.State) error { t.Error("it is kept"); return nil }
	want := comes(t, hunted(t, "none", 8*campaign.BlockRuns))
	if got := comes(t, h); !reflect.DeepEqual(flat(got), flat(want)) {
		t.Errorf("%+v\nnot %+v", got, want)
	}
}
