// Package plot draws curves and heat maps as SVG. The pictures need no other file. They
// are drawn in light and dark, and can be told apart without colour. They have the same
// bytes on every machine, because no number in them was ever a float.
//
//	Curves, Heat --lay out--> whole pixels and tenths of them --SVG--> text
//
// Values are whole numbers. An [Axis] says of what: with 3 decimals 1500 is
// 1.5 of its unit.
package plot

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
)

// Begin is how every picture begins, and nothing else that paxsim writes: a file
// that begins so may be overwritten by another picture.
const Begin = `<svg xmlns="http://www.w3.org/2000/svg" class="paxsim-plot"`

// Most is how many series a picture tells apart.
const Most = 8

// Frame is what is around a picture.
type Frame struct {
	Title    string
	Subtitle string // what is drawn, and of how many runs
	Note     string // the command that made it; "": none
	Desc     string // the picture in words, for those who do not see it
}

// Axis says what the numbers along one side of a picture are.
type Axis struct {
	Label    string
	Decimals int    // values count 10^-Decimals of the unit that Label names
	Log      bool   // equal factors are equally far apart; values are then at least 1
	Ticks    []Tick // nil: round numbers
	End      int64  // the greatest value that there can be; 0: there is none
}

// Tick is a value that an axis names.
type Tick struct {
	At   int64
	Text string
}

// The page, in pixels.
const (
	width  = 940
	height = 530 // without the note
	margin = 28
	left   = 84  // of the field: where its axis is
	top    = 104 // of the field
	bottom = 66  // below the field
)

// letter is the width of a letter at 12 pixels, in tenths, on the wide side.
const letter = 68

// wide is how many pixels a text of labels takes.
func wide(text string) int { return len([]rune(text)) * letter / 10 }

// page is a picture being written. Errors are those of the writer, kept to the
// end.
type page struct{ out *bufio.Writer }

func (p *page) put(format string, args ...any) { fmt.Fprintf(p.out, format, args...) }

// text draws a text at a point, both in pixels.
func (p *page) text(class string, x, y int, text string) {
	p.put(`<text class="%s" x="%d" y="%d">%s</text>`+"\n", class, x, y, escape(text))
}

// begin draws what is around the field, on a page that is h high without its note.
func (p *page) begin(f *Frame, w, h int) {
	note := wrap(f.Note, (w-2*margin)*10/mono)
	h += noteLine * len(note)
	p.put(Begin+` viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" aria-labelledby="title desc">`+"\n", w, h)
	p.put("<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n<style>%s</style>\n", escape(f.Title), escape(strings.TrimSpace(f.Subtitle+". "+f.Desc)), style)
	p.put(`<rect class="bg" width="%d" height="%d"/>`+"\n", w, h)
	p.text("h", margin, 38, clip(f.Title, (w-2*margin)*10/(letter*8/5)))
	p.text("s", margin, 60, clip(f.Subtitle, (w-2*margin)*10/(letter*12/11)))
	for i, line := range note {
		p.text("note", margin, h-14-noteLine*(len(note)-1-i), line)
	}
}

// The note's letters are all as wide, in tenths of a pixel, and its lines as high.
const (
	mono     = 67
	noteLine = 15
)

// clip cuts a text after so many letters.
func clip(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// wrap parts a text at its blanks into lines of so many letters, and after four
// lines cuts it.
func wrap(text string, most int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) <= most:
			line += " " + word
		default:
			lines, line = append(lines, clip(line, most)), word
		}
	}
	if line != "" {
		lines = append(lines, clip(line, most))
	}
	if len(lines) > 4 {
		lines = append(lines[:3], clip(lines[3], most-1)+"…")
	}
	return lines
}

// end writes what is left.
func (p *page) end() error {
	p.put("</svg>\n")
	return p.out.Flush()
}

// tenths is a number of tenths of a pixel as SVG reads it.
func tenths(n int) string {
	minus := ""
	if n < 0 {
		minus, n = "-", -n
	}
	if n%10 == 0 {
		return minus + strconv.Itoa(n/10)
	}
	return minus + strconv.Itoa(n/10) + "." + strconv.Itoa(n%10)
}

// at is a point in tenths of a pixel as SVG reads it.
func at(x, y int) string { return tenths(x) + " " + tenths(y) }

// escape makes a text safe within elements and attributes, and takes out of it
// what is no text.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(terminal.Text(text))
}
