package diagram

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/played"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// TestStoryTellsTheTrace: a story has all arrivals of a run and their senders, all
// crashes and all decisions, in order, in every weather; and its drawing stays within its width.
func TestStoryTellsTheTrace(t *testing.T) {
	arrows, stopped, crashes, folded := 0, 0, 0, 0
	for seed := range uint64(40) {
		s := read(t, rough)
		if seed%2 == 1 {
			s = wild(t)
		}
		b := NewStoryBuilder(s, Options{})
		decisions := uint64(0)
		o := played.Run(t, s, seed, func(x trace.Step) {
			for _, e := range x.Effects {
				if e.What == observe.Decided {
					decisions++
				}
			}
			b.Add(x)
		})
		story := b.Story()
		var is sim.Outcome
		number := 0
		for i, r := range story.Rows {
			if r.From != 0 && r.Stopped == "" {
				is.Delivered++
			} else if r.From != 0 {
				stopped++
			}
			if r.From != 0 && (r.Sent >= i || r.Sent >= 0 && story.Rows[r.Sent].Event > r.Event) {
				t.Fatalf("seed %d: row %d left in row %d", seed, i, r.Sent)
			}
			if r.Number == 0 {
				folded++
			} else if number++; r.Number != number {
				t.Fatalf("seed %d: row %d is number %d, and %d was expected", seed, i, r.Number, number)
			}
			for _, d := range r.Does {
				if d.crash {
					is.Crashes++
				}
				if d.decides {
					is.Decisions++
				}
			}
		}
		if is.Delivered != o.Delivered || is.Crashes != o.Crashes || uint64(is.Decisions) != decisions {
			t.Errorf("seed %d: %d arrive, %d crash, %d decide; of the trace %d, %d, %d", seed, is.Delivered, is.Crashes, is.Decisions, o.Delivered, o.Crashes, decisions)
		}
		arrows += int(is.Delivered)
		crashes += int(is.Crashes)
		for _, x := range []TextOptions{{}, {ASCII: true}, {Width: 120}, {Width: 1}} {
			most := max(x.Width, leastWidth)
			if x.Width == 0 {
				most = usualWidth
			}
			for line := range strings.Lines(drawn(t, story, x)) {
				if line = strings.TrimSuffix(line, "\n"); width(line) > most || strings.HasSuffix(line, " ") {
					t.Fatalf("seed %d: %d characters: %q", seed, width(line), line)
				}
			}
		}
	}
	if arrows == 0 || stopped == 0 || crashes == 0 || folded == 0 {
		t.Errorf("something never happened: %d, %d, %d, %d", arrows, stopped, crashes, folded)
	}
}

// drawn is the drawing of a story.
func drawn(t testing.TB, s *Story, o TextOptions) string {
	t.Helper()
	var b strings.Builder
	if err := s.Text(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestStoryWindow: a part of a run has the numbers that its events have in the whole.
func TestStoryWindow(t *testing.T) {
	s, err := scenarios.Load("lossy")
	if err != nil {
		t.Fatal(err)
	}
	build := func(o Options) *Story {
		b := NewStoryBuilder(&s.Scenario, o)
		played.Run(t, &s.Scenario, 7, b.Add)
		return b.Story()
	}
	whole, part := build(Options{}), build(Options{From: 12, Count: 10})
	if len(part.Rows) < 10 || part.More == 0 || part.More != uint64(whole.last()-part.last()) {
		t.Fatalf("%d rows, and %d more: the whole ends in %d, the part in %d", len(part.Rows), part.More, whole.last(), part.last())
	}
	for _, r := range part.Rows {
		at := 0
		for whole.Rows[at].Event != r.Event {
			at++
		}
		if w := whole.Rows[at]; r.Event < 12 || w.Number != r.Number || w.Says != r.Says {
			t.Errorf("the part has %+v, the whole %+v", r, w)
		}
	}
	if text := drawn(t, part, TextOptions{}); !strings.Contains(text, "events more are not shown.") {
		t.Error(text)
	}
}

// TestListed: whoever knows which events are listed says so, and all others belong to
// the event before them.
func TestListed(t *testing.T) {
	x := told{name: "listed", mutant: "no-adoption", actors: 3, slow: true, events: "ask 1>1\nsynced 1\nPrepare 1>2\nsynced 2\nPromise 2>1"}
	s, entries := x.play(t)
	usual := NewStory(s, entries, Options{})
	if n := usual.last(); n != 3 {
		t.Errorf("%d events have a number", n)
	}
	var events []uint64
	for _, e := range entries {
		if e.What.IsEvent() && e.What != observe.Booted {
			events = append(events, e.Event)
		}
	}
	if n := NewStory(s, entries, Options{Listed: events}).last(); n != 5 {
		t.Errorf("of 5 events that are listed %d have a number", n)
	}
	few := NewStory(s, entries, Options{Listed: events[2:3], Decisive: events[2]})
	if few.Decisive != 1 || len(few.Rows) < 2 || few.Rows[0].Number != 0 || few.last() != 1 {
		t.Errorf("%+v", few.Rows)
	}
}
