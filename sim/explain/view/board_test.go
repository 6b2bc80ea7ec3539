package view

import (
	"reflect"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/explain/boards"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// boardOf makes the changes of a page, as the page does.
func (r *runData) boardOf(t *testing.T, b *board.Board, names map[string]sim.Value, rounds map[string]sim.Round, list [][]int) {
	t.Helper()
	round := func(place int) sim.Round {
		if place == 0 {
			return 0
		}
		return rounds[r.About.Board.Columns[place-1]]
	}
	for _, change := range list {
		var numbers [6]int
		copy(numbers[:], change)
		what := slices.Index(board.Whats(), r.About.Board.Whats[numbers[0]])
		b.Apply(0, board.Change{
			What: board.What(what), Round: round(numbers[1]), Actor: sim.ID(numbers[2]), Text: r.About.Texts[numbers[3]],
			Value: names[r.About.Texts[numbers[4]]], Of: round(numbers[5]),
		})
	}
}

// TestBoard: the board that a page makes of its changes is that of the run, after each
// event, also where the page begins in the middle. A run that nobody plays has none.
func TestBoard(t *testing.T) {
	columns, cells := 0, 0
	for seed := range uint64(30) {
		s := read(t, rough)
		switch seed % 3 {
		case 1:
			s = load(t, "lossy", "network.loss=30%")
		case 2:
			s = load(t, "literal-acks", "network.delay=1ms..9ms", "network.loss=10%", "limits.events=3000")
		}
		from := 1 + seed%4*20
		var f *boards.Follower
		var want []board.Board // after each event
		w, err := s.Protocol.New(s)
		if err != nil {
			t.Fatal(err)
		}
		f = boards.Follow(s, w)
		values, rounds := map[string]sim.Value{"": 0}, map[string]sim.Round{}
		steps := &trace.Steps{Each: func(x trace.Step) {
			for _, c := range f.Step(x) {
				if c.Value != 0 {
					values[w.ValueName(c.Value)] = c.Value
				}
				rounds[s.Protocol.Rounds().Text(c.Round)] = c.Round
				rounds[s.Protocol.Rounds().Text(c.Of)] = c.Of
			}
			want = append(want, copied(f.Board()))
		}}
		w.Observe(steps)
		r := NewRecorder(of(s, seed, from, 0), w.(observe.Inspector), w)
		follow(w, r, seed, nil, func(*Recorder) { steps.Flush() })
		r.End(trace.NewTrailer(r.run.Head, w.Outcome(), 0))
		d := dataOf(t, write(t, []*Recorder{r}, nil))
		run := &d.Runs[0]
		lines := d.lines(t, 0)
		if len(lines) == 0 {
			continue
		}
		var got board.Board
		got.Grow(s.Actors)
		run.boardOf(t, &got, values, rounds, run.About.Board.Start)
		first := len(want) - len(lines)
		for i, l := range lines {
			run.boardOf(t, &got, values, rounds, l.board)
			if got, want := copied(&got), want[first+i]; !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d, from %d, after event %d the page has\n%+v\nand the run\n%+v", seed, from, l.number, got, want)
			}
		}
		columns += len(got.Columns)
		for i := range got.Columns {
			cells += len(got.Columns[i].Votes)
		}
	}
	if columns < 60 || cells < 100 {
		t.Errorf("%d columns and %d votes are too few", columns, cells)
	}
	s := load(t, "lossy")
	unplayed := NewRecorder(of(s, 1, 1, 0), nil, nil)
	unplayed.End(&trace.Trailer{})
	if d := dataOf(t, write(t, []*Recorder{unplayed}, nil)); d.Runs[0].About.Board != nil {
		t.Error("a board of a run that nobody plays")
	}
}

// copied is a board without what a page does not tell: which event something wrong came
// with.
func copied(b *board.Board) board.Board {
	out := board.Board{Rows: slices.Clone(b.Rows)}
	for _, c := range b.Columns {
		c.Proposed, c.Votes, c.Reports = slices.Clone(c.Proposed), slices.Clone(c.Votes), slices.Clone(c.Reports)
		c.Choosable, c.Chosen = append([]sim.Value{}, c.Choosable...), slices.Clone(c.Chosen)
		out.Columns = append(out.Columns, c)
	}
	return out
}

// TestBoardIsSmall: of a run the page tells what changes on the board, never the whole.
func TestBoardIsSmall(t *testing.T) {
	for _, name := range scenarios.Names() {
		if name == "thousand-actors" {
			continue // see TestSize
		}
		s := load(t, name)
		r := record(t, s, of(s, 1, 1, 0), nil, nil)
		marks := len(r.score.start)
		for i := range r.events {
			marks += len(r.events[i].board)
		}
		if most := 30 + 2*len(r.events); marks > most {
			t.Errorf("%s: %d changes of the board in %d events, more than %d", name, marks, len(r.events), most)
		}
	}
}
