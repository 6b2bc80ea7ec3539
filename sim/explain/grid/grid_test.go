package grid

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/paxsim/paxsim/internal/played"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// fake is a protocol of which a grid needs no more than the words.
type fake struct {
	sim.Protocol
	words sim.Vocabulary
}

func (f fake) Vocabulary() *sim.Vocabulary { return &f.words }

func scene(actors int) *sim.Scenario {
	return &sim.Scenario{
		Tick: 100_000, Actors: actors,
		Protocol: fake{words: sim.Vocabulary{Messages: []string{"", "Ball", "Bat"}, Timers: []shown.TimerKind{{Name: "again"}}, Notes: []shown.Note{{Name: "sneezes"}}}},
		Faults: []faults.Fault{
			{Name: "cut1", Split: [][]sim.ID{{1}}, At: 10, Until: 20_000},
			{Name: "storm", Crash: aims.These(2, 3), At: 10, Until: faults.Forever},
		},
	}
}

// every is a run in which everything happens that can.
var every = []observe.Entry{
	{Event: 1, What: observe.Booted, Actor: 1},
	{Event: 2, At: 5, What: observe.Asked, Actor: 1, Text: "x"},
	{Event: 2, At: 5, What: observe.Saved, Actor: 1, Text: "a record that is long enough to be broken into lines"},
	{Event: 2, At: 5, What: observe.Broadcast, Actor: 1, Kind: 1, N: 1, Text: "b"},
	{Event: 2, At: 5, What: observe.Dropped, Actor: 1, Peer: 2, Kind: 1, N: 1, Text: "lost"},
	{Event: 2, At: 5, What: observe.Doubled, Actor: 1, Peer: 3, Kind: 1, N: 1},
	{Event: 2, At: 5, What: observe.Dropped, Actor: 1, Peer: 3, Kind: 1, N: 1, Text: "lost"},
	{Event: 3, At: 10, What: observe.FaultBegins, N: 0, Text: "cut1"},
	{Event: 4, At: 10, What: observe.FaultBegins, N: 1, Text: "storm"},
	{Event: 4, At: 10, What: observe.Crashed, Actor: 2},
	{Event: 4, At: 10, What: observe.Crashed, Actor: 3},
	{Event: 5, At: 12, What: observe.Delivered, Actor: 2, Peer: 1, Kind: 1, N: 1, Text: "b"},
	{Event: 5, At: 12, What: observe.Dropped, Actor: 2, Peer: 1, Kind: 1, N: 1, Text: "receiver down"},
	{Event: 6, At: 15, What: observe.Delivered, Actor: 3, Peer: 1, Kind: 1, N: 1, Copy: 1, Text: "b"},
	{Event: 6, At: 15, What: observe.Noted, Actor: 3, Kind: 0},
	{Event: 6, At: 15, What: observe.Sent, Actor: 3, Peer: 1, Kind: 2, N: 1, Text: "c"},
	{Event: 6, At: 15, What: observe.Dropped, Actor: 3, Peer: 1, Kind: 2, N: 1, Text: "cut when sent"},
	{Event: 6, At: 15, What: observe.Sent, Actor: 3, Peer: 2, Kind: 2, N: 2, Text: "c"},
	{Event: 6, At: 15, What: observe.Sent, Actor: 3, Peer: 2, Kind: 2, N: 3, Text: "other\x1b[2J"},
	{Event: 7, At: 16, What: observe.TimedOut, Actor: 2, Kind: 0},
	{Event: 8, At: 17, What: observe.Synced, Actor: 2},
	{Event: 9, At: 18, What: observe.Restarted, Actor: 2},
	{Event: 10, At: 20_000, What: observe.FaultEnds, N: 0, Text: "cut1"},
	{Event: 11, At: 20_001, What: observe.Delivered, Actor: 1, Peer: 3, Kind: 2, N: 2, Text: "c"},
	{Event: 11, At: 20_001, What: observe.Decided, Actor: 1, Text: "x (1.1)"},
	{Event: 11, At: 20_001, What: observe.Violated, Text: "agreement: no"},
}

// show prints entries as a grid, or as a list.
func show(t *testing.T, s *sim.Scenario, from uint64, entries []observe.Entry) string {
	t.Helper()
	return showIn(t, 0, s, from, entries)
}

// showIn prints them within so many columns of a terminal.
func showIn(t *testing.T, room int, s *sim.Scenario, from uint64, entries []observe.Entry) string {
	t.Helper()
	g := New(s, from)
	g.Fit(room)
	var b bytes.Buffer
	played.Entries(entries, g.Measure)
	g.Begin(&b)
	played.Entries(entries, g.Print)
	if err := g.End(); err != nil {
		t.Fatal(err)
	}
	_, body, ok := strings.Cut(b.String(), "\n\n")
	if !ok {
		t.Fatalf("no legend: %s", b.String())
	}
	return body
}

func TestGrid(t *testing.T) {
	want := `
time ms  event  actor 1                              actor 2                   actor 3
    0.0      1  starts
    0.5      2  client asks for x
                saves a record that is long enough
                  to be broken into lines
                >all Ball b
                ! Ball to 2, 3: lost
                ! Ball to 3: will arrive twice
    1.0      3  ---- cut1: the network is cut into 1 | 2, 3, until 2 s ----
    1.0      4  ---- storm: crash of 2, 3, for ever ----
                                                     CRASHES
                                                                               CRASHES
    1.2      5                                       <1 Ball b
                                                     ! dropped: receiver down
    1.5      6                                                                 <1 Ball b (duplicate)
                                                                               sneezes
                                                                               >1, 2 Bat c
                                                                               ! Bat to 1: cut when sent
                                                                               >2 Bat other\x1b[2J
    1.6      7                                       alarm: again
    1.7      8                                       disk is done
    1.8      9                                       restarts
 2000.0     10  ---- cut1 is over ----
 2000.1     11  <3 Bat c
                DECIDES x (1.1)
                VIOLATED agreement: no
`
	if diff := cmp.Diff(want, "\n"+show(t, scene(3), 1, every)); diff != "" {
		t.Error(diff)
	}
}

// TestFit: a grid that does not fit becomes a list, and one that does stays what it is.
func TestFit(t *testing.T) {
	for room, list := range map[int]bool{60: true, 80: false, 110: false, 132: false, 240: false} {
		got := showIn(t, room, scene(3), 1, every)
		if strings.Contains(got, "what happens\n") != list {
			t.Errorf("%d columns:\n%s", room, got)
		}
		for line := range strings.Lines(got) {
			if !list && len([]rune(line)) > room+1 {
				t.Errorf("%d columns: %q", room, line)
			}
		}
	}
	if showIn(t, 240, scene(3), 1, every) != show(t, scene(3), 1, every) {
		t.Error("with more room than it needs it is another")
	}
}

func TestManyActorsMakeAList(t *testing.T) {
	got := show(t, scene(1000), 6, every[:20])
	want := `
time ms  event  what happens
    1.5      6  actor 3: <1 Ball b (duplicate)
                    actor 3: sneezes
                    actor 3: >1, 2 Bat c
                    actor 3: ! Bat to 1: cut when sent
                    actor 3: >2 Bat other\x1b[2J
    1.6      7  actor 2: alarm: again
`
	if diff := cmp.Diff(want, "\n"+got); diff != "" {
		t.Error(diff)
	}
}

func TestHeadComesAgain(t *testing.T) {
	var entries []observe.Entry
	for i := range uint64(130) {
		entries = append(entries, observe.Entry{Event: i + 1, What: observe.Booted, Actor: 1})
	}
	if n := strings.Count(show(t, scene(2), 1, entries), "time ms"); n != 3 {
		t.Errorf("%d heads over 130 lines", n)
	}
}

func TestLongListsOfActorsAreCut(t *testing.T) {
	ids := make([]sim.ID, 100)
	for i := range ids {
		ids[i] = sim.ID(i + 1)
	}
	if got := list(ids); got != "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, and 88 more" {
		t.Error(got)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{""}},
		{"short", []string{"short"}},
		{"one two three", []string{"one two", "  three"}},
		{"averyveryverylongword x", []string{"averyveryverylongword", "  x"}},
	} {
		if diff := cmp.Diff(c.want, wrap(c.text, 9)); diff != "" {
			t.Error(fmt.Sprint(c.text, diff))
		}
	}
}
