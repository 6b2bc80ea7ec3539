package paxos

import "github.com/paxsim/paxsim/sim"

// The invariants of one decree. They are read from the history (see history),
// after every effect. A quorum here is a majority of the members, or what the
// rules of a mutant say instead if any quorum of promises meets any of
// acceptances; a vote is an acceptance.
const (
	// Agreement: at most one value is chosen. A value is chosen if a quorum
	// has voted for it in one ballot; nobody need know (PMS 2.1; Inv of
	// Consensus.tla, chosen of Voting.tla). A value that somebody decides without its being
	// chosen is in conflict with others as well. So a learner that is wrong can break
	// agreement, not only a proposer or an acceptor.
	Agreement = "agreement"

	// DecidedIsChosen: a decision that an actor makes known is chosen when it
	// does (PMS 2.3).
	DecidedIsChosen = "decided-is-chosen"

	// Integrity: what an actor has decided never changes, also over restarts
	// ([][decision = none]_decision, PaxosConsistency of Paxos.tla in
	// SimplifiedFastPaxos).
	Integrity = "integrity"

	// Validity: only a value that a client asked for is proposed or voted
	// for, and so chosen (PMS 2.1: "only a value that has been proposed may
	// be chosen").
	Validity = "validity"

	// OneVote: an acceptor votes for one value at most in a ballot (VInv1 of
	// VoteProof.tla, OneVote of Voting.tla).
	OneVote = "one-vote"

	// OneValue: the Accepts and the votes of one ballot have one value (VInv3
	// of VoteProof.tla, OneValuePerBallot of Voting.tla; for Accepts the last
	// conjunct of Inv in Paxos.tla).
	OneValue = "one-value-a-ballot"

	// SafeAt: when a value is first proposed in a ballot, and when it is first voted for
	// there, no other value is or can ever be chosen in a lower one. That means that no lower
	// ballot has a quorum for another value. Each member of such a quorum has voted for that
	// value in the lower ballot, or has not voted in it and is still free to (SafeAt and
	// VotesSafe of Voting.tla). This is what makes Paxos safe; it breaks long before Agreement
	// does. It need not be asked again later: promises and votes only ever rise, and so make
	// it truer.
	SafeAt = "safe-at"

	// TruthfulPromise: a promise reports a vote that its sender has cast, or none. Its sender
	// has cast no vote between that and the ballot promised. The first part is the conjunct on
	// 1b messages of Inv in Paxos.tla, the second is DidNotVoteAt in ShowsSafeAt of
	// Voting.tla. A vote in the ballot itself may be reported: that is a late repetition.
	TruthfulPromise = "truthful-promise"

	// PromiseRises: the ballot that an acceptor has promised never goes back,
	// also over restarts (PMS 2.2, P1a; for restarts PMS 2.5).
	PromiseRises = "promise-rises"

	// AcceptedRises: nor does the ballot in which it voted last.
	AcceptedRises = "accepted-rises"

	// VoteWithinPromise: no acceptor votes above what it has promised: a vote
	// raises the promise (maxBal >= maxVBal in Inv of Paxos.tla in
	// PaxosHowToWinATuringAward).
	VoteWithinPromise = "vote-within-promise"

	// AcceptedIsHighestVote: what an acceptor holds as accepted, or tells of as
	// accepted, is a vote of its own, cast in answer to an Accept, and what it
	// holds is the highest of them.
	AcceptedIsHighestVote = "accepted-is-highest-vote"

	// DurableBeforeVisible: what a message implies is on the disk of its
	// sender before it leaves (PMS 2.5, "before actually sending").
	DurableBeforeVisible = "durable-before-visible"

	// BallotRises: an actor prepares ballots that bear its own number, each
	// above all that it prepared before; the same one again only within one
	// life (PMS 2.2; for restarts PMS 2.5). So they are unique.
	BallotRises = "ballot-rises"

	// QuorumMembership: a value is proposed in a ballot only after a quorum of
	// distinct members has promised it (PMS 2.2, phase 2a).
	QuorumMembership = "quorum-membership"

	// QuorumIntersection: any two sets that the protocol takes for quorums
	// meet (QuorumAssumption of Paxos.tla). It is about the setting, and is
	// held against it when a run begins.
	QuorumIntersection = "quorum-intersection"
)

// check is a set of invariants.
type check uint32

const (
	agreement check = 1 << iota
	decidedIsChosen
	integrity
	validity
	oneVote
	oneValue
	safeAt
	truthfulPromise
	promiseRises
	acceptedRises
	voteWithinPromise
	acceptedIsHighestVote
	durableBeforeVisible
	ballotRises
	quorumMembership
	quorumIntersection
)

// checksOf is what a scenario switches on.
func checksOf(s *sim.Scenario) check {
	var on check
	for i, inv := range invariantList {
		if s.Watches(inv.Name) {
			on |= 1 << i
		}
	}
	return on
}
