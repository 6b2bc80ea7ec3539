package board

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/sim/ids"
)

// Change is one thing that is new on a board. Its fields mean what What says; what does
// not belong to that is 0. Round and Actor are the cell.
type Change struct {
	What  What
	Round ids.Round
	Actor ids.ID
	Value ids.Value
	Of    ids.Round // of [Reported]
	// Text is, of [SafeNone], [SafeOnly] and [SafeAny], why; else what is wrong with it;
	// "": nothing.
	Text string
}

// What says what changes.
type What uint8

// The changes. Their numbers are in pages.
const (
	nothing      What = iota
	Begun             // a round begins, by Actor: there is a column
	Proposed          // Value is put to the vote
	Bound             // Actor is bound to vote in no round below Round
	Cast              // Actor votes for Value
	Reported          // Actor tells of its vote for Value in the round Of; of none, if that is 0. It is Bound then
	Chosen            // Value is chosen in Round
	Learned           // Actor decides Value in Round
	CanBe             // Value can be chosen in Round from here on
	CannotBe          // Value cannot be any more
	SafeNone          // no value is safe in Round
	SafeOnly          // Value alone is
	SafeAny           // every value is
	DoesNotCount      // Actor's votes do not count
	Misses            // something is wrong with Actor, or with the run if that is 0, and it is no matter of one cell
)

var whatWords = [...]string{
	nothing: "", Begun: "begun", Proposed: "proposed", Bound: "bound", Cast: "cast", Reported: "reported", Chosen: "chosen", Learned: "learned",
	CanBe: "can-be", CannotBe: "cannot-be", SafeNone: "safe-none", SafeOnly: "safe-only", SafeAny: "safe-any",
	DoesNotCount: "does-not-count", Misses: "misses",
}

// Whats lists the words for changes, by their number.
func Whats() []string { return slices.Clone(whatWords[:]) }

// String is the word for w.
func (w What) String() string { return whatWords[w] }

// Apply makes a change, which came with an event.
func (b *Board) Apply(event uint64, c Change) {
	if c.Text != "" && (c.What < SafeNone || c.What > SafeAny) {
		b.Wrongs = append(b.Wrongs, Wrong{event, c.Round, c.Actor, c.Text})
	}
	wrong := c.Text != ""
	if c.Actor != 0 {
		b.row(c.Actor)
	}
	switch c.What {
	case Bound:
		b.bind(c.Actor, c.Round)
	case Reported:
		b.bind(c.Actor, c.Round)
		b.column(c.Round).apply(&c, wrong)
	case Learned:
		r := b.row(c.Actor)
		r.Decided, r.Under, r.Wrong = c.Value, c.Round, r.Wrong || wrong
	case DoesNotCount:
		b.row(c.Actor).Out = true
	case Misses:
		if c.Actor != 0 {
			b.row(c.Actor).Wrong = true
		}
	default:
		b.column(c.Round).apply(&c, wrong)
	}
}

// apply makes a change in a column.
func (col *Column) apply(c *Change, wrong bool) {
	switch c.What {
	case Begun:
		col.By, col.Wrong = c.Actor, col.Wrong || wrong
	case Proposed:
		col.Proposed = append(col.Proposed, Proposal{c.Value, wrong})
	case Cast:
		col.cast(Vote{c.Actor, c.Value, wrong})
	case Reported:
		now := Report{c.Actor, c.Of, c.Value, wrong}
		if i, ok := col.report(c.Actor); ok {
			col.Reports[i] = now
		} else {
			col.Reports = slices.Insert(col.Reports, i, now)
		}
	case Chosen:
		col.Chosen = append(col.Chosen, c.Value)
	case CanBe:
		i, _ := slices.BinarySearch(col.Choosable, c.Value)
		col.Choosable = slices.Insert(col.Choosable, i, c.Value)
	case CannotBe:
		i, _ := slices.BinarySearch(col.Choosable, c.Value)
		col.Choosable = slices.Delete(col.Choosable, i, i+1)
	case SafeNone, SafeOnly, SafeAny:
		col.Safe = Safe{Safety(c.What - SafeNone), c.Value, c.Text}
	}
}

// cast adds a vote; told again, it may be wrong.
func (col *Column) cast(v Vote) {
	i, _ := slices.BinarySearchFunc(col.Votes, v, func(a, b Vote) int {
		return cmp.Or(cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Value, b.Value))
	})
	if i < len(col.Votes) && col.Votes[i].Actor == v.Actor && col.Votes[i].Value == v.Value {
		col.Votes[i].Wrong = col.Votes[i].Wrong || v.Wrong
		return
	}
	col.Votes = slices.Insert(col.Votes, i, v)
}

// Grow makes rows for so many actors.
func (b *Board) Grow(actors int) {
	for len(b.Rows) < actors {
		b.Rows = append(b.Rows, Row{Actor: ids.ID(len(b.Rows) + 1)})
	}
}

// bind passes the rounds below one.
func (b *Board) bind(id ids.ID, r ids.Round) {
	row := b.row(id)
	row.Past = max(row.Past, r)
}

// row is that of an actor. The pointer is good until the next change.
func (b *Board) row(id ids.ID) *Row {
	b.Grow(int(id))
	return &b.Rows[id-1]
}

// column is that of a round. The pointer is good until the next change.
func (b *Board) column(r ids.Round) *Column {
	i, ok := b.find(r)
	if !ok {
		b.Columns = slices.Insert(b.Columns, i, Column{Round: r})
	}
	return &b.Columns[i]
}
