package sweep

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/plot"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// Kinds are the kinds of pictures.
var Kinds = []string{"curve", "cdf", "heat"}

// Outcome is what a heat map shows unless another measure is asked for: the share of each
// outcome.
const Outcome = "outcome"

// Picture is what is asked for.
type Picture struct {
	Kind    string // one of Kinds
	Y       string // one of Names, or Outcome for a heat map
	Log     bool   // the axis of values is logarithmic
	LogX    bool   // the other axis is: of the setting, or of the time of a cdf
	All     int    // how many points there are; of fewer the picture says so
	First   uint64 // seed
	Command string // that draws it
}

// Refuse says why a sweep cannot be drawn so, or nothing.
func (d *Picture) Refuse(varies []Vary) string {
	series, points := 1, len(varies[0].Values)
	if len(varies) == 2 {
		series, points = len(varies[1].Values), points*len(varies[1].Values)
	}
	measure := Find(d.Y)
	switch {
	case d.Kind == "heat" && len(varies) < 2:
		return "a heat map is over two settings: --vary one more"
	case d.Kind != "heat" && d.Y == Outcome:
		return "outcomes are for --plot-kind heat; a curve shows one of them, such as --y undecided"
	case d.Kind == "cdf" && (measure < 0 || !Measures()[measure].Time):
		return "a cdf is of times: --y chosen_ms, decided_ms or learned_ms"
	case d.Kind == "cdf" && points > plot.Most:
		return fmt.Sprintf("a cdf has a curve a point, and one can tell %d apart, not %d", plot.Most, points)
	case d.Kind == "curve" && series > plot.Most:
		return fmt.Sprintf("each value of the second --vary is a curve, and one can tell %d apart, not %d; or --plot-kind heat", plot.Most, series)
	case d.Log && d.Kind != "curve":
		return "--log-y is for curves"
	case d.LogX && d.Kind == "heat":
		return "--log-x is for curves and cdfs"
	case d.LogX && d.Kind == "curve":
		return noLog(varies[0])
	}
	return ""
}

// noLog says why a setting cannot have a logarithmic axis, or nothing.
func noLog(v Vary) string {
	values, _, rising := numbers(v.Values)
	switch {
	case !rising:
		return "--log-x: the values of " + v.Path + " are no rising numbers"
	case values[0] <= 0:
		return "--log-x: " + v.Path + " begins at " + v.Values[0] + ", which has no place on a logarithmic axis"
	}
	return ""
}

// Draw writes the picture. The error is that of the writer.
func (d *Picture) Draw(w io.Writer, points []*Point, varies []Vary) error {
	switch d.Kind {
	case "heat":
		return d.heat(points, varies).SVG(w)
	case "cdf":
		return d.cdf(points, varies).SVG(w)
	}
	return d.curves(points, varies).SVG(w)
}

// unit is the unit of the times of a picture.
type unit struct {
	name     string
	decimals int // of microseconds
}

// unitOf finds the unit for times up to the greatest of a measure.
func unitOf(points []*Point, measure int) unit {
	for _, p := range points {
		if m := p.measured[measure]; m.N > 0 && say.Micros(p.Scenario, sim.Time(m.P95)) >= 20_000_000 {
			return unit{"s", 6}
		}
	}
	return unit{"ms", 3}
}

// frame is what is around every picture.
func (d *Picture) frame(points []*Point, title, how string) plot.Frame {
	p := points[0]
	runs := p.Summary.Runs
	text := fmt.Sprintf("%s, %s a point", p.Scenario.Name, say.Plural(runs, "run"))
	if runs > 1 {
		text += fmt.Sprintf(", under the seeds from %d on", d.First)
	} else {
		text += fmt.Sprintf(", under seed %d", d.First)
	}
	if how != "" {
		text += " · " + how
	}
	if len(points) < d.All {
		text += fmt.Sprintf(" · interrupted: the first %d of %d points", len(points), d.All)
	}
	return plot.Frame{Title: title, Subtitle: text, Note: d.Command, Desc: d.words(points)}
}

// words tells each point.
func (d *Picture) words(points []*Point) string {
	var parts []string
	for _, p := range points {
		parts = append(parts, strings.Join(p.Values, ", ")+": "+p.told(d.Y))
	}
	return strings.Join(parts, "; ") + "."
}

// told is the results of a point, in words.
func (p *Point) told(y string) string {
	i := Find(y)
	switch {
	case y == Outcome:
		var parts []string
		for _, name := range Shares {
			if n := p.Count(name); n > 0 {
				parts = append(parts, say.Count(n)+" "+name)
			}
		}
		return strings.Join(parts, ", ")
	case i < 0:
		return percent(p.Share(y)) + " " + y
	case p.measured[i].N == 0:
		return "none"
	}
	m := p.measured[i]
	text := func(v int64) string {
		if Measures()[i].Time {
			return say.Span(p.Scenario, sim.Time(v))
		}
		return say.Count(uint64(v))
	}
	out := fmt.Sprintf("median %s, from p10 %s to p90 %s", text(m.P50), text(m.P10), text(m.P90))
	if m.N < p.Summary.Runs {
		out += fmt.Sprintf(", of %s of %s runs", say.Count(m.N), say.Count(p.Summary.Runs))
	}
	return out
}

// title is what a picture shows.
func title(y string) string {
	text := strings.ReplaceAll(y, "_", " ")
	switch i := Find(y); {
	case i >= 0 && Measures()[i].Time:
		text = "time until " + Measures()[i].Head
	case i >= 0:
		text = Measures()[i].Head
	case i < 0 && y != Outcome:
		text += " runs"
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// axis is the axis of a setting, and the place of each value.
func axis(v Vary) (a plot.Axis, places []int64) {
	a.Label = v.Path
	values, decimals, rising := numbers(v.Values)
	if !rising { // not along a line: one beside the other
		for i, text := range v.Values {
			places = append(places, int64(i))
			a.Ticks = append(a.Ticks, plot.Tick{At: int64(i), Text: text})
		}
		return a, places
	}
	a.Decimals = decimals
	for i, text := range v.Values {
		a.Ticks = append(a.Ticks, plot.Tick{At: values[i], Text: text})
	}
	first, last := values[0], values[len(values)-1]
	a.Log = first > 0 && (v.Log || last/first >= 100)
	return a, values
}

// numbers reads values as whole numbers of 10^-decimals of one unit. ok says
// whether they are numbers, and each greater than the one before it.
func numbers(texts []string) (out []int64, decimals int, ok bool) {
	rats := make([]*big.Rat, len(texts))
	first := ""
	for i, text := range texts {
		v, kind, ok := scenarios.Number(text)
		if !ok {
			return nil, 0, false
		}
		rats[i] = v
		ns, time := units[kind]
		if v.Sign() == 0 && kind == "" {
			continue // 0 of any unit
		}
		if time {
			kind = "time"
			rats[i].Mul(rats[i], big.NewRat(ns, 1e6))
		}
		if first == "" {
			first = kind + "!"
		}
		if first != kind+"!" {
			return nil, 0, false
		}
	}
	for _, r := range rats {
		text := strings.TrimRight(r.FloatString(18), "0")
		decimals = max(decimals, len(text)-1-strings.Index(text, "."))
	}
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	for i, r := range rats {
		n := new(big.Rat).Mul(r, ten)
		if !n.IsInt() || !n.Num().IsInt64() || i > 0 && n.Num().Int64() <= out[i-1] {
			return nil, 0, false
		}
		out = append(out, n.Num().Int64())
	}
	return out, decimals, true
}

// curves draws a curve for each value of the second setting.
func (d *Picture) curves(points []*Point, varies []Vary) *plot.Curves {
	x, places := axis(varies[0])
	x.Log = x.Log || d.LogX
	c := &plot.Curves{X: x}
	measure := Find(d.Y)
	var point func(p *Point, x int64) plot.Point
	how := ""
	if measure < 0 {
		c.Y = plot.Axis{Label: "% of runs", Decimals: 3, End: 100_000}
		point = func(p *Point, x int64) plot.Point { return plot.Point{X: x, Y: p.Share(d.Y)} }
	} else {
		c.Y, point = d.measureAxis(points, measure)
		how = "line: median, band: p10 to p90"
	}
	c.Y.Log = d.Log
	mean := plot.Series{Name: "mean", Thin: true}
	per := len(varies[0].Values)
	for i := 0; i*per < len(points); i++ {
		s := plot.Series{}
		if len(varies) == 2 {
			s.Name = short(varies[1].Path) + "=" + varies[1].Values[i]
		}
		for j, p := range points[i*per : min((i+1)*per, len(points))] {
			pt := point(p, places[j])
			pt.Title = strings.Join(p.Values, ", ") + ": " + p.told(d.Y)
			s.Points = append(s.Points, pt)
			if measure >= 0 {
				m := p.measured[measure]
				mean.Points = append(mean.Points, plot.Point{X: places[j], Y: d.meanOf(p, m, measure), None: m.N == 0})
			}
		}
		c.Series = append(c.Series, s)
	}
	switch {
	case measure < 0:
	case len(c.Series) > 3: // bands of many hide one another
		how = "medians"
		for i := range c.Series {
			for j := range c.Series[i].Points {
				c.Series[i].Points[j].Low, c.Series[i].Points[j].High = 0, 0
			}
		}
	case len(varies) == 1:
		c.Series[0].Name = "median"
		c.Series = append(c.Series, mean)
		how = "band: p10 to p90"
	}
	c.Frame = d.frame(points, title(d.Y)+" over "+varies[0].Path, how+leftOut(points, measure))
	return c
}

// leftOut says that some runs have no value.
func leftOut(points []*Point, measure int) string {
	for _, p := range points {
		if measure >= 0 && p.measured[measure].N < p.Summary.Runs {
			return ", of " + Measures()[measure].Of
		}
	}
	return ""
}

// short is the last word of a path.
func short(path string) string { return path[strings.LastIndex(path, ".")+1:] }

// measureAxis is the axis of a measure, and what is drawn of a point.
func (d *Picture) measureAxis(points []*Point, measure int) (plot.Axis, func(p *Point, x int64) plot.Point) {
	m := Measures()[measure]
	a := plot.Axis{Label: m.Head + " a run", Decimals: 0}
	scale := func(*sim.Scenario) int64 { return 1 }
	switch {
	case m.Time:
		u := unitOf(points, measure)
		a = plot.Axis{Label: title(m.Name) + ", " + u.name, Decimals: u.decimals}
		scale = func(s *sim.Scenario) int64 { return s.Tick / 1000 }
	default: // so that means of small counts have a place
		a.Decimals = 3
		scale = func(*sim.Scenario) int64 { return 1000 }
	}
	return a, func(p *Point, x int64) plot.Point {
		of := p.measured[measure]
		k := scale(p.Scenario)
		return plot.Point{X: x, Y: of.P50 * k, Low: of.P10 * k, High: of.P90 * k, None: of.N == 0}
	}
}

// meanOf is a mean on the axis of a measure.
func (d *Picture) meanOf(p *Point, m Measured, measure int) int64 {
	if Measures()[measure].Time {
		return micros(p.Scenario, m.Mean)
	}
	return m.Mean
}

// cdf draws which share of the runs of each point has decided by a time.
func (d *Picture) cdf(points []*Point, varies []Vary) *plot.Curves {
	measure := Find(d.Y)
	u := unitOf(points, measure)
	c := &plot.Curves{X: plot.Axis{Label: title(d.Y) + ", " + u.name, Decimals: u.decimals}, Y: plot.Axis{Label: "% of runs", Decimals: 3, End: 100_000}, Legend: true}
	c.X.Log = d.LogX
	last := int64(0)
	for _, p := range points {
		m := p.measured[measure]
		s := plot.Series{}
		for i, v := range p.Values {
			if i > 0 {
				s.Name += ", "
			}
			s.Name += short(varies[i].Path) + "=" + v
		}
		for i, t := range m.Curve {
			// i of [Steps] parts of those that decided, of all runs.
			y := int64(uint64(i) * m.N * 100_000 / (Steps * p.Summary.Runs))
			x := say.Micros(p.Scenario, sim.Time(t))
			last = max(last, x)
			s.Points = append(s.Points, plot.Point{X: x, Y: y, Bare: i%(Steps/4) != 0 || i == 0 || i == Steps})
		}
		c.Series = append(c.Series, s)
	}
	for i, p := range points { // who stays below goes on to the end of the picture
		if s := &c.Series[i]; len(s.Points) > 0 && p.measured[measure].N < p.Summary.Runs {
			s.Points = append(s.Points, plot.Point{X: last, Y: s.Points[len(s.Points)-1].Y, Bare: true})
		}
	}
	how := ""
	if leftOut(points, measure) != "" {
		how = "a curve below 100%: it has only " + Measures()[measure].Of
	}
	c.Frame = d.frame(points, title(d.Y)+": which share of the runs by when", how)
	return c
}

// heat draws a cell a point.
func (d *Picture) heat(points []*Point, varies []Vary) *plot.Heat {
	h := &plot.Heat{XLabel: varies[0].Path, YLabel: varies[1].Path, Columns: varies[0].Values, Rows: varies[1].Values, Outcomes: d.Y == Outcome}
	per := len(varies[0].Values)
	cells := make([]plot.Cell, (len(points)+per-1)/per*per) // of a row that was begun there are all
	for i := len(points); i < len(cells); i++ {
		cells[i] = plot.Cell{Shade: -1, Title: "not played"}
	}
	var known []int
	var values []int64
	for i, p := range points {
		c := &cells[i]
		c.Title = strings.Join(p.Values, ", ") + ": " + p.told(d.Y)
		if d.Y == Outcome {
			c.Decided, c.Partial, c.Undecided, c.Violated = p.Summary.Decided, p.Summary.Partial, p.Summary.Undecided, p.Summary.Violated
			c.Text = percent(p.Share("decided"))
			if c.Violated > 0 {
				c.More = "violated " + percent(p.Share("violated"))
			}
			continue
		}
		c.Shade, c.Text = -1, "-"
		v, text, ok := d.cell(p)
		if ok {
			c.Text = text
			known, values = append(known, i), append(values, v)
		}
	}
	for k, shade := range plot.Shades(values) {
		cells[known[k]].Shade = shade
	}
	for i := 0; i < len(cells); i += per {
		h.Cells = append(h.Cells, cells[i:i+per])
	}
	how := "shares of runs"
	if m := Find(d.Y); m >= 0 {
		how = "medians"
		if Measures()[m].Time {
			how += " in ms"
		}
		how += leftOut(points, m)
	}
	h.Frame = d.frame(points, title(d.Y)+" over "+varies[0].Path+" and "+varies[1].Path, how)
	return h
}

// cell is the value of a point in a heat map, if it has one.
func (d *Picture) cell(p *Point) (v int64, text string, ok bool) {
	i := Find(d.Y)
	if i < 0 {
		return p.Share(d.Y), percent(p.Share(d.Y)), true
	}
	m := p.measured[i]
	if m.N == 0 {
		return 0, "", false
	}
	if !Measures()[i].Time {
		return m.P50, say.Count(uint64(m.P50)), true
	}
	v = say.Micros(p.Scenario, sim.Time(m.P50))
	return v, plot.Number(v, 3), true
}
