package scenarios

import (
	"slices"
)

// groundText is what the scenarios of the hunting ground have in common. Times
// mean nothing in the searched engine, but that a save that takes none is over at
// once; how often a fault strikes is also a matter of the budget of a run.
const groundText = `paxsim: 1
actors: 3
network: {delay: 1ms, loss: 5%, duplicate: 5%}
crashes: {chance: 2%}
paxos: {fan_out: all, on_nack: retry}
requests: [{actor: 1}, {actor: 2}, {actor: 3}]
`

// Hunted is one scenario of the hunting ground.
type Hunted struct {
	*Scenario
	Weight uint32 // how often it is hunted in, beside the others
}

// ground is the hunting ground. Most bugs show at 3 actors whose rounds overlap
// and who are told of each; some need a quorum of an even number, a second
// report beside the highest, actors who are no members, or numbers that look
// alike (1 and 10, 1 and 17).
var ground = []struct {
	name   string
	weight uint32
	sets   []string
}{
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

// Ground is the hunting ground: a few scenarios over which a search for bugs
// varies, after overriding parts of each. A guest's takes the place of paxsim's own.
// The error is an [*Errors] that lists
// all mistakes of the first scenario that has some.
func Ground(overrides ...Override) ([]Hunted, error) {
	list, err := guestGround(overrides)
	if err != nil || list != nil {
		return list, err
	}
	for _, g := range ground {
		var all []Override
		for _, set := range g.sets {
			all = append(all, Set(set))
		}
		s, err := Read(g.name, groundText, append(all, overrides...)...)
		if err != nil {
			return nil, err
		}
		list = append(list, Hunted{s, g.weight})
	}
	return list, nil
}

// crashMarks are the marks that no run comes to in which nobody crashes.
var crashMarks = []string{"crashed-before-telling", "answered-from-disk"}

// GroundMarks are the marks that some run in the hunting ground must come to, if
// actors may crash by chance or not.
func GroundMarks(list []Hunted, crashes bool) (names []string) {
	crashes = crashes && slices.ContainsFunc(list, func(g Hunted) bool { return g.Crashes.Chance > 0 })
	for _, m := range list[0].Protocol.Marks() {
		if crashes || !slices.Contains(crashMarks, m.Name) {
			names = append(names, m.Name)
		}
	}
	return names
}
