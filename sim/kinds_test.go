package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
)

// note is a message of one of many kinds.
type note struct{ kind uint8 }

func (n note) Kind() uint8           { return n.kind }
func (n note) Hash(d *sim.Digest)    { d.Mix(uint64(n.kind)) }
func (n note) Text(sim.Names) string { return "" }

// singer sends a message of each kind to all, twice, and decides when it has heard
// two of the last.
type singer struct {
	sim.Base[note, sim.NoRecord]
	kinds uint8
	last  int
}

func (s *singer) Request(e *sim.Env[note, sim.NoRecord], r sim.Request) {
	e.Answer(r.ID, r.Value)
	for range 2 {
		for k := range s.kinds {
			e.Broadcast(note{k})
		}
	}
}

func (s *singer) Receive(e *sim.Env[note, sim.NoRecord], _ sim.ID, n note) {
	if n.kind == s.kinds-1 {
		if s.last++; s.last == 2 {
			e.Decide(0, 1, 0)
		}
	}
}

// ears is a history that hears of two kinds.
type ears struct {
	sim.NoHistory[note, sim.NoRecord]
	heard []string
}

func (x *ears) Hears() uint64           { return 1<<5 | 1<<63 }
func (x *ears) Heard(to sim.ID, n note) { x.heard = append(x.heard, fmt.Sprintf("%d: %d", to, n.kind)) }
func (x *ears) Reset()                  { x.heard = x.heard[:0] }

func choir(words, kinds int, x *ears) sim.Protocol {
	list := make([]string, words)
	for i := range list {
		list[i] = fmt.Sprintf("K%d", i)
	}
	return sim.Define[singer, note, sim.NoRecord](sim.Spec[singer, note, sim.NoRecord]{
		Name: "choir", Vocabulary: sim.Vocabulary{Messages: list},
		Actor:   func(*sim.Scenario, sim.Plan) singer { return singer{kinds: uint8(kinds)} },
		History: func(*sim.Scenario, sim.Watched) sim.History[note, sim.NoRecord] { return x },
	})
}

// TestManyKinds: messages of 64 kinds are named apart, counted apart, heard of and
// told by their own words, timed and searched.
func TestManyKinds(t *testing.T) {
	x := new(ears)
	s := &sim.Scenario{Tick: 1000, Actors: 2, Protocol: choir(64, 64, x), Network: weather.Network{DelayMin: 1, DelayMax: 1}, Requests: []sim.ScriptedRequest{{Actor: 1}}}
	var digests []uint64
	for range 2 { // a run leaves nothing for the next
		r := runner(t, s)
		l := new(lines)
		r.Observe(l)
		for range 2 {
			l.list = nil
			r.Reset(1, nil)
			tally.Run()
			o := r.Run()
			digests = append(digests, o.Digest)
			if o.Verdict != observe.VerdictDecided || o.Delivered != 2*2*64 {
				t.Fatalf("%+v", o)
			}
			seen := map[string]int{}
			for _, e := range l.list {
				if e.What == observe.Delivered {
					seen[fmt.Sprintf("%s %d>%d #%d", s.Protocol.Vocabulary().Messages[e.Kind], e.Peer, e.Actor, e.N)]++
				}
			}
			if len(seen) != 2*2*64 || seen["K63 1>2 #2"] != 1 || seen["K16 1>1 #1"] != 1 {
				t.Errorf("%d different arrivals, want %d: %v", len(seen), 2*2*64, seen)
			}
			if got := strings.Join(x.heard, ", "); got != "1: 5, 2: 5, 1: 63, 2: 63, 1: 5, 2: 5, 1: 63, 2: 63" {
				t.Errorf("heard %s", got)
			}
		}
	}
	for _, d := range digests {
		if d != digests[0] {
			t.Errorf("digests %x", digests)
		}
	}
	words := s.Protocol.Vocabulary()
	k, err := words.ParseKey("lost K63 1>2 #2")
	if err != nil || k.Kind() != 63 || k.Count() != 2 {
		t.Errorf("%v, %v", k, err)
	}
	r := runner(t, s)
	r.Search(&search.Search{Deferrals: []search.Deferral{}, Budget: search.Budget{Events: 5000}})
	r.Reset(1, nil)
	tally.Run()
	if o := r.Run(); o.Decisions != 2 {
		t.Errorf("searched: %+v", o)
	}
}

// TestKindsThatAreNot: a kind for which the protocol has no word, beyond the first,
// is a panic of the handler that sends it.
func TestKindsThatAreNot(t *testing.T) {
	for _, n := range []struct{ words, kinds int }{{17, 18}, {3, 64}, {64, 65}} {
		s := &sim.Scenario{Tick: 1000, Actors: 1, Protocol: choir(n.words, n.kinds, new(ears)), Network: weather.Network{DelayMin: 1, DelayMax: 1}, Requests: []sim.ScriptedRequest{{Actor: 1}}}
		r := runner(t, s)
		r.Reset(1, nil)
		tally.Run()
		if v := r.Run().Violation; v == nil || !strings.Contains(v.Text, fmt.Sprintf("sends a message of kind %d, and choir has %d kinds", max(16, n.words), n.words)) {
			t.Errorf("%+v: %+v", n, v)
		}
	}
}
