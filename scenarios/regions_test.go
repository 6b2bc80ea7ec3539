package scenarios

import (
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// times notes when an actor sends the first message of each kind, and when it learns.
type times struct {
	who     sim.ID
	words   []string
	first   map[string]sim.Time
	decides sim.Time
}

func (x *times) Observe(e observe.Entry) {
	switch {
	case e.Actor != x.who:
	case e.What == observe.Decided:
		x.decides = e.At
	case e.What == observe.Sent || e.What == observe.Broadcast:
		word := x.words[e.Kind]
		if _, is := x.first[word]; !is {
			x.first[word] = e.At
		}
	}
}

// TestFiveRegions holds how long a phase waits in the table of round trips of five
// regions, exactly: as long as the round trip to the second nearest of the others.
func TestFiveRegions(t *testing.T) {
	for i, c := range []struct {
		region string
		waits  sim.Time // ms
	}{{"virginia", 80}, {"oregon", 86}, {"california", 65}, {"ireland", 137}, {"japan", 131}} {
		who := sim.ID(i + 1)
		s, err := Load("five-regions", Set("requests.1.actor="+string(rune('1'+i))))
		if err != nil {
			t.Fatal(err)
		}
		if p := s.Network.Places; p.Names[p.Of[i]] != c.region {
			t.Fatalf("actor %d is in %s", who, p.Names[p.Of[i]])
		}
		r, err := s.Protocol.New(&s.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(3) {
			seen := &times{who: who, words: s.Protocol.Vocabulary().Messages, first: map[string]sim.Time{}}
			r.Observe(seen)
			r.Reset(seed, nil)
			tally.Run()
			r.Run()
			const ms = 10 // ticks
			prepare, accept := seen.first["Prepare"], seen.first["Accept"]
			if accept-prepare != c.waits*ms || seen.decides-accept != c.waits*ms {
				t.Errorf("%s: the phases wait %d and %d ticks, want %d ms each", c.region, accept-prepare, seen.decides-accept, c.waits)
			}
		}
	}
}
