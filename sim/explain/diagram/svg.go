package diagram

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// style is light, and dark where the reader's system is. Kinds of messages
// differ in colour and in how they are dashed, so that they can be told apart
// without colour.
const style = `
text{font:11px system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:#1f2328}
.bg{fill:#fff}.h{font-size:17px;font-weight:600}.s,.q{fill:#59636e}.n{font-weight:600;font-size:12px}
.time{fill:#59636e;text-anchor:end;font-variant-numeric:tabular-nums}
.l{stroke:#b7bfc8;stroke-width:1.5}.tick{stroke:#eaeef2}
.e text,.w{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.e circle{fill:#1f2328}.e rect{fill:#fff;stroke:#1f2328;stroke-width:1.2}
.g{fill:#116329;font-weight:700}.b{fill:#a40e26;font-weight:600}.w{fill:#7d4e00;font-weight:600}
.star{fill:#1a7f37;stroke:#fff}.x{stroke:#a40e26;stroke-width:2;stroke-dasharray:none;fill:none}
.paused{fill:#59636e;fill-opacity:.25;stroke:#59636e;stroke-opacity:.5}.down{fill:url(#hatch);stroke:#a40e26;stroke-opacity:.45}.hl{stroke:#a40e26;stroke-opacity:.5}.cut{fill:#d4a72c;fill-opacity:.15}.cl{stroke:#9a6700;stroke-dasharray:6 4;fill:none}
.m{stroke-width:1.3;fill:none}.u{opacity:.45}
.k0{stroke:#0550ae;color:#0550ae}.k1{stroke:#1a7f37;color:#1a7f37}.k2{stroke:#bc4c00;color:#bc4c00}.k3{stroke:#8250df;color:#8250df}
.k4{stroke:#a40e26;color:#a40e26}.k5{stroke:#57606a;color:#57606a}.k6{stroke:#0a7b83;color:#0a7b83}.k7{stroke:#9e4c88;color:#9e4c88}
.k1{stroke-dasharray:7 3}.k3{stroke-dasharray:2 3}.k4{stroke-dasharray:9 3 2 3}.k5{stroke-dasharray:4 4}.k7{stroke-dasharray:12 4}
.m .a{fill:currentColor;stroke:none}
@media (prefers-color-scheme:dark){
text{fill:#e6edf3}.bg{fill:#0d1117}.s,.q,.time{fill:#9198a1}.l{stroke:#4a535e}.tick{stroke:#1c232c}
.e text,.w{stroke:#0d1117}.e circle{fill:#e6edf3}.e rect{fill:#0d1117;stroke:#e6edf3}
.g{fill:#56d364}.b{fill:#ff7b72}.w{fill:#e3b341}.star{fill:#56d364;stroke:#0d1117}.x{stroke:#ff7b72}.down{stroke:#ff7b72}.hl{stroke:#ff7b72}
.cut{fill:#bb8009;fill-opacity:.2}.cl{stroke:#e3b341}
.k0{stroke:#79c0ff;color:#79c0ff}.k1{stroke:#56d364;color:#56d364}.k2{stroke:#ffa657;color:#ffa657}.k3{stroke:#d2a8ff;color:#d2a8ff}
.k4{stroke:#ff7b72;color:#ff7b72}.k5{stroke:#9198a1;color:#9198a1}.k6{stroke:#56d4dd;color:#56d4dd}.k7{stroke:#f2a6dc;color:#f2a6dc}
}
`

// SVG draws a layout as a picture of its own. The error is that of the writer.
func SVG(w io.Writer, l *Layout) error {
	d := &drawing{l, bufio.NewWriter(w)}
	d.begin()
	d.shades()
	d.lines()
	for i := range l.Messages {
		d.message(&l.Messages[i])
	}
	for i := range l.Events {
		d.event(&l.Events[i])
	}
	for _, line := range d.Foot {
		d.put(`<text%s x="%d" y="%d">%s</text>`+"\n", classes[line.Class], margin, line.Y, escape(line.Text))
	}
	d.put("</svg>\n")
	return d.out.Flush()
}

type drawing struct {
	*Layout
	out *bufio.Writer
}

func (d *drawing) put(format string, args ...any) { fmt.Fprintf(d.out, format, args...) }

// begin draws what is above the columns.
func (d *drawing) begin() {
	d.put(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-labelledby="title desc">`+"\n", d.Width, d.Height)
	d.put("<title id=\"title\">%s</title>\n<desc id=\"desc\">A space-time diagram of a run, by paxsim: time runs down, each actor is a column, messages are arrows. %s %s</desc>\n",
		escape(d.Title), escape(d.Summary), escape(d.Note))
	d.put("<style>%s</style>\n", style)
	d.put(`<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hl" d="M0 0V6"/></pattern></defs>` + "\n")
	d.put(`<rect class="bg" width="%d" height="%d"/>`+"\n", d.Width, d.Height)
	d.put(`<text class="h" x="%d" y="%d">%s</text>`+"\n", margin, margin+14, escape(d.Title))
	d.put(`<text class="s" x="%d" y="%d">%s</text>`+"\n", margin, margin+34, escape(d.Summary+" "+d.Note))
	y := margin + 2*legendStep + 14
	x := margin
	for _, s := range d.legend() {
		if x+s.width > d.Width-margin && x > margin {
			x, y = margin, y+legendStep
		}
		d.put("<g transform=\"translate(%d %d)\">%s<text x=\"36\" y=\"4\">%s</text></g>\n", x, y-4, s.picture, escape(s.text))
		x += s.width
	}
}

// sample is an item of the legend.
type sample struct {
	picture, text string
	width         int
}

func (d *drawing) legend() []sample {
	var out []sample
	add := func(picture, text string) {
		out = append(out, sample{picture, text, 36 + len([]rune(text))*letter/10 + 18})
	}
	for i, k := range d.Kinds {
		add(fmt.Sprintf(`<g class="m k%d"><path d="M0 0H22"/><path class="a" d="M30 0L21 -3.5V3.5Z"/></g>`, i%8), k.Word)
	}
	switch {
	case !d.Story:
		add(`<path class="x" d="M14 -4L22 4M22 -4L14 4"/>`, "lost, or its receiver is down")
	case slices.ContainsFunc(d.Events, func(e Event) bool { return e.Crashed }):
		add(`<path class="x" d="M14 -4L22 4M22 -4L14 4"/>`, "crashes")
	}
	if d.Saves {
		add(`<g class="e"><rect x="15" y="-4" width="7" height="7"/></g>`, "saved to disk")
	}
	if !d.Story || slices.ContainsFunc(d.Events, func(e Event) bool { return e.Decided }) {
		add(`<path class="star" transform="translate(18 0)" d="`+star+`"/>`, "has learned the decision")
	}
	if slices.ContainsFunc(d.Messages, func(m Message) bool { return m.Fate == UnderWay }) {
		add(`<g class="m k5 u"><path d="M4 0H30"/></g>`, "still on its way at the end")
	}
	for _, paused := range []bool{false, true} {
		if slices.ContainsFunc(d.Downs, func(s Span) bool { return s.Paused == paused }) {
			word := map[bool]string{false: "down", true: "paused"}[paused]
			add(`<rect class="`+word+`" x="11" y="-7" width="14" height="14"/>`, word)
		}
	}
	if len(d.Cuts) > 0 {
		add(`<g><rect class="cut" x="4" y="-7" width="26" height="14"/><path class="cl" d="M4 -7H30"/></g>`, "a fault of the network")
	}
	return out
}

// star is a star around the origin.
const star = "M0 -7L1.7 -2.3L6.7 -2.2L2.7 0.9L4.1 5.7L0 2.9L-4.1 5.7L-2.7 0.9L-6.7 -2.2L-1.7 -2.3Z"

// legendRows is how many rows the legend takes.
func legendRows(l *Layout) int {
	d := &drawing{Layout: l}
	rows, x := 1, margin
	for _, s := range d.legend() {
		if x+s.width > l.Width-margin && x > margin {
			rows, x = rows+1, margin
		}
		x += s.width
	}
	return rows
}

// shades draws what lasts.
func (d *drawing) shades() {
	if b := d.Decisive; b != nil {
		d.put(`<rect class="cut" x="%d" y="%d" width="%d" height="%d"/><text class="w" x="%d" y="%d">%s</text>`+"\n", margin/2, b.Y1, d.Width-margin, b.Y2-b.Y1, margin*3/4, b.Y1+13, escape(b.Name))
	}
	for _, c := range d.Cuts {
		d.put(`<g><title>%s</title><rect class="cut" x="%d" y="%d" width="%d" height="%d"/><path class="cl" d="M%[2]d %[3]dh%[4]dm0 %[5]dh-%[4]d"/></g>`+"\n",
			escape(c.Name), gutter, c.Y1, d.Width-gutter-margin, max(1, c.Y2-c.Y1))
	}
	for _, s := range d.Downs {
		class := "down"
		if s.Paused {
			class = "paused"
		}
		d.put(`<rect class="%s" x="%d" y="%d" width="14" height="%d"/>`+"\n", class, d.x(int(s.Actor))-7, s.Y1, max(1, s.Y2-s.Y1))
	}
}

// x is where the line of an actor is.
func (d *drawing) x(actor int) int { return d.Actors[actor-1].X }

// lines draws the columns and the times beside them.
func (d *drawing) lines() {
	head, unit := "not to scale", " ms"
	if d.Story {
		head, unit = "event", ""
	}
	d.put(`<text class="time" x="%d" y="%d">%s</text>`+"\n", gutter-8, d.Top-13, head)
	for _, t := range d.Times {
		d.put(`<path class="tick" d="M%d %dH%d"/><text class="time" x="%d" y="%d">%s%s</text>`+"\n", gutter, t.Y, d.Width-margin, gutter-8, t.Y+4, escape(t.Text), unit)
	}
	for _, c := range d.Actors {
		d.put(`<path class="l" d="M%d %dV%d"/><text class="n" x="%[1]d" y="%[4]d" text-anchor="middle">%[5]s</text>`, c.X, d.Top-6, d.Bottom, d.Top-13, c.Name)
		if d.Height > 1400 { // far from the names above
			d.put(`<text class="n" x="%d" y="%d" text-anchor="middle">%s</text>`, c.X, d.Bottom+18, c.Name)
		}
		d.put("\n")
	}
}

// classes are the attributes of labels, by their class.
var classes = [...]string{"", ` class="q"`, ` class="g"`, ` class="b"`, ` class="w"`}

// event draws a point and its labels.
func (d *drawing) event(e *Event) {
	class := "e"
	if e.Own {
		class = "e own"
	}
	d.put(`<g class="%s" data-e="%d"><title>%s</title>`, class, e.Number, escape(e.Full))
	x := gutter
	if e.Actor == 0 {
		d.put(`<path class="cl" d="M%d %dH%d"/>`, x, e.Y, d.Width-margin)
	} else {
		x = d.x(int(e.Actor))
		switch {
		case e.Crashed:
			d.put(`<path class="x" d="M%d %dl10 10m0 -10l-10 10"/>`, x-5, e.Y-5)
		case e.Decided:
			d.put(`<path class="star" transform="translate(%d %d)" d="%s"/>`, x, e.Y, star)
		case e.Saved:
			d.put(`<rect x="%d" y="%d" width="7" height="7"/>`, x-3, e.Y-3)
		default:
			d.put(`<circle cx="%d" cy="%d" r="2.5"/>`, x, e.Y)
		}
	}
	x += 11
	if e.FromRight {
		x += 6 // so that the head of the arrow is seen
	}
	for _, line := range e.Lines {
		d.put(`<text%s x="%d" y="%d">%s</text>`, classes[line.Class], x, line.Y+4, escape(line.Text))
	}
	d.put("</g>\n")
}

// message draws an arrow.
func (d *drawing) message(m *Message) {
	k := 0
	for i := range d.Kinds {
		if d.Kinds[i].Number == m.Kind {
			k = i % 8
		}
	}
	class := [...]string{"arrived", "lost", "refused", "u"}[m.Fate]
	d.put(`<g class="m k%d %s" data-e="%d"><title>%s</title>`, k, class, m.Event, escape(m.Text))
	x1, x2 := d.x(int(m.From)), d.x(int(m.To))
	a, b := pair{x1, m.Y1}, pair{x2, m.Y2}
	switch {
	case m.From == m.To && m.Fate == UnderWay:
		d.put(`<path d="M%d %dc-20 6 -20 14 -14 20"/>`, x1, m.Y1)
	case m.From == m.To:
		d.put(`<path d="M%d %dC%d %d %d %d %d %d"/><path class="a" d="M%d %dl-9 -3v6Z"/>`, x1, m.Y1, x1-24, m.Y1+2, x1-24, m.Y2-2, x1-10, m.Y2, x1-4, m.Y2)
		if m.Fate == Refused {
			d.cross(pair{x1 - 12, m.Y2})
		}
	case m.Fate == Lost:
		b = pair{d.between(x1, x2), m.Y1 + 20}
		d.put(`<path d="M%d %dL%d %d"/>`, a.x, a.y, b.x, b.y)
		d.cross(b)
	case m.Fate == UnderWay:
		b.y = max(b.y, a.y+12)
		d.put(`<path d="M%d %dL%d %d"/>`, a.x, a.y, a.x+(b.x-a.x)*7/10, a.y+(b.y-a.y)*7/10)
	default:
		d.put(`<path d="M%d %dL%s"/>`, a.x, a.y, back(a, b, 100))
		if m.Fate == Refused {
			d.cross(pair{b.x - 9*sign(b.x-a.x), b.y - 1})
		} else {
			d.put(`<path class="a" d="%s"/>`, arrowhead(a, b))
		}
	}
	d.put("</g>\n")
}

// between is where a message that is lost on its way ends: not quite in the
// middle, and beside the lines of others, at whom it does not arrive.
func (d *drawing) between(x1, x2 int) int {
	x := x1 + (x2-x1)*45/100
	for _, c := range d.Actors {
		if c.X-x < 16 && x-c.X < 16 {
			return c.X - 16*sign(x2-x1)
		}
	}
	return x
}

func (d *drawing) cross(p pair) {
	d.put(`<path class="x" d="M%d %dl8 8m0 -8l-8 8"/>`, p.x-4, p.y-4)
}

// escape makes a text safe within elements and attributes.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(text)
}
