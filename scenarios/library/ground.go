package library

// GroundText is what the scenarios of the hunting ground have in common. Times
// mean nothing in the searched engine, but that a save that takes none is over at
// once; how often a fault strikes is also a matter of the budget of a run.
const GroundText = `paxsim: 1
actors: 3
network: {delay: 1ms, loss: 5%, duplicate: 5%}
crashes: {chance: 2%}
paxos: {fan_out: all, on_nack: retry}
requests: [{actor: 1}, {actor: 2}, {actor: 3}]
`

// Variant is one scenario of the hunting ground.
type Variant struct {
	Name   string
	Weight uint32   // how often it is hunted in, beside the others
	Sets   []string // fields that are other than in [GroundText]: path=value
}

// Ground is the hunting ground: variants of [GroundText]. Most bugs show at 3 actors whose
// rounds overlap and who hear of each. Some need a quorum of an even number, a second report
// beside the highest, actors who are no members, or numbers that look alike (1 and 10, 1 and
// 17).
var Ground = []Variant{
	{"hunt-3", 4, nil},
	{"hunt-3-slow-disk", 4, []string{"disk.sync=100us"}},
	{"hunt-3-literal", 2, []string{"paxos.fan_out=ackers", "paxos.on_nack=give-up", "disk.sync=100us"}},
	{"hunt-3-quorum", 2, []string{"paxos.fan_out=quorum", "paxos.on_nack=when-lost", "paxos.learn=ask"}},
	{"hunt-3-duel", 2, []string{"requests=[{actor: 1}, {actor: 3}]", "paxos.save_learned=true"}},
	{"hunt-4", 2, []string{"actors=4", "requests=[{actor: 1}, {actor: 2}, {actor: 4}]"}},
	{"hunt-5", 3, []string{"actors=5"}},
	{"hunt-5-ackers", 1, []string{"actors=5", "paxos.fan_out=ackers", "disk.sync=100us"}},
	{"hunt-5-members", 2, []string{"actors=5", "members=[1, 3, 5]", "requests=[{actor: 1}, {actor: 2}, {actor: 5}]"}},
	{"hunt-10", 1, []string{"actors=10", "members=[1, 2, 3]", "requests=[{actor: 1}, {actor: 10}]"}},
	{"hunt-17", 1, []string{"actors=17", "members=[1, 2, 3]", "requests=[{actor: 1}, {actor: 17}]", "paxos.fan_out=ackers"}},
}

// CrashMarks are the marks that no run reaches in which nobody crashes.
var CrashMarks = []string{"crashed-before-telling", "answered-from-disk"}
