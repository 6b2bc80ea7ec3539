package sweep

import (
	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// Point is one choice of values for the settings that vary, and the results of the runs
// there.
type Point struct {
	Values   []string // one for each [Vary]
	Scenario *sim.Scenario
	Summary  *report.Summary

	measured   []Measured  // by measure
	FirstWrong *report.Row // the first run that is not decided, violated before others; nil: all are
}

// Measured is the values of a measure in the runs of a point.
type Measured struct {
	N                  uint64 // runs that have it; with none, the rest is 0
	P5, P10, P50       int64
	P90, P95, P99, Max int64
	Mean               int64   // in thousandths
	Curve              []int64 // the least numbers that 0, 1/200, 2/200, … of the runs do not exceed
}

// Grid is the points of a sweep: the first setting goes fastest.
func Grid(varies []Vary) (points []*Point) {
	if len(varies) == 1 {
		for _, v := range varies[0].Values {
			points = append(points, &Point{Values: []string{v}})
		}
		return points
	}
	for _, w := range varies[1].Values {
		for _, v := range varies[0].Values {
			points = append(points, &Point{Values: []string{v, w}})
		}
	}
	return points
}

// Steps is in how many parts [Measured.Curve] divides the runs.
const Steps = 200

// Gather takes up the runs of a point, one after the other. done, which must be
// called once, ends that and lets the runs go.
func (p *Point) Gather() (add func(r *report.Row), done func()) {
	p.Summary = report.NewSummary(p.Scenario)
	values := make([]Values, len(Measures()))
	add = func(r *report.Row) {
		p.Summary.Add(r)
		for i, m := range Measures() {
			if n, ok := m.of(r); ok {
				values[i].Add(n)
			}
		}
		if r.Failed() && (p.FirstWrong == nil || r.Verdict == observe.VerdictViolated && p.FirstWrong.Verdict != observe.VerdictViolated) {
			row := *r
			p.FirstWrong = &row
		}
	}
	done = func() {
		p.measured = make([]Measured, len(Measures()))
		for i := range values {
			p.measured[i] = values[i].measured(Measures()[i].Time)
		}
	}
	return add, done
}

// measured condenses the numbers.
func (v *Values) measured(curve bool) Measured {
	m := Measured{N: v.n}
	if v.n == 0 {
		return m
	}
	q := func(percent uint64) int64 { return v.Quantile(percent, 100) }
	m.P5, m.P10, m.P50, m.P90, m.P95, m.P99, m.Max = q(5), q(10), q(50), q(90), q(95), q(99), q(100)
	m.Mean = v.Mean()
	if curve {
		for i := range uint64(Steps + 1) {
			m.Curve = append(m.Curve, v.Quantile(i, Steps))
		}
	}
	return m
}

// Of is the values of a measure, named by its place in [Measures].
func (p *Point) Of(measure int) Measured { return p.measured[measure] }

// Share is the share of the runs with an outcome, one of [Shares], in parts per hundred
// thousand: thousandths of a per cent.
func (p *Point) Share(outcome string) int64 {
	n := p.Count(outcome)
	if p.Summary.Runs == 0 {
		return 0
	}
	return int64((n*100_000 + p.Summary.Runs/2) / p.Summary.Runs)
}

// Count is how many runs had an outcome, one of [Shares].
func (p *Point) Count(outcome string) uint64 {
	switch outcome {
	case "decided":
		return p.Summary.Decided
	case "partial":
		return p.Summary.Partial
	case "violated":
		return p.Summary.Violated
	}
	return p.Summary.Undecided
}
