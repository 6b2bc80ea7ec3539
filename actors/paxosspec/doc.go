// Package paxosspec is Leslie Lamport's specification of Paxos in TLA+ as handlers,
// to be read beside it (github.com/tlaplus/Examples,
// specifications/PaxosHowToWinATuringAward/Paxos.tla). The room paxos is the
// algorithm that people run. This one is the algorithm that was proved, with nothing
// added: no nack, no repetition, no back-off. A check that visits every state of it can
// be held against counts that other tools have published.
//
// # The variables
//
//	TLA+                     here
//	maxBal, maxVBal, maxVal  [Record], of each acceptor
//	msgs, the "1a" and "2a"  sent to all acceptors by the [Leader] of the ballot, which keeps Began and Proposed
//	msgs, the "1b"           kept by the leader of the ballot: Leader.Heard
//	msgs, the "2b"           kept by the learner: Learner.Votes
//
// So the state of the specification is a function of the actors. Messages are a set
// that only grows there: what was sent can be received at any later time, and more
// than once. What arrives again changes nothing here, in any state.
//
// # The actions
//
//	TLA+           happens when                          handler
//	Phase1a(b)     the alarm "begin" goes off            [Actor.phase1a]
//	Phase1b(a)     a "1a" arrives                        [Actor.phase1b]
//	Phase2a(b, v)  the alarm "propose" goes off          [Actor.phase2a]
//	Phase2b(a)     a "2a" arrives                        [Actor.phase2b]
//
// As in the specification there is a separate leader for each ballot. It acts once in
// each of its phases. The alarm "propose" is set as
// soon as Phase2a is enabled, and a choice says which of the values that are safe is
// proposed. What the leader and the learner hear is no action of the specification: so
// it must be heard in the step in which it is sent, where states are to be counted as
// there.
//
// # The actors
//
// The members of the scenario are the acceptors. They are the actors 1 to k. The next
// are the leaders of the ballots 0, 1, …, and the last actor is the learner, which does
// nothing but listen: chosen is a property of the messages in the specification.
package paxosspec
