package cli

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
)

// overrides are the flags that change a scenario before it runs.
type overrides struct {
	set, calm []string
	mutant    string
	only      []string
	by        string   // another flag that changes fields, after those of --set
	also      []string // what it says
}

// add gives a command these flags.
func (o *overrides) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.Var(listFlag{&o.set, "PATH=VALUE"}, "set", "change a field, as network.loss=10%; repeatable, and of a field the last counts")
	f.Var(listFlag{&o.calm, "NAME"}, "calm", "leave a fault out: a named one, "+orList(scenarios.Families())+"; repeatable")
	f.Var(textFlag{&o.mutant, "NAME"}, "mutant", "put in a bug, as paxsim zoo lists them")
	f.Var(listFlag{&o.only, "INVARIANT"}, "only", "watch this invariant alone, or those of a grade, "+orList(sim.Grades)+"; repeatable")
	completeSettings(cmd, "set")
	completeWords(cmd, "mutant", mutantNames())
	completeWords(cmd, "only", append(slices.Clone(sim.Grades), invariantNames()...))
}

// args are the flags again, as a person would write them.
func (o *overrides) args() (out []string) {
	for _, s := range slices.Concat(o.set, o.also) {
		out = append(out, "--set", s)
	}
	for _, s := range o.calm {
		out = append(out, "--calm", s)
	}
	if o.mutant != "" {
		out = append(out, "--mutant", o.mutant)
	}
	for _, s := range o.only {
		out = append(out, "--only", s)
	}
	return out
}

// list is the flags as overrides, without --only.
func (o *overrides) list() (list []scenarios.Override) {
	for _, text := range o.set {
		list = append(list, scenarios.Set(text))
	}
	for _, text := range o.also {
		list = append(list, scenarios.SetBy(o.by, text))
	}
	for _, text := range o.calm {
		list = append(list, scenarios.Calm(text))
	}
	if o.mutant != "" {
		list = append(list, scenarios.Mutant(o.mutant))
	}
	return list
}

// openScenario reads a scenario of the library or a file, with overrides.
func (a *app) openScenario(name string, o overrides) (*scenarios.Scenario, error) {
	s, err := await(a, func() (*scenarios.Scenario, error) { return scenarios.Load(name, o.list()...) })
	if err != nil {
		return nil, scenarioError(name, err)
	}
	if o.only != nil {
		return s, watchOnly(s, o.only)
	}
	return s, nil
}

// watchOnly switches all invariants off but some, by their names or grades. What the scenario says of its
// runs is then no longer said of these.
func watchOnly(s *scenarios.Scenario, some []string) error {
	names := slices.Clone(sim.Grades)
	for _, i := range s.Protocol.Invariants() {
		names = append(names, i.Name)
	}
	for _, name := range some {
		if !slices.Contains(names, name) {
			hint := didYouMean(name, names, "%s")
			if hint == "" {
				hint = "; expected " + orList(names)
			}
			return usage("--only %s: %s has no such invariant%s", quoteOne(name), s.Protocol.Name(), hint)
		}
	}
	if s.Invariants = sim.ExpandInvariants(s.Protocol, some); len(s.Invariants) == 0 {
		return usage("--only %s: %s has no invariant of that grade", orList(some), s.Protocol.Name())
	}
	s.Group, s.Expect, s.Premise = "", scenarios.Expect{}, scenarios.Premise{}
	return nil
}

// invariantNames is the invariants of all protocols.
func invariantNames() (names []string) {
	for _, p := range scenarios.Known() {
		for _, i := range p.Invariants() {
			names = append(names, i.Name)
		}
	}
	return names
}

// scenarioError tells mistakes in a scenario from failures of the machine.
func scenarioError(name string, err error) error {
	var mistakes *scenarios.Errors
	if errors.As(err, &mistakes) {
		return mistakesIn(mistakes)
	}
	return fileError(name, err)
}

// newWorld makes the world of a scenario.
func newWorld(s *sim.Scenario) (sim.Runner, error) {
	w, err := s.Protocol.New(s)
	if err != nil {
		return nil, usage("%s: %v", s.Name, err)
	}
	return w, nil
}
