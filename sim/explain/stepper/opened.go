package stepper

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

// Opened tells that the scenario is one that was opened ([Open]), what it was before,
// the text of that, and which families were opened. It goes to before the first event;
// from here on an opened family answers nothing but what is chosen.
func (s *Stepper) Opened(given *sim.Scenario, text string, names []string) {
	s.given, s.givenText = given, text
	s.families, s.opened = slices.Clone(names), nil
	for i := range families {
		if slices.Contains(names, families[i].name) {
			s.opened = append(s.opened, families[i].words...)
		}
	}
	s.restart()
}

// unmoved answers as is chosen, and else as the base, but that a family which was
// opened answers nothing by chance: one time in 10^9 the seed would have it otherwise.
type unmoved struct{ run *Stepper }

// Answer implements [scheduler.Source].
func (u unmoved) Answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	a := u.run.edited.Answer(k, outcomes, seeded)
	if a == 0 || len(u.run.opened) == 0 {
		return a
	}
	if _, chosen := u.run.answers[k]; chosen || !u.run.opens(k) {
		return a
	}
	u.run.calmed[k] = 0
	return 0
}

// opens says whether a choice is one of a family that was opened.
func (s *Stepper) opens(k scheduler.Key) bool {
	text := s.words().KeyText(k)
	return slices.ContainsFunc(s.opened, func(word string) bool { return strings.HasPrefix(text, word) })
}
