package diagram

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/played"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/triggers"
)

var update = flag.Bool("update", false, "write the picture that is drawn into testdata")

const rough = `paxsim: 1
teaches: what may happen in one run
actors: 4
network: {delay: 0ms..9ms, loss: 15%, duplicate: 15%}
disk: {sync: 2ms}
crashes: {chance: 2%, down: 5ms..30ms}
until: 90ms
faults:
  a-cut: {split: [[1], [2, 3]], at: 5ms, until: 40ms}
  crash: {crash: [2, 3], at: 20ms, until: 60ms}
  gone: {crash: [4], at: 70ms}
requests:
  - {actor: 1, at: 0s, value: "a name of thirty letters and some"}
  - {actor: 3, at: 3ms}
limits: {events: 3000}
`

func read(t testing.TB, text string) *sim.Scenario {
	t.Helper()
	s, err := scenarios.Read("rough.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}

// wild is the same with pauses, clogged links and faults at moments.
func wild(t testing.TB) *sim.Scenario {
	s := read(t, rough)
	s.Network.Copies, s.Network.Capacity, s.Network.EvictOldest = 3, 2, true
	s.Faults = []faults.Fault{
		{Name: "a-cut", At: 50, Until: 400, Cut: &partitions.Cut{Shape: partitions.OneWay, From: aims.These(1), To: aims.These(2, 3)}},
		{Name: "a-cut again", At: 20, Until: 300, Clog: &aims.Links{To: aims.These(3)}},
		{Name: "pause", At: 10, Until: 200, Pause: aims.These(2)},
		{Name: "crash", At: 120, Until: 260, Crash: aims.These(2)},
		{Name: "again", At: 0, Until: 900, Every: &delays.Delay{Min: 60, Max: 90}, For: &delays.Delay{Min: 20, Max: 40}, Pause: aims.Target{Group: aims.AtRandom, Many: 2}},
		{Name: "a-cut at a moment", Until: faults.Forever, When: &triggers.Moment{Does: triggers.Sends, Kind: 2, Times: 3}, For: &delays.Delay{Min: 70, Max: 70}, Cut: &partitions.Cut{Who: aims.These(4)}},
	}
	return s
}

// laid lays out a run.
func laid(t testing.TB, s *sim.Scenario, seed, from, count uint64) *Layout {
	t.Helper()
	b := NewBuilder(s, from, count)
	o := played.Run(t, s, seed, b.Add)
	h := trace.NewHeader(s, "", trace.Base{Seed: seed})
	return b.Layout(fmt.Sprintf("%s, seed %d", s.Name, seed), trace.NewTrailer(h, o, 0))
}

func picture(t testing.TB, l *Layout) string {
	t.Helper()
	var out bytes.Buffer
	if err := SVG(&out, l); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestSummaryFits: the line below the title, which says what is left out, is not cut
// off, however narrow the columns are.
func TestSummaryFits(t *testing.T) {
	l := laid(t, read(t, rough), 3, 1, 5)
	if l.Note == "" {
		t.Fatal("nothing is left out")
	}
	if need := 2*margin + width(l.Summary+" "+l.Note)*letter/10; l.Width < need {
		t.Errorf("the picture is %d wide, and its summary needs %d", l.Width, need)
	}
}

// TestLayout: in every picture labels have room of their own, time runs down,
// and nothing stands outside.
func TestLayout(t *testing.T) {
	seven := strings.Replace(rough, "actors: 4", "actors: 7", 1)
	seen := map[Fate]int{}
	downs, cuts, paused := 0, 0, 0
	for seed := range uint64(150) {
		s := read(t, []string{rough, seven}[seed%2])
		if seed%3 == 1 {
			s = wild(t)
		}
		from, count := 1+seed%3*20, 40+seed*2
		l := laid(t, s, seed, from, count)
		bad := func(format string, args ...any) {
			t.Helper()
			t.Fatalf("seed %d, from %d: %s", seed, from, fmt.Sprintf(format, args...))
		}
		labels := map[sim.ID][]int{}
		for _, e := range l.Events {
			if e.Y < l.Top || e.Y > l.Bottom || e.Full == "" {
				bad("event %d stands at %d of %d to %d: %q", e.Number, e.Y, l.Top, l.Bottom, e.Full)
			}
			for i, line := range e.Lines {
				if line.Y != e.Y+i*lineHeight || line.Text == "" {
					bad("event %d: line %d stands at %d: %q", e.Number, i, line.Y, line.Text)
				}
				labels[e.Actor] = append(labels[e.Actor], line.Y)
				room := l.Width - gutter
				if e.Actor != 0 {
					room = l.right(e.Actor) - l.Actors[e.Actor-1].X - 17
				}
				if wide := len([]rune(line.Text)) * letter / 10; wide > room {
					bad("event %d: %q is %d wide, and has %d", e.Number, line.Text, wide, room)
				}
			}
		}
		for id, ys := range labels {
			// What concerns all stands above or below the labels of everybody.
			if id != 0 {
				ys = append(slices.Clone(ys), labels[0]...)
			}
			slices.Sort(ys)
			for i := 1; i < len(ys); i++ {
				if ys[i]-ys[i-1] < lineHeight {
					bad("actor %d: labels at %d and %d", id, ys[i-1], ys[i])
				}
			}
		}
		for _, m := range l.Messages {
			seen[m.Fate]++
			if m.Fate != Lost && m.Y2 <= m.Y1 && m.Sent != 0 {
				bad("%s leaves at %d and arrives at %d", m.Text, m.Y1, m.Y2)
			}
			if m.Sent == 0 && m.Y1 != l.Top {
				bad("%s comes from above, and begins at %d", m.Text, m.Y1)
			}
		}
		for _, d := range l.Downs {
			downs++
			if d.Paused {
				paused++
			}
			if d.Y1 > d.Y2 || d.Actor == 0 {
				bad("%+v", d)
			}
		}
		for _, c := range l.Cuts {
			cuts++
			if c.Y1 > c.Y2 || !strings.HasPrefix(c.Name, "a-cut") {
				bad("%+v", c)
			}
		}
	}
	if len(seen) != 4 || downs == paused || paused == 0 || cuts == 0 {
		t.Errorf("something never happened: %v, %d, %d, %d", seen, downs, paused, cuts)
	}
}

// right is where the column of an actor ends.
func (l *Layout) right(id sim.ID) int {
	if int(id) == len(l.Actors) {
		return l.Width
	}
	return l.Actors[id].X - leftOfLine
}

// TestSize: a picture does not grow beyond its window.
func TestSize(t *testing.T) {
	s, err := scenarios.Load("lossy", scenarios.Set("actors=15"))
	if err != nil {
		t.Fatal(err)
	}
	whole, part := len(picture(t, laid(t, &s.Scenario, 1, 1, 100_000))), len(picture(t, laid(t, &s.Scenario, 1, 1, 100)))
	if part > 100_000 || whole < 3*part {
		t.Errorf("100 events are %d bytes, all are %d", part, whole)
	}
}

// TestPicture pins a picture to the byte. Look at it when it changes.
func TestPicture(t *testing.T) {
	s := read(t, `paxsim: 1
teaches: a small picture
actors: 3
network: {delay: 1ms..5ms, loss: 10%, duplicate: 10%}
faults:
  cut: {split: [[3]], at: 2ms, until: 6ms}
  crash: {crash: [2], at: 7ms, until: 15ms}
requests: [{actor: 1, at: 0s, value: "<x> & \"y\""}]
`)
	s.Name = "a small picture"
	got := picture(t, laid(t, s, 4, 1, 1000))
	const file = "testdata/small.svg"
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
		t.Errorf("another picture: go test ./sim/explain/diagram -update writes it; look at it")
	}
}

func TestGeometry(t *testing.T) {
	for n := range int64(10_000) {
		if r := root(n); r*r > n || (r+1)*(r+1) <= n {
			t.Fatalf("the root of %d is %d", n, r)
		}
	}
	for n, want := range map[int]string{0: "0", 5: "0.5", -5: "-0.5", 10: "1", -123: "-12.3"} {
		if got := tenths(n); got != want {
			t.Errorf("%d tenths: %s", n, got)
		}
	}
	if r := root(30_000 * 30_000 * 100); r != 300_000 {
		t.Error(r)
	}
	// 3, 4, 5: ten pixels before the end of a way of fifty.
	if got := back(pair{0, 0}, pair{30, 40}, 100); got != "24 32" {
		t.Error(got)
	}
	if got := arrowhead(pair{0, 0}, pair{100, 0}); got != "M96 0L87 3.5L87 -3.5Z" {
		t.Error(got)
	}
}
