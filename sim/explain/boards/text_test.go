package boards_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/explain/boards"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

func TestMain(m *testing.M) { tally.Main(m) }

// plain names rounds and values by their numbers.
type plain struct{}

func (plain) ValueName(v sim.Value) string { return fmt.Sprint("v", v) }

func load(t *testing.T, name string, set ...string) *sim.Scenario {
	t.Helper()
	var overrides []scenarios.Override
	for _, text := range set {
		overrides = append(overrides, scenarios.Set(text))
	}
	s, err := scenarios.Load(name, overrides...)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}

// ballot is a round in the words of the protocol.
func ballot(t *testing.T, s *sim.Scenario, text string) sim.Round {
	t.Helper()
	r, ok := s.Protocol.Rounds().Parse(text)
	if !ok {
		t.Fatal(text)
	}
	return r
}

// of makes a board of changes.
func of(actors int, changes ...board.Change) *board.Board {
	var b board.Board
	b.Grow(actors)
	for i, c := range changes {
		b.Apply(uint64(i+1), c)
	}
	return &b
}

// TestText: a board of two actors, with everything that can be in it.
func TestText(t *testing.T) {
	s := load(t, "happy-path")
	r1, r2, r3, r4 := ballot(t, s, "1.1"), ballot(t, s, "1.2"), ballot(t, s, "2.1"), ballot(t, s, "2.2")
	b := of(2,
		board.Change{What: board.DoesNotCount, Actor: 2},
		board.Change{What: board.Begun, Round: r1, Actor: 1},
		board.Change{What: board.Proposed, Round: r1, Value: 1},
		board.Change{What: board.Cast, Round: r1, Actor: 1, Value: 1},
		board.Change{What: board.Chosen, Round: r1, Value: 1},
		board.Change{What: board.CanBe, Round: r1, Value: 1},
		board.Change{What: board.SafeAny, Round: r1, Text: "nothing is below"},
		board.Change{What: board.Begun, Round: r2, Actor: 2}, // it folds
		board.Change{What: board.Begun, Round: r3, Actor: 1},
		board.Change{What: board.CanBe, Round: r3, Value: board.Any},
		board.Change{What: board.Bound, Round: r3, Actor: 2},
		board.Change{What: board.Reported, Round: r3, Actor: 1, Text: "it lies"},
		board.Change{What: board.Reported, Round: r3, Actor: 2, Of: r1, Value: 1},
		board.Change{What: board.Proposed, Round: r3, Value: 2, Text: "it is not safe"},
		board.Change{What: board.CannotBe, Round: r3, Value: board.Any},
		board.Change{What: board.CanBe, Round: r3, Value: 2},
		board.Change{What: board.SafeOnly, Round: r3, Value: 1, Text: "it is chosen"},
		board.Change{What: board.Begun, Round: r4, Actor: 2, Text: "it is not its own"},
		board.Change{What: board.Cast, Round: r4, Actor: 2, Value: 1, Text: "it should not"},
		board.Change{What: board.Misses, Actor: 1, Text: "its disk is odd"},
	)
	want := `  ballot         1.1    2.1    2.2!
  proposed       v1     [v2]
  actor 1!       v1     open!  open
  actor 2 (out)  past   open   [v1]
  chosen         *v1
  choosable      v1     v2     -
  safe           any    v1     none
  reported
    2.1: nothing! by 1; 1.1=v1 by 2
  why safe
    1.1: any value; nothing is below
    2.1: v1; it is chosen
    2.2: none
  wrong
    event 12, 2.1, actor 1: it lies
    event 14, 2.1: it is not safe
    event 18, 2.2, actor 2: it is not its own
    event 19, 2.2, actor 2: it should not
    event 20, actor 1: its disk is odd
  1 ballot left out, 1.2: nothing was proposed, and nothing can be chosen there
`
	if got := boards.Text(b, boards.Options{Scenario: s, Names: plain{}}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := boards.Text(of(2), boards.Options{Scenario: s, Names: plain{}}); got != "  no ballot has begun\n" {
		t.Errorf("an empty board: %q", got)
	}
	if got := boards.Text(b, boards.Options{Scenario: s, Names: plain{}, Upto: r2}); !strings.Contains(got, "  ballot         1.1    1.2\n") || !strings.Contains(got, "2 more ballots after 1.2\n") {
		t.Errorf("up to a ballot that is left out else:\n%s", got)
	}
}

// TestWide: of many columns those that fit are shown, up to the one that is asked for.
func TestWide(t *testing.T) {
	s := load(t, "happy-path")
	var changes []board.Change
	for round := 1; round <= 40; round++ {
		r := ballot(t, s, fmt.Sprintf("%d.1", round))
		changes = append(changes, board.Change{What: board.Proposed, Round: r, Value: 1}, board.Change{What: board.Reported, Round: r, Actor: 1})
	}
	b := of(3, changes...)
	got := boards.Text(b, boards.Options{Scenario: s, Names: plain{}})
	if !strings.HasPrefix(got, "  ballot      32.1   33.1 ") || !strings.Contains(got, " 40.1\n") || !strings.Contains(got, "  31 ballots before 32.1 do not fit\n") {
		t.Errorf("the last:\n%s", got)
	}
	got = boards.Text(b, boards.Options{Scenario: s, Names: plain{}, Upto: ballot(t, s, "12.1"), Width: 40})
	if !strings.HasPrefix(got, "  ballot      10.1   11.1   12.1\n") || !strings.Contains(got, "  9 ballots before 10.1 do not fit\n") || !strings.Contains(got, "  28 more ballots after 12.1\n") {
		t.Errorf("up to 12.1:\n%s", got)
	}
}

// TestMany: of many actors those that stand the same share a row.
func TestMany(t *testing.T) {
	s := load(t, "thousand-actors")
	r := ballot(t, s, "1.1")
	b := of(1001, board.Change{What: board.Proposed, Round: r, Value: 1}, board.Change{What: board.Cast, Round: r, Actor: 7, Value: 1},
		board.Change{What: board.Bound, Round: r + 1<<16, Actor: 8}, board.Change{What: board.Bound, Round: r + 1<<16, Actor: 9})
	got := boards.Text(b, boards.Options{Scenario: s, Names: plain{}})
	if want := "  actor 7     v1\n  2 actors    past\n  998 actors  open\n"; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant in it\n%s", got, want)
	}
	var changes []board.Change
	for id := sim.ID(1); id <= 40; id++ {
		changes = append(changes, board.Change{What: board.Cast, Round: r, Actor: id, Value: sim.Value(id)})
	}
	got = boards.Text(of(1001, changes...), boards.Options{Scenario: s, Names: plain{}})
	if rows := strings.Count(got, "actor"); rows != 12 || !strings.Contains(got, "990 more actors") {
		t.Errorf("%d rows:\n%s", rows, got)
	}
}

// TestFollow: whatever a run does, its board fits into 80 characters and can be written
// after every event.
func TestFollow(t *testing.T) {
	for _, set := range [][]string{
		{"network.loss=50%"}, {"actors=1", "requests=[{actor: 1, at: 0s}]"}, {"actors=2", "requests=[{actor: 1, at: 0s}, {actor: 2, at: 0s}]"}, {"actors=21", "network.loss=30%"},
		{"requests=[{actor: 1, at: 0s, value: a-value-that-is-called-something-long}, {actor: 2, at: 0s, value: übergroß-und-noch-länger}]"},
	} {
		s := load(t, "lossy", set...)
		w, err := s.Protocol.New(s)
		if err != nil {
			t.Fatal(err)
		}
		f := boards.Follow(s, w)
		legend := f.Legend()
		steps := &trace.Steps{Each: func(x trace.Step) {
			if f.Step(x); x.Event.Event%3 > 0 {
				return
			}
			for line := range strings.Lines(boards.Text(f.Board(), boards.Options{Scenario: s, Names: w, Legend: &legend})) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 || strings.ContainsAny(line, "\x1b\u202e") {
					t.Fatalf("%v: %d characters: %q", set, n, line)
				}
			}
		}}
		w.Observe(steps)
		w.Reset(3, nil)
		w.Run()
		steps.Flush()
		if len(f.Board().Columns) == 0 {
			t.Errorf("%v: nothing on the board", set)
		}
	}
}

// TestNobodyHears: an Accept that its receiver does not get, or must wait for, asks for no
// vote.
func TestNobodyHears(t *testing.T) {
	s := load(t, "happy-path")
	b := paxos.MakeBallot(1, 1)
	for _, c := range []struct {
		what  observe.What
		votes int
	}{{observe.Dropped, 0}, {observe.Held, 0}, {observe.Noted, 1}} {
		f := boards.Follow(s, plain{})
		accept := paxos.NewMessage(paxos.Accept, b, 0, 1)
		arrives := observe.Entry{Event: 2, What: observe.Delivered, Kind: accept.Kind(), Actor: 2, Peer: 1, N: 1, Said: accept}
		befalls := arrives
		befalls.What, befalls.Said, befalls.Text = c.what, nil, "why"
		f.Step(trace.Step{Event: observe.Entry{Event: 1, What: observe.TimedOut, Actor: 1}, Effects: []observe.Entry{{Event: 1, Cause: 1, What: observe.Sent, Kind: accept.Kind(), Actor: 1, Peer: 2, N: 1, Said: accept}}})
		f.Step(trace.Step{Event: arrives, Effects: []observe.Entry{befalls}})
		f.Step(trace.Step{Event: observe.Entry{Event: 3, What: observe.TimedOut, Actor: 2}, Effects: []observe.Entry{{Event: 3, Cause: 3, What: observe.Saved, Actor: 2, Said: paxos.Record{Promised: b, Accepted: b, Value: 1}}}})
		if got := len(f.Board().Column(sim.Round(b)).Votes); got != c.votes {
			t.Errorf("%v: %d votes, want %d", c.what, got, c.votes)
		}
	}
}
