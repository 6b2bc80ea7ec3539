// Package paxos is single-decree Paxos, to be read beside Leslie Lamport's
// "Paxos Made Simple" (2001; PMS below). Start here. Then read rules.go,
// acceptor.go, proposer.go and learner.go: no other file is needed.
//
// # The messages
//
//	proposer                      acceptors                     learners
//	   | -- Prepare 1.3 ---------> |                               |     phase 1a
//	   | <-- Promise 1.3, last --- |                               |     phase 1b
//	   | -- Accept 1.3 = x ------> |                               |     phase 2a
//	   |                           | -- Accepted 1.3 = x --------> |     phase 2b
//
// Every actor is proposer, acceptor and learner in one. The paper's proposal
// number is a [Ballot], printed as round.actor. What survives a crash is a
// [Record].
//
// # The argument
//
// A value is chosen once a majority has accepted it in one ballot. Why is it the
// only one? The names P1 to P2c are those of PMS 2.2.
//
//   - P1: an acceptor accepts the first proposal that reaches it. There may be no
//     other.
//   - Then votes can split. So an acceptor may accept again, and ballots tell
//     proposals apart.
//   - P2: then several proposals can be chosen, and all must have one value.
//   - P2a: so, above a chosen proposal, no acceptor accepts another value.
//   - P2b: but an acceptor that has heard nothing must accept (P1). So, above a
//     chosen proposal, no proposer even proposes another value.
//   - P2c: so a proposer asks a majority first. It takes the value of the highest
//     vote below its ballot that they report. If there is none it is free.
//   - P1a: what they report must stay true. So with its report each acceptor
//     promises to accept nothing below that ballot.
//
// Why P2c is enough: say x is chosen in ballot c, and b is the lowest ballot above c
// in which another value is proposed. The majority that b asked and the majority
// that chose x share an acceptor. It voted in c before it promised b: afterwards it
// would have refused. So the highest vote that b hears of is in c, or between c and
// b. All proposals there have x. So b has x, too.
//
// # The rules
//
// The places are sections of the paper. The names in the last column are those of
// Lamport's TLA+ specifications Paxos and Voting (github.com/tlaplus/Examples,
// specifications/PaxosHowToWinATuringAward). There maxBal is Record.Promised,
// maxVBal is Record.Accepted and maxVal is Record.Value; -1 and None are 0 here.
//
//	rule                                       function       place               TLA+
//	A ballot of its own, above all others      nextBallot     PMS 2.2, 1a; 2.5    b of Phase1a(b).
//	Promise no ballot below the promise        mayPromise     PMS 2.2, 1b         m.bal > maxBal[a] in Phase1b; ours is >=.
//	The promise is kept                        makePromise    PMS 2.2, 1b         maxBal' in Phase1b; IncreaseMaxBal.
//	Saved before it is said                    saveRecord     PMS 2.5             none: nothing is forgotten there.
//	A promise tells the highest vote           report         PMS 2.2, 1b         mbal and mval in Phase1b.
//	A nack names the promise                   refusal        PMS 2.2             none: it is for progress.
//	Only acceptors count                       isMember       PMS 2.2             QuorumAssumption, Q \subseteq Acceptor.
//	A promise counts once, in its ballot       countPromise   PMS 2.2, 2a         Q1b and Q1bv in Phase2a.
//	Quorums meet                               isQuorum       PMS 2.2, 2.3        QuorumAssumption; ChosenAt.
//	The value of the highest vote reported     pickValue      PMS 2.2, P2c, 2a    Phase2a; ShowsSafeAt.
//	No vote below the promise                  mayAccept      PMS 2.2, P1a, 2b    m.bal >= maxBal[a] in Phase2b.
//	A vote is a promise, too                   castVote       PMS 2.2, 2b         Phase2b; VoteFor.
//	A vote counts once, in its ballot          countAccepted  PMS 2.3             VotedFor, ChosenAt.
//	Nothing saved is forgotten                 recoverRecord  PMS 2.5             none: nothing is forgotten there.
//
// The roles ask these rules and do the rest:
//
//	step                                       function       place               TLA+
//	Begin a ballot                             takeRole       PMS 2.2, 1a         Phase1a.
//	Answer a Prepare                           prepare        PMS 2.2, 1b         Phase1b.
//	Count promises, and propose                promised       PMS 2.2, 2a         Phase2a.
//	Answer an Accept                           accept         PMS 2.2, 2b         Phase2b.
//	Count acceptances, and learn               accepted       PMS 2.3             chosen.
//
// # The other files
//
// Two are for progress: turns.go says who proposes, and when (PMS 2.4); repeat.go
// sends again what was not answered, since messages "can be lost" (PMS 2.1). The
// room mutants below replaces rules, a bug a file; slips.go is for some of these
// bugs alone. What must never happen is in invariants.go, and history.go holds runs
// against it.
package paxos
