package paxosspec

import (
	"fmt"
	"iter"

	"github.com/paxsim/paxsim/sim"
)

// How much there may be, so that an actor is a plain value.
const (
	maxAcceptors = 7
	maxBallots   = 7
)

// Settings are the constants of the specification, and never change.
type Settings struct {
	rules     Rules
	acceptors int // the members, actors 1 to acceptors
	ballots   int
	values    int
	learner   sim.ID
	gap       sim.Time // between the beginnings of two ballots
}

var settingList = []sim.Setting{
	{Name: "values", Kind: sim.Count, Default: 2, Min: 1, Max: maxBallots, Doc: "how many values there are to choose from"},
	{Name: "gap", Kind: sim.Duration, Default: sim.Auto, Min: 0, Max: 1 << 31, Doc: "how long after a ballot the next begins; a search does not look at it"},
}

// newSettings are those of a scenario. A ballot takes four delays, and four saves.
func newSettings(s *sim.Scenario, rules Rules) *Settings {
	set := &Settings{rules: rules, acceptors: s.MemberCount(), values: int(s.Setting("values")), learner: sim.ID(s.Actors)}
	set.ballots = s.Actors - 1 - set.acceptors
	set.gap = sim.Time(s.Setting("gap"))
	if s.Setting("gap") == sim.Auto {
		set.gap = 4*(s.Network.DelayMax+s.Network.Bias) + 4*s.Disk.Sync + 1
	}
	return set
}

// leaderOf is the leader of a ballot.
func (set *Settings) leaderOf(b Ballot) sim.ID { return sim.ID(set.acceptors) + sim.ID(b) }

// ballotOf is the ballot that an actor leads; zero: none.
func (set *Settings) ballotOf(id sim.ID) Ballot {
	if int(id) <= set.acceptors || id == set.learner {
		return 0
	}
	return Ballot(int(id) - set.acceptors)
}

// eachValue lists the values. The specification does not say where they come from. They
// are those that clients of the leaders and the learner would ask for.
func (set *Settings) eachValue() iter.Seq[sim.Value] {
	return func(yield func(sim.Value) bool) {
		for i := 1; i <= set.values; i++ {
			if !yield(sim.Value(set.acceptors + i)) {
				return
			}
		}
	}
}

// resolve is [sim.Spec].Resolve: it looks whether the actors are acceptors, leaders
// and a learner.
func resolve(s *sim.Scenario) (sim.Plan, []sim.Problem) {
	plan := sim.Plan{TimeLimit: s.Limits.Time, NoGuarantee: "the specification repeats nothing, and says nothing of progress"}
	if plan.TimeLimit == 0 {
		plan.TimeLimit = min(s.LastFault()+1_000_000, sim.MaxTime)
	}
	n, ballots := s.MemberCount(), s.Actors-1-s.MemberCount()
	var problems []sim.Problem
	bad := func(path, format string, args ...any) {
		problems = append(problems, sim.Problem{Path: path, Text: fmt.Sprintf(format, args...)})
	}
	for _, id := range s.Members {
		if int(id) > n {
			bad("members", "actor %d is the acceptor with the greatest number: expected them to be the actors 1 to %d", id, n)
			break
		}
	}
	if n > maxAcceptors {
		bad("members", "%d acceptors: expected 1 to %d", n, maxAcceptors)
	}
	if ballots < 1 || ballots > maxBallots {
		bad("actors", "%d actors and %d members among them: expected a leader for each of 1 to %d ballots, and a learner, beside them", s.Actors, n, maxBallots)
	} else if v := int(s.Setting("values")); v > ballots+1 {
		bad(name+".values", "%d values: expected at most %d, one for each actor that is no acceptor", v, ballots+1)
	}
	return plan, problems
}
