package paxos

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
)

// A history holds things of four kinds, each in structs of its own.
//
//   - terms: what is fixed when the history is made.
//   - known: what an invariant can depend on later. Two histories in which this is
//     the same break the same invariants at the same later events. It does not
//     depend on the order of what may come in any order: lists stand by ballot.
//     The fields of an entry are known, but for those in its noted and its scratch.
//   - marks, noted…: the marks of a run, and what only they depend on, see marks.go.
//   - scratch…: what could be left out. It saves a search (what was found last,
//     where a value was found safe), or makes a text tell more (what was proposed
//     first). It may depend on the order in which things came.
//
// Whoever compares the states of runs looks at what is known, and at nothing else. The
// tags say so to [plain.Plan].

// terms are what is fixed when a history is made.
type terms struct {
	on       check
	names    sim.Names
	who      ids.Set                          // members: only their promises and votes count
	quorums  quorumSizes                      // of them
	quorumOf string                           // what texts call one: majority, or quorum
	onChosen func(voter sim.ID, c sim.Chosen) // nil: nobody wants to know
}

// known is what a history knows.
type known struct {
	values     []witnessedValue `state:"by-value"` // what is zero at the end says nothing
	actors     []witnessed      `state:"by-actor"`
	votes      votes            // who voted for what
	promiseLog promiseLog       // who promised what
	claimed    sim.Value        // the value that was decided and is not chosen yet; 0: none. Only for Agreement
}

// scratch is what a history could do without.
type scratch struct {
	chosen    sim.Value // the first value chosen; 0: none yet. Values have it too
	in        Ballot    // the ballot in which it was
	claimedIn Ballot    // the ballot in which claimed was decided
	abstract  abstract
	deeds     deeds
}

// witnessed is what was seen of an actor from outside.
type witnessed struct {
	promised Ballot    // the highest ballot promised, on disk or in a message
	accepted Ballot    // the ballot of its highest vote; zero: none
	value    sim.Value // of that vote
	disk     Record    // what its disk holds
	begun    Ballot    // the last ballot that it prepared
	begunNow bool      // it did so in this life
	decided  sim.Value // 0: nothing; over all lives

	notedOfActor   `state:"mark"`
	scratchOfActor `state:"scratch"`
}

type notedOfActor struct {
	told     Ballot // of the last vote that it has told of
	votedNow bool   // it voted last in this life
}

type scratchOfActor struct {
	askedFrom Ballot // in this life it has been asked for no vote below, not counting those that it cast
	deeds     actorDeeds
}

// witnessedValue is what was seen of a value.
type witnessedValue struct {
	asked  bool // a client asked for it
	chosen bool // in some ballot

	notedOfValue   `state:"mark"`
	scratchOfValue `state:"scratch"`
}

type notedOfValue struct {
	lowest Ballot // in which somebody voted for it; 0: nobody did
	second Ballot // the lowest of another proposer than that
}

type scratchOfValue struct {
	told bool   // onChosen has heard of it
	safe Ballot // where it was found safe last, see history.safeAt
}

// votes is who voted for what: one entry a ballot and value, from the first Accept
// on, by ballot and then by value.
type votes struct {
	list           []ballotVotes
	scratchOfVotes `state:"scratch"`
}

type scratchOfVotes struct {
	last *ballotVotes // the entry found last, or noVotes
}

// ballotVotes is what became of one value in one ballot.
//
// A vote is a vote only in answer to an Accept (PMS 2.2, phase 2b): asked holds the actors
// that have had one. Say actor 2 votes for x in 1.1, then promises 2.2. A bug that has one
// variable for both ballots relabels that record as 2.2=x. Nobody ever asked 2 for that
// vote. It is none, though learners and proposers may take it for one.
type ballotVotes struct {
	ballot Ballot
	value  sim.Value
	asked  ids.Set // who has had the Accept, in this life, and has not refused it; and who voted
	voters ids.Set // who voted: these have saved it, or told of it, while they were asked

	scratchOfBallot `state:"scratch"`
}

type scratchOfBallot struct {
	count  int  // of the voters that are members
	at     int  // how many were proposed before it: for texts, and for Abstract if a bug gives a ballot several values
	shared bool // the ballot had another value before
	deeds  voteDeeds
}
