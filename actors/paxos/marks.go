package paxos

import "github.com/paxsim/paxsim/sim"

// The marks: what some run of a campaign should reach, or else the campaign has hardly
// tried Paxos.
const (
	decidedAtAll         sim.Marks = 1 << iota
	decidedDespiteNack             // the round that decided, or one before it, was refused by somebody
	decidedAdopted                 // the value of another proposer, found accepted
	crashedBeforeTelling           // an acceptor went down after its vote was saved and before it told
	answeredFromDisk               // an acceptor told after a restart what it had accepted before
	refusedOnce                    // no mark of its own: a nack has been sent
)

// markList is in the order of the marks.
var markList = []sim.Mark{
	{Name: "decided", Doc: "somebody learned a decision"},
	{Name: "decided-despite-nack", Doc: "a decision after a negative ack"},
	{Name: "decided-adopted", Doc: "a proposer got a value decided that another had got accepted"},
	{Name: "crashed-before-telling", Doc: "a crash between a vote and its answer"},
	{Name: "answered-from-disk", Doc: "after a restart, an answer that rests on what was saved before it"},
}

// markDecision notes how a decision came about.
func (h *history) markDecision(b Ballot, v sim.Value) {
	h.marks |= decidedAtAll
	if h.marks&refusedOnce != 0 {
		h.marks |= decidedDespiteNack
	}
	if h.valueOf(v).votedBelow(b) {
		h.marks |= decidedAdopted
	}
}

// tells notes that an acceptor tells of its vote in a ballot.
func (h *history) tells(a *witnessed, b Ballot) {
	if b != 0 && b == a.accepted && !a.votedNow {
		h.marks |= answeredFromDisk
	}
}
