package paxos

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/observe"
)

// The board of a run of Paxos: a row for each acceptor, a column for each ballot. A cell
// is a vote, or past (the acceptor has promised a higher ballot, so it abstains here), or
// open. A value is choosable in a ballot if a quorum of its cells is that value or open.
// A value is safe in a ballot if no other is choosable in a lower one (PMS 2.2, P2c).
//
// It is read from what a run shows, as the history is, and means the same by a promise,
// a vote and a quorum. The history ends with the first breach. The board goes on: a cell
// that was once past stays past, and a vote that comes there after all is wrong.
//
//	board.go        what is seen, entry by entry
//	boardbook.go    cells, and how many of a ballot are open
//	boardsafe.go    which values are choosable, and which are safe
//	boardwrong.go   what must not be

// boardKeeper implements [board.Keeper].
type boardKeeper struct {
	boardBook
	names   sim.Names
	quorums quorumSizes
	wishes  map[string]bool // the names of the values that clients asked for
	begun   bool            // something was seen
	list    []board.Change
}

// newBoard is [sim.Spec].Board for a set of rules.
func newBoard(rules Rules) func(*sim.Scenario, sim.Names) board.Keeper {
	return func(s *sim.Scenario, names sim.Names) board.Keeper {
		members := membersOf(s)
		return &boardKeeper{
			boardBook: newBoardBook(s.Actors, members),
			names:     names, quorums: quorumsOf(rules, s, members.Len()), wishes: map[string]bool{},
		}
	}
}

// Legend implements [board.Keeper].
func (k *boardKeeper) Legend() board.Legend {
	return board.Legend{
		Open:      "the acceptor may still vote in this ballot",
		Past:      "it has promised a higher ballot, so it votes here no more",
		Voted:     "it has voted for the value x",
		Reported:  "what each promise says of the last vote of its sender",
		Choosable: "what a quorum has voted for in this ballot, or still can",
		Safe:      "what no other value can be chosen against in a lower ballot",
	}
}

// Changes implements [board.Keeper].
func (k *boardKeeper) Changes() []board.Change {
	k.settle()
	var out []board.Change
	for _, c := range k.list {
		if c.What != board.Bound || !isReported(k.list, c) {
			out = append(out, c)
		}
	}
	k.list = k.list[:0]
	return out
}

// isReported says whether a report binds an actor as well as a change does.
func isReported(list []board.Change, c board.Change) bool {
	return slices.ContainsFunc(list, func(r board.Change) bool {
		return r.What == board.Reported && r.Actor == c.Actor && r.Round == c.Round
	})
}

func (k *boardKeeper) tell(c board.Change) { k.list = append(k.list, c) }

// See implements [board.Keeper].
func (k *boardKeeper) See(e observe.Entry) {
	if !k.begun {
		k.begun = true
		k.begin()
	}
	if a := &k.actors[e.Actor]; a.fell != 0 && a.fell != e.Event {
		a.asked, a.fell = nil, 0
	}
	switch e.What {
	case observe.Asked:
		k.wishes[e.Text] = true
	case observe.Delivered:
		if m, ok := e.Said.(Message); ok && m.kind == Accept {
			k.ask(e.Actor, inBallot{m.Ballot, m.Value}, e.Event)
		}
	case observe.Sent, observe.Broadcast:
		if m, ok := e.Said.(Message); ok {
			k.leaves(e, m)
		}
	case observe.Saved:
		if r, ok := e.Said.(Record); ok {
			k.saved(e, r)
		}
	case observe.Decided:
		if c, ok := e.Said.(sim.Chosen); ok {
			k.decides(e.Actor, c.Value, Ballot(c.Under))
		}
	case observe.Crashed:
		k.actors[e.Actor].fell = e.Event
	case observe.Restarted:
		k.actors[e.Actor].begunNow = false
	}
}

// begin tells what holds from the beginning.
func (k *boardKeeper) begin() {
	if !k.quorums.meet {
		k.tell(board.Change{What: board.Misses, Text: "two quorums need not meet"})
	}
	for id := sim.ID(1); int(id) < len(k.actors); id++ {
		if !k.members.Has(id) {
			k.tell(board.Change{What: board.DoesNotCount, Actor: id})
		}
	}
}

// leaves looks at a message that leaves.
func (k *boardKeeper) leaves(e observe.Entry, m Message) {
	a := &k.actors[e.Actor]
	switch m.kind {
	case Prepare:
		c := k.column(m.Ballot)
		wrong := k.wrongPrepare(e.Actor, m.Ballot)
		if c.by == 0 || wrong != "" {
			c.by = e.Actor
			k.tell(board.Change{What: board.Begun, Round: sim.Round(m.Ballot), Actor: e.Actor, Text: wrong})
		}
		a.begun, a.begunNow = m.Ballot, true
	case Promise:
		wrong := k.wrongPromise(e.Actor, m)
		k.report(e.Actor, m, wrong)
		k.promise(e.Actor, m.Ballot)
	case Accept:
		k.propose(m.Ballot, m.Value)
	case Accepted:
		k.accepted(e, m)
	case Nack:
		a.refuse(m.Ballot, e.Cause)
	}
}

// propose notes an Accept. Only the first of its ballot and value is judged.
func (k *boardKeeper) propose(b Ballot, v sim.Value) {
	c := k.column(b)
	if x := c.valueOf(v); x != nil && x.proposed {
		return
	}
	wrong := k.wrongAccept(c, v)
	k.touch(c)
	c.add(v).proposed = true
	k.tell(board.Change{What: board.Proposed, Round: sim.Round(b), Value: v, Text: wrong})
}

// report notes what a promise reports. One that was false is not forgotten for one that
// is not.
func (k *boardKeeper) report(id sim.ID, m Message, wrong string) {
	c := k.column(m.Ballot)
	if k.members.Has(id) {
		c.promised.Add(id)
	}
	now := said{inBallot{m.Last, m.Value}, wrong != ""}
	was, before := c.reports[id]
	if before && (was == now || was.wrong && !now.wrong) {
		return
	}
	c.reports[id] = now
	k.tell(board.Change{What: board.Reported, Round: sim.Round(m.Ballot), Actor: id, Of: sim.Round(m.Last), Value: m.Value, Text: wrong})
}

// saved looks at a record that is on a disk.
func (k *boardKeeper) saved(e observe.Entry, r Record) {
	a := &k.actors[e.Actor]
	same := r.Promised == a.disk.Promised && r.Accepted == a.disk.Accepted && r.Value == a.disk.Value
	a.disk = r
	if same {
		return // a round or a decision
	}
	p := inBallot{r.Accepted, r.Value}
	votes := len(a.votes)
	isVote := r.Accepted != 0 && k.vote(e.Actor, p, e.Cause, "")
	if wrong := k.wrongRecord(a, r, isVote, len(a.votes) > votes); wrong != "" {
		k.tell(board.Change{What: board.Misses, Actor: e.Actor, Text: wrong})
	}
	k.promise(e.Actor, r.Promised)
}

// accepted looks at an Accepted that leaves: it tells of a vote, and may be the first to
// show it.
func (k *boardKeeper) accepted(e observe.Entry, m Message) {
	a, p := &k.actors[e.Actor], inBallot{m.Ballot, m.Value}
	wrong := ""
	if a.disk.Accepted < m.Ballot {
		wrong = "it is sent before it is on the disk"
	}
	if !k.vote(e.Actor, p, e.Cause, wrong) {
		k.tell(board.Change{What: board.Misses, Actor: e.Actor, Text: "it tells that it has accepted " + k.text(p) + ", and it was not asked to"})
	}
}

// decides looks at a decision.
func (k *boardKeeper) decides(id sim.ID, v sim.Value, b Ballot) {
	a := &k.actors[id]
	wrong := ""
	switch {
	case a.decided != 0 && a.decided != v:
		wrong = "it decided " + k.names.ValueName(a.decided) + " before, and now " + k.names.ValueName(v)
	case !k.isChosen(v):
		wrong = "it decides " + k.names.ValueName(v) + ", which no quorum has voted for"
	}
	if a.decided == v && wrong == "" {
		return
	}
	a.decided = v
	k.tell(board.Change{What: board.Learned, Round: sim.Round(b), Actor: id, Value: v, Text: wrong})
}

// inBallot is a value in a ballot.
type inBallot struct {
	ballot Ballot
	value  sim.Value
}

func (k *boardKeeper) text(p inBallot) string { return voteText(k.names, p.ballot, p.value) }

// said is what a promise reported.
type said struct {
	inBallot
	wrong bool
}
