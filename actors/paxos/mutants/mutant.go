package mutants

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/guide"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/zoo"
)

// Mutant is a mutant of Paxos.
type Mutant struct {
	zoo.Mutant
	Scope Scope
	Rules func(r *paxos.Rules) // replaces what is other than in Paxos
}

// Scope is what a scenario must offer for a mutant to show. The zero Scope is
// 3 actors and nothing particular.
type Scope struct {
	Actors    int      // at least; 0: 3
	Members   []sim.ID // nil: all; the others answer as well
	Proposers []sim.ID // who must be asked; nil: any
	Rounds    int      // how many rounds it takes at least until two values are decided; 0: 1
	FanOut    string   // of Accept; "": any
	OnNack    string   // "": any
	Faults    []string // the weather that it takes beside messages that are late: crashes, cut, duplicate, loss
}

// least is how many actors it takes.
func (s Scope) least() int { return max(s.Actors, 3) }

// String tells the scope in a line.
func (s Scope) String() string {
	parts := []string{fmt.Sprintf("%d actors", s.least())}
	if s.Members != nil {
		parts = append(parts, "members "+strings.Trim(fmt.Sprint(s.Members), "[]"))
	}
	if s.Proposers != nil {
		parts = append(parts, "proposers "+strings.Trim(fmt.Sprint(s.Proposers), "[]"))
	}
	if s.Rounds > 1 {
		parts = append(parts, fmt.Sprintf("%d rounds", s.Rounds))
	}
	if s.FanOut != "" {
		parts = append(parts, "fan_out "+s.FanOut)
	}
	if s.OnNack != "" {
		parts = append(parts, "on_nack "+s.OnNack)
	}
	parts = append(append(parts, "any delays"), s.Faults...)
	return strings.Join(parts, ", ")
}

// All lists the mutants: the unsafe ones in the order of their numbers, the
// safe controls, the safe variants, and those that stall.
func All() []Mutant { return slices.Clone(all) }

// Find is the mutant of a name or an alias.
func Find(name string) (Mutant, bool) {
	i := slices.IndexFunc(all, func(m Mutant) bool {
		return m.Name == name || slices.Contains(m.Aliases, name)
	})
	if i < 0 {
		return Mutant{}, false
	}
	return all[i], true
}

// Protocol is Paxos with this mutant put in. Its name is still that of Paxos.
func (m Mutant) Protocol() sim.Protocol {
	rules := paxos.Sound()
	m.Rules(&rules)
	return paxos.WithRules(paxos.Protocol().Name(), rules)
}

// Protocol is Paxos as it should be, and knows its mutants.
func Protocol() sim.Protocol { return mutated{paxos.Protocol()} }

// mutated is Paxos or a mutant of it.
type mutated struct{ sim.Protocol }

// Guide implements [sim.Protocol].
func (mutated) Guide(s *sim.Scenario, names sim.Names) observe.Guide { return guide.New(s, names) }

// Teller implements [sim.Protocol].
func (mutated) Teller(s *sim.Scenario, names sim.Names, run []observe.Entry) observe.Teller {
	return guide.NewTeller(s, names, run)
}

// Mutants implements [sim.Mutable].
func (mutated) Mutants() []zoo.Mutant {
	list := make([]zoo.Mutant, len(all))
	for i, m := range all {
		list[i] = m.Mutant
		list[i].Scope = m.Scope.String()
	}
	return list
}

// Mutate implements [sim.Mutable].
func (mutated) Mutate(name string) (sim.Protocol, bool) {
	if name == "" {
		return Protocol(), true
	}
	p, ok := byName[name]
	return p, ok
}

// byName is Paxos with each of the mutants, by name, so that a mutant is one
// protocol and not another one each time that it is asked for.
var byName = func() map[string]sim.Protocol {
	protocols := map[string]sim.Protocol{}
	for _, m := range all {
		protocols[m.Name] = mutated{m.Protocol()}
	}
	return protocols
}()

// sound is what a mutant does where it does nothing wrong.
var sound = paxos.Sound()
