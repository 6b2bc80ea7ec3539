package tell

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/zoo"
)

// bug is the mutant that a scenario has.
type bug struct {
	zoo.Mutant
}

// what is what the mutant is called: not every one is a bug.
func (b *bug) what() string {
	if b.Kind == zoo.Unsafe {
		return "bug"
	}
	return "change"
}

// bugOf is the mutant of a scenario, and where actors differed because of it from the
// protocol without it.
func bugOf(s *sim.Scenario, run []observe.Entry) (*bug, []observe.Deviation) {
	p, ok := s.Protocol.(sim.Mutable)
	if !ok || s.Mutant == "" {
		return nil, nil
	}
	for _, m := range p.Mutants() {
		if m.Name != s.Mutant {
			continue
		}
		sound, ok := p.Mutate("")
		if !ok {
			return &bug{m}, nil
		}
		return &bug{m}, sound.Deviations(s, run)
	}
	return nil, nil
}
