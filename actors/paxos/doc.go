// Package paxos is single-decree Paxos, to be held against Leslie Lamport's
// "Paxos Made Simple" (2001; PMS below) rule by rule.
//
//	proposer                      acceptors                     learners
//	   | -- Prepare 1.3 ---------> |                               |     phase 1a
//	   | <-- Promise 1.3, last --- |                               |     phase 1b
//	   | -- Accept 1.3 = x ------> |                               |     phase 2a
//	   |                           | -- Accepted 1.3 = x --------> |     phase 2b
//
// Every actor is proposer, acceptor and learner in one. What each role does is
// in a file of its own; what bugs get wrong is in rules.go, one small function
// a rule; what survives a crash is a [Record]; what must never happen is in
// history.go. The room mutants below replaces rules, a bug each.
package paxos
