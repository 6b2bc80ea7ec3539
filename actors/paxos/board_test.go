package paxos

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/quorums"
)

// letters names values: 1 is a.
type letters struct{}

func (letters) ValueName(v sim.Value) string { return string(rune('a' + v - 1)) }

// script is a run by hand, for what no run of a mutant comes to. Each method is an event.
type script struct {
	keeper board.Keeper
	board  board.Board
	event  uint64
}

func newScript(s *sim.Scenario) *script {
	x := &script{keeper: newBoard(Sound())(s, letters{})}
	x.board.Grow(s.Actors)
	return x
}

// see is an event with one entry.
func (x *script) see(e observe.Entry) *script {
	x.event++
	if e.Event = x.event; e.Cause == 0 {
		e.Cause = x.event
	}
	x.keeper.See(e)
	for _, c := range x.keeper.Changes() {
		x.board.Apply(x.event, c)
	}
	return x
}

func (x *script) asks(v sim.Value) *script {
	return x.see(observe.Entry{What: observe.Asked, Actor: 1, Text: letters{}.ValueName(v)})
}

func (x *script) sends(id sim.ID, m Message) *script {
	return x.see(observe.Entry{What: observe.Sent, Actor: id, Kind: m.Kind(), Said: m})
}

func (x *script) hears(id sim.ID, m Message) *script {
	return x.see(observe.Entry{What: observe.Delivered, Actor: id, Kind: m.Kind(), Said: m})
}

func (x *script) saves(id sim.ID, r Record) *script {
	return x.see(observe.Entry{What: observe.Saved, Actor: id, Said: r})
}

// promises is that an actor saves a promise and tells of it, as it should.
func (x *script) promises(id sim.ID, b, last Ballot, v sim.Value) *script {
	return x.saves(id, Record{Promised: b, Accepted: last, Value: v}).sends(id, promise(b, last, v))
}

// votes is that an actor is asked for a vote, and casts it.
func (x *script) votes(id sim.ID, b Ballot, v sim.Value) *script {
	return x.hears(id, accept(b, v)).saves(id, Record{Promised: b, Accepted: b, Value: v}).sends(id, accepted(b, v))
}

func (x *script) decides(id sim.ID, b Ballot, v sim.Value) *script {
	return x.see(observe.Entry{What: observe.Decided, Actor: id, Said: sim.Chosen{Value: v, Under: sim.Round(b)}})
}

// column tells a ballot in a line.
func (x *script) column(b Ballot) string {
	c := x.board.Column(sim.Round(b))
	if c == nil {
		return "none"
	}
	var cells []string
	for i := range x.board.Rows {
		how, votes := x.board.Cell(sim.ID(i+1), c)
		text := []string{"open", "past", ""}[how]
		for _, v := range votes {
			text += letters{}.ValueName(v.Value)
			if v.Wrong {
				text += "!"
			}
		}
		cells = append(cells, text)
	}
	values := ""
	for _, v := range c.Choosable {
		if v == board.Any {
			values += "?"
		} else {
			values += letters{}.ValueName(v)
		}
	}
	safe := []string{"none", "only ", "any"}[c.Safe.Is]
	if c.Safe.Is == board.Only {
		safe += letters{}.ValueName(c.Safe.Value)
	}
	return fmt.Sprintf("%s; choosable %s; safe %s", strings.Join(cells, " "), values, safe)
}

// three are three actors, and ballots of two of them.
var (
	three  = &sim.Scenario{Actors: 3}
	b11    = MakeBallot(1, 1)
	b12    = MakeBallot(1, 2)
	b21    = MakeBallot(2, 1)
	prep11 = prepare(b11)
)

// TestBoardCells: what is choosable and safe, as promises and votes come.
func TestBoardCells(t *testing.T) {
	x := newScript(three).asks(1).asks(2).saves(1, Record{Round: 1}).sends(1, prep11)
	for _, step := range []struct {
		why  string
		do   func()
		b    Ballot
		want string
	}{
		{"all are open, and all could vote in a lower ballot", func() {}, b11, "open open open; choosable ?; safe none"},
		{"one is not a quorum", func() { x.promises(1, b11, 0, 0) }, b11, "open open open; choosable ?; safe none"},
		{"a quorum votes in no lower ballot", func() { x.promises(2, b11, 0, 0) }, b11, "open open open; choosable ?; safe any"},
		{"what is proposed is choosable, and nothing else", func() { x.sends(1, accept(b11, 1)) }, b11, "open open open; choosable a; safe any"},
		{"past is no vote", func() { x.promises(3, b12, 0, 0) }, b11, "open open past; choosable a; safe any"},
		{"above it nothing is safe yet", func() {}, b12, "open open open; choosable ?; safe none"},
		{"two have promised 1.2, and nobody can choose a any more", func() { x.promises(2, b12, 0, 0) }, b11, "open past past; choosable ; safe any"},
		{"so everything is safe", func() {}, b12, "open open open; choosable ?; safe any"},
		{"a vote that comes late alone chooses nothing", func() { x.votes(1, b11, 1) }, b11, "a past past; choosable ; safe any"},
	} {
		step.do()
		if got := x.column(step.b); got != step.want {
			t.Errorf("%s: %v is %s, want %s", step.why, step.b, got, step.want)
		}
	}
	x = newScript(three).asks(1).asks(2).saves(1, Record{Round: 1}).sends(1, prep11).promises(1, b11, 0, 0).promises(2, b11, 0, 0).sends(1, accept(b11, 1))
	x.votes(1, b11, 1).promises(2, b12, 0, 0).promises(1, b12, b11, 1)
	if got, want := x.column(b12), "open open open; choosable ?; safe only a"; got != want {
		t.Errorf("one vote and one that is open: 1.2 is %s, want %s", got, want)
	}
	if len(x.board.Wrongs) > 0 {
		t.Errorf("nothing is wrong: %+v", x.board.Wrongs)
	}
}

// TestBoardWrongs: what breaks each rule has its place on the board, and its words.
func TestBoardWrongs(t *testing.T) {
	begin := func() *script {
		return newScript(three).asks(1).asks(2).saves(1, Record{Round: 1}).sends(1, prep11).promises(1, b11, 0, 0).promises(2, b11, 0, 0)
	}
	for _, c := range []struct {
		invariant string
		run       *script
		want      string
	}{
		{Validity, begin().sends(1, accept(b11, 3)), "c is proposed, and no client asked for it"},
		{OneValue, begin().sends(1, accept(b11, 1)).sends(1, accept(b11, 2)), "b is proposed, and so is a"},
		{SafeAt, newScript(three).asks(1).sends(1, accept(b11, 1)), "a is proposed, and is not safe: a quorum may still vote in a lower ballot, for anything"},
		{QuorumMembership, begin().promises(3, b12, 0, 0).promises(2, b12, 0, 0).sends(1, accept(b11, 1)).votes(1, b11, 1).sends(3, accept(b21, 1)), "a is proposed, and is not safe: a quorum may still vote in a lower ballot, for anything"},
		{QuorumMembership, begin().promises(2, b21, 0, 0).promises(1, b21, 0, 0).sends(2, accept(b12, 1)), "a is proposed, and only 0 of 3 have promised"},
		{OneVote, begin().sends(1, accept(b11, 1)).sends(1, accept(b11, 2)).votes(1, b11, 1).hears(1, accept(b11, 2)).sends(1, accepted(b11, 2)), "it votes, and has voted for a in this ballot"},
		{TruthfulPromise, begin().promises(3, b12, b11, 1), "it reports 1.1=a, and has cast no such vote"},
		{TruthfulPromise, begin().sends(1, accept(b11, 1)).votes(2, b11, 1).promises(2, b12, 0, 0), "it reports nothing, and has voted for a in 1.1"},
		{PromiseRises, begin().promises(2, b21, 0, 0).sends(2, promise(b12, 0, 0)), "it has promised 2.1 before"},
		{PromiseRises, begin().promises(2, b21, 0, 0).saves(2, Record{Promised: b11}), "its disk goes back to a promise of 1.1, and it has promised 2.1"},
		{AcceptedRises, begin().sends(1, accept(b11, 1)).votes(2, b11, 1).saves(2, Record{Promised: b12}), "its disk holds nothing as accepted, and it has voted for a in 1.1"},
		{VoteWithinPromise, begin().sends(1, accept(b11, 1)).hears(3, accept(b11, 1)).saves(3, Record{Accepted: b11, Value: 1}), "it votes, and its promise stays at nothing"},
		{AcceptedIsHighestVote, begin().saves(3, Record{Promised: b11, Accepted: b11, Value: 1}), "its disk holds 1.1=a as accepted, and it was not asked to"},
		{AcceptedIsHighestVote, begin().sends(3, accepted(b11, 1)), "it tells that it has accepted 1.1=a, and it was not asked to"},
		{DurableBeforeVisible, begin().sends(3, promise(b11, 0, 0)), "the promise leaves before it is on the disk"},
		{DurableBeforeVisible, begin().sends(1, accept(b11, 1)).hears(2, accept(b11, 1)).sends(2, accepted(b11, 1)), "it is sent before it is on the disk"},
		{DurableBeforeVisible, newScript(three).asks(1).sends(1, prep11), "it is begun before its round is on the disk"},
		{BallotRises, begin().sends(2, prep11), "it is begun by actor 2, and is not its own"},
		{BallotRises, begin().see(observe.Entry{What: observe.Restarted, Actor: 1}).sends(1, prep11), "it is begun again after a restart"},
		{DecidedIsChosen, begin().decides(1, b11, 1), "it decides a, which no quorum has voted for"},
		{Agreement, begin().sends(1, accept(b11, 1)).votes(1, b11, 1).votes(2, b11, 1).sends(2, accept(b12, 2)).votes(1, b12, 2).votes(2, b12, 2), "b is chosen, and so is a"},
		{Integrity, begin().sends(1, accept(b11, 1)).votes(1, b11, 1).votes(2, b11, 1).decides(3, b11, 1).decides(3, b11, 2), "it decided a before, and now b"},
		{QuorumIntersection, newScript(&sim.Scenario{Actors: 4, Quorums: []quorums.Quorum{{Size: 2}, {Size: 2}}}).asks(1), "two quorums need not meet"},
	} {
		texts := []string{}
		for _, w := range c.run.board.Wrongs {
			texts = append(texts, w.Text)
		}
		if !slices.Contains(texts, c.want) {
			t.Errorf("%s: the board says %q, want %q", c.invariant, texts, c.want)
		}
	}
}

// TestBoardVotes: what looks like a vote is one only if it answers an Accept that came
// before, and was not refused or forgotten.
func TestBoardVotes(t *testing.T) {
	begin := func() *script {
		return newScript(three).asks(1).saves(1, Record{Round: 1}).sends(1, prep11).promises(1, b11, 0, 0).promises(2, b11, 0, 0).sends(1, accept(b11, 1))
	}
	record := Record{Promised: b11, Accepted: b11, Value: 1}
	for _, c := range []struct {
		why  string
		run  *script
		want string
	}{
		{"it was asked", begin().hears(2, accept(b11, 1)).saves(2, record), "open a open; choosable a; safe any"},
		{"it was asked for something else", begin().hears(2, accept(b11, 2)).saves(2, record), "open open open; choosable a; safe any"},
		{"it was not asked", begin().saves(2, record), "open open open; choosable a; safe any"},
		{"what it does is older than the Accept", begin().hears(2, accept(b11, 1)).see(observe.Entry{What: observe.Saved, Actor: 2, Said: record, Cause: 2}), "open open open; choosable a; safe any"},
		{"it has refused", begin().hears(2, accept(b11, 1)).sends(2, nack(b11, b12)).saves(2, record), "open open open; choosable a; safe any"},
		{"it went down before it could answer", begin().hears(2, accept(b11, 1)).see(observe.Entry{What: observe.Crashed, Actor: 2}).saves(2, record), "open open open; choosable a; safe any"},
	} {
		if got := c.run.column(b11); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
}

// TestBoardCounts: the votes of others than members count for nothing.
func TestBoardCounts(t *testing.T) {
	x := newScript(&sim.Scenario{Actors: 3, Members: []sim.ID{1, 2}}).asks(1).saves(1, Record{Round: 1}).sends(1, prep11).
		promises(1, b11, 0, 0).promises(2, b11, 0, 0).sends(1, accept(b11, 1)).votes(3, b11, 1).votes(1, b11, 1)
	if !x.board.Rows[2].Out || x.board.Rows[1].Out || x.board.Stars() != 0 {
		t.Errorf("%+v, %d stars", x.board.Rows, x.board.Stars())
	}
	if x.votes(2, b11, 1); x.board.Stars() != 1 || len(x.board.Wrongs) > 0 {
		t.Errorf("two members have voted: %d stars, %+v", x.board.Stars(), x.board.Wrongs)
	}
}
