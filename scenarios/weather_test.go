package scenarios

import (
	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/links"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// drawLinks draws what a network says beside delay, loss and duplicates.
func drawLinks(t *rapid.T, n *weather.Network, actors int, most sim.Time) {
	n.Copies = rapid.SampledFrom([]int{0, 0, 2, 3}).Draw(t, "copies")
	n.Corrupt = probability().Draw(t, "corrupt")
	n.Forge = probability().Draw(t, "forge")
	n.EvictOldest = rapid.Bool().Draw(t, "evict oldest")
	if actors <= links.MaxPaired {
		n.FIFO = rapid.Bool().Draw(t, "fifo")
		n.Bias = ticks(0, most).Draw(t, "bias")
		n.Places = drawPlaces(t, actors, most)
		n.Capacity = rapid.SampledFrom([]int{0, 0, 1, 7, links.MaxCapacity}).Draw(t, "capacity")
	}
}

// drawPlaces draws places, or none.
func drawPlaces(t *rapid.T, actors int, most sim.Time) *weather.Places {
	if rapid.Bool().Draw(t, "one spot") {
		return nil
	}
	name := rapid.StringMatching(`[A-Za-z][A-Za-z0-9_-]{0,5}`).Filter(func(s string) bool { return s != "none" })
	p := &weather.Places{Names: rapid.SliceOfNDistinct(name, 1, 4, rapid.ID).Draw(t, "places"), Of: make([]uint8, actors)}
	for i := range p.Of {
		p.Of[i] = uint8(i*7/3) % uint8(len(p.Names))
	}
	for i := range p.Names {
		p.Delay = append(p.Delay, nil)
		for j := range p.Names {
			far := ticks(0, most).Draw(t, "far")
			if j < i && rapid.Bool().Draw(t, "as far back") {
				far = p.Delay[j][i]
			}
			p.Delay[i] = append(p.Delay[i], far)
		}
	}
	return p
}

// maybeDelay draws a delay, or none.
func maybeDelay(t *rapid.T, most sim.Time) *delays.Delay {
	if rapid.Bool().Draw(t, "no delay") {
		return nil
	}
	least := ticks(1, most).Draw(t, "least")
	d := &delays.Delay{Min: least, Max: ticks(least, most).Draw(t, "greatest"), Shape: shape(t, most)}
	if points := d.Shape.Table; d.Shape.Model == delays.Table {
		last := &points[len(points)-1]
		last.At = max(last.At, 1)
		d.Min, d.Max = points[0].At, last.At
	}
	if d.Shape.Model == delays.Normal {
		d.Shape.Mean = d.Min + (d.Max-d.Min)/2
	}
	return d
}

// orUnchanged draws a chance that may stay what it is elsewhere.
func orUnchanged() *rapid.Generator[scheduler.Probability] {
	return rapid.OneOf(rapid.Just(weather.Same), probability())
}

func drawWeather(t *rapid.T, most sim.Time) weather.Weather {
	return weather.Weather{
		Delay: maybeDelay(t, most), Loss: orUnchanged().Draw(t, "loss"), Duplicate: orUnchanged().Draw(t, "duplicate"),
		Corrupt: orUnchanged().Draw(t, "corrupt"), Forge: orUnchanged().Draw(t, "forge"),
	}
}

func drawPeriods(t *rapid.T, most, small sim.Time) (list []weather.Period) {
	for range rapid.IntRange(1, 3).Draw(t, "periods") {
		list = append(list, weather.Period{
			For: ticks(1, most/3).Draw(t, "for"), Weather: drawWeather(t, small), Crashes: orUnchanged().Draw(t, "crashes"),
		})
	}
	return list
}

// drawCore draws for whom the weather calms.
func drawCore(t *rapid.T, s *Scenario) *aims.Target {
	switch rapid.IntRange(0, 2).Draw(t, "core") {
	case 0:
		return nil
	case 1:
		return &aims.Target{Group: aims.Everyone}
	}
	ids := s.Members
	if ids == nil {
		for id := 1; id <= min(s.Actors, 9); id++ {
			ids = append(ids, sim.ID(id))
		}
		if s.Actors > 9 {
			return nil
		}
	}
	core := aims.These(ids...)
	return &core
}

// drawTarget draws whom a fault strikes.
func drawTarget(t *rapid.T, s *Scenario) aims.Target {
	switch g := aims.Group(rapid.IntRange(int(aims.Listed), int(aims.Minority)).Draw(t, "group")); {
	case g == aims.AtRandom:
		return aims.Target{Group: g, Many: rapid.IntRange(1, min(s.Actors, aims.MaxDrawn)).Draw(t, "many")}
	case g == aims.InRole && len(s.Protocol.Vocabulary().Roles) > 0:
		return aims.Target{Group: g, Role: uint8(rapid.IntRange(0, len(s.Protocol.Vocabulary().Roles)-1).Draw(t, "role"))}
	case g == aims.Listed, g == aims.InRole:
		return aims.These(someActors(t, s.Actors)...)
	default:
		return aims.Target{Group: g}
	}
}

// orNobody draws a target that may be left out.
func orNobody(t *rapid.T, s *Scenario) aims.Target {
	if rapid.Bool().Draw(t, "left out") {
		return aims.Target{}
	}
	return drawTarget(t, s)
}

func drawOn(t *rapid.T, s *Scenario) aims.Links {
	l := aims.Links{From: orNobody(t, s), To: orNobody(t, s)}
	if rapid.Bool().Draw(t, "some messages") {
		for kind, word := range s.Protocol.Vocabulary().Messages {
			if word != "" && (l.Kinds == nil || rapid.Bool().Draw(t, word)) {
				l.Kinds = append(l.Kinds, uint8(kind))
			}
		}
	}
	return l
}

// drawMoment draws a moment, or none.
func drawMoment(t *rapid.T, s *Scenario) *triggers.Moment {
	if rapid.Bool().Draw(t, "no moment") {
		return nil
	}
	m := &triggers.Moment{Who: sim.ID(rapid.IntRange(0, s.Actors).Draw(t, "who")), Does: triggers.Doing(rapid.IntRange(int(triggers.Sends), int(triggers.Returns)).Draw(t, "does"))}
	switch things := (s.Protocol.Vocabulary()).Things(m.Does); {
	case things == nil:
	case len(used(things)) == 0:
		m.Does = triggers.Decides
	default:
		for kind := range things {
			if things[kind] != "" && (things[m.Kind] == "" || rapid.Bool().Draw(t, things[kind])) {
				m.Kind = uint8(kind)
			}
		}
	}
	switch rapid.IntRange(0, 2).Draw(t, "how often") {
	case 0:
		m.Most = true
	case 1:
		m.Times = rapid.IntRange(2, triggers.MaxTimes).Draw(t, "times")
	}
	return m
}

// fault draws a fault of any kind.
func fault(t *rapid.T, name string, s *Scenario, most, small sim.Time) faults.Fault {
	f := faults.Fault{Name: name, Until: faults.Forever}
	f.At = ticks(0, most-1).Draw(t, "at")
	if rapid.Bool().Draw(t, "ends") {
		f.Until = ticks(f.At+1, most).Draw(t, "until")
	}
	if f.For = maybeDelay(t, small); f.For != nil && rapid.Bool().Draw(t, "by chance") {
		f.Every = maybeDelay(t, small)
	}
	if f.Every == nil {
		f.UntilWhen = drawMoment(t, s)
		if f.When = drawMoment(t, s); f.When != nil {
			f.At = 0
		}
	}
	befalls(t, &f, s, small)
	return f
}

// befalls draws what a fault does.
func befalls(t *rapid.T, f *faults.Fault, s *Scenario, small sim.Time) {
	kinds := faultKinds
	if s.Actors == 1 {
		kinds = []string{"clog", "crash", "pause"}
	}
	whom := drawTarget(t, s)
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); {
	case kind == "split" && rapid.Bool().Draw(t, "halves"):
		f.Cut = &partitions.Cut{Shape: partitions.Halves}
	case kind == "split":
		ids := someActors(t, s.Actors-1)
		f.Split = [][]sim.ID{ids}
		if n := rapid.IntRange(1, len(ids)).Draw(t, "first part"); n < len(ids) {
			f.Split = [][]sim.ID{ids[:n:n], ids[n:]}
		}
	case kind == "isolate":
		f.Cut = &partitions.Cut{Shape: partitions.Isolate, Who: whom}
	case kind == "one_way":
		f.Cut = &partitions.Cut{Shape: partitions.OneWay, From: whom, To: drawTarget(t, s)}
	case kind == "ring" && s.Actors <= partitions.MaxRing:
		f.Cut = &partitions.Cut{Shape: partitions.Ring, Who: whom}
	case kind == "chain" && s.Actors <= partitions.MaxRing:
		f.Cut = &partitions.Cut{Shape: partitions.Chain, Who: whom}
	case kind == "bridge" && whom.Group != aims.Everyone:
		f.Cut = &partitions.Cut{Shape: partitions.Bridge, Who: whom}
	case kind == "clog":
		on := drawOn(t, s)
		f.Clog = &on
	case kind == "weather":
		x := drawWeather(t, small)
		if x == weather.Unchanged() {
			x.Loss = scheduler.Certain
		}
		f.On, f.Weather = drawOn(t, s), &x
	case kind == "pause":
		f.Pause = whom
	default:
		f.Crash = whom
	}
}
