package scenarios

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
)

// How a file says that there is no list of requests.
const (
	byChance = "by-chance" // every actor has one, and proposes by chance
	nothing  = "none"
)

// requestsField is who asks for what: a word, or a list.
func requestsField(w *sim.Vocabulary) field[Scenario] {
	fields := requestFields(w)
	const (
		doc   = "who is asked to have a value decided; by-chance: everybody, and each proposes when chance says so"
		takes = byChance + ", " + nothing + " or a list such as [{actor: 1, at: 0s}]"
	)
	return field[Scenario]{
		about: about{name: "requests", doc: doc, takes: takes, required: true, most: maxRequests, words: []string{byChance, nothing},
			entry: &about{takes: "a request such as {actor: 1, at: 0s}", parts: abouts(fields)}},
		read: func(l *loader, n *yaml.Node, path string, s *Scenario) {
			switch {
			case n.Kind != yaml.ScalarNode || isEmpty(n):
			case n.Value == byChance:
				s.ByChance = true
				return
			case n.Value == nothing:
				return
			default:
				l.fail(n, path, "expected %s, not %q%s", takes, clip(n.Value), didYouMean(n.Value, []string{byChance, nothing}))
				return
			}
			nodes, _ := l.elements(n, path, takes, maxRequests)
			for i, node := range nodes {
				var a sim.ScriptedRequest
				readFields(l, node, join(path, strconv.Itoa(i+1)), fields, &a)
				s.Requests = append(s.Requests, a)
			}
		},
		reset: func(*Scenario) {},
		item: func(g given, s *Scenario) item {
			i := item{key: "requests", doc: doc, block: true}
			switch {
			case s.ByChance && len(s.Requests) > 0:
				panic("scenarios: a scenario with requests both by chance and by the script cannot be written")
			case s.ByChance:
				i.text = byChance
			case len(s.Requests) == 0:
				i.text = nothing
			}
			for k := range s.Requests {
				i.items = append(i.items, item{text: record(g, fields, &s.Requests[k])})
			}
			return i
		},
	}
}

// asking is when a client asks: at a time, or by so much later.
type asking struct {
	at     sim.Time
	spread *delays.Delay
}

// askingTime is a time, or one that is drawn: from a span, or by a model.
func askingTime() kind[asking] {
	one, drawn := duration(0, sim.MaxTime), delayKind()
	return kind[asking]{
		takes:  drawn.takes,
		bounds: one.bounds + "; if it is drawn to " + ticksText(maxDelay),
		schema: drawn.schema,
		read: func(l *loader, n *yaml.Node, path string) (asking, bool) {
			if n.Kind == yaml.ScalarNode && !strings.Contains(n.Value, spanDots) {
				v, ok := one.value(l, n, path)
				return asking{at: sim.Time(v)}, ok
			}
			d, ok := drawn.value(l, n, path)
			x := asking{at: d.Min}
			if ok && d.Max > d.Min {
				d = d.Later(-d.Min)
				x.spread = &d
			}
			return x, ok
		},
		text: func(g given, x asking) string {
			if x.spread == nil {
				return one.text(g, int64(x.at))
			}
			return drawn.text(g, x.spread.Later(x.at))
		},
	}
}
