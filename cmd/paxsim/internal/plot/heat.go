package plot

import (
	"bufio"
	"io"
	"slices"
)

// Heat is a picture of a value, or of outcomes, over two settings: a cell each.
type Heat struct {
	Frame
	XLabel, YLabel string
	Columns, Rows  []string // the values of the settings; the first row is the lowest
	Cells          [][]Cell // by row, by column
	Outcomes       bool     // cells have shares of runs, not a shade
}

// Cell is one point. Its text tells what its colour does.
type Cell struct {
	Text  string
	More  string // a second line; "": none
	Title string
	Shade int // from 0 to 1000; -1: there is no value

	Decided, Partial, Undecided, Violated uint64 // of Outcomes
}

// The size of a cell, in pixels.
const (
	cellWidth  = 74
	cellHeight = 46
)

// tall is so many rows that one cannot see the foot of the picture and its head at
// once: then both name the columns.
const tall = 12

// SVG draws the picture. The error is that of the writer.
func (h *Heat) SVG(w io.Writer) error {
	p := &page{bufio.NewWriter(w)}
	label, column := wide(h.YLabel)*11/10, cellWidth
	if h.Outcomes {
		column = 98 // its cells have two lines
	}
	for _, r := range h.Rows {
		label = max(label, wide(r))
	}
	for _, c := range h.Columns {
		column = max(column, wide(c)+12)
	}
	x0, y0 := margin+min(label, 260)+14, top+18
	bigX, bigY := column*len(h.Columns), cellHeight*len(h.Rows)
	all := max(x0+bigX+margin, 2*margin+min(max(wide(h.Subtitle)*11/10, wide(h.Title)*8/5), width), 560)
	p.begin(&h.Frame, all, y0+bigY+bottom+legendHeight(h.Outcomes))
	p.put("<defs>"+
		`<pattern id="none" width="8" height="8" patternUnits="userSpaceOnUse"><path class="i5" d="M0 4H8"/></pattern>`+
		`<pattern id="undecided" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="i1" width="7" height="7"/><path class="i2" d="M0 0V7"/></pattern>`+
		`<pattern id="violated" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="i3" width="6" height="6"/><path class="i4" stroke-opacity=".55" d="M0 0L6 6M6 0L0 6"/></pattern>`+
		"%s</defs>\n", h.partialPattern())
	p.text("an", x0-12, y0-12, h.YLabel)
	for i, name := range h.Rows {
		p.text("n", x0-12, y0+bigY-cellHeight*i-cellHeight/2+4, name)
	}
	for j, name := range h.Columns {
		p.text("c", x0+column*j+column/2, y0+bigY+20, name)
		if len(h.Rows) > tall {
			p.text("c", x0+column*j+column/2, y0-12, name)
		}
	}
	p.text("ac", x0+bigX/2, y0+bigY+42, h.XLabel)
	for i, row := range h.Cells {
		for j := range row {
			h.cell(p, &row[j], x0+column*j, y0+bigY-cellHeight*(i+1), column)
		}
	}
	if h.Outcomes {
		h.legend(p, x0, y0+bigY+62)
	}
	return p.end()
}

// partial says whether some cell has a partial run.
func (h *Heat) partial() bool {
	return slices.ContainsFunc(h.Cells, func(row []Cell) bool {
		return slices.ContainsFunc(row, func(c Cell) bool { return c.Partial > 0 })
	})
}

// partialPattern is the pattern of what is partial, if anything is.
func (h *Heat) partialPattern() string {
	if !h.partial() {
		return ""
	}
	return `<pattern id="partial" width="7" height="7" patternUnits="userSpaceOnUse"><rect class="i1" width="7" height="7"/><circle class="i4" cx="3.5" cy="3.5" r="1"/></pattern>`
}

func legendHeight(outcomes bool) int {
	if outcomes {
		return 28
	}
	return 0
}

// cell draws one.
func (h *Heat) cell(p *page, c *Cell, x, y, column int) {
	p.put("<g><title>%s</title>", escape(c.Title))
	class := ""
	switch {
	case h.Outcomes:
		h.shares(p, c, x, y, column)
		class = " halo"
	case c.Shade < 0:
		p.put(`<rect class="none" x="%d" y="%d" width="%d" height="%d"/>`, x, y, column, cellHeight)
		class = " halo"
	default:
		shade := 60 + c.Shade*88/100
		switch { // letters must be easy to see on it, in light and in dark
		case shade >= 720:
			class = " over"
		case shade >= 580:
			class = " mid"
		}
		p.put(`<rect class="cell" fill-opacity="%s" x="%d" y="%d" width="%d" height="%d"/>`, Number(int64(shade), 3), x, y, column, cellHeight)
	}
	p.put(`<rect class="box" x="%d" y="%d" width="%d" height="%d"/>`, x, y, column, cellHeight)
	line := y + cellHeight/2 + 5
	if c.More != "" {
		line -= 7
		p.put(`<text class="v2%s" x="%d" y="%d">%s</text>`, class, x+column/2, line+15, escape(c.More))
	}
	p.put(`<text class="v%s" x="%d" y="%d">%s</text></g>`+"\n", class, x+column/2, line, escape(c.Text))
}

// shares draws the outcomes of a cell side by side: violated at the left, then
// undecided, then partial, then decided. What happened at all is at least 3 pixels wide.
func (h *Heat) shares(p *page, c *Cell, x, y, column int) {
	runs := c.Decided + c.Partial + c.Undecided + c.Violated
	end := x + column
	for _, part := range []struct {
		n    uint64
		fill string
	}{{c.Violated, `class="bad"`}, {c.Undecided, `class="un"`}, {c.Partial, `fill="url(#partial)"`}} {
		if part.n == 0 {
			continue
		}
		w := min(max(share(part.n, runs, uint64(column)), 3), end-x)
		p.put(`<rect %s x="%d" y="%d" width="%d" height="%d"/>`, part.fill, x, y, w, cellHeight)
		x += w
	}
	if c.Decided > 0 && x < end {
		p.put(`<rect class="ok" x="%d" y="%d" width="%d" height="%d"/>`, x, y, end-x, cellHeight)
	}
}

// legend says what the patterns are.
func (h *Heat) legend(p *page, x, y int) {
	for _, s := range []struct{ fill, text string }{{`class="ok"`, "decided, and its share"}, {`fill="url(#partial)"`, "partial"}, {`class="un"`, "undecided"}, {`class="bad"`, "violated"}} {
		if s.text == "partial" && !h.partial() {
			continue
		}
		p.put(`<rect %s x="%d" y="%d" width="18" height="14"/>`, s.fill, x, y)
		p.text("q", x+25, y+11, s.text)
		x += 25 + wide(s.text) + 24
	}
}

// Shades gives each value its place between the least and the greatest of all,
// from 0 to 1000: by their logarithms if they are further apart than 20 times.
func Shades(values []int64) []int {
	out := make([]int, len(values))
	if len(values) == 0 {
		return out
	}
	least, greatest := slices.Min(values), slices.Max(values)
	of := func(v int64) int64 { return v }
	if least > 0 && greatest/least >= 20 {
		of = log2
	}
	least, greatest = of(least), of(greatest)
	for i, v := range values {
		v = of(v)
		if greatest > least {
			out[i] = share(uint64(v-least), uint64(greatest-least), 1000)
		}
	}
	return out
}
