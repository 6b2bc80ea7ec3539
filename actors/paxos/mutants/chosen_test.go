package mutants

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/votes"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// quorumOf is how many votes of n members choose a value: the mutant's quorum
// where it meets those of its promises, else a majority.
func quorumOf(mutant string, n int) int {
	switch mutant {
	case "high-quorum":
		return min(n/2+2, n)
	case "half-accept-quorum", "low-accept-quorum", "low-flexible-quorum":
		if n%2 == 0 && (n > 2 || mutant == "half-accept-quorum") {
			return n / 2
		}
	}
	return n/2 + 1
}

// TestChosenAgainstTrace: with every mutant, what is told as chosen is what the
// votes in the trace say, also where several values are.
func TestChosenAgainstTrace(t *testing.T) {
	twice, violated := 0, 0
	for _, m := range append(All(), Mutant{Mutant: zoo.Mutant{Name: "none"}, Scope: Scope{Faults: []string{"loss", "crashes"}}, Rules: func(*paxos.Rules) {}}) {
		if m.Name == "one-ballot" {
			continue // its promises relabel what is on the disk: no vote, and the text of a record does not tell
		}
		chosen := 0
		for seed := range uint64(60) {
			s := storm(m.Protocol(), m.Scope, seed)
			s.Invariants = []string{} // so that runs go on when something breaks
			if seed%2 == 0 {
				s.Invariants = nil
			}
			s.Limits.Events = 10_000
			members := s.Actors
			if s.Members != nil && m.Name != "counts-non-members" {
				members = len(s.Members)
			}
			count := &votes.Count{Quorum: quorumOf(m.Name, members), Members: func(id sim.ID) bool { return s.Members == nil || slices.Contains(s.Members, id) }}
			w, err := s.Protocol.New(s)
			if err != nil {
				t.Fatal(err)
			}
			w.Observe(count)
			count.Reset()
			w.Reset(seed, nil)
			o := w.Run()
			if !slices.Equal(count.Chosen, count.Told) {
				t.Fatalf("%s, seed %d: the trace says %+v, and by its votes it is %+v (%+v)", m.Name, seed, count.Told, count.Chosen, o.Violation)
			}
			if len(count.Chosen) > 0 {
				chosen++
				if o.ChosenTime != count.Chosen[0].At || o.Chosen.Value == 0 {
					t.Fatalf("%s, seed %d: chosen at %d, by the votes at %d", m.Name, seed, o.ChosenTime, count.Chosen[0].At)
				}
			}
			if len(count.Chosen) > 1 {
				twice++
			}
			if o.Violation != nil {
				violated++
			}
		}
		if chosen == 0 && m.Name != "accept-above-promise" {
			t.Errorf("%s: nothing was ever chosen", m.Name)
		}
	}
	t.Logf("two values chosen in %d runs, an invariant broken in %d", twice, violated)
	if twice < 100 || violated < 100 {
		t.Error("too little broke for this to say anything")
	}
}
