// Package delays says how long things take: from a least to a greatest time, by a
// model.
package delays

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
)

// Delay says how long something takes, such as a message on its way: from Min to
// Max ticks, spread as Shape says. A delay is sound if [Delay.Check] finds nothing
// wrong. The zero Delay is always 0 ticks.
type Delay struct {
	Min, Max scheduler.Time
	Shape    Shape
}

// Shape says how delays spread, from the least on. With Exponential, LogNormal and
// Pareto, a delay is the least one plus what the model adds. With Normal the delay
// itself is normal, and one that would be shorter than the least is the least. A delay
// that would be longer than the greatest is the greatest. All are rounded to whole
// ticks. The zero Shape is uniform.
type Shape struct {
	Model     Model
	Scale     scheduler.Time // of what is added, in ticks, from 1 to Limit-1. Exponential: the mean; LogNormal: the median; Pareto: the scale
	Mean      scheduler.Time // Normal: of the delay, in ticks, from the least to the greatest
	Deviation scheduler.Time // Normal: the standard deviation, in ticks, below Limit
	Sigma     uint32         // LogNormal: the standard deviation of the logarithm, in thousandths, at most MaxSigma
	Alpha     uint32         // Pareto: in thousandths, from MinAlpha to MaxAlpha
	Table     []Point        // Table: from the least delay to the greatest
}

// Limit is the bound, in ticks, that every delay is below.
const Limit = scheduler.Time(1) << 31

// The bounds of the parameters of a model, in thousandths.
const (
	MaxSigma = scheduler.MaxSigma // of Shape.Sigma
	MinAlpha = scheduler.MinAlpha // of Shape.Alpha
	MaxAlpha = scheduler.MaxAlpha
)

// Model is a family of distributions.
type Model uint8

// The models of delays. With x for what is added to the least delay, the comments tell
// the chance that more than x is added:
const (
	Uniform     Model = iota // every tick from the least to the greatest is as likely
	Exponential              // e^(-x/Scale)
	LogNormal                // that a normal variable exceeds ln(x/Scale)/Sigma
	Pareto                   // (1 + x/Scale)^-Alpha: for large x a straight line on paper with two logarithmic axes
	Table                    // as points say, straight from one to the next
	Normal                   // of the delay itself: that a normal variable exceeds (delay - Mean)/Deviation
)

// String is the word for the model that files use. It panics if there is no such
// model.
func (m Model) String() string {
	return [...]string{"uniform", "exponential", "log-normal", "pareto", "table", "normal"}[m]
}

// Point is a point of a table: the chance that a delay is at most At. Delays below that
// of the first point do not occur.
type Point struct {
	Chance scheduler.Probability
	At     scheduler.Time // in ticks, the least delay included
}

// Weights are those of the ticks by which a delay exceeds the least: outcome k is Min+k
// ticks. The delay must be sound. A model other than Uniform makes a table, which takes
// up to a millisecond: ask once, or ask a [Cache].
func (d Delay) Weights() scheduler.Weights {
	cut, scale := uint32(d.Max-d.Min), uint32(d.Shape.Scale)
	switch d.Shape.Model {
	case Exponential:
		return scheduler.NewExponential(scale, cut)
	case LogNormal:
		return scheduler.NewLogNormal(scale, d.Shape.Sigma, cut)
	case Pareto:
		return scheduler.NewPareto(scale, d.Shape.Alpha, cut)
	case Normal:
		return scheduler.NewNormal(uint32(d.Shape.Mean-d.Min), uint32(d.Shape.Deviation), cut)
	case Table:
		points := make([]scheduler.Point, len(d.Shape.Table))
		for i, p := range d.Shape.Table {
			points[i] = scheduler.Point{Part: scheduler.FractionOf(uint64(p.Chance), uint64(scheduler.Certain)), Outcome: uint32(p.At - d.Min)}
		}
		return scheduler.NewEmpirical(points)
	}
	return scheduler.Uniform(cut + 1)
}

// Later is a delay that takes so many ticks more, or fewer if by is below 0. It spreads
// in the same way.
func (d Delay) Later(by scheduler.Time) Delay {
	d.Min, d.Max = d.Min+by, d.Max+by
	switch d.Shape.Model {
	case Normal:
		d.Shape.Mean += by
	case Table:
		d.Shape.Table = slices.Clone(d.Shape.Table)
		for i := range d.Shape.Table {
			d.Shape.Table[i].At += by
		}
	}
	return d
}

// Cache keeps the weights that were made for the delays of a scenario. There are few
// of them, and every run asks for the same again. The zero Cache is ready to use.
type Cache []struct {
	delay   Delay
	weights scheduler.Weights
}

// Weights is [Delay.Weights] of a delay, made at most once; nil: the delay is uniform,
// and needs no table.
func (m *Cache) Weights(d Delay) scheduler.Weights {
	if d.Shape.Model == Uniform {
		return nil
	}
	for _, x := range *m {
		if x.delay.equal(d) {
			return x.weights
		}
	}
	made := d.Weights()
	*m = append(*m, struct {
		delay   Delay
		weights scheduler.Weights
	}{d, made})
	return made
}

// equal says whether two delays are the same.
func (d Delay) equal(e Delay) bool {
	a, b := d.Shape, e.Shape
	return d.Min == e.Min && d.Max == e.Max && a.Model == b.Model && a.Scale == b.Scale && a.Mean == b.Mean && a.Deviation == b.Deviation && a.Sigma == b.Sigma && a.Alpha == b.Alpha &&
		slices.Equal(a.Table, b.Table)
}

// TwiceMean is twice the mean delay, in ticks. It is exact for uniform delays, and
// rounded to a whole number for others. The delay must be sound.
func (d Delay) TwiceMean() scheduler.Time {
	if w, ok := d.Weights().(interface{ Mean() uint64 }); ok {
		return 2*d.Min + scheduler.Time(w.Mean()+250)/500
	}
	return d.Min + d.Max
}

// Check calls bad for each thing that is wrong with a delay, with the path of the field.
// path is that of the delay in its file.
func (d Delay) Check(bad func(path, format string, args ...any), path string) {
	table := d.Shape.Model == Table // checkTable says where a table falls
	if d.Min < 0 || d.Max < d.Min && !table || d.Max >= Limit {
		if d.Shape.Model != Uniform && !table {
			path += ".most"
		}
		bad(path, "expected a least time of at least 0 and a greatest not below it, below %d ticks", Limit)
		return
	}
	rest := d.Shape // what the model does not use
	switch d.Shape.Model {
	case Uniform:
	case Exponential, LogNormal, Pareto:
		rest.Scale = 0
		if s := d.Shape.Scale; s < 1 || s >= Limit {
			bad(path+"."+d.Shape.Model.String(), "expected 1 to %d ticks", Limit-1)
		}
	case Normal:
		rest.Mean, rest.Deviation = 0, 0
		if m := d.Shape.Mean; m < d.Min || m > d.Max {
			bad(path+".normal", "the mean is not between the least delay and the greatest")
		}
		if x := d.Shape.Deviation; x < 0 || x >= Limit {
			bad(path+".deviation", "expected 0 to %d ticks", Limit-1)
		}
	case Table:
		rest.Table = nil
		d.checkTable(bad, path+".table")
	default:
		bad(path, "there is no model %d of delays", uint8(d.Shape.Model))
		return
	}
	switch d.Shape.Model {
	case LogNormal:
		rest.Sigma = 0
		if d.Shape.Sigma > MaxSigma {
			bad(path+".sigma", "out of range")
		}
	case Pareto:
		rest.Alpha = 0
		if a := d.Shape.Alpha; a < MinAlpha || a > MaxAlpha {
			bad(path+".alpha", "out of range")
		}
	}
	if rest.Scale != 0 || rest.Mean != 0 || rest.Deviation != 0 || rest.Sigma != 0 || rest.Alpha != 0 || rest.Table != nil {
		bad(path, "%v delays with a parameter of another model", d.Shape.Model)
	}
}

// checkTable tells what is wrong with the points.
func (d Delay) checkTable(bad func(path, format string, args ...any), path string) {
	points := d.Shape.Table
	if len(points) == 0 {
		bad(path, "a table of no points")
		return
	}
	for i, p := range points {
		here := fmt.Sprintf("%s.%d", path, i+1)
		switch {
		case p.Chance > scheduler.Certain:
			bad(here, "a probability is at most 1")
		case i > 0 && p.Chance <= points[i-1].Chance:
			bad(here, "the chance is not above that of the point before it")
		case i > 0 && p.At < points[i-1].At:
			bad(here, "the delay is below that of the point before it")
		}
	}
	last := points[len(points)-1]
	if last.Chance < scheduler.Certain {
		bad(fmt.Sprintf("%s.%d", path, len(points)), "the last point is not at 100%%: it says what no delay exceeds")
	}
	if points[0].At != d.Min || last.At != d.Max {
		bad(path, "the least delay is that of the first point, and the greatest that of the last")
	}
}
