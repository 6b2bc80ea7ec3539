package paxos

import "github.com/paxsim/paxsim/sim/quorums"

// The phases that wait for a quorum, as indexes into phaseList.
const (
	promisePhase = iota
	acceptPhase
)

// phaseList is the phases of Paxos. Every quorum of promises must meet every
// quorum of acceptances: so a proposer hears of each value that may have been
// chosen (PMS 2.2, P2c; "Flexible Paxos", 2016, for sizes that differ).
var phaseList = []quorums.Phase{
	{
		Name: "promises", Doc: "how many members must promise a ballot before a value is proposed in it", Meets: []string{"accepts"},
		Messages: []uint8{uint8(Prepare), uint8(Promise)}, Saves: []uint8{savesPromise},
	},
	{
		Name: "accepts", Doc: "how many members must accept a value in one ballot: then it is chosen",
		Messages: []uint8{uint8(Accept), uint8(Accepted)}, Saves: []uint8{savesVote},
	},
}
