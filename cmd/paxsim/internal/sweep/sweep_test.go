package sweep

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
)

func TestMain(m *testing.M) { tally.Main(m) }

func TestParse(t *testing.T) {
	const tick = 100_000
	tests := []struct {
		text, why string
		want      string // the values, with blanks between them; with ! before them: part of the error
		log       bool
	}{
		{"network.loss=0%..60%/7", "per cent", "0% 10% 20% 30% 40% 50% 60%", false},
		{"network.loss=0..60%/3", "0 needs no unit", "0% 30% 60%", false},
		{"network.loss=0%..100%/4", "3 digits of the greater end", "0% 33% 67% 100%", false},
		{"network.loss=0%..50%/4", "3 digits of the greater end", "0% 16.7% 33.3% 50%", false},
		{"paxos.x=0.001..0.3*6", "factors, to 3 digits of each", "0.001 0.00313 0.00979 0.0306 0.0959 0.3", true},
		{"paxos.x=0.001..1.0*4", "factors of 10, exactly", "0.001 0.01 0.1 1", true},
		{"actors=3..9/4", "whole numbers", "3 5 7 9", false},
		{"actors=3..10/4", "whole numbers stay whole", "3 5 8 10", false},
		{"actors=2..2048*11", "powers of two", "2 4 8 16 32 64 128 256 512 1020 2048", true},
		{"network.delay=1ms..10ms/4", "times", "1ms 4ms 7ms 10ms", false},
		{"network.delay=1ms..2ms/4", "times are multiples of the tick", "1ms 1.3ms 1.7ms 2ms", false},
		{"network.delay=100us..1s*5", "each in the unit that suits it", "100us 1ms 10ms 100ms 1s", true},
		{"limits.time=1m..1h/3", "what has no end in decimals is told in seconds", "60s 1830s 3600s", false},
		{"tick=10us..1ms*3", "the tick itself is a whole number of microseconds", "10us 100us 1ms", true},
		{"actors=3,5,9", "a list", "3 5 9", false},
		{"paxos.on_nack=give-up,retry", "words", "give-up retry", false},
		{"actors=7", "a single value", "7", false},
		{"network.delay=1ms..20ms,1ms..40ms", "values with dots of their own", "1ms..20ms 1ms..40ms", false},
		{"members=[1, 2, 3],[3, 4, 5]", "commas within brackets", "[1, 2, 3] [3, 4, 5]", false},
		{`teaches="a, b",'c, d'`, "commas within quotes", `"a, b" 'c, d'`, false},
		{"network.delay={exponential: 5ms, most: 1s},5ms", "commas within braces", "{exponential: 5ms, most: 1s} 5ms", false},

		{"", "", "!expected PATH=RANGE", false},
		{"actors", "", "!expected PATH=RANGE", false},
		{"=3..5/2", "", "!expected PATH=RANGE", false},
		{"actors=", "", "!expected PATH=RANGE", false},
		{"actors=3..9", "how many?", "!how many values? write 3..9/7", false},
		{"actors=3..9/1", "", "!expected 2 to 1000", false},
		{"actors=3..9/1001", "", "!expected 2 to 1000", false},
		{"actors=3..9*101", "", "!after * write how many values: expected 2 to 100", false},
		{"p=0.000000000000000001ms..999999999999999999.5ms*100", "no value is dear to find", "!values 2 and 3 are both", false},
		{"actors=3..9/x", "", "!expected 2 to 1000", false},
		{"actors=3..9/99999999999999999999", "", "!expected 2 to 1000", false},
		{"actors=9..3/4", "", "!the least comes first", false},
		{"actors=3..3/2", "", "!the least comes first", false},
		{"network.loss=0%..60%*7", "", "!equal factors never leave 0", false},
		{"network.loss=0.1..60%/7", "", "!different units, none and %", false},
		{"network.delay=1ms..60%/7", "", "!different units, ms and %", false},
		{"network.delay=1ms..5parsec/7", "", "!different units", false},
		{"paxos.fan_out=ackers..all/3", "", "!a range goes from number to number", false},
		{"actors=-3..9/3", "", "!a range goes from number to number", false},
		{"actors=3,,5", "", "!value 2 of the list is empty", false},
		{"actors=3,5,3", "", "!values 1 and 3 are both 3", false},
		{"network.loss=0..1/3", "a chance may be a fraction", "0 0.5 1", false},
		{"network.loss=0.0..1e0/3", "the same", "0 0.5 1", false},
		{"network.loss=.1...3/3", "the same", "0.1 0.2 0.3", false},
		{"actors=3..5/9", "whole numbers are few", "!values 1 and 2 are both 3", false},
		{"actors=1" + strings.Repeat(",2", 1500), "", "!are both 2", false},
	}
	for _, tt := range tests {
		v, err := Parse(tt.text, tick)
		if part, bad := strings.CutPrefix(tt.want, "!"); bad {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("%.60s: %v, %v; want %s", tt.text, v.Values, err, part)
			}
			continue
		}
		if got := strings.Join(v.Values, " "); err != nil || got != tt.want || v.Log != tt.log {
			t.Errorf("%s (%s): %s, %v, %v; want %s", tt.text, tt.why, got, v.Log, err, tt.want)
		}
	}
}

// TestRanges: whatever the ends, a range has so many values, its ends among them,
// in rising order and as far apart as it says, to 3 digits; or it says why not.
func TestRanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(1, 100_000).Draw(t, "from")
		to := from + rapid.IntRange(1, 100_000_000).Draw(t, "more")
		n := rapid.IntRange(2, 30).Draw(t, "n")
		sign := rapid.SampledFrom([]string{"/", "*"}).Draw(t, "sign")
		write := func(v int) string { return strconv.Itoa(v/1000) + "." + strconv.Itoa(1000 + v%1000)[1:] + "%" }
		v, err := Parse("p="+write(from)+".."+write(to)+sign+strconv.Itoa(n), 100_000)
		if err != nil {
			if !strings.Contains(err.Error(), "are both") {
				t.Fatal(err)
			}
			return
		}
		a, b := float64(from)/1000, float64(to)/1000
		for k, text := range v.Values {
			got, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
			want := a + (b-a)*float64(k)/float64(n-1)
			near := b / 100 * 1.01 / 2
			if sign == "*" {
				want = a * math.Pow(b/a, float64(k)/float64(n-1))
				near = want / 100 * 1.01 / 2
			}
			if ends := k == 0 || k == n-1; err != nil || math.Abs(got-want) > near || ends && math.Abs(got-want) > 1e-9 {
				t.Fatalf("value %d of %v is %s, want about %g", k, v.Values, text, want)
			}
		}
	})
}

// TestQuantiles holds exact quantiles and the mean against a sorted list.
func TestQuantiles(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var v Values
		var list []int64
		sum := int64(0)
		for range 1 + random.IntN(60) {
			n := random.Int64N(20)
			v.Add(n)
			list = append(list, n)
			sum += n
		}
		slices.Sort(list)
		for _, q := range [][2]uint64{{0, 1}, {1, 2}, {9, 10}, {99, 100}, {1, 1}, {7, 200}} {
			i := (q[0]*uint64(len(list)) + q[1] - 1) / q[1] // so many, rounded up
			if want := list[max(i, 1)-1]; v.Quantile(q[0], q[1]) != want {
				t.Fatalf("%d/%d of %v: %d, want %d", q[0], q[1], list, v.Quantile(q[0], q[1]), want)
			}
		}
		if want := (1000*sum + int64(len(list))/2) / int64(len(list)); v.Mean() != want {
			t.Fatalf("mean of %v: %d, want %d", list, v.Mean(), want)
		}
	}
	var v Values
	for range 5 {
		v.Add(math.MaxInt64)
	}
	if v.Mean() != math.MaxInt64 || v.Quantile(1, 2) != math.MaxInt64 {
		t.Errorf("%d", v.Mean())
	}
}

// play makes the points of a sweep.
func play(t testing.TB, name string, runs uint64, set []string, texts ...string) ([]*Point, []Vary) {
	t.Helper()
	var varies []Vary
	for _, text := range texts {
		v, err := Parse(text, 100_000)
		if err != nil {
			t.Fatal(err)
		}
		varies = append(varies, v)
	}
	points := Grid(varies)
	for _, p := range points {
		var list []scenarios.Override
		for _, s := range set {
			list = append(list, scenarios.Set(s))
		}
		for i, v := range varies {
			list = append(list, scenarios.Set(v.Path+"="+p.Values[i]))
		}
		s, err := scenarios.Load(name, list...)
		if err != nil {
			t.Fatal(err)
		}
		p.Scenario = &s.Scenario
		w, err := s.Protocol.New(&s.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		add, done := p.Gather()
		for seed := range runs {
			w.Reset(seed+1, nil)
			tally.Run()
			row := report.NewRow(&s.Scenario, w.Run(), w)
			add(&row)
		}
		done()
	}
	return points, varies
}

// TestEveryPicture: all kinds of all fields are drawn where they make sense, and
// refused with a reason where not; well-formed, the same twice.
func TestEveryPicture(t *testing.T) {
	one, oneVary := play(t, "lossy", 40, []string{"limits.time=300ms", "paxos.backoff_cap=2ms"}, "network.loss=0%..90%/4")
	two, twoVary := play(t, "lossy", 40, []string{"limits.time=300ms", "paxos.backoff_cap=2ms"}, "network.loss=0%..100%/3", "mutant=none,adopt-first")
	drawn, refused := 0, 0
	for _, kind := range Kinds {
		for _, y := range append(Names(), Outcome) {
			for i, points := range [][]*Point{one, two} {
				varies := [][]Vary{oneVary, twoVary}[i]
				d := &Picture{Kind: kind, Y: y, First: 1, Command: "paxsim sweep"}
				if why := d.Refuse(varies); why != "" {
					refused++
					continue
				}
				drawn++
				var a, b bytes.Buffer
				d.Draw(&a, points, varies)
				d.Draw(&b, points, varies)
				if a.String() != b.String() {
					t.Errorf("%s of %s is drawn otherwise the second time", kind, y)
				}
				if err := wellFormed(a.String()); err != nil {
					t.Errorf("%s of %s: %v", kind, y, err)
				}
			}
		}
	}
	// Curves and heat maps of all fields; cdfs of three; heat maps of two settings.
	if want := 2*15 + 2*3 + 16; drawn != want || refused != 3*16*2-want {
		t.Errorf("%d drawn, %d refused", drawn, refused)
	}
}

func wellFormed(text string) error {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestRefuse(t *testing.T) {
	vary := func(n int) Vary {
		v := Vary{Path: "actors"}
		for i := range n {
			v.Values = append(v.Values, strconv.Itoa(i+1))
		}
		return v
	}
	for _, tt := range []struct {
		d      Picture
		varies []Vary
		want   string // "": it is drawn
	}{
		{Picture{Kind: "curve", Y: "decided_ms"}, []Vary{vary(900)}, ""},
		{Picture{Kind: "curve", Y: "decided_ms", Log: true}, []Vary{vary(9), vary(8)}, ""},
		{Picture{Kind: "curve", Y: "decided_ms"}, []Vary{vary(9), vary(9)}, "can tell 8 apart, not 9"},
		{Picture{Kind: "curve", Y: "outcome"}, []Vary{vary(9)}, "--plot-kind heat"},
		{Picture{Kind: "cdf", Y: "decided_ms"}, []Vary{vary(8)}, ""},
		{Picture{Kind: "cdf", Y: "decided_ms"}, []Vary{vary(3), vary(3)}, "can tell 8 apart, not 9"},
		{Picture{Kind: "cdf", Y: "sent"}, []Vary{vary(3)}, "a cdf is of times"},
		{Picture{Kind: "cdf", Y: "violated"}, []Vary{vary(3)}, "a cdf is of times"},
		{Picture{Kind: "cdf", Y: "decided_ms", Log: true}, []Vary{vary(3)}, "--log-y is for curves"},
		{Picture{Kind: "cdf", Y: "decided_ms", LogX: true}, []Vary{vary(3)}, ""},
		{Picture{Kind: "curve", Y: "decided_ms", LogX: true}, []Vary{vary(3)}, ""},
		{Picture{Kind: "curve", Y: "decided_ms", LogX: true}, []Vary{{Path: "network.loss", Values: []string{"0%", "5%"}}}, "network.loss begins at 0%, which has no place"},
		{Picture{Kind: "curve", Y: "decided_ms", LogX: true}, []Vary{{Path: "paxos.on_nack", Values: []string{"retry", "give-up"}}}, "are no rising numbers"},
		{Picture{Kind: "heat", Y: "outcome", LogX: true}, []Vary{vary(3), vary(3)}, "--log-x is for curves and cdfs"},
		{Picture{Kind: "heat", Y: "outcome"}, []Vary{vary(3), vary(30)}, ""},
		{Picture{Kind: "heat", Y: "outcome"}, []Vary{vary(3)}, "a heat map is over two settings"},
	} {
		got := tt.d.Refuse(tt.varies)
		if (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%+v: %q, want %q", tt.d, got, tt.want)
		}
	}
}

// TestPartial: a sweep that was interrupted is drawn as far as it came, and its picture
// says so.
func TestPartial(t *testing.T) {
	points, varies := play(t, "lossy", 5, nil, "actors=3,5", "network.loss=0%,20%")
	for _, kind := range Kinds {
		for n := 1; n < len(points); n++ {
			d := &Picture{Kind: kind, Y: "decided_ms", First: 1, All: len(points)}
			var out strings.Builder
			if err := d.Draw(&out, points[:n], varies); err != nil || wellFormed(out.String()) != nil {
				t.Fatal(kind, n, err)
			}
			if want := fmt.Sprintf("interrupted: the first %d of 4 points", n); !strings.Contains(out.String(), want) {
				t.Errorf("%s does not say %q", kind, want)
			}
		}
	}
}

// TestLogX: the times of a cdf get an axis on which equal factors are equally far
// apart.
func TestLogX(t *testing.T) {
	points, varies := play(t, "lossy", 20, nil, "network.loss=0%,60%")
	draw := func(log bool) string {
		var out strings.Builder
		if err := (&Picture{Kind: "cdf", Y: "decided_ms", First: 1, LogX: log}).Draw(&out, points, varies); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if log := draw(true); log == draw(false) || !strings.Contains(log, ">100</text>") || !strings.Contains(log, ">1,000</text>") {
		t.Error(log)
	}
}

// TestAxis: settings that are numbers stand where they are, others one beside the
// other.
func TestAxis(t *testing.T) {
	for _, tt := range []struct {
		values string
		log    bool
		want   []int64
	}{
		{"3 5 9", false, []int64{3, 5, 9}},
		{"0% 0.5% 10%", false, []int64{0, 5, 100}},
		{"0 1ms 1s", false, []int64{0, 1, 1000}},
		{"100us 1ms 20ms", true, []int64{1, 10, 200}},
		{"0.001 0.01 0.3", true, []int64{1, 10, 300}},
		{"9 5 3", false, []int64{0, 1, 2}},
		{"1ms 5%", false, []int64{0, 1}},
		{"auto 5ms", false, []int64{0, 1}},
		{"1ms..2ms 3ms", false, []int64{0, 1}},
		{"1 999999999999999999.5", false, []int64{0, 1}},
	} {
		a, places := axis(Vary{Values: strings.Fields(tt.values)})
		if !slices.Equal(places, tt.want) || a.Log != tt.log {
			t.Errorf("%s: %v, log %v", tt.values, places, a.Log)
		}
	}
}

// TestChart holds a chart for terminals.
func TestChart(t *testing.T) {
	points, varies := play(t, "lossy", 100, nil, "network.loss=0%..50%/3")
	const want = `
network.loss       p50  0                                                    909.6 ms
          0%   58.3 ms    [=O]
         25%     87 ms     [==O======]
         50%  337.9 ms          [=============O====================================]
decided_ms, time of the first decision, of runs in which an actor decided: O is the median, [ and ] are p10 and p90
`
	if got := "\n" + Chart(points, varies, "decided_ms", 0); got != want {
		t.Errorf("got %s", got)
	}
	points, varies = play(t, "lossy", 100, []string{"limits.time=300ms", "paxos.backoff_cap=2ms"}, "network.loss=0%,50%,100%")
	if got := "\n" + Chart(points, varies, "undecided", 0); strings.Count(got, "#") < 90 || !strings.Contains(got, "100%  "+strings.Repeat("#", 59)+"\n") {
		t.Errorf("got %s", got)
	}
	if got := Chart(points, varies, "decided_ms", 0); !strings.Contains(got, "no run has it") {
		t.Errorf("got %s", got)
	}
}

// TestPercent: a share is never rounded to none or to all.
func TestPercent(t *testing.T) {
	for v, want := range map[int64]string{0: "0%", 1: "0.1%", 100_000: "100%", 99_999: "99.9%", 50_000: "50%", 33_333: "33.3%", 12_340: "12.3%"} {
		if got := percent(v); got != want {
			t.Errorf("%d: %s, want %s", v, got, want)
		}
	}
}

// TestFactsAreMeasured: what tables of runs tell of when, a sweep measures under
// the same names; and the share of each outcome.
func TestFactsAreMeasured(t *testing.T) {
	for _, name := range []string{"chosen_ms", "decided_ms", "learned_ms", "learned"} {
		if Find(name) < 0 {
			t.Errorf("no measure %s", name)
		}
	}
	points, _ := play(t, "happy-path", 10, []string{"faults.gone={isolate: [5]}", "requests=[{actor: 1}]"}, "actors=5")
	p := points[0]
	if p.Share("partial") != 100_000 || p.Count("decided")+p.Count("undecided")+p.Count("violated") != 0 {
		t.Errorf("%+v", p.Summary)
	}
	const ms = 10 // ticks
	for name, want := range map[string]Measured{"chosen_ms": {N: 10, P50: 3 * ms}, "decided_ms": {N: 10, P50: 4 * ms}, "learned_ms": {}, "learned": {N: 10, P50: 4}} {
		if got := p.Of(Find(name)); got.N != want.N || got.P50 != want.P50 {
			t.Errorf("%s: %d runs have it, median %d, want %d, %d", name, got.N, got.P50, want.N, want.P50)
		}
	}
}
