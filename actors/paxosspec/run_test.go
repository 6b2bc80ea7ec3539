package paxosspec_test

import (
	"context"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxosspec"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/simtest"
)

func TestMain(m *testing.M) { tally.Main(m) }

// scenario has three acceptors, as many leaders as ballots, and a learner, under the
// usual faults of a hunt.
func scenario(rules paxosspec.Rules, ballots int) *sim.Scenario {
	s := simtest.Of(paxosspec.WithRules(rules), 3+ballots+1)
	s.Members, s.Requests = []sim.ID{1, 2, 3}, nil
	return s
}

// TestDecides: with no fault the ballot 0 decides, and the learner alone has to learn.
func TestDecides(t *testing.T) {
	for ballots := 1; ballots <= 7; ballots++ {
		s := scenario(paxosspec.Sound(), ballots)
		s.Network.Loss, s.Network.Duplicate, s.Crashes.Chance = 0, 0, 0
		r, err := s.Protocol.New(s)
		if err != nil {
			t.Fatal(err)
		}
		for seed := range uint64(20) {
			r.Reset(seed, nil)
			tally.Run()
			o := r.Run()
			if !o.AllLearned() || o.Awaited != 1 || o.Learned != 1 || r.RoundText(o.Under) != "0" {
				t.Fatalf("%d ballots, seed %d: %+v", ballots, seed, o)
			}
			if o.Value < 4 || o.Value > 5 {
				t.Errorf("seed %d: decides %s, which is none of the two values", seed, r.ValueName(o.Value))
			}
		}
	}
}

// TestLaterBallots: where messages are lost and doubled and actors crash, some runs
// decide in another ballot, with every value; and no invariant breaks.
func TestLaterBallots(t *testing.T) {
	s := scenario(paxosspec.Sound(), 4)
	s.Network.Loss *= 4
	r, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	in, of := map[string]int{}, map[sim.Value]int{}
	for seed := range uint64(2000) {
		r.Reset(seed, nil)
		tally.Run()
		switch o := r.Run(); {
		case o.Violation != nil:
			t.Fatalf("seed %d: %+v", seed, o.Violation)
		case o.AllLearned():
			in[r.RoundText(o.Under)]++
			of[o.Value]++
		}
	}
	if in["0"] < 50 || in["1"] < 50 || in["3"] < 10 || len(of) != 2 {
		t.Errorf("decided in the ballots %v, the values %v: this tries too little", in, of)
	}
}

// TestSound: a hunt finds nothing.
func TestSound(t *testing.T) {
	simtest.Run(t, scenario(paxosspec.Sound(), 3))
}

// TestEveryRuleMatters: with one rule replaced a hunt finds a violation.
func TestEveryRuleMatters(t *testing.T) {
	for _, c := range []struct {
		name, why string
		change    func(r *paxosspec.Rules)
		breaks    string
	}{
		{"an acceptor joins any ballot", "it goes below its vote", func(r *paxosspec.Rules) {
			r.Promises = func(*paxosspec.Record, paxosspec.Ballot) bool { return true }
		}, paxosspec.VoteWithinMaxBal},
		{"an acceptor votes below its ballot", "a report of 1b is not true any more", func(r *paxosspec.Rules) {
			r.Votes = func(*paxosspec.Record, paxosspec.Ballot) bool { return true }
		}, paxosspec.SafeAt},
		{"a vote does not raise maxBal", "an acceptor joins a ballot below its vote, and votes there", func(r *paxosspec.Rules) {
			r.Vote = func(r *paxosspec.Record, b paxosspec.Ballot, v sim.Value) { r.MaxVBal, r.MaxVal = b, v }
		}, paxosspec.VoteWithinMaxBal},
		{"a vote is not kept", "no 1b reports it", func(r *paxosspec.Rules) {
			r.Vote = func(r *paxosspec.Record, b paxosspec.Ballot, _ sim.Value) { r.MaxBal = b }
		}, paxosspec.SafeAt},
		{"any value is safe", "another may be chosen already", func(r *paxosspec.Rules) {
			r.ShowsSafe = func(*paxosspec.Settings, *paxosspec.Reports, sim.Value) bool { return true }
		}, paxosspec.SafeAt},
		{"one acceptor is a quorum", "two quorums need not meet", func(r *paxosspec.Rules) {
			r.IsQuorum = func(*paxosspec.Settings, int) bool { return true }
		}, sim.Agreement},
	} {
		t.Run(c.name, func(t *testing.T) {
			rules := paxosspec.Sound()
			c.change(&rules)
			if found := hunt(t, scenario(rules, 3)); found != c.breaks {
				t.Errorf("%s: breaks %q, want %q", c.why, found, c.breaks)
			}
		})
	}
}

// hunt is the first invariant that a hunt breaks; "": none.
func hunt(t *testing.T, s *sim.Scenario) string {
	h := campaign.Hunt{
		Ground: []campaign.Variant{{Scenario: s}}, Strategies: []string{"walk", "pct"}, Budget: campaign.UsualBudget(),
		First: 1, Runs: 20_000, StopAtFirst: true,
	}
	e, err := h.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Finds) == 0 {
		return ""
	}
	name, _, _ := strings.Cut(e.Finds[0].Signature, " ")
	return name
}
