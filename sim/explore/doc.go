// Package explore looks at every order of events of a protocol, within a scope
// ([sim.Scope]). The handlers and the invariants are those of every other run. It ends
// with one of three verdicts: an invariant breaks, and this is how; all worlds of the
// scope were looked at, and none breaks; or a limit came first, and nothing is proved.
//
//	sim.Model --Hop, Step--> memo --successors--> visited --new--> frontier
//	                           ^                                      |
//	                           +-------------- next world ------------+
//
// A world is a short vector of numbers: the local state of each actor, one history, how
// many crashes there were, and the packets on their way. Its fingerprint is the sum of the
// 128-bit hashes of its parts, so that a step changes a few terms. Two worlds with the
// same fingerprint are taken for one. For a billion worlds the chance that this is ever
// wrong is below 1 in 10^20.
//
// An event in which no local state changes, nothing is sent and the history stays what it
// is, is no step. Nor need such a message be taken off the network where its arrival is
// optional: a world with it can do all that one without it can.
package explore
