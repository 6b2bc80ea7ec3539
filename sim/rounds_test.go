package sim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestEntriesTellRounds: what is sent, arrives or is decided tells its round as a value,
// and is there itself; a forged sender is there as well, and everything else tells of no
// round.
func TestEntriesTellRounds(t *testing.T) {
	s := slots(3)
	s.Network.Forge, s.Network.Loss, s.Network.Duplicate = 1e8, 5e7, 5e7
	r, l := runner(t, s), &lines{}
	r.Observe(l)
	seen, forged := map[observe.What]int{}, 0
	for seed := range uint64(20) {
		l.list = l.list[:0]
		r.Reset(seed, nil)
		tally.Run()
		r.Run()
		for _, e := range l.list {
			if e.What == observe.Violated {
				continue // a sequencer that a forged sender makes panic
			}
			var want sim.Round
			var said any
			switch e.What {
			case observe.Sent, observe.Broadcast, observe.Delivered:
				m, ok := e.Said.(slot)
				if text, _, _ := strings.Cut(e.Text, " as if from "); !ok || m.Text(r) != text {
					t.Fatalf("%+v is a message that is not there", e)
				}
				want, said = sim.Round(m.of)+1, m
			case observe.Asked:
				said = e.Said
				if x, ok := said.(sim.Request); !ok || x.Value == 0 {
					t.Fatalf("%+v does not tell its request", e)
				}
			case observe.Decided:
				want, said = 10, sim.Chosen{Value: 1, Under: 10, Instance: sim.Instance(e.N)}
			}
			if e.Round != want || e.Said != said {
				t.Fatalf("%+v: round %d and %v, want %d and %v", e, e.Round, e.Said, want, said)
			}
			if e.As != 0 {
				forged++
			}
			if (e.As != 0) != strings.HasSuffix(e.Text, fmt.Sprintf(" as if from %d", e.As)) {
				t.Fatalf("%+v: as if from %d", e, e.As)
			}
			if p := e.Plain(); p.Round != e.Round || p.As != 0 || p.Said != nil || p.Text != e.Text {
				t.Fatalf("%+v is not plain", p)
			}
			seen[e.What]++
		}
	}
	if seen[observe.Delivered] == 0 || seen[observe.Decided] == 0 || seen[observe.Dropped] == 0 || forged == 0 {
		t.Errorf("%v, %d forged: too little for this to say anything", seen, forged)
	}
	if !s.Protocol.TellsRounds() || pingPong().TellsRounds() {
		t.Error("which protocol tells rounds is not told")
	}
}

// TestRoundsOfThemselves: a protocol that says nothing of its rounds has numbers.
func TestRoundsOfThemselves(t *testing.T) {
	r := pingPong().Rounds()
	if r.Name != "round" || r.Text(17) != "17" {
		t.Errorf("%s %s", r.Name, r.Text(17))
	}
	for text, want := range map[string]bool{r.Example: true, "17": true, "017": false, "1.2": false, "": false, "-1": false, "18446744073709551616": false} {
		if n, ok := r.Parse(text); ok != want || ok && r.Text(n) != text {
			t.Errorf("%q: %v %v", text, n, ok)
		}
	}
}

// hasty decides what it is asked for.
type hasty struct {
	sim.Base[word, sim.NoRecord]
}

func (*hasty) Request(e *sim.Env[word, sim.NoRecord], r sim.Request) {
	e.Decide(0, r.Value, 1)
	e.AnswerAll(1)
}

// TestViolationNamesItsEvents: a violation speaks of the events of both decisions, in
// their order.
func TestViolationNamesItsEvents(t *testing.T) {
	p := sim.Define(sim.Spec[hasty, word, sim.NoRecord]{
		Name: "hasty", Vocabulary: sim.Vocabulary{Messages: []string{"Word"}}, Invariants: sim.ConsensusInvariants(),
		Actor: func(*sim.Scenario, sim.Plan) hasty { return hasty{} }, History: sim.WatchConsensus[word, sim.NoRecord],
	})
	r := runner(t, &sim.Scenario{Tick: 1_000_000, Actors: 3, Protocol: p, Network: weather.Network{DelayMin: 1, DelayMax: 1},
		Requests: []sim.ScriptedRequest{{Actor: 3, Name: "x"}, {Actor: 1, At: 7, Name: "y"}}, Limits: sim.Limits{Time: 100}})
	l := &lines{}
	r.Observe(l)
	r.Reset(1, nil)
	v := r.Run().Violation
	if v == nil || v.Invariant != sim.Agreement {
		t.Fatalf("%+v", v)
	}
	var want []uint64
	for _, e := range l.list {
		if e.What == observe.Decided {
			want = append(want, e.Event)
		}
	}
	if !slices.Equal(v.Events, want) || len(want) != 2 || want[1] != v.Event || !slices.Equal(v.Earlier(), want[:1]) {
		t.Errorf("%d, want %d", v.Events, want)
	}
}
