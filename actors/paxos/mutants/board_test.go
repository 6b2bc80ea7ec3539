package mutants

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/explain/boards"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/zoo"
)

// none is no mutant, for storms in which all can happen.
var none = Mutant{Mutant: zoo.Mutant{Name: "none"}, Scope: Scope{Faults: []string{"loss", "duplicate", "crashes"}}, Rules: func(*paxos.Rules) {}}

// boardText is a board as [reading.String] tells it.
func boardText(b *board.Board, names sim.Names) string {
	var out strings.Builder
	name := func(v sim.Value, wrong bool) string {
		if v == board.Any {
			return "?"
		}
		if wrong {
			return names.ValueName(v) + "!"
		}
		return names.ValueName(v)
	}
	all := func(list []sim.Value) []string {
		var out []string
		for _, v := range list {
			out = append(out, name(v, false))
		}
		slices.Sort(out)
		return out
	}
	for i := range b.Columns {
		c := &b.Columns[i]
		var proposed, cells []string
		for _, p := range c.Proposed {
			proposed = append(proposed, name(p.Value, false))
		}
		reports := map[int]string{}
		for id := range b.Rows {
			how, votes := b.Cell(sim.ID(id+1), c)
			text := []string{board.Open: "open", board.Past: "past", board.Voted: ""}[how]
			if how == board.Voted {
				var list []string
				for _, v := range votes {
					list = append(list, name(v.Value, v.Wrong))
				}
				slices.Sort(list)
				text = strings.Join(list, " ")
			}
			cells = append(cells, text)
			if r := c.ReportOf(sim.ID(id + 1)); r != nil {
				text := "nothing"
				if r.Of != 0 {
					text = paxos.Ballot(r.Of).String() + "=" + name(r.Value, false)
				}
				if r.Wrong {
					text += "!"
				}
				reports[id+1] = text
			}
		}
		safe := "none"
		switch c.Safe.Is {
		case board.Only:
			safe = name(c.Safe.Value, false)
		case board.Anybody:
			safe = "any"
		}
		fmt.Fprintf(&out, "%v: proposed %v, cells %q, reports %v, chosen %v, choosable %v, safe %s\n", paxos.Ballot(c.Round), proposed, cells, reports, all(c.Chosen), all(c.Choosable), safe)
	}
	return out.String()
}

// boardRun is a run with its board.
type boardRun struct {
	board   *board.Board
	changes []board.Change
	outcome sim.Outcome
}

// look plays a run and follows its board; a fifth of the seeds are searched. each is called after every event with the
// lines of a trace file that the event has; nil: nobody wants to know.
func look(t *testing.T, s *sim.Scenario, seed uint64, each func(b *board.Board, names sim.Names, lines []string)) boardRun {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	f := boards.Follow(s, w)
	x := boardRun{board: f.Board()}
	var file bytes.Buffer
	steps := &trace.Steps{Each: func(step trace.Step) {
		x.changes = append(x.changes, f.Step(step)...)
		if each == nil {
			return
		}
		file.Reset()
		lines := trace.NewLineWriter(&file, trace.NewHeader(s, "", trace.Base{Seed: seed}))
		for _, e := range append([]observe.Entry{step.Event}, step.Effects...) {
			lines.Observe(e)
		}
		if err := lines.Close(sim.Outcome{}); err != nil {
			t.Fatal(err)
		}
		all := strings.Split(strings.TrimSpace(file.String()), "\n")
		each(x.board, w, all[1:len(all)-1])
	}}
	w.Observe(steps)
	if seed%5 == 4 { // an adversary picks what is next
		w.Search(&search.Search{Picker: new(search.Walk), Budget: search.Budget{Events: 400, Alarms: 8, Losses: 3, Duplicates: 3, Crashes: 2}})
	}
	w.Reset(seed, nil)
	x.outcome = w.Run()
	steps.Flush()
	return x
}

// quorumsAtWill lets the actors of a storm, its members and its quorums be others.
func quorumsAtWill(s *sim.Scenario, seed uint64) {
	switch seed % 6 {
	case 0:
		s.Actors, s.Requests = 1, s.Requests[:1]
	case 1:
		s.Actors, s.Requests = 2, s.Requests[:2]
	case 2:
		s.Actors, s.Members = 5, []sim.ID{2, 3, 5}
	case 3:
		s.Actors, s.Quorums = 5, []quorums.Quorum{{Size: 4}, {Size: 2}}
	case 4:
		s.Actors, s.Quorums = 5, []quorums.Quorum{{Size: 3}, {Size: 5}}
	}
}

// TestBoardAgainstTrace: in 200 runs, half of them of mutants, the board is what a reader
// makes of the lines of the trace, and all its changes less what is superseded are the
// same board.
func TestBoardAgainstTrace(t *testing.T) {
	list := All()
	every := gate.Of[uint64](11, 1) // a board is compared after so many events
	columns, framed, falsehoods, stars := 0, 0, 0, 0
	for seed := range uint64(200) {
		m := none
		if seed%2 == 1 {
			m = list[int(seed/2)%len(list)]
		}
		s := storm(mutated{m.Protocol()}, m.Scope, seed)
		s.Limits.Events = 600
		if seed%2 == 0 {
			quorumsAtWill(s, seed/2)
		}
		if seed%4 > 0 {
			s.Invariants = []string{} // so that it goes on when something breaks
		}
		quorum := quorumOf(m.Name, s.MemberCount())
		if s.Quorums != nil {
			quorum = s.Quorums[1].Size
		}
		r := newReading(s, quorum)
		n := uint64(0)
		same := func(b *board.Board, names sim.Names) {
			if got, want := boardText(b, names), r.String(); got != want {
				t.Fatalf("%s, seed %d, after event %d the board is\n%sand by the trace\n%s", m.Name, seed, n, got, want)
			}
		}
		var names sim.Names
		x := look(t, s, seed, func(b *board.Board, of sim.Names, lines []string) {
			names = of
			r.read(t, lines)
			if n++; n%every == seed%every {
				same(b, of)
			}
		})
		same(x.board, names)
		var net board.Board
		net.Grow(s.Actors)
		for _, c := range board.Net(x.changes) {
			net.Apply(0, c)
		}
		if got, want := boardText(&net, names), boardText(x.board, names); got != want || !reflect.DeepEqual(net.Rows, x.board.Rows) {
			t.Fatalf("%s, seed %d: what is left of all changes makes\n%sand not\n%s", m.Name, seed, got, want)
		}
		columns += len(x.board.Columns)
		for _, c := range x.board.Columns {
			for _, v := range c.Votes {
				if v.Wrong {
					framed++
				}
			}
			for _, v := range c.Reports {
				if v.Wrong {
					falsehoods++
				}
			}
		}
		if x.board.Stars() > 1 {
			stars++
		}
	}
	t.Logf("%d columns, %d votes where they should not be, %d false reports, two values chosen in %d runs", columns, framed, falsehoods, stars)
	if columns < 400 || framed < 20 || falsehoods < 20 || stars < 5 {
		t.Error("too little happened for this to say anything")
	}
}

// TestBoardShowsWhatBreaks: where a run breaks an invariant something is wrong on its
// board at that event, and nothing before; where none breaks, nothing is.
func TestBoardShowsWhatBreaks(t *testing.T) {
	broke := map[string]int{}
	for _, m := range append(All(), none) {
		for seed := range uint64(40) {
			s := storm(mutated{m.Protocol()}, m.Scope, seed)
			s.Limits.Events = 5_000
			x := look(t, s, seed, nil)
			v, wrongs := x.outcome.Violation, x.board.Wrongs
			if v == nil {
				if len(wrongs) > 0 || x.board.Stars() > 1 {
					t.Fatalf("%s, seed %d: nothing breaks, and the board says %+v", m.Name, seed, wrongs)
				}
				continue
			}
			broke[v.Invariant]++
			if v.Invariant == paxos.QuorumIntersection && len(wrongs) > 0 {
				continue // it is known from the beginning
			}
			if len(wrongs) == 0 || wrongs[0].Event != v.Event {
				t.Fatalf("%s, seed %d: %s: %s (event %d), and the board shows %+v", m.Name, seed, v.Invariant, v.Text, v.Event, wrongs)
			}
		}
	}
	t.Logf("%v", broke)
	if len(broke) < 12 {
		t.Errorf("only these broke: %v", broke)
	}
}

// TestBoardShowsASplit: where two values come to be decided the board has two stars, or a
// decision that no quorum has voted for.
func TestBoardShowsASplit(t *testing.T) {
	splits := 0
	for _, m := range All() {
		for seed := range gate.Of[uint64](60, 600) {
			s := storm(mutated{m.Protocol()}, m.Scope, seed)
			s.Limits.Events, s.Invariants = 5_000, []string{paxos.Agreement}
			x := look(t, s, seed, nil)
			if x.outcome.Violation == nil {
				continue
			}
			splits++
			decides := slices.ContainsFunc(x.board.Rows, func(r board.Row) bool { return r.Decided != 0 && r.Wrong })
			if x.board.Stars() < 2 && !decides || len(x.board.Wrongs) == 0 {
				t.Fatalf("%s, seed %d: %s, and the board shows %+v", m.Name, seed, x.outcome.Violation.Text, x.board)
			}
		}
	}
	if splits < 100 {
		t.Errorf("only %d splits", splits)
	}
}

// TestBoardOfLiteralAcks: where a proposer adopts nothing since promises report nothing,
// the votes alone look sound. It is the reports that are wrong, and then the proposal.
func TestBoardOfLiteralAcks(t *testing.T) {
	p := mutated{mustFind(t, "silent-promise").Protocol()}
	s := storm(p, Scope{Actors: 3}, 1)
	s.Network.DelayMax, s.Requests[1].At, s.Requests = 2, 60, s.Requests[:2]
	s.Invariants = []string{}
	x := look(t, s, 1, nil)
	if len(x.board.Wrongs) == 0 || x.board.Stars() != 2 {
		t.Fatalf("%+v", x.board)
	}
	first := x.board.Wrongs[0]
	c := x.board.Column(first.Round)
	if r := c.ReportOf(first.Actor); r == nil || !r.Wrong || r.Of != 0 || !strings.Contains(first.Text, "it reports nothing, and has voted for ") {
		t.Errorf("the first wrong is %+v", first)
	}
	for _, c := range x.board.Columns {
		for _, v := range c.Votes {
			if v.Wrong {
				t.Errorf("a vote is framed: %+v", v)
			}
		}
	}
}

func mustFind(t *testing.T, name string) Mutant {
	m, ok := Find(name)
	if !ok {
		t.Fatal(name)
	}
	return m
}
