package mutants

import (
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// seen is all that a run shows.
type seen struct{ list []observe.Entry }

func (s *seen) Observe(e observe.Entry) { s.list = append(s.list, e) }

// at lists what an actor did in an event; 0: whoever did it.
func (s *seen) at(event uint64, actor sim.ID) (list []observe.Entry) {
	for _, e := range s.list {
		if e.Event == event && (actor == 0 || e.Actor == actor) && !e.What.IsEvent() {
			list = append(list, e)
		}
	}
	return list
}

var whoText = regexp.MustCompile(`^actor (\d+) `)

// TestBreachesNameTheirEvents: with every mutant, the earlier events that a breach names
// are those in which what it speaks of was done. What they are is known by the trace.
func TestBreachesNameTheirEvents(t *testing.T) {
	named := map[string]int{}
	for _, m := range All() {
		for seed := range uint64(60) {
			s := storm(m.Protocol(), m.Scope, seed)
			s.Limits.Events = 10_000
			if seed%2 == 0 {
				s.Invariants = []string{paxos.Agreement}
			}
			w, err := s.Protocol.New(s)
			if err != nil {
				t.Fatal(err)
			}
			run := &seen{}
			w.Observe(run)
			w.Reset(seed, nil)
			tally.Run()
			v := w.Run().Violation
			if v == nil {
				continue
			}
			if !slices.IsSorted(v.Events) || v.Events[len(v.Events)-1] != v.Event || len(v.Events) > 3 {
				t.Fatalf("%s, seed %d: %+v", m.Name, seed, v)
			}
			for _, event := range v.Earlier() {
				named[v.Invariant]++
				if !did(run, v, event) {
					t.Errorf("%s, seed %d: %s: in event %d is only %+v", m.Name, seed, v.Text, event, run.at(event, 0))
				}
			}
		}
	}
	t.Logf("earlier events by invariant: %v", named)
	for _, name := range []string{paxos.Agreement, paxos.SafeAt, paxos.OneValue, paxos.PromiseRises, paxos.BallotRises, paxos.VoteWithinPromise, paxos.TruthfulPromise, paxos.AcceptedIsHighestVote} {
		if named[name] == 0 {
			t.Errorf("%s never names an earlier event", name)
		}
	}
}

// did says whether what a violation speaks of was done in an event.
func did(run *seen, v *sim.Violation, event uint64) bool {
	who := sim.ID(0)
	if m := whoText.FindStringSubmatch(v.Text); m != nil {
		n, _ := strconv.Atoi(m[1])
		who = sim.ID(n)
	}
	kind := func(e observe.Entry, k paxos.Kind) bool {
		return (e.What == observe.Sent || e.What == observe.Broadcast) && e.Kind == uint8(k)
	}
	return slices.ContainsFunc(run.at(event, 0), func(e observe.Entry) bool {
		switch v.Invariant {
		case paxos.Agreement:
			return (e.What == observe.Decided || e.What == observe.BecameChosen) && e.Round == v.Chosen[0].Under
		case paxos.SafeAt:
			return kind(e, paxos.Accept) || kind(e, paxos.Accepted) || e.What == observe.Saved
		case paxos.OneValue:
			return kind(e, paxos.Accept)
		case paxos.TruthfulPromise, paxos.AcceptedIsHighestVote:
			return kind(e, paxos.Accept) || e.Actor == who && (kind(e, paxos.Accepted) || e.What == observe.Saved)
		case paxos.BallotRises:
			return e.Actor == who && kind(e, paxos.Prepare)
		case paxos.PromiseRises, paxos.VoteWithinPromise:
			return e.Actor == who && (kind(e, paxos.Promise) || e.What == observe.Saved)
		}
		return e.Actor == who && (kind(e, paxos.Accepted) || e.What == observe.Saved || e.What == observe.Decided)
	})
}
