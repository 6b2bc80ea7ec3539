// Package board has the board of a run: a table for protocols that vote in rounds, with
// a row for each actor and a column for each round. It is plain data. A protocol tells
// what changes on it, see [Keeper]; a [Board] is what all changes so far add up to.
//
//	Entry ──> Keeper.See ──> Keeper.Changes ──> Board.Apply ──> a text, or a page
package board

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/sim/ids"
)

// Board is the state of the votes of a run. The zero Board is that of a run before its
// first event.
type Board struct {
	Rows    []Row    // by actor; only those that a change was about, and those before
	Columns []Column // by round, the lowest first
	Wrongs  []Wrong  // what must not be, in the order in which it was found
}

// Row is an actor.
type Row struct {
	Actor   ids.ID
	Out     bool      // its votes do not count
	Past    ids.Round // it is bound to vote in no round below this one; 0: it is free
	Decided ids.Value // what it has decided; 0: nothing
	Under   ids.Round // the round of the decision
	Wrong   bool      // something of it must not be, and it is not a matter of one cell
}

// Column is a round.
type Column struct {
	Round     ids.Round
	By        ids.ID      // who began it
	Proposed  []Proposal  // what was put to the vote, in order; a sound protocol puts one value
	Votes     []Vote      // by actor
	Reports   []Report    // by actor
	Choosable []ids.Value // what a quorum has voted for in this round, or still can; [Any]: whatever it is
	Chosen    []ids.Value // what a quorum has voted for, in order
	Safe      Safe        // what can be proposed in this round without harm
	Wrong     bool        // the round itself must not be
}

// Any is in [Column].Choosable for every value: none was proposed yet.
const Any ids.Value = 0

// Proposal is a value that was put to the vote.
type Proposal struct {
	Value ids.Value
	Wrong bool
}

// Vote is a vote in a round. An actor has several only if it is wrong.
type Vote struct {
	Actor ids.ID
	Value ids.Value
	Wrong bool // it should not be there
}

// Report is what an actor said of its votes when it bound itself to a round.
type Report struct {
	Actor ids.ID
	Of    ids.Round // the round of the vote that it told of; 0: it told of none
	Value ids.Value
	Wrong bool // it is not the truth, or should not have been given
}

// Safe says which values are safe in a round: those that no other can be chosen against
// in a lower one.
type Safe struct {
	Is    Safety
	Value ids.Value // of [Only]
	Why   string
}

// Safety is how many values are safe.
type Safety uint8

// The safeties.
const (
	None    Safety = iota // no value is
	Only                  // one value is
	Anybody               // every value is
)

// Wrong is something that must not be.
type Wrong struct {
	Event uint64
	Round ids.Round // 0: it is not about a round
	Actor ids.ID    // 0: it is not about an actor
	Text  string
}

// Standing is the state of a cell in which there is no vote.
type Standing uint8

// The standings.
const (
	Open  Standing = iota // the actor may still vote there
	Past                  // it is bound not to
	Voted                 // it has
)

// Cell is the standing of an actor in a round, and its votes there.
func (b *Board) Cell(id ids.ID, c *Column) (Standing, []Vote) {
	from, _ := slices.BinarySearchFunc(c.Votes, id, func(v Vote, id ids.ID) int { return cmp.Compare(v.Actor, id) })
	to := from
	for to < len(c.Votes) && c.Votes[to].Actor == id {
		to++
	}
	switch {
	case to > from:
		return Voted, c.Votes[from:to]
	case int(id) <= len(b.Rows) && b.Rows[id-1].Past > c.Round:
		return Past, nil
	}
	return Open, nil
}

// Column is that of a round; nil: there is none.
func (b *Board) Column(r ids.Round) *Column {
	if i, ok := b.find(r); ok {
		return &b.Columns[i]
	}
	return nil
}

// Folded says whether the round had no effect and can have none: a board leaves it out.
func (c *Column) Folded() bool {
	return len(c.Proposed) == 0 && len(c.Votes) == 0 && len(c.Choosable) == 0 && !c.Wrong &&
		!slices.ContainsFunc(c.Reports, func(r Report) bool { return r.Wrong })
}

// ReportOf is what an actor reported in a round; nil: nothing yet.
func (c *Column) ReportOf(id ids.ID) *Report {
	if i, ok := c.report(id); ok {
		return &c.Reports[i]
	}
	return nil
}

// Stars is how many values are chosen: more than one is a star too many.
func (b *Board) Stars() int {
	var values []ids.Value
	for i := range b.Columns {
		for _, v := range b.Columns[i].Chosen {
			if !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
	}
	return len(values)
}

func (b *Board) find(r ids.Round) (int, bool) {
	return slices.BinarySearchFunc(b.Columns, r, func(c Column, r ids.Round) int { return cmp.Compare(c.Round, r) })
}

func (c *Column) report(id ids.ID) (int, bool) {
	return slices.BinarySearchFunc(c.Reports, id, func(r Report, id ids.ID) int { return cmp.Compare(r.Actor, id) })
}
