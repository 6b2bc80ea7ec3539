package mutants

import (
	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/zoo"
)

// highQuorum is Lv4. Of 3 actors none may be down, of 5 one.
var highQuorum = Mutant{
	Mutant: zoo.Mutant{
		Name:    "high-quorum",
		Aliases: []string{"Lv4"},
		Doc:     "a quorum is one more than a majority",
		Kind:    zoo.Stalls,
		Source:  "kkdai/paxos: more than a majority, which of 3 is all",
		Least:   "3 actors, 1 of them down",
		Try:     []string{"acceptor-crash", "--set", "faults.crash.until=never"},
	},
	Scope: Scope{Faults: []string{"crashes"}},
	Rules: func(r *paxos.Rules) {
		high := func(q quorums.Quorum, size, n int) bool { return size > q.Least(n) || size == n }
		r.IsPromiseQuorum, r.IsAcceptQuorum = high, high
	},
}
