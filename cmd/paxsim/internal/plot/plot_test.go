package plot

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"math"
	"math/big"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the pictures that are drawn into testdata")

// small is a picture with everything that curves have.
func small() *Curves {
	return &Curves{
		Frame: Frame{Title: "Decide time over loss", Subtitle: "lossy, 9 runs a point", Note: "paxsim sweep lossy", Desc: "It rises."},
		X:     Axis{Label: "network.loss", Ticks: []Tick{{0, "0%"}, {10, "10%"}, {20, "20%"}, {40, "40%"}}},
		Y:     Axis{Label: "ms", Decimals: 3},
		At:    []Tick{{10, "here"}},
		Series: []Series{
			{Name: "actors=3", Points: []Point{{X: 0, Y: 20_000, Low: 11_000, High: 30_500, Title: "0%: 20 ms"}, {X: 10, Y: 25_500, Low: 25_500, High: 25_500}, {X: 20, None: true}, {X: 40, Y: 70_001, Low: 40_000, High: 99_999}}},
			{Name: "actors=5", Points: []Point{{X: 0, Y: 21_000}, {X: 10, Y: 28_000, Bare: true}, {X: 20, Y: 41_000}, {X: 40, Y: 71_000}}},
			{Name: "mean", Thin: true, Points: []Point{{X: 0, Y: 22_000}, {X: 40, Y: 74_000}}},
			{Name: "none at all", Points: []Point{{X: 0, None: true}}},
		},
	}
}

// logs is small over logarithmic axes, its series in a list.
func logs() *Curves {
	c := small()
	c.X.Log, c.Y.Log, c.Legend = true, true, true
	c.X.Ticks[0].At = 1
	for i := range c.Series {
		c.Series[i].Points[0].X = 1
	}
	return c
}

func outcomes() *Heat {
	return &Heat{
		Frame: Frame{Title: "Outcome over two", Subtitle: "lossy, 200 runs a point"}, XLabel: "network.loss", YLabel: "actors",
		Columns: []string{"0%", "90%"}, Rows: []string{"3", "5"}, Outcomes: true,
		Cells: [][]Cell{
			{{Text: "100%", Title: "0%, 3: 200 decided", Decided: 200}, {Text: "99.5%", Title: "90%, 3", Decided: 199, Undecided: 1}},
			{{Text: "50%", More: "violated 49.5%", Decided: 100, Violated: 99, Undecided: 1}, {Text: "0%", Violated: 200}},
		},
	}
}

func shades() *Heat {
	h := outcomes()
	h.Outcomes = false
	for i, shade := range Shades([]int64{1, 5, 9}) {
		h.Cells[i/2][i%2].Shade = shade
	}
	h.Cells[1][1] = Cell{Text: "-", Shade: -1}
	return h
}

type drawable interface{ SVG(w io.Writer) error }

var pictures = map[string]drawable{"curves": small(), "logs": logs(), "outcomes": outcomes(), "shades": shades()}

func draw(t testing.TB, d drawable) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.SVG(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestGolden holds pictures to the byte, on every machine: .ci/run draws them as
// 386 as well.
func TestGolden(t *testing.T) {
	for name, d := range pictures {
		file := "testdata/" + name + ".svg"
		got := draw(t, d)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is drawn otherwise; look at it, then go test ./cmd/paxsim/internal/plot -update", file)
		}
	}
}

// elements reads a picture as XML and counts its elements by name.
func elements(t testing.TB, text string) (counts map[string]int, words string) {
	t.Helper()
	counts = map[string]int{}
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return counts, b.String()
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		switch x := token.(type) {
		case xml.StartElement:
			counts[x.Name.Local]++
			for _, a := range x.Attr {
				if v := a.Value; strings.Contains(v, "NaN") || strings.Contains(v, "--") || strings.Contains(v, "e+") {
					t.Errorf("%s=%q", a.Name.Local, v)
				}
			}
		case xml.CharData:
			b.Write(x)
		}
	}
}

// TestWhole: a picture is well-formed, named for those who do not see it, for
// light and dark, and begins as one of ours.
func TestWhole(t *testing.T) {
	for name, d := range pictures {
		text := draw(t, d)
		counts, words := elements(t, text)
		if counts["title"] < 1 || counts["desc"] != 1 || !strings.HasPrefix(text, Begin) || !strings.Contains(words, "@media (prefers-color-scheme:dark){") {
			t.Errorf("%s: %v", name, counts)
		}
	}
	counts, _ := elements(t, draw(t, small()))
	if counts["g"] != 3+3 { // a marker a value, but for those that are bare, of thin series, or none
		t.Errorf("%d markers", counts["g"])
	}
}

// TestHostileTexts: whatever a scenario or a value is called, it appears as text.
func TestHostileTexts(t *testing.T) {
	for _, bad := range []string{"</script><script>alert(1)</script>", `"'&<>`, "a\nb\x00\x1b[2J", "\u202egnp.exe", "\xff\xfe", strings.Repeat("w", 5000), strings.Repeat("w ", 5000), "]]>", "", "%d%s%!"} {
		c := small()
		c.Frame = Frame{bad, bad, bad, bad}
		c.X.Label, c.Y.Label, c.Series[0].Name, c.X.Ticks[1].Text, c.Series[0].Points[0].Title = bad, bad, bad, bad, bad
		h := outcomes()
		h.Frame = c.Frame
		h.XLabel, h.Columns, h.Rows, h.Cells[0][0].Text, h.Cells[0][0].Title = bad, []string{bad, "x"}, []string{"x", bad}, bad, bad
		for _, d := range []drawable{c, h} {
			text := draw(t, d)
			counts, _ := elements(t, text)
			if counts["script"] != 0 || strings.ContainsAny(text, "\x00\x1b\u202e") {
				t.Errorf("%.40q gets through", bad)
			}
		}
	}
}

// TestScales: places rise with values, the ends stand at the ends, whatever the
// numbers; and round ticks lie around them.
func TestScales(t *testing.T) {
	for _, log := range []bool{false, true} {
		for _, v := range [][2]int64{{0, 0}, {0, 1}, {1, 1}, {7, 7}, {3, 1000}, {1, 999_999}, {999, 1001}, {1, math.MaxInt64 / 4}, {1 << 60, 1<<60 + 5}} {
			a := &Axis{Log: log}
			s := newScale(a, v[0], v[1], 5000, -4000)
			if s.at(s.low) != 5000 || s.at(s.high) != 1000 {
				t.Errorf("log %v, %v: the ends %d and %d stand at %d and %d", log, v, s.low, s.high, s.at(s.low), s.at(s.high))
			}
			if len(s.ticks) < 2 || len(s.ticks) > 19 {
				t.Errorf("log %v, %v: %d ticks", log, v, len(s.ticks))
			}
			before := s.low - 1
			for _, tick := range s.ticks {
				if tick.At <= before || tick.At > s.high {
					t.Errorf("log %v, %v: ticks %v", log, v, s.ticks)
				}
				before = tick.At
			}
			if max(v[0], 1) < s.low || v[1] > s.high {
				t.Errorf("log %v: %v is outside of %d to %d", log, v, s.low, s.high)
			}
		}
	}
}

// TestLog2 holds the logarithm against that of the standard library.
func TestLog2(t *testing.T) {
	for v := int64(1); v > 0 && v < math.MaxInt64/3; v = v*5/4 + 1 {
		if got, want := float64(log2(v))/(1<<24), math.Log2(float64(v)); math.Abs(got-want) > 1e-6 {
			t.Errorf("log2(%d) = %.9f, want %.9f", v, got, want)
		}
	}
}

func TestShare(t *testing.T) {
	for _, x := range [][3]uint64{{0, 1, 10}, {1, 3, 10}, {2, 3, 10}, {math.MaxInt64, math.MaxInt64, 9400}, {math.MaxInt64 / 2, math.MaxInt64, 9400}} {
		want := new(big.Int).SetUint64(x[0])
		want.Mul(want, new(big.Int).SetUint64(x[2])).Add(want, new(big.Int).SetUint64(x[1]/2)).Quo(want, new(big.Int).SetUint64(x[1]))
		if got := share(x[0], x[1], x[2]); int64(got) != want.Int64() {
			t.Errorf("%v: %d, want %d", x, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for _, tt := range []struct {
		v        int64
		decimals int
		want     string
	}{{0, 3, "0"}, {1500, 3, "1.5"}, {1_234_567, 3, "1,234.567"}, {5, 3, "0.005"}, {1000, 3, "1"}, {1_000_001, 6, "1.000001"}, {42, 0, "42"}, {100_010, 4, "10.001"}} {
		if got := Number(tt.v, tt.decimals); got != tt.want {
			t.Errorf("%d by %d: %s, want %s", tt.v, tt.decimals, got, tt.want)
		}
	}
}

// TestNamesStandApart: the names of series that end at one place do not hide one
// another, and stay within the picture.
func TestNamesStandApart(t *testing.T) {
	c := small()
	c.Series = nil
	for range Most {
		c.Series = append(c.Series, Series{Name: "same", Points: []Point{{X: 0, Y: 1}, {X: 40, Y: 0}}})
	}
	seen := map[string]bool{}
	for line := range strings.Lines(draw(t, c)) {
		if strings.Contains(line, `class="name`) {
			_, rest, _ := strings.Cut(line, ` y="`)
			y, _, _ := strings.Cut(rest, `"`)
			seen[y] = true
		}
	}
	if len(seen) != Most {
		t.Errorf("%d places for %d names", len(seen), Most)
	}
}

// TestHeatOfPartialRuns: a share of runs that are partial has its pattern and its
// place in the legend, and a picture without any has neither.
func TestHeatOfPartialRuns(t *testing.T) {
	draw := func(c Cell) string {
		h := &Heat{XLabel: "x", YLabel: "y", Columns: []string{"1"}, Rows: []string{"1"}, Outcomes: true, Cells: [][]Cell{{c}}}
		var b bytes.Buffer
		if err := h.SVG(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	some := draw(Cell{Decided: 1, Partial: 1, Undecided: 1, Violated: 1})
	for _, want := range []string{`<pattern id="partial"`, `<rect fill="url(#partial)" x=`, ">partial</text>"} {
		if !strings.Contains(some, want) {
			t.Errorf("no %s in\n%s", want, some)
		}
	}
	if none := draw(Cell{Decided: 1, Undecided: 1}); strings.Contains(none, "partial") {
		t.Errorf("partial runs in\n%s", none)
	}
}
