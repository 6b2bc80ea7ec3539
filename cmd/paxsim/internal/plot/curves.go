package plot

import (
	"bufio"
	"io"
	"slices"
	"strings"
)

// Curves is a picture of one or more series over a common axis.
type Curves struct {
	Frame
	X, Y   Axis
	Series []Series // at most [Most]
	At     []Tick   // values of X that a line marks
	Legend bool     // names are in a list, not where their curves end
}

// Series is a curve. Points without a value part it.
type Series struct {
	Name   string
	Points []Point // in the order of X
	Thin   bool    // beside what matters: without markers
}

// Point is a value, and the band around it.
type Point struct {
	X, Y      int64
	Low, High int64 // of the band; the same: there is none
	None      bool  // there is no value
	Bare      bool  // there is no marker
	Title     string
}

// SVG draws the picture. The error is that of the writer.
func (c *Curves) SVG(w io.Writer) error {
	p := &page{bufio.NewWriter(w)}
	p.begin(&c.Frame, width, height)
	f := c.field()
	c.axes(p, f)
	for i := range c.Series {
		c.band(p, f, i)
	}
	for i := range c.Series {
		c.curve(p, f, i)
	}
	if c.Legend {
		c.legend(p, f)
	} else {
		c.names(p, f)
	}
	return p.end()
}

// field is where curves are drawn.
type field struct {
	x, y  scale
	right int // where it ends, in pixels
}

func (c *Curves) field() *field {
	label := 0
	for _, s := range c.Series {
		label = max(label, wide(s.Name))
	}
	f := &field{right: width - margin - min(label+22, 300)}
	if c.Legend {
		f.right -= 54
	}
	var xs, ys []int64
	for _, t := range c.At {
		xs = append(xs, t.At)
	}
	for _, t := range c.X.Ticks {
		xs = append(xs, t.At)
	}
	for _, s := range c.Series {
		for _, p := range s.Points {
			xs = append(xs, p.X)
			switch {
			case p.None:
			case p.Low != p.High:
				ys = append(ys, p.Low, p.High, p.Y)
			default:
				ys = append(ys, p.Y)
			}
		}
	}
	ends := func(of []int64) (int64, int64) {
		if len(of) == 0 {
			return 1, 1
		}
		return slices.Min(of), slices.Max(of)
	}
	least, greatest := ends(xs)
	inset := 0
	if c.X.Ticks != nil { // so that the first marker is not on the axis
		inset = 120
	}
	f.x = newScale(&c.X, least, greatest, 10*left+inset, 10*(f.right-left)-2*inset)
	least, greatest = ends(ys)
	f.y = newScale(&c.Y, least, greatest, 10*(height-bottom), -10*(height-bottom-top))
	return f
}

// axes draws the grid, the numbers and what they are.
func (c *Curves) axes(p *page, f *field) {
	free := height // labels of y must not run into one another
	for _, t := range f.y.ticks {
		y := f.y.at(t.At)
		p.put(`<path class="grid" d="M%d %sH%d"/>`+"\n", left, tenths(y), f.right)
		if y/10 <= free-15 {
			p.text("n", left-9, y/10+4, t.Text)
			free = y / 10
		}
	}
	shown := thin(&f.x)
	for i, t := range f.x.ticks {
		x := f.x.at(t.At)
		p.put(`<path class="axis" d="M%s %dv5"/>`+"\n", tenths(x), height-bottom)
		if shown[i] {
			p.text("c", x/10, height-bottom+20, t.Text)
		}
	}
	for _, t := range c.At {
		x := f.x.at(t.At)
		p.put(`<path class="at" d="M%s %dV%d"/>`+"\n", tenths(x), top+19, height-bottom)
		p.text("c halo", x/10, top+13, t.Text)
	}
	p.put(`<path class="axis" d="M%d %dH%d"/>`+"\n", left, height-bottom, f.right)
	p.text("a", margin, top-16, c.Y.Label)
	p.text("ac", (left+f.right)/2, height-bottom+42, c.X.Label)
}

// thin says which ticks of a level axis have room for their text: the first,
// the last, and what fits between.
func thin(s *scale) []bool {
	shown := make([]bool, len(s.ticks))
	if len(s.ticks) == 0 {
		return shown
	}
	half := func(i int) int { return wide(s.ticks[i].Text)/2 + 5 }
	place := func(i int) int { return s.at(s.ticks[i].At) / 10 }
	last := len(s.ticks) - 1
	shown[0], shown[last] = true, true
	free := place(0) + half(0)
	for i := 1; i < last; i++ {
		if place(i)-half(i) >= free && place(i)+half(i) <= place(last)-half(last) {
			shown[i], free = true, place(i)+half(i)
		}
	}
	return shown
}

// pieces parts a series where it has no value.
func (s *Series) pieces() (out [][]Point) {
	var piece []Point
	for _, p := range s.Points {
		if !p.None {
			piece = append(piece, p)
			continue
		}
		if len(piece) > 0 {
			out = append(out, piece)
		}
		piece = nil
	}
	if len(piece) > 0 {
		out = append(out, piece)
	}
	return out
}

// band draws what is between Low and High.
func (c *Curves) band(p *page, f *field, i int) {
	for _, piece := range c.Series[i].pieces() {
		var up, down []string
		wide := false
		for _, pt := range piece {
			x := f.x.at(pt.X)
			low, high := pt.Low, pt.High
			if low == high {
				low, high = pt.Y, pt.Y
			}
			wide = wide || low != high
			up = append(up, at(x, f.y.at(high)))
			down = append(down, at(x, f.y.at(low)))
		}
		if !wide {
			continue
		}
		edges := "M" + strings.Join(up, "L") + "M" + strings.Join(down, "L")
		slices.Reverse(down)
		p.put(`<path class="band f%d" d="M%sL%sZ"/><path class="edge k%[1]d" d="%[4]s"/>`+"\n", i%Most, strings.Join(up, "L"), strings.Join(down, "L"), edges)
	}
}

// curve draws the line and its markers.
func (c *Curves) curve(p *page, f *field, i int) {
	s := &c.Series[i]
	k := i % Most
	class := ""
	if s.Thin {
		class = " thin"
	}
	for _, piece := range s.pieces() {
		var path strings.Builder
		for j, pt := range piece {
			x, y := f.x.at(pt.X), f.y.at(pt.Y)
			path.WriteString(string("ML"[min(j, 1)]) + at(x, y))
		}
		p.put(`<path class="l k%d d%[1]d%s" d="%s"/>`+"\n", k, class, path.String())
	}
	if s.Thin {
		return
	}
	for _, pt := range s.Points {
		if !pt.None && !pt.Bare {
			p.put(`<g class="mk k%d" transform="translate(%s)">%s`, k, at(f.x.at(pt.X), f.y.at(pt.Y)), markers[k])
			if pt.Title != "" {
				p.put("<title>%s</title>", escape(pt.Title))
			}
			p.put("</g>\n")
		}
	}
}

// names writes each series' name beside its end, apart from one another.
func (c *Curves) names(p *page, f *field) {
	type name struct{ series, at, y int }
	var all []name
	for i := range c.Series {
		pieces := c.Series[i].pieces()
		if len(pieces) == 0 {
			continue
		}
		last := pieces[len(pieces)-1]
		y := f.y.at(last[len(last)-1].Y) / 10
		all = append(all, name{i, y, y})
	}
	const apart = 17
	slices.SortStableFunc(all, func(a, b name) int { return a.at - b.at })
	for i := range all {
		if i > 0 {
			all[i].y = max(all[i].y, all[i-1].y+apart)
		}
	}
	floor := height - bottom - 2
	for i := len(all) - 1; i >= 0; i-- {
		all[i].y = min(all[i].y, floor)
		floor = all[i].y - apart
	}
	for _, n := range all {
		s := &c.Series[n.series]
		pieces := s.pieces()
		last := pieces[len(pieces)-1]
		x := f.x.at(last[len(last)-1].X)
		if n.y != n.at || x < 10*f.right-130 {
			p.put(`<path class="lead" d="M%s %dL%d %d"/>`+"\n", tenths(x+60), n.at, f.right+10, n.y)
		}
		p.text("name f"+string(rune('0'+n.series%Most)), f.right+14, n.y+4, s.Name)
	}
}

// legend names the series in a list beside the field.
func (c *Curves) legend(p *page, f *field) {
	for i, s := range c.Series {
		k, x, y := i%Most, f.right+14, top+8+22*i
		class, marker := "", markers[k]
		if s.Thin {
			class, marker = " thin", ""
		}
		p.put(`<path class="l k%d d%[1]d%s" d="M%d %dh44"/><g class="mk k%[1]d" transform="translate(%[5]d %[4]d)">%[6]s</g>`+"\n", k, class, x, y, x+22, marker)
		p.text("name f"+string(rune('0'+k)), x+54, y+4, s.Name)
	}
}
