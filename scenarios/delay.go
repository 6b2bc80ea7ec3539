package scenarios

import "github.com/paxsim/paxsim/sim"

// delayKind is how a delay is written, wherever a file has one beside
// network.delay and crashes.down.
func delayKind() kind[sim.Delay] {
	k := spans()
	return kind[sim.Delay]{
		takes: k.takes, bounds: k.bounds, schema: k.schema,
		parse: func(g given, text string) (sim.Delay, error) {
			v, err := k.parse(g, text)
			return sim.Delay{Min: v.least, Max: v.greatest}, err
		},
		text: func(g given, d sim.Delay) string { return k.text(g, span{d.Min, d.Max}) },
	}
}
