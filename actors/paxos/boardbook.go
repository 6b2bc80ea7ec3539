package paxos

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/ids"
)

// boardBook is the cells of a board, and what is counted of each ballot so that nothing
// need be counted again: a promise costs as much as the ballots that it passes by.
type boardBook struct {
	members ids.Set
	actors  []boardActor   // by number
	columns []*boardColumn // by ballot
	chosen  []sim.Value    // each once, in order
	stale   int            // the first column that settle must look at
	last    int            // the last that something happened in
}

// boardActor is what is known of an acceptor.
type boardActor struct {
	promised Ballot     // the highest that it has promised
	past     Ballot     // it is bound to vote in none below: the highest that it has promised or voted in
	votes    []inBallot // by ballot
	asked    []asking   // Accepts that have come and were not answered yet
	fell     uint64     // the event in which it went down: what was on its way to the disk can still reach it in that; 0: it is up
	disk     Record
	begun    Ballot // the last ballot that it began
	begunNow bool   // in this life
	decided  sim.Value
}

// asking is an Accept that has come, in an event.
type asking struct {
	inBallot
	event uint64
}

// boardColumn is a ballot.
type boardColumn struct {
	ballot   Ballot
	by       sim.ID // who began it
	values   []boardValue
	voted    ids.Set // who has voted, whatever for
	promised ids.Set // the members that have promised this very ballot
	reports  map[sim.ID]said
	open     int // members whose cell is open
	below    int // members that may still vote below it

	told  columnTold
	under lower
}

// boardValue is a value that was proposed in a ballot.
type boardValue struct {
	value    sim.Value
	proposed bool
	voters   ids.Set
	count    int // of the voters that are members
	chosen   bool
	canBe    bool // as the last change said
}

func newBoardBook(actors int, members ids.Set) boardBook {
	return boardBook{members: members, actors: make([]boardActor, actors+1)}
}

// column is that of a ballot, made if it is new.
func (b *boardBook) column(x Ballot) *boardColumn {
	i := b.place(x)
	if i < len(b.columns) && b.columns[i].ballot == x {
		return b.columns[i]
	}
	c := &boardColumn{ballot: x, reports: map[sim.ID]said{}}
	for id := b.members.Next(0); id != 0; id = b.members.Next(id) {
		if a := &b.actors[id]; a.past < x {
			c.below++
			c.open++
		} else if a.past == x {
			c.open++
		}
	}
	b.columns = slices.Insert(b.columns, i, c)
	if b.last >= i {
		b.last++
	}
	b.stale, b.last = min(b.stale, i), max(b.last, i)
	return c
}

// place is where the column of a ballot is, or belongs.
func (b *boardBook) place(x Ballot) int {
	if n := len(b.columns); n > 0 && b.columns[n-1].ballot < x {
		return n
	}
	i, _ := slices.BinarySearchFunc(b.columns, x, func(c *boardColumn, x Ballot) int { return cmp.Compare(c.ballot, x) })
	return i
}

// known is the column of a ballot, or nil.
func (b *boardBook) known(x Ballot) *boardColumn {
	if i := b.place(x); i < len(b.columns) && b.columns[i].ballot == x {
		return b.columns[i]
	}
	return nil
}

// touch notes that a column is another.
func (b *boardBook) touch(c *boardColumn) {
	i := b.place(c.ballot)
	b.stale, b.last = min(b.stale, i), max(b.last, i)
}

// valueOf is what is known of a value in the ballot, or nil. The pointer is good until
// the next add.
func (c *boardColumn) valueOf(v sim.Value) *boardValue {
	for i := range c.values {
		if c.values[i].value == v {
			return &c.values[i]
		}
	}
	return nil
}

// add is valueOf, made if it is new.
func (c *boardColumn) add(v sim.Value) *boardValue {
	if x := c.valueOf(v); x != nil {
		return x
	}
	c.values = append(c.values, boardValue{value: v})
	return &c.values[len(c.values)-1]
}

// ask notes that an acceptor is handed an Accept.
func (b *boardBook) ask(id sim.ID, p inBallot, event uint64) {
	a := &b.actors[id]
	if !slices.ContainsFunc(a.asked, func(x asking) bool { return x.inBallot == p }) {
		a.asked = append(a.asked, asking{p, event})
	}
}

// refuse notes a nack that an event led to: what was asked until then in that ballot is
// answered.
func (a *boardActor) refuse(x Ballot, cause uint64) {
	a.asked = slices.DeleteFunc(a.asked, func(q asking) bool { return q.ballot == x && q.event <= cause })
}

// promise notes that an acceptor has promised a ballot.
func (k *boardKeeper) promise(id sim.ID, x Ballot) {
	a := &k.actors[id]
	a.promised = max(a.promised, x)
	k.bind(id, x)
}

// bind passes the ballots below one.
func (k *boardKeeper) bind(id sim.ID, x Ballot) {
	a := &k.actors[id]
	if x <= a.past {
		return
	}
	if k.members.Has(id) {
		from := k.place(a.past)
		for i := from; i < len(k.columns) && k.columns[i].ballot <= x; i++ {
			c := k.columns[i]
			if c.ballot < x && !c.voted.Has(id) {
				c.open--
			}
			if c.ballot > a.past {
				c.below--
			}
			k.stale, k.last = min(k.stale, i), max(k.last, i)
		}
	}
	a.past = x
	k.tell(board.Change{What: board.Bound, Round: sim.Round(x), Actor: id})
}

// vote notes what looks like a vote, that an event led to, and says whether it is one:
// it is known, or it answers an Accept. wrong is what is wrong with the way in which it
// is shown; "": nothing.
func (k *boardKeeper) vote(id sim.ID, p inBallot, cause uint64, wrong string) bool {
	a := &k.actors[id]
	if c := k.known(p.ballot); c != nil {
		if v := c.valueOf(p.value); v != nil && v.voters.Has(id) {
			if wrong != "" {
				k.tell(board.Change{What: board.Cast, Round: sim.Round(p.ballot), Actor: id, Value: p.value, Text: wrong})
			}
			return true
		}
	}
	i := slices.IndexFunc(a.asked, func(q asking) bool { return q.inBallot == p })
	if i < 0 || cause < a.asked[i].event {
		return false
	}
	a.asked = slices.Delete(a.asked, i, i+1)
	k.cast(id, p, cmp.Or(wrong, k.wrongVote(id, p)))
	return true
}

// cast puts a vote on the board.
func (k *boardKeeper) cast(id sim.ID, p inBallot, wrong string) {
	a, c := &k.actors[id], k.column(p.ballot)
	k.touch(c)
	first := c.voted.Add(id)
	if k.members.Has(id) && first && a.past <= p.ballot {
		c.open--
	}
	v := c.add(p.value)
	v.voters.Add(id)
	at, _ := slices.BinarySearchFunc(a.votes, p.ballot+1, func(q inBallot, x Ballot) int { return cmp.Compare(q.ballot, x) })
	a.votes = slices.Insert(a.votes, at, p)
	k.tell(board.Change{What: board.Cast, Round: sim.Round(p.ballot), Actor: id, Value: p.value, Text: wrong})
	k.bind(id, p.ballot)
	if !k.members.Has(id) {
		return
	}
	if v.count++; v.count >= k.quorums.acceptances && !v.chosen {
		v.chosen = true
		k.choose(c, p.value)
	}
}

// choose notes that a quorum has voted for a value.
func (k *boardKeeper) choose(c *boardColumn, v sim.Value) {
	wrong := ""
	if !k.isChosen(v) {
		k.chosen = append(k.chosen, v)
	}
	if first := k.chosen[0]; first != v {
		wrong = k.names.ValueName(v) + " is chosen, and so is " + k.names.ValueName(first)
	}
	k.tell(board.Change{What: board.Chosen, Round: sim.Round(c.ballot), Value: v, Text: wrong})
}

func (b *boardBook) isChosen(v sim.Value) bool { return slices.Contains(b.chosen, v) }
