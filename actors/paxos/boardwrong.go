package paxos

import (
	"strconv"

	"github.com/paxsim/paxsim/sim"
)

// What must not be: for each invariant of invariants.go what breaks it, in the place
// where the board has it, and in a few words. They hold of the run whatever the scenario
// watches, and go on after the first. Two have no place on a board: what a client is
// answered (Integrity), and panics.

// wrongPrepare is what is wrong with a ballot that an actor begins; "": nothing.
func (k *boardKeeper) wrongPrepare(id sim.ID, b Ballot) string {
	a := &k.actors[id]
	switch {
	case b.Actor() != id:
		return "it is begun by actor " + strconv.Itoa(int(id)) + ", and is not its own"
	case b < a.begun:
		return "it is begun after " + a.begun.String()
	case b == a.begun && !a.begunNow:
		return "it is begun again after a restart"
	case a.disk.Round < b.Round():
		return "it is begun before its round is on the disk"
	}
	return ""
}

// wrongPromise is what is wrong with a promise that leaves; "": nothing.
func (k *boardKeeper) wrongPromise(id sim.ID, m Message) string {
	a := &k.actors[id]
	if wrong := k.untrue(a, id, m); wrong != "" {
		return wrong
	}
	switch {
	case m.Ballot < a.promised:
		return "it has promised " + a.promised.String() + " before"
	case a.disk.Promised < m.Ballot:
		return "the promise leaves before it is on the disk"
	}
	return ""
}

// untrue is what is wrong with what a promise reports; "": it is the highest vote of its
// sender below the ballot, or none if there is none. A late repetition may report a vote
// in the ballot itself.
func (k *boardKeeper) untrue(a *boardActor, id sim.ID, m Message) string {
	report := "nothing"
	if m.Last != 0 {
		report = k.text(inBallot{m.Last, m.Value})
		c := k.known(m.Last)
		if c == nil || c.valueOf(m.Value) == nil || !c.valueOf(m.Value).voters.Has(id) {
			return "it reports " + report + ", and has cast no such vote"
		}
	}
	for i := len(a.votes) - 1; i >= 0 && a.votes[i].ballot > m.Last; i-- {
		if p := a.votes[i]; p.ballot < m.Ballot {
			return "it reports " + report + ", and has voted for " + k.names.ValueName(p.value) + " in " + p.ballot.String()
		}
	}
	return ""
}

// wrongAccept is what is wrong with a value that is proposed in a ballot, for the first
// time; "": nothing.
func (k *boardKeeper) wrongAccept(c *boardColumn, v sim.Value) string {
	other := c.otherThan(v)
	switch {
	case !k.wishes[k.names.ValueName(v)]:
		return k.names.ValueName(v) + " is proposed, and no client asked for it"
	case other != 0:
		return k.names.ValueName(v) + " is proposed, and so is " + k.names.ValueName(other)
	}
	if wrong := k.unsafe(c, v); wrong != "" {
		return k.names.ValueName(v) + " is proposed, and is not safe: " + wrong
	}
	if n := c.promised.Len(); n < k.quorums.promises {
		return k.names.ValueName(v) + " is proposed, and only " + strconv.Itoa(n) + " of " + strconv.Itoa(k.members.Len()) + " have promised"
	}
	return ""
}

// wrongVote is what is wrong with a new vote; "": nothing.
func (k *boardKeeper) wrongVote(id sim.ID, p inBallot) string {
	a := &k.actors[id]
	if n := len(a.votes); n > 0 {
		switch last := a.votes[n-1]; {
		case last.ballot > p.ballot:
			return "it votes, and has voted in " + last.ballot.String()
		case last.ballot == p.ballot:
			return "it votes, and has voted for " + k.names.ValueName(last.value) + " in this ballot"
		}
	}
	switch {
	case p.ballot < a.promised:
		return "it votes, and has promised " + a.promised.String()
	case a.disk.Accepted == p.ballot && a.disk.Promised < p.ballot:
		return "it votes, and its promise stays at " + orNothing(ballotText(a.disk.Promised))
	}
	return ""
}

// wrongRecord is what is wrong with a record that is on a disk, beside the vote that it
// shows; "": nothing. isVote says whether what it holds as accepted is a vote, isNew
// whether that is a new one.
func (k *boardKeeper) wrongRecord(a *boardActor, r Record, isVote, isNew bool) string {
	var highest inBallot
	if n := len(a.votes); n > 0 {
		highest = a.votes[n-1]
	}
	switch {
	case r.Accepted != 0 && !isVote:
		return "its disk holds " + voteText(k.names, r.Accepted, r.Value) + " as accepted, and it was not asked to"
	case r.Promised < a.promised:
		return "its disk goes back to a promise of " + orNothing(ballotText(r.Promised)) + ", and it has promised " + a.promised.String()
	case r.Accepted < highest.ballot, r.Accepted == highest.ballot && r.Value != highest.value:
		return "its disk holds " + orNothing(voteText(k.names, r.Accepted, r.Value)) + " as accepted, and it has voted for " + k.names.ValueName(highest.value) + " in " + highest.ballot.String()
	case !isNew && r.Promised < r.Accepted:
		return "its disk holds a vote in " + r.Accepted.String() + ", and a promise of " + orNothing(ballotText(r.Promised))
	}
	return ""
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}
