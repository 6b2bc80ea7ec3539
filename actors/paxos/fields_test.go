package paxos

import (
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/shown"
)

type valueNames struct{}

func (valueNames) ValueName(v sim.Value) string { return string('w' + rune(v)) }

func fieldText(list []shown.Field) string {
	var parts []string
	for _, f := range list {
		if f.Text != "" {
			parts = append(parts, f.Name+" "+f.Text)
		}
	}
	return strings.Join(parts, ", ")
}

func TestFields(t *testing.T) {
	sets := func(ids ...sim.ID) (s ids.Set) {
		for _, id := range ids {
			s.Add(id)
		}
		return s
	}
	for _, c := range []struct {
		name, want string
		a          Actor
	}{
		{"nothing", "", Actor{}},
		{"an acceptor", "promised 2.1, accepted 1.3=x", Actor{Record: Record{Promised: b(2, 1), Accepted: b(1, 3), Value: 1}}},
		{"phase 1", "role phase 1 of 2.1, wants y, promised by 1, 3, they report 1.3=x, refused by 2",
			Actor{proposer: proposer{own: 2, phase: preparing, ballot: b(2, 1)}, answers: answers{promises: Promises{From: sets(1, 3), Highest: b(1, 3), Value: 1}, refusers: sets(2)}}},
		{"phase 2", "role phase 2 of 2.1=x, promised by 1, 3, accepted by 3",
			Actor{proposer: proposer{phase: accepting, ballot: b(2, 1), value: 1}, answers: answers{promises: Promises{From: sets(1, 3)}, heard: sets(3)}}},
		{"after a round", "round 2, rounds lost in a row 1",
			Actor{Record: Record{Round: 2}, proposer: proposer{ballot: b(2, 1), value: 1, failures: 1}, answers: answers{promises: Promises{From: sets(1, 3)}, heard: sets(3), refusers: sets(2)}}},
		{"a learner", "learned x, votes heard of 1.3=x by 2; 2.1=x by 1, 2, highest ballot seen 2.1",
			Actor{seen: b(2, 1), learner: learner{learned: 1}, answers: answers{tallies: Tallies{list: []Tally{{Ballot: b(1, 3), Value: 1, From: sets(2)}, {Ballot: b(2, 1), Value: 1, From: sets(1, 2)}}}}}},
		{"many", "role phase 1 of 2.1, promised by 10 actors", Actor{proposer: proposer{phase: preparing, ballot: b(2, 1)}, answers: answers{promises: Promises{From: sets(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)}}}},
	} {
		if got := fieldText(c.a.Fields(valueNames{})); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestFieldsOfRecord: what a record and an actor have in common they call the
// same, and every field of a record that its text tells is told.
func TestFieldsOfRecord(t *testing.T) {
	r := Record{Promised: MakeBallot(2, 1), Accepted: MakeBallot(1, 3), Value: 1, Round: 4, Learned: 1, LearnedIn: MakeBallot(1, 3)}
	if got := fieldText(r.Fields(valueNames{})); got != "promised 2.1, accepted 1.3=x, round 4, learned x" {
		t.Errorf("a record: %s", got)
	}
	if got := fieldText((Record{}).Fields(valueNames{})); got != "" {
		t.Errorf("an empty record: %s", got)
	}
	a := Actor{Record: r, learner: learner{learned: 1}}
	fields := a.Fields(valueNames{})
	for _, f := range r.Fields(valueNames{}) {
		if !slices.Contains(fields, f) {
			t.Errorf("the actor with that record does not say %s %s", f.Name, f.Text)
		}
	}
}
