package sweep

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// jsonText is a text as JSON writes it.
func jsonText(text string) string {
	quoted, _ := json.Marshal(text) // a string cannot fail
	return string(quoted)
}

// chartWidth is how many columns of a terminal the bars of a chart take, if there is
// room for them, and leastChart if there is none.
const chartWidth, leastChart = 60, 16

// Chart draws a measure or a share as text, a line a point: from p10 to p90 with
// p50 in between, or as a bar.
//
//	network.loss     p50  0                        250 ms
//	          0%   10 ms  O
//	         30%   74 ms   [====O==============]
//
// It is no wider than so many columns; 0: as wide as it is.
func Chart(points []*Point, varies []Vary, y string, width int) string {
	var b strings.Builder
	rows := make([]bar, len(points))
	greatest, label, told := int64(1), 0, 3
	for i, p := range points {
		rows[i] = newBar(p, y)
		greatest = max(greatest, rows[i].high)
		label = max(label, len([]rune(rows[i].label)))
		told = max(told, len(rows[i].told))
	}
	var paths []string
	for _, v := range varies {
		paths = append(paths, v.Path)
	}
	head := terminal.Text(strings.Join(paths, ", "))
	label = max(label, len([]rune(head)))
	what := "p50"
	end := rows[0].text(points[0].Scenario, greatest)
	if Find(y) < 0 {
		what = y
		greatest, end = 100_000, "100%"
		told = max(told, len(y))
	}
	bars := chartWidth
	if width > 0 {
		bars = min(bars, max(width-label-told-len("    0"), leastChart))
	}
	terminal.Fprintf(&b, "%*s  %*s  0%*s\n", label, head, told, what, bars, end)
	for i := range rows {
		terminal.Fprintf(&b, "%*s  %*s  %s\n", label, rows[i].label, told, rows[i].told, rows[i].draw(greatest, bars))
	}
	if Find(y) >= 0 {
		m := Measures()[Find(y)]
		doc := m.Doc
		if m.Of != "" {
			doc += ", of " + m.Of
		}
		terminal.Fprintf(&b, "%s, %s: O is the median, [ and ] are p10 and p90\n", y, doc)
	}
	return b.String()
}

// bar is a line of a chart.
type bar struct {
	label, told    string
	low, mid, high int64
	none, share    bool
	time           bool
}

func newBar(p *Point, y string) bar {
	b := bar{label: terminal.Text(strings.Join(p.Values, ", "))}
	i := Find(y)
	if i < 0 {
		b.share, b.high = true, p.Share(y)
		b.told = percent(b.high)
		return b
	}
	m := p.measured[i]
	if m.N == 0 {
		b.none, b.told = true, "-"
		return b
	}
	b.low, b.mid, b.high, b.time = m.P10, m.P50, m.P90, Measures()[i].Time
	if b.time {
		us := p.Scenario.Tick / 1000
		b.low, b.mid, b.high = b.low*us, b.mid*us, b.high*us
	}
	b.told = b.text(p.Scenario, b.mid)
	return b
}

// text tells a value of the bar.
func (b *bar) text(s *sim.Scenario, v int64) string {
	if b.time || b.none {
		return say.Span(s, sim.Time(v/(s.Tick/1000)))
	}
	return say.Count(uint64(v))
}

// draw draws the bar where the greatest value is at the right end of so many columns.
func (b *bar) draw(greatest int64, columns int) string {
	at := func(v int64) int {
		v, all := v, greatest
		for all > 1<<50 {
			v, all = v/2, all/2
		}
		return int((v*int64(columns-1) + all/2) / all)
	}
	if b.none {
		return "no run has it"
	}
	if b.share {
		return strings.Repeat("#", at(b.high))
	}
	line := []byte(strings.Repeat(" ", at(b.high)+1))
	for i := at(b.low); i <= at(b.high); i++ {
		line[i] = '='
	}
	line[at(b.low)], line[at(b.high)] = '[', ']'
	line[at(b.mid)] = 'O'
	return string(line)
}

// percent is a number of thousandths of a per cent, as short as it is exact to
// a tenth.
func percent(v int64) string {
	if v%1000 == 0 {
		return fmt.Sprintf("%d%%", v/1000)
	}
	v = min(max((v+50)/100, 1), 999) // neither none nor all
	return fmt.Sprintf("%d.%d%%", v/10, v%10)
}
