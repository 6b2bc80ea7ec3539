package scenarios

import (
	"regexp"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
)

var faultName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,39}$`)

// faultsField is the mapping from names to scripted faults.
func faultsField() field[sim.Scenario] {
	fields := faultFields()
	const doc = "faults by the script, each with a name"
	return field[sim.Scenario]{
		about: about{name: "faults", doc: doc, takes: "named faults", named: true,
			entry: &about{takes: "a fault such as {crash: [1], at: 5ms, until: never}", parts: abouts(fields)}},
		read: func(l *loader, n *yaml.Node, path string, s *sim.Scenario) {
			list, _ := l.pairs(n, path, "named faults", maxFaults)
			for _, p := range list {
				s.Faults = append(s.Faults, readFault(l, p, join(path, p.name), fields))
			}
		},
		reset: func(s *sim.Scenario) { s.Faults = nil },
		item: func(g given, s *sim.Scenario) item {
			i := item{key: "faults", doc: doc, calm: len(s.Faults) == 0, block: true}
			for k := range s.Faults {
				i.items = append(i.items, item{key: s.Faults[k].Name, text: record(g, fields, &s.Faults[k])})
			}
			return i
		},
	}
}

func readFault(l *loader, p pair, path string, fields []field[sim.Fault]) sim.Fault {
	f := sim.Fault{Name: p.name}
	switch {
	case slices.Contains(families, p.name):
		l.fail(p.key, path, "%s is the name of a family of faults: name it otherwise", p.name)
	case !faultName.MatchString(p.name):
		l.fail(p.key, path, "a fault's name is made of letters, digits, - and _, begins with a letter and has at most 40 of them")
	}
	readFields(l, p.value, path, fields, &f)
	return f
}
