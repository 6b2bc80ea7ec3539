package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// textBallot is Lv6. From round 10 on every ballot is refused, up to round 90. Rounds are
// counted as numbers, and only comparisons of two ballots take them as texts; so there are
// three rules. It is an order like another, and so safe; the invariants on ballots that
// rise know the right order alone, and break.
var textBallot = Mutant{
	Mutant: zoo.Mutant{
		Name:    "text-ballot",
		Aliases: []string{"Lv6"},
		Doc:     "ballots are compared as texts: 10.1 is below 9.1",
		Kind:    zoo.Stalls,
		First:   paxos.PromiseRises,
		Source:  "a ballot that is written round.actor, as everywhere here, and kept as a string",
		Least:   "2 actors, 10 rounds",
		Try:     []string{"lossy", "--set", "actors=10"},
	},
	Scope: Scope{Rounds: 10, OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.MayPromise = func(rec *paxos.Record, b paxos.Ballot) bool { return !below(b, rec.Promised) }
		r.MayAccept = r.MayPromise
		r.CountPromise = func(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
			highest, value := p.Highest, p.Value
			counts := sound.CountPromise(p, from, m)
			if p.Highest = highest; counts && below(highest, m.Last) {
				p.Highest, value = m.Last, m.Value
			}
			p.Value = value
			return counts
		}
	},
}

// below says whether the text of a ballot is before that of another; none is
// before all.
func below(b, c paxos.Ballot) bool {
	return c != 0 && (b == 0 || b.String() < c.String())
}
