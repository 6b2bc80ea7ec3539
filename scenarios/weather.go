package scenarios

import (
	"strconv"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// weatherKeys are the keys of a weather.
var weatherKeys = []string{"delay", "loss", "duplicate", "corrupt", "forge"}

// weatherFields are what a file says of another weather than the general one.
// What it does not say stays.
func weatherFields[R any](place func(*R) *weather.Weather) []field[R] {
	chance := func(name, doc string, of func(*weather.Weather) *scheduler.Probability) field[R] {
		return optional(name, doc, orSame(), whole(func(r *R) *scheduler.Probability { return of(place(r)) }), int64(weather.Same))
	}
	return []field[R]{
		optional("delay", "how long a message is on its way, in place of network.delay", maybe(delayKind()),
			at(func(r *R) **delays.Delay { return &place(r).Delay }), nil),
		chance("loss", "in place of network.loss", func(x *weather.Weather) *scheduler.Probability { return &x.Loss }),
		chance("duplicate", "in place of network.duplicate", func(x *weather.Weather) *scheduler.Probability { return &x.Duplicate }),
		chance("corrupt", "in place of network.corrupt", func(x *weather.Weather) *scheduler.Probability { return &x.Corrupt }),
		chance("forge", "in place of network.forge", func(x *weather.Weather) *scheduler.Probability { return &x.Forge }),
	}
}

// linkFields are which links are meant, and which messages on them.
func linkFields[R any](w *sim.Vocabulary, links func(*R) *aims.Links) []field[R] {
	whom := target(w.Roles)
	return []field[R]{
		optional("from", "the senders; left out: everybody", whom, at(func(r *R) *aims.Target { return &links(r).From }), aims.Target{}),
		optional("to", "the receivers; left out: everybody", whom, at(func(r *R) *aims.Target { return &links(r).To }), aims.Target{}),
		optional("messages", "which messages; left out: all", messageList(w), at(func(r *R) *[]uint8 { return &links(r).Kinds }), nil),
	}
}

// local is a weather on some links.
type local struct {
	on aims.Links
	weather.Weather
}

// weatherPart is a fault that is a weather on some links.
func weatherPart(w *sim.Vocabulary) field[faults.Fault] {
	fields := append(linkFields(w, func(x *local) *aims.Links { return &x.on }),
		weatherFields(func(x *local) *weather.Weather { return &x.Weather })...)
	f := part("weather", "another weather on some links", "", lens[faults.Fault, *local]{
		func(f *faults.Fault) *local {
			if f.Weather == nil {
				return nil
			}
			return &local{f.On, *f.Weather}
		},
		func(f *faults.Fault, x *local) {
			if x != nil {
				f.On, f.Weather = x.on, &x.Weather
			}
		},
	}, fields...)
	f.someOf = weatherKeys
	return f
}

// maxPeriods is the greatest number of periods.
const maxPeriods = 1000

// periodFields are what a file says of one period.
func periodFields() []field[weather.Period] {
	type S = weather.Period
	fields := []field[S]{
		required("for", "how long it lasts", duration(1, sim.MaxTime), whole(func(s *S) *sim.Time { return &s.For })),
	}
	fields = append(fields, weatherFields(func(s *S) *weather.Weather { return &s.Weather })...)
	return append(fields, optional("crashes", "in place of crashes.chance", orSame(),
		whole(func(s *S) *scheduler.Probability { return &s.Crashes }), int64(weather.Same)))
}

// periodsField is the list of the periods.
func periodsField() field[Scenario] {
	fields := periodFields()
	const (
		doc   = "the weather at first: one period after the other; after the last, what happens by chance is over"
		takes = "a list such as [{for: 500ms, loss: 20%}, {for: 1s}]"
	)
	return field[Scenario]{
		about: about{name: "periods", doc: doc, takes: takes, bounds: "1 to " + strconv.Itoa(maxPeriods) + " entries", most: maxPeriods,
			entry: &about{takes: "a period such as {for: 500ms, loss: 20%}", parts: abouts(fields)}},
		read: func(l *loader, n *yaml.Node, path string, s *Scenario) {
			nodes, _ := l.elements(n, path, takes, maxPeriods)
			for i, node := range nodes {
				x := weather.Period{Weather: weather.Unchanged(), Crashes: weather.Same}
				readFields(l, node, join(path, strconv.Itoa(i+1)), fields, &x)
				s.Periods = append(s.Periods, x)
			}
		},
		reset: func(s *Scenario) { s.Periods = nil },
		item: func(g given, s *Scenario) item {
			i := item{key: "periods", doc: doc, calm: len(s.Periods) == 0, block: true}
			for k := range s.Periods {
				i.items = append(i.items, item{text: record(g, fields, &s.Periods[k])})
			}
			return i
		},
	}
}
