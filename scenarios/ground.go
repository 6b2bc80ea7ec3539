package scenarios

import (
	"slices"

	"github.com/paxsim/paxsim/scenarios/library"
)

// Hunted is one scenario of the hunting ground.
type Hunted struct {
	*Scenario
	Weight uint32 // how often it is hunted in, beside the others
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
	for _, g := range library.Ground {
		var all []Override
		for _, set := range g.Sets {
			all = append(all, Set(set))
		}
		s, err := Read(g.Name, library.GroundText, append(all, overrides...)...)
		if err != nil {
			return nil, err
		}
		list = append(list, Hunted{s, g.Weight})
	}
	return list, nil
}

// GroundMarks are the marks that some run in the hunting ground must reach, if actors may
// crash by chance or not.
func GroundMarks(list []Hunted, crashes bool) (names []string) {
	crashes = crashes && slices.ContainsFunc(list, func(g Hunted) bool { return g.Crashes.Chance > 0 })
	for _, m := range list[0].Protocol.Marks() {
		if crashes || !slices.Contains(library.CrashMarks, m.Name) {
			names = append(names, m.Name)
		}
	}
	return names
}
