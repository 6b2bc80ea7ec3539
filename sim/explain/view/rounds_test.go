package view

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// TestRounds: what arrives has on the page the round that it has in the run, and the
// page lists the rounds in their order.
func TestRounds(t *testing.T) {
	arrived := 0
	for seed := range uint64(20) {
		s := load(t, "duelling-proposers", "network.loss=10%")
		var played trace.Recorder
		w, err := s.Protocol.New(s)
		if err != nil {
			t.Fatal(err)
		}
		w.Observe(&played)
		w.Reset(seed, nil)
		w.Run()
		want := map[int][]string{} // by event: several may arrive where something vanishes
		var all []sim.Round
		for _, e := range played.Entries {
			switch e.What {
			case observe.Delivered:
				want[int(e.Event)] = append(want[int(e.Event)], w.RoundText(e.Round))
				fallthrough
			case observe.Sent, observe.Broadcast:
				all = append(all, e.Round)
			}
		}
		slices.Sort(all)
		var listed []string
		for _, r := range slices.Compact(all) {
			listed = append(listed, w.RoundText(r))
		}
		d := dataOf(t, write(t, []*Recorder{record(t, s, of(s, seed, 1, 0), nil, nil)}, nil))
		if !slices.Equal(d.Runs[0].About.Rounds, listed) || d.Runs[0].About.Round != "ballot" {
			t.Errorf("seed %d: %v, want %v", seed, d.Runs[0].About.Rounds, listed)
		}
		for _, l := range d.lines(t, 0) {
			if l.what != "deliver" {
				continue
			}
			arrived++
			if !slices.Contains(want[int(l.number)], l.round) {
				t.Errorf("seed %d, event %d: %q, want %q", seed, l.number, l.round, want[int(l.number)])
			}
		}
	}
	if arrived == 0 {
		t.Error("nothing arrived")
	}
}

// TestTextsOfTwoRounds: messages that say the same in two rounds are two texts.
func TestTextsOfTwoRounds(t *testing.T) {
	x := newTexts()
	list := []int{x.addOf("go", 7), x.addOf("go", 2), x.add("go"), x.addOf("go", 7), x.addOf("stop", 7)}
	if !slices.Equal(list, []int{1, 2, 3, 1, 4}) {
		t.Errorf("%v", list)
	}
	sorted, place := x.ranked()
	if !slices.Equal(sorted, []sim.Round{2, 7}) || !slices.Equal(place, []int{0, 2, 1, 0, 2}) {
		t.Errorf("%v %v", sorted, place)
	}
}
