package mutants

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/sim"
)

// Mutant is a mutant of Paxos.
type Mutant struct {
	sim.Mutant
	Scope Scope
	Rules func(r *paxos.Rules) // replaces what is other than in Paxos
}

// Scope is what a scenario must offer for a mutant to show. The zero Scope is
// 3 actors and nothing particular.
type Scope struct {
	Actors    int      // at least; 0: 3
	Members   []sim.ID // nil: all; the others answer as well
	Proposers []sim.ID // who must be asked; nil: any
	Rounds    int      // in how many different rounds Accepts must leave; 0: 1
	FanOut    string   // of Accept; "": as by default
	OnNack    string   // "": as by default
	Faults    []string // families of which at least one run needs each: crashes, duplicate, loss, delay
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
	if len(s.Faults) == 0 {
		return strings.Join(parts, ", ") + ", no fault"
	}
	return strings.Join(append(parts, s.Faults...), ", ")
}

// All lists the mutants: the unsafe ones in the order of their numbers, the
// safe controls, and those that stall.
func All() []Mutant { return slices.Clone(all) }

// Find is the mutant of a name or an alias. Small and capital letters are the
// same.
func Find(name string) (Mutant, bool) {
	i := slices.IndexFunc(all, func(m Mutant) bool {
		same := func(s string) bool { return strings.EqualFold(s, name) }
		return same(m.Name) || slices.ContainsFunc(m.Aliases, same)
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
func Protocol() sim.Protocol { return zoo{paxos.Protocol()} }

type zoo struct{ sim.Protocol }

// Mutants implements [sim.Mutable].
func (zoo) Mutants() []sim.Mutant {
	list := make([]sim.Mutant, len(all))
	for i, m := range all {
		list[i] = m.Mutant
		list[i].Scope = m.Scope.String()
	}
	return list
}

// Mutate implements [sim.Mutable].
func (zoo) Mutate(name string) (sim.Protocol, bool) {
	m, ok := Find(name)
	if !ok || m.Name != name {
		return nil, false
	}
	return m.Protocol(), true
}

// sound is what a mutant does where it does nothing wrong.
var sound = paxos.Sound()
