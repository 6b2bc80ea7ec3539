package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/weather"
)

// maxPlaces is the greatest number of places.
const maxPlaces = weather.MaxPlaces

// region is a place as a file says it.
type region struct {
	name   string
	actors []sim.ID
	trips  []way // there and back
	to     []way // there alone
}

// way is how far it is to a place, one way, in ticks.
type way struct {
	to  string
	far sim.Time
	at  *yaml.Node // where it is said
}

// placesField is the mapping, inside of network, from the names of places to the actors
// there and how far it is from there to the others.
func placesField() field[Scenario] {
	fields := placeFields()
	const (
		doc   = "where the actors are; a message takes the way there on top of its delay, in every weather"
		takes = none + ", or named places such as {tokyo: {actors: [1]}, oregon: {actors: [2, 3], round_trips: {tokyo: 65ms}}}"
	)
	return field[Scenario]{
		about: about{name: "places", doc: doc, takes: takes, named: true, keys: "PLACE", names: &schema{Pattern: faultName.String()}, most: maxPlaces, word: none, usual: none,
			entry: &about{takes: "a place such as {actors: [1], round_trips: {tokyo: 65ms}}", parts: abouts(fields)}},
		read: func(l *loader, n *yaml.Node, path string, s *Scenario) {
			if n.Kind == yaml.ScalarNode && n.Value == none {
				s.Network.Places = nil
				return
			}
			list, _ := l.pairs(n, path, takes, maxPlaces)
			var all []region
			for _, p := range list {
				here := join(path, p.name)
				if !faultName.MatchString(p.name) {
					l.fail(p.key, here, "a place's name is made of letters, digits, - and _, begins with a letter and has at most 40 of them")
				}
				x := region{name: p.name}
				readFields(l, p.value, here, fields, &x)
				all = append(all, x)
			}
			if len(all) > 0 {
				s.Network.Places = l.places(n, path, all)
			}
		},
		reset: func(s *Scenario) { s.Network.Places = nil },
		item: func(g given, s *Scenario) item {
			i := item{key: "places", text: none, doc: doc, calm: s.Network.Places == nil}
			if i.calm {
				return i
			}
			for _, x := range regionsOf(g, s.Network.Places) {
				i.items = append(i.items, item{key: x.name, text: record(g, fields, &x)})
			}
			i.text, i.block = flowText(i.items), true
			return i
		},
	}
}

// placeFields are what a file says of one place.
func placeFields() []field[region] {
	return []field[region]{
		required("actors", "who is there", noneOr(actorList()), at(func(x *region) *[]sim.ID { return &x.actors })),
		waysField("round_trips", "how long a message takes to another place and back, half of it each way; to the place itself: from an actor there to another",
			"places and times such as {tokyo: 65ms}", bothWays(), func(x *region) *[]way { return &x.trips }),
		waysField("to", "how long a message takes to another place, where the way back is another",
			"places and times such as {tokyo: 33ms}", duration(0, maxDelay), func(x *region) *[]way { return &x.to }),
	}
}

// bothWays is a time that each way takes half of: read as the ticks of one way.
func bothWays() kind[int64] {
	k := duration(0, maxDelay)
	k.bounds = "0s to 2^32 - 2 ticks"
	k.parse = func(g given, text string) (int64, error) {
		v, err := parseTicks(text, 2*g.tick, "two ticks (each way takes half of it), "+timeText(2, g.tick))
		if most := int64(maxDelay); err == nil && g.tick > 0 && v > min(most, century/g.tick/2) {
			return 0, fmt.Errorf("%s is out of range: expected 0s to %s", text, timeText(2*min(most, century/g.tick/2), g.tick))
		}
		return v, err
	}
	k.text = func(g given, v int64) string { return timeText(2*v, g.tick) }
	return k
}

// waysField is a mapping from names of places to times of a kind.
func waysField(name, doc, takes string, time kind[int64], place func(x *region) *[]way) field[region] {
	return field[region]{
		about: about{name: name, doc: doc, takes: takes, named: true, keys: "PLACE", names: &schema{Pattern: faultName.String()}, most: maxPlaces,
			entry: &about{name: "PLACE", doc: doc, takes: time.takes, bounds: time.bounds, schema: time.schema}},
		read: func(l *loader, n *yaml.Node, path string, x *region) {
			list, _ := l.pairs(n, path, takes, maxPlaces)
			for _, p := range list {
				if v, ok := time.value(l, p.value, join(path, p.name)); ok {
					*place(x) = append(*place(x), way{p.name, sim.Time(v), p.key})
				}
			}
		},
		reset: func(*region) {},
		item: func(g given, x *region) item {
			var parts []string
			for _, w := range *place(x) {
				parts = append(parts, w.to+": "+time.text(g, int64(w.far)))
			}
			return item{key: name, text: "{" + strings.Join(parts, ", ") + "}", doc: doc, calm: len(parts) == 0}
		},
	}
}

// unsaid is a way that nothing is said of.
const unsaid = sim.Time(-1)

// places puts what is said of each place together. Every way is said once, and every
// actor is somewhere.
func (l *loader) places(n *yaml.Node, path string, list []region) *weather.Places {
	p := &weather.Places{Of: make([]uint8, l.actors)}
	said := make([]bool, l.actors)
	for i, x := range list {
		p.Names = append(p.Names, x.name)
		p.Delay = append(p.Delay, slices.Repeat([]sim.Time{unsaid}, len(list)))
		for _, id := range x.actors {
			if id < 1 || int(id) > l.actors {
				continue // told as such, or there is no number of actors
			}
			if said[id-1] {
				l.fail(child(child(n, x.name), "actors"), join(path, x.name+".actors"), "actor %d is at %s already", id, p.Names[p.Of[id-1]])
			}
			p.Of[id-1], said[id-1] = uint8(i), true
		}
	}
	for i, x := range list {
		l.ways(join(path, x.name+".round_trips"), p, x.trips, func(j int, far sim.Time) bool {
			ok := p.Delay[i][j] == unsaid && p.Delay[j][i] == unsaid
			p.Delay[i][j], p.Delay[j][i] = far, far
			return ok
		})
		l.ways(join(path, x.name+".to"), p, x.to, func(j int, far sim.Time) bool {
			ok := p.Delay[i][j] == unsaid
			p.Delay[i][j] = far
			return ok
		})
	}
	if i := slices.Index(said, false); i >= 0 && !l.wrong(path) {
		l.fail(n, path, "actor %d is at none of them: each actor is at one", i+1)
	}
	wrong := l.wrong(path) // or each mistake would look like more
	for i, row := range p.Delay {
		for j, far := range row {
			switch {
			case far != unsaid:
			case i == j:
				row[j] = 0
			case !wrong:
				from, to := p.Names[max(i, j)], p.Names[min(i, j)]
				if p.Delay[j][i] != unsaid { // the way back is said
					from, to = p.Names[i], p.Names[j]
				}
				l.fail(child(n, from), join(path, from), "how far it is to %s is not said: expected round_trips, such as {%[1]s: 80ms}, or to", to)
				row[j], p.Delay[j][i] = 0, max(p.Delay[j][i], 0)
			}
		}
	}
	if l.actors == 0 || l.wrong(path) {
		return nil
	}
	return p
}

// ways notes the ways from a place, and what is wrong with them. take says whether
// nothing was said of a way before.
func (l *loader) ways(path string, p *weather.Places, list []way, take func(j int, far sim.Time) bool) {
	for _, w := range list {
		switch j := slices.Index(p.Names, w.to); {
		case j < 0:
			l.fail(w.at, join(path, w.to), "there is no such place%s", orAll(w.to, p.Names))
		case !take(j, w.far):
			l.fail(w.at, join(path, w.to), "how far it is there is said twice")
		}
	}
}

// regionsOf are the places as a file says them: a way and its way back in one where they
// are alike, and both together no longer than any time.
func regionsOf(g given, p *weather.Places) []region {
	list := make([]region, len(p.Names))
	for i := range list {
		x := &list[i]
		x.name = p.Names[i]
		for id, place := range p.Of {
			if int(place) == i {
				x.actors = append(x.actors, sim.ID(id+1))
			}
		}
		for j, far := range p.Delay[i] {
			switch {
			case far != p.Delay[j][i], int64(far) > century/g.tick/2:
				x.to = append(x.to, way{to: p.Names[j], far: far})
			case j < i, j == i && far > 0:
				x.trips = append(x.trips, way{to: p.Names[j], far: far})
			}
		}
	}
	return list
}
