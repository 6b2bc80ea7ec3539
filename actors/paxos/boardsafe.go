package paxos

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
)

// lower is what is choosable in the ballots below one: a value and where, and another.
// More than two tell nothing new.
type lower struct {
	value, other sim.Value
	at, otherAt  Ballot
	chosen       bool // value is, at that ballot
}

// with is what is choosable below the next ballot.
func (l lower) with(c *boardColumn) lower {
	for i := range c.values {
		v := &c.values[i]
		switch {
		case !v.canBe:
		case l.value == 0:
			l.value, l.at, l.chosen = v.value, c.ballot, v.chosen
		case l.value != v.value:
			l.other, l.otherAt = v.value, c.ballot
		case !l.chosen:
			l.at, l.chosen = c.ballot, v.chosen
		}
	}
	return l
}

// columnTold is what the last change said of a column.
type columnTold struct {
	any  bool // every value is choosable
	safe board.Change
}

// settle brings up to date what is choosable and safe, in the columns in which something
// happened, and above them as far as it matters.
func (k *boardKeeper) settle() {
	under := lower{}
	if k.stale > 0 && k.stale < len(k.columns) {
		before := k.columns[k.stale-1]
		under = before.under.with(before)
	}
	for i := k.stale; i < len(k.columns); i++ {
		c := k.columns[i]
		if i > k.last && c.under == under {
			break
		}
		c.under = under
		k.choosable(c)
		if safe := k.safe(c); safe != c.told.safe {
			c.told.safe = safe
			k.tell(safe)
		}
		under = under.with(c)
	}
	k.stale, k.last = len(k.columns), -1
}

// choosable tells which values are choosable in a ballot, where that has changed. Where
// nothing was proposed that is every value, or none; else it is what was proposed, since
// a ballot has one value.
func (k *boardKeeper) choosable(c *boardColumn) {
	tell := func(now bool, v sim.Value) {
		what := board.CannotBe
		if now {
			what = board.CanBe
		}
		k.tell(board.Change{What: what, Round: sim.Round(c.ballot), Value: v})
	}
	if now := len(c.values) == 0 && c.open >= k.quorums.acceptances; now != c.told.any {
		c.told.any = now
		tell(now, board.Any)
	}
	for i := range c.values {
		v := &c.values[i]
		now := v.count+c.open >= k.quorums.acceptances
		if now != v.canBe {
			v.canBe = now
			tell(now, v.value)
		}
	}
}

// safe says which values are safe in a ballot, and why. What may still be chosen in a
// ballot below that nobody has begun, or in which nothing was proposed, may be anything.
func (k *boardKeeper) safe(c *boardColumn) board.Change {
	now, l := board.Change{What: board.SafeAny, Round: sim.Round(c.ballot), Text: "nothing can be chosen in a lower ballot"}, &c.under
	switch {
	case c.below >= k.quorums.acceptances:
		now.What, now.Text = board.SafeNone, "a quorum may still vote in a lower ballot, for anything"
	case l.other != 0:
		now.What = board.SafeNone
		now.Text = k.names.ValueName(l.value) + " can be chosen in " + l.at.String() + ", and " + k.names.ValueName(l.other) + " in " + l.otherAt.String()
	case l.chosen:
		now.What, now.Value, now.Text = board.SafeOnly, l.value, "it is chosen in "+l.at.String()
	case l.value != 0:
		now.What, now.Value, now.Text = board.SafeOnly, l.value, "it can be chosen in "+l.at.String()
	}
	return now
}

// unsafe says why a value is not safe in a ballot; "": it is.
func (k *boardKeeper) unsafe(c *boardColumn, v sim.Value) string {
	k.settle()
	switch safe := c.told.safe; safe.What {
	case board.SafeNone:
		return safe.Text
	case board.SafeOnly:
		if safe.Value != v {
			l := &c.under
			can := " can be chosen in "
			if l.chosen {
				can = " is chosen in "
			}
			return k.names.ValueName(l.value) + can + l.at.String()
		}
	}
	return ""
}

// otherThan is another value of the ballot; 0: it has none.
func (c *boardColumn) otherThan(v sim.Value) (other sim.Value) {
	i := slices.IndexFunc(c.values, func(x boardValue) bool { return x.value != v })
	if i < 0 {
		return 0
	}
	return c.values[i].value
}
