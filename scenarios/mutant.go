package scenarios

import "github.com/paxsim/paxsim/sim"

const mutantKey = "mutant"

// mutantField is what a file says of the mutant of a protocol.
func mutantField(p sim.Mutable) field[Scenario] {
	return optional(mutantKey, "the bug that is put into the protocol, or a change that looks like one", mutantOf(p),
		at(func(s *Scenario) *string { return &s.Mutant }), "")
}

// mutantField is that field for the mutants of all protocols, or nothing if
// there are none.
func (ps Protocols) mutantField() (list properties) {
	for _, name := range ps.Names() {
		p, _ := ps.Find(name)
		m, ok := p.(sim.Mutable)
		switch {
		case !ok:
		case list == nil:
			list = properties{mutantField(m).property()}
		default:
			of := &list[0].is.AnyOf[0]
			of.Enum = append(of.Enum, mutantWords(m)...)
		}
	}
	return list
}

// mutantOf is a mutant of a protocol, by its name or another name for it, or
// none, which is "".
func mutantOf(p sim.Mutable) kind[string] {
	names := map[string]string{} // by what may be written
	words := mutantWords(p)
	for _, m := range p.Mutants() {
		names[m.Name] = m.Name
		for _, alias := range m.Aliases {
			names[alias] = m.Name
		}
	}
	each := kind[string]{
		takes:  "the name of a mutant as paxsim zoo lists them",
		schema: schema{Enum: words},
		words:  words,
		parse: func(_ given, text string) (string, error) {
			if name, ok := names[text]; ok {
				return name, nil
			}
			return "", errForm
		},
		text: func(_ given, v string) string { return v },
	}
	return or(each, none, "")
}

// mutantWords is what may be written for the mutants of a protocol: the names,
// then the other names.
func mutantWords(p sim.Mutable) []string {
	var words, aliases []string
	for _, m := range p.Mutants() {
		words = append(words, m.Name)
		aliases = append(aliases, m.Aliases...)
	}
	return append(words, aliases...)
}

// mutate puts the mutant that a scenario names into its protocol.
func mutate(s *Scenario) {
	if p, ok := s.Protocol.(sim.Mutable); ok && s.Mutant != "" {
		s.Protocol, _ = p.Mutate(s.Mutant) // a name that mutantOf has read
	}
}
