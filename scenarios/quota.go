package scenarios

import (
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
)

// quota is who must have learned: all, a majority, so many, or these.
func quota() kind[Quota] {
	ids, many := actorList(), count(1, sim.MaxActors)
	words := []string{anything, all, majority}
	k := kind[Quota]{
		takes:  all + ", " + majority + ", a number of actors, " + ids.takes + ", or " + anything,
		bounds: ids.bounds,
		words:  words,
		schema: schema{AnyOf: []schema{ids.schema, {Enum: words}, many.schema}},
		parse: func(g given, text string) (Quota, error) {
			switch text {
			case anything:
				return Quota{}, nil
			case all:
				return Quota{Kind: QuotaAll}, nil
			case majority:
				return Quota{Kind: QuotaMajority}, nil
			}
			v, err := many.parse(g, text)
			if err == nil && g.actors > 0 && v > int64(g.actors) {
				err = fmt.Errorf("%d actors cannot learn: there are %d", v, g.actors)
			}
			return Quota{Kind: QuotaCount, Count: int(v)}, err
		},
	}
	single := k
	k.read = func(l *loader, n *yaml.Node, path string) (Quota, bool) {
		switch n.Kind {
		case yaml.ScalarNode:
			return single.value(l, n, path)
		case yaml.SequenceNode:
			list, ok := ids.value(l, n, path)
			return Quota{Kind: QuotaListed, IDs: list}, ok
		}
		l.fail(n, path, "expected %s, not %s", k.takes, describe(n))
		return Quota{}, false
	}
	k.text = func(g given, q Quota) string {
		switch q.Kind {
		case QuotaAll:
			return all
		case QuotaMajority:
			return majority
		case QuotaCount:
			return strconv.Itoa(q.Count)
		case QuotaListed:
			return ids.text(g, q.IDs)
		}
		return anything
	}
	return k
}
