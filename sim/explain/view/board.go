package view

import (
	"slices"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/explain/boards"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/observe"
)

// The board of a run ([board.Board]) is in the page as changes, never whole: those that
// lead to the board before the first event that is shown, and those of each event. The
// page makes them one by one, as [board.Board.Apply] does, and so has the board after any
// event.
//
//	"about": {"board": {"columns": ["1.1", "1.2"], "whats": […], "legend": {…}, "start": [changes]}, …}
//	"events": [[…, [changes]], …]     the fifteenth element of an event
//
// A change is a list of at most six numbers; zeros at its end are left out:
//
//	[what, column, actor, text, value, of]
//
//	what    a [board.What], from 1; about.board.whats lists their names
//	column  its round: 1 for the first of about.board.columns, which is sorted; 0: it is about none
//	actor   0: nobody, or the run
//	text    the number of a text: of "safe-none", "safe-only" and "safe-any" why; of all
//	        others what is wrong with it, so it is to be red or framed; 0: nothing is
//	value   the number of a text: the value's name; 0: any value, or none
//	of      only of "reported": the column of the vote that is told of; 0: of no vote
//
// What each what does:
//
//	begun           there is a column, begun by actor
//	proposed        value is put to the vote in column; may come again with another value
//	bound           actor votes in no column below this one: its cells there are past, where it has no vote
//	cast            actor votes for value in column; told again with a text, it is wrong after all
//	reported        actor says in column that its last vote was for value in of; it takes the place of an earlier one, and actor is bound to column
//	chosen          value has a quorum in column: a star. Two values with a star are one too many
//	learned         actor decides value (column)
//	can-be, cannot-be  value can be chosen in column, or no more; value 0: every value
//	safe-none, safe-only, safe-any  in column no value, value alone, or every value is safe; takes the place of what was
//	does-not-count  actor's votes count for no quorum
//	misses          something is wrong with actor as a whole, or with the run if actor is 0; text says what
//
// A cell without a vote is past if its actor is bound to a higher column, and else open. A
// column folds if nothing was proposed in it, nobody has voted, nothing can be chosen
// there, and nothing in it is wrong.

// score is the board of a recorder. The zero score has none.
type score struct {
	follow *boards.Follower // nil: there is none
	names  sim.Names
	before []board.Change // up to the first event that is shown
	start  []mark
	rounds []sim.Round // of all marks
}

// mark is a change as the page holds it.
type mark struct {
	what      board.What
	round, of sim.Round
	actor     sim.ID
	value     int // texts
	text      int
}

// newScore is the board of a run. names are those of the run; nil: nobody plays it.
func newScore(s *sim.Scenario, names sim.Names) score {
	if names == nil {
		return score{}
	}
	return score{follow: boards.Follow(s, names), names: names}
}

// step takes a step and returns what it changes.
func (b *score) step(e observe.Entry, p flights.Parts) []board.Change {
	if b.follow == nil {
		return nil
	}
	return b.follow.Parts(e, p)
}

// manyChanges is how many are kept before what is superseded is looked for.
const manyChanges = 4096

// earlier keeps changes before the first event that is shown.
func (b *score) earlier(list []board.Change) {
	b.before = append(b.before, list...)
	if n := len(b.before); n >= manyChanges && n == cap(b.before) {
		b.before = board.Net(b.before)
	}
}

// begin describes the board before the first event that is shown.
func (b *score) begin(t *texts) {
	b.start, b.before = b.marks(board.Net(b.before), t), nil
}

// marks is changes as the page holds them.
func (b *score) marks(list []board.Change, t *texts) []mark {
	var out []mark
	for _, c := range list {
		m := mark{what: c.What, round: c.Round, of: c.Of, actor: c.Actor, text: t.add(terminal.Text(c.Text))}
		if c.Value != board.Any {
			m.value = t.add(terminal.Text(b.names.ValueName(c.Value)))
		}
		b.rounds = append(b.rounds, c.Round, c.Of)
		out = append(out, m)
	}
	return out
}

// boardData is what the page says of the board beside its changes.
type boardData struct {
	Columns []string          `json:"columns"`
	Whats   []string          `json:"whats"` // by number
	Legend  map[string]string `json:"legend"`
	Start   [][]int           `json:"start"`
}

// data is the board in the page; nil: there is none. It sorts the columns, so it comes
// before numbers.
func (b *score) data(s *sim.Scenario) *boardData {
	if b.follow == nil {
		return nil
	}
	slices.Sort(b.rounds)
	b.rounds = slices.Compact(b.rounds)
	l := b.follow.Legend()
	d := &boardData{Columns: []string{}, Whats: board.Whats(), Legend: map[string]string{
		"open": terminal.Text(l.Open), "past": terminal.Text(l.Past), "voted": terminal.Text(l.Voted),
		"reported": terminal.Text(l.Reported), "choosable": terminal.Text(l.Choosable), "safe": terminal.Text(l.Safe),
	}}
	for _, r := range b.rounds {
		if r != 0 {
			d.Columns = append(d.Columns, terminal.Text(s.Protocol.Rounds().Text(r)))
		}
	}
	d.Start = b.numbers(b.start)
	return d
}

// columns are the rounds of the columns, in their order.
func (b *score) columns() []sim.Round {
	list := slices.Compact(slices.Sorted(slices.Values(b.rounds)))
	if len(list) > 0 && list[0] == 0 { // what is about no column
		list = list[1:]
	}
	return list
}

// numbers is marks as lists of numbers.
func (b *score) numbers(list []mark) [][]int {
	out := [][]int{}
	place := func(r sim.Round) int {
		i, _ := slices.BinarySearch(b.rounds, r)
		if len(b.rounds) > 0 && b.rounds[0] != 0 {
			i++ // there is no 0 before the first
		}
		if r == 0 {
			return 0
		}
		return i
	}
	for _, m := range list {
		line := []int{int(m.what), place(m.round), int(m.actor), m.text, m.value, place(m.of)}
		for line[len(line)-1] == 0 {
			line = line[:len(line)-1]
		}
		out = append(out, line)
	}
	return out
}
