// Package rules holds the architecture: its tests read the sources of the whole
// module and refuse what the map of rooms in docs/architecture.md forbids. It
// has no code outside its tests.
//
//   - Imports go one way: a table says which room may import which, and which
//     libraries. scheduler/, sim/ and actors/ link the standard library alone.
//   - Chance and time have one door: what runs inside a run imports only what
//     is known to answer the same everywhere, starts no goroutine, uses no
//     channel, ranges over no map whose order could matter, counts with no
//     floating point, writes no package variable, and is the same source on
//     every machine.
//   - scheduler/ and sim/ know no protocol: no word of Paxos is in their names or texts.
//   - What is cited of "Paxos Made Simple" is in the section named, and what is quoted of it
//     is there word by word.
//   - The tree is this project's own: no file of another's is in it.
//
// A range over a map whose order cannot matter says why on its line:
//
//	for k := range m { //sorted: below
//
// Each rule is shown small sources that it must refuse, so that none of them
// can pass by looking at nothing.
package rules
