package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/zoo"
)

// adoptMostCommon is S3d. Two report x of 1.1 and one reports y of 2.2, which
// two others have chosen with it. A tie goes to the one heard of first.
var adoptMostCommon = Mutant{
	Mutant: zoo.Mutant{
		Name:    "adopt-most-common",
		Aliases: []string{"S3d"},
		Doc:     "of several values reported the proposer adopts the one that most report",
		Kind:    zoo.Unsafe,
		First:   paxos.SafeAt,
		Splits:  true,
		Par:     17,
		Source:  "as adopt-last; counting reports as if they were votes",
		Least:   "3 actors, 3 rounds",
		Try:     []string{"lossy"},
	},
	Scope: Scope{Actors: 5, Rounds: 3, FanOut: "all", OnNack: "retry"},
	Rules: func(r *paxos.Rules) {
		r.CountPromise = func(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
			counts := keepReports(p, from, m)
			if counts && m.Last != 0 {
				if t := p.Reports.Of(m.Value); t.Place == 0 {
					t.Place = len(p.Reports.All())
				}
			}
			return counts
		}
		r.PickValue = func(own sim.Value, p *paxos.Promises) sim.Value {
			if value, _ := mostReported(p); value != 0 {
				return value
			}
			return own
		}
	},
}

// keepReports counts a promise, and keeps what it reports.
func keepReports(p *paxos.Promises, from sim.ID, m paxos.Message) bool {
	counts := sound.CountPromise(p, from, m)
	if counts && m.Last != 0 {
		p.Reports.Of(m.Value).Count++
	}
	return counts
}

// mostReported is the value that most promises report, in whatever ballots, and
// how many do.
func mostReported(p *paxos.Promises) (value sim.Value, most int) {
	place := 0
	for _, t := range p.Reports.All() {
		if t.Count > most || t.Count == most && t.Place < place {
			value, most, place = t.Value, t.Count, t.Place
		}
	}
	return value, most
}
