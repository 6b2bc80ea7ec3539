// Package mutants is the zoo: single-decree Paxos with one thing wrong, each
// time another. Every mutant replaces a rule of [paxos.Rules], two or three
// where one bug is in several, or makes one of the [paxos.Slips]; none is a copy of
// the protocol. It is a file of its own, which says what is wrong, where it was met,
// and how little it takes to meet it here. S1 to S25 are bugs that break what must always hold.
// C1 to C4 are changes that look like bugs and are none. D1 to D3 are safe too but break a
// lemma of the proof. Lv2 to Lv6 are bugs that only keep a decision from being reached.
//
// Two more are settings, and so not here: paxos.adopt=false is the founding text
// taken literally (S1 and S2 together), and paxos.fan_out=all and =quorum are
// controls as sound as the ackers.
package mutants
