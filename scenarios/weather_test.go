package scenarios

import (
	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
)

// drawLinks draws what a network says beside delay, loss and duplicates.
func drawLinks(t *rapid.T, n *sim.Network, actors int, most sim.Time) {
	n.Copies = rapid.SampledFrom([]int{0, 0, 2, 3}).Draw(t, "copies")
	n.Corrupt = probability().Draw(t, "corrupt")
	n.Forge = probability().Draw(t, "forge")
	n.EvictOldest = rapid.Bool().Draw(t, "evict oldest")
	if actors <= sim.MaxPaired {
		n.FIFO = rapid.Bool().Draw(t, "fifo")
		n.Bias = ticks(0, most).Draw(t, "bias")
		n.Capacity = rapid.SampledFrom([]int{0, 0, 1, 7, sim.MaxCapacity}).Draw(t, "capacity")
	}
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
	return d
}

// orUnchanged draws a chance that may stay what it is elsewhere.
func orUnchanged() *rapid.Generator[scheduler.Probability] {
	return rapid.OneOf(rapid.Just(sim.Same), probability())
}

func drawWeather(t *rapid.T, most sim.Time) sim.Weather {
	return sim.Weather{
		Delay: maybeDelay(t, most), Loss: orUnchanged().Draw(t, "loss"), Duplicate: orUnchanged().Draw(t, "duplicate"),
		Corrupt: orUnchanged().Draw(t, "corrupt"), Forge: orUnchanged().Draw(t, "forge"),
	}
}

func drawSeasons(t *rapid.T, most, small sim.Time) (list []sim.Season) {
	for range rapid.IntRange(1, 3).Draw(t, "seasons") {
		list = append(list, sim.Season{
			For: ticks(1, most/3).Draw(t, "for"), Weather: drawWeather(t, small), Crashes: orUnchanged().Draw(t, "crashes"),
		})
	}
	return list
}

// drawCore draws for whom the weather calms.
func drawCore(t *rapid.T, s *sim.Scenario) *sim.Target {
	switch rapid.IntRange(0, 2).Draw(t, "core") {
	case 0:
		return nil
	case 1:
		return &sim.Target{Group: sim.Everyone}
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
	core := sim.These(ids...)
	return &core
}

// drawTarget draws whom a fault strikes.
func drawTarget(t *rapid.T, s *sim.Scenario) sim.Target {
	switch g := sim.Group(rapid.IntRange(int(sim.Listed), int(sim.Minority)).Draw(t, "group")); {
	case g == sim.AtRandom:
		return sim.Target{Group: g, Many: rapid.IntRange(1, min(s.Actors, sim.MaxDrawn)).Draw(t, "many")}
	case g == sim.InRole && len(s.Protocol.Words().Roles) > 0:
		return sim.Target{Group: g, Role: uint8(rapid.IntRange(0, len(s.Protocol.Words().Roles)-1).Draw(t, "role"))}
	case g == sim.Listed, g == sim.InRole:
		return sim.These(someActors(t, s.Actors)...)
	default:
		return sim.Target{Group: g}
	}
}

// orNobody draws a target that may be left out.
func orNobody(t *rapid.T, s *sim.Scenario) sim.Target {
	if rapid.Bool().Draw(t, "left out") {
		return sim.Target{}
	}
	return drawTarget(t, s)
}

func drawOn(t *rapid.T, s *sim.Scenario) sim.Links {
	l := sim.Links{From: orNobody(t, s), To: orNobody(t, s)}
	if rapid.Bool().Draw(t, "some messages") {
		for kind, word := range s.Protocol.Words().Messages {
			if word != "" && (l.Kinds == nil || rapid.Bool().Draw(t, word)) {
				l.Kinds = append(l.Kinds, uint8(kind))
			}
		}
	}
	return l
}

// drawMoment draws a moment, or none.
func drawMoment(t *rapid.T, s *sim.Scenario) *sim.Moment {
	if rapid.Bool().Draw(t, "no moment") {
		return nil
	}
	m := &sim.Moment{Who: sim.ID(rapid.IntRange(0, s.Actors).Draw(t, "who")), Does: sim.Doing(rapid.IntRange(int(sim.Sends), int(sim.Returns)).Draw(t, "does"))}
	switch things := (s.Protocol.Words()).Things(m.Does); {
	case things == nil:
	case len(used(things)) == 0:
		m.Does = sim.Decides
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
		m.Times = rapid.IntRange(2, sim.MaxTimes).Draw(t, "times")
	}
	return m
}

// fault draws a fault of any kind.
func fault(t *rapid.T, name string, s *sim.Scenario, most, small sim.Time) sim.Fault {
	f := sim.Fault{Name: name, Until: sim.Forever}
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
func befalls(t *rapid.T, f *sim.Fault, s *sim.Scenario, small sim.Time) {
	kinds := faultKinds
	if s.Actors == 1 {
		kinds = []string{"clog", "crash", "pause"}
	}
	whom := drawTarget(t, s)
	switch kind := rapid.SampledFrom(kinds).Draw(t, "kind"); {
	case kind == "split" && rapid.Bool().Draw(t, "halves"):
		f.Cut = &sim.Cut{Shape: sim.Halves}
	case kind == "split":
		ids := someActors(t, s.Actors-1)
		f.Split = [][]sim.ID{ids}
		if n := rapid.IntRange(1, len(ids)).Draw(t, "first part"); n < len(ids) {
			f.Split = [][]sim.ID{ids[:n:n], ids[n:]}
		}
	case kind == "isolate":
		f.Cut = &sim.Cut{Shape: sim.Isolate, Who: whom}
	case kind == "one_way":
		f.Cut = &sim.Cut{Shape: sim.OneWay, From: whom, To: drawTarget(t, s)}
	case kind == "ring" && s.Actors <= sim.MaxRing:
		f.Cut = &sim.Cut{Shape: sim.Ring, Who: whom}
	case kind == "chain" && s.Actors <= sim.MaxRing:
		f.Cut = &sim.Cut{Shape: sim.Chain, Who: whom}
	case kind == "bridge" && whom.Group != sim.Everyone:
		f.Cut = &sim.Cut{Shape: sim.Bridge, Who: whom}
	case kind == "clog":
		on := drawOn(t, s)
		f.Clog = &on
	case kind == "weather":
		x := drawWeather(t, small)
		if x == sim.Unchanged() {
			x.Loss = scheduler.Certain
		}
		f.On, f.Weather = drawOn(t, s), &x
	case kind == "pause":
		f.Pause = whom
	default:
		f.Crash = whom
	}
}
