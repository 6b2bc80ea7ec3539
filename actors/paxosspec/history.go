package paxosspec

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
)

// The invariants beside [sim.Agreement].
const (
	OneValue         = "one-value"
	SafeAt           = "safe-at"
	VoteWithinMaxBal = "vote-within-maxbal"
)

var invariantList = []sim.Invariant{
	{
		Name: sim.Agreement, Doc: "at most one value is chosen, and no other is decided",
		Why:    "Whoever acts on one value contradicts whoever acts on the other.",
		Source: "Consensus.tla, Inv; Voting.tla, chosen",
	},
	{
		Name: OneValue, Grade: sim.Lemma, Doc: "a ballot has one value",
		Why:    "Else votes of one ballot are for different values, and a report of a vote says nothing of the others.",
		Source: "Voting.tla, OneValuePerBallot; Paxos.tla, Phase2a",
	},
	{
		Name: SafeAt, Grade: sim.Lemma, Doc: "what is proposed in a ballot is safe there: no other value is or can be chosen in a lower one",
		Why:    "Else another value may be chosen there, or is.",
		Source: "Voting.tla, SafeAt and VotesSafe",
	},
	{
		Name: VoteWithinMaxBal, Grade: sim.Lemma, Doc: "an acceptor votes in no ballot above its maxBal",
		Why:    "Else it can join a ballot below its vote, vote there as well, and no report is true any more.",
		Source: "Paxos.tla, Inv, its second line",
	},
}

// history is the messages and variables as everybody can see them. It is a function of
// the state of the specification.
type history struct {
	sim.NoHistory[Message, Record]
	run      sim.Watched              `state:"fixed"`
	checks   checks                   `state:"fixed"`
	proposed Ballots                  // the 2a
	votes    Votes                    `state:"by-actor"` // the 2b
	maxBal   [maxAcceptors + 1]Ballot `state:"by-actor"` // as it is on the disk
	decided  sim.Value
}

// checks is what is fixed when a history is made.
type checks struct {
	set                                 *Settings
	agreement, oneValue, safeAt, within bool
}

func newHistory(s *sim.Scenario, run sim.Watched) sim.History[Message, Record] {
	return &history{run: run, checks: checks{
		set: newSettings(s, Sound()), agreement: s.Watches(sim.Agreement),
		oneValue: s.Watches(OneValue), safeAt: s.Watches(SafeAt), within: s.Watches(VoteWithinMaxBal),
	}}
}

// Reset implements [sim.History].
func (h *history) Reset() { *h = history{run: h.run, checks: h.checks} }

// Proposed implements [sim.Stakes].
func (h *history) Proposed() bool { return h.proposed != Ballots{} }

// Saved implements [sim.History].
func (h *history) Saved(id sim.ID, _ int, r Record) *sim.Violation {
	if int(id) <= h.checks.set.acceptors {
		h.maxBal[id] = r.MaxBal
	}
	if h.checks.within && r.MaxVBal > r.MaxBal {
		return broken(VoteWithinMaxBal, "acceptor %d has voted in ballot %v, and its maxBal is %v", id, r.MaxVBal, r.MaxBal)
	}
	return nil
}

// Sent implements [sim.History].
func (h *history) Sent(from sim.ID, m Message) *sim.Violation {
	switch m.kind {
	case kind2a:
		return h.isProposed(m.Bal, m.Val)
	case kind2b:
		h.votes[from][m.Bal] = m.Val
		if h.checks.agreement && isQuorum(h.checks.set, votedFor(&h.votes, m.Bal, m.Val)) {
			return h.isChosen(m.Bal, m.Val)
		}
	}
	return nil
}

// isProposed notes a 2a, which is sent to each acceptor.
func (h *history) isProposed(b Ballot, v sim.Value) *sim.Violation {
	if other := h.proposed[b]; other == v {
		return nil
	} else if other != 0 && h.checks.oneValue {
		return broken(OneValue, "ballot %v has two values: %s and %s", b, h.name(other), h.name(v))
	}
	h.proposed[b] = v
	if !h.checks.safeAt {
		return nil
	}
	for c := Ballot(1); c < b; c++ {
		if !h.noneOtherAt(c, v) {
			return broken(SafeAt, "%s is proposed in ballot %v, and another value is or can be chosen in ballot %v", h.name(v), b, c)
		}
	}
	return nil
}

// noneOtherAt says whether in ballot c no value but v is or can be chosen:
// NoneOtherChoosableAt of Voting.tla. Each acceptor of some quorum has voted for v there,
// or has not voted there and cannot any more.
func (h *history) noneOtherAt(c Ballot, v sim.Value) bool {
	n := 0
	for a := 1; a <= h.checks.set.acceptors; a++ {
		if voted := h.votes[a][c]; voted == v || voted == 0 && h.maxBal[a] > c {
			n++
		}
	}
	return isQuorum(h.checks.set, n)
}

// isChosen looks whether another value than v is chosen, too.
func (h *history) isChosen(b Ballot, v sim.Value) *sim.Violation {
	for c := range h.proposed {
		for other := range h.checks.set.eachValue() {
			if other != v && isQuorum(h.checks.set, votedFor(&h.votes, Ballot(c), other)) {
				return broken(sim.Agreement, "two values are chosen: %s in ballot %v, and %s in ballot %v", h.name(other), Ballot(c), h.name(v), b)
			}
		}
	}
	return nil
}

// Decided implements [sim.History].
func (h *history) Decided(_ sim.ID, _ sim.Instance, v sim.Value, _ sim.Round) *sim.Violation {
	if h.checks.agreement && h.decided != 0 && h.decided != v {
		return broken(sim.Agreement, "two values are decided: %s and %s", h.name(h.decided), h.name(v))
	}
	h.decided = v
	return nil
}

func (h *history) name(v sim.Value) string { return h.run.ValueName(v) }

func broken(invariant, format string, args ...any) *sim.Violation {
	return &sim.Violation{Invariant: invariant, Text: fmt.Sprintf(format, args...)}
}
