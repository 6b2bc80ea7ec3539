package paxos

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/shown"
)

// What an actor holds, for those who look into a run: see [observe.Snapshot].

// The fields that a record and an actor have in common.
const (
	fieldPromised = "promised"
	fieldAccepted = "accepted"
	fieldRound    = "round"
	fieldLearned  = "learned"
)

// Fields tells what is on the disk. Of a decision it does so only if there is
// one: usually none is saved.
func (r Record) Fields(names sim.Names) []shown.Field {
	fields := []shown.Field{
		{Name: fieldPromised, Text: ballotText(r.Promised)},
		{Name: fieldAccepted, Text: voteText(names, r.Accepted, r.Value)},
		{Name: fieldRound, Text: countText(int(r.Round))},
	}
	if r.Learned != 0 {
		fields = append(fields, shown.Field{Name: fieldLearned, Text: valueText(names, r.Learned)})
	}
	return fields
}

// Fields tells what the actor knows.
func (a *Actor) Fields(names sim.Names) []shown.Field {
	return []shown.Field{
		{Name: fieldPromised, Text: ballotText(a.Promised)},
		{Name: fieldAccepted, Text: voteText(names, a.Accepted, a.Value)},
		{Name: "role", Text: a.roleText(names)},
		{Name: fieldLearned, Text: valueText(names, a.learned)},
		{Name: fieldRound, Text: countText(int(a.Round))},
		{Name: "wants", Text: valueText(names, a.own)},
		{Name: "promised by", Text: a.during(preparing, &a.promises.From)},
		{Name: "they report", Text: a.reportText(names)},
		{Name: "accepted by", Text: a.during(accepting, &a.heard)},
		{Name: "refused by", Text: a.during(a.phase, &a.refusers)},
		{Name: "votes heard of", Text: a.tallies.text(names)},
		{Name: "highest ballot seen", Text: ballotText(a.seen)},
		{Name: "rounds lost in a row", Text: countText(a.failures)},
	}
}

// roleText tells the phase of the actor's round. Acceptor and learner it always
// is.
func (a *Actor) roleText(names sim.Names) string {
	switch a.phase {
	case preparing:
		return "phase 1 of " + a.ballot.String()
	case accepting:
		return "phase 2 of " + voteText(names, a.ballot, a.value)
	}
	return ""
}

// during lists a set that means something from a phase of a round on.
func (a *Actor) during(from phase, s *ids.Set) string {
	if a.phase == idle || a.phase < from {
		return ""
	}
	return setText(s)
}

// reportText is the highest proposal that the promises of the round tell of.
func (a *Actor) reportText(names sim.Names) string {
	if a.phase == idle || a.promises.Highest == 0 {
		return ""
	}
	return voteText(names, a.promises.Highest, a.promises.Value)
}

// maxTallies is how many tallies are shown: those of the highest ballots.
const maxTallies = 3

func (t *Tallies) text(names sim.Names) string {
	var parts []string
	for i := max(0, len(t.list)-maxTallies); i < len(t.list); i++ {
		x := &t.list[i]
		parts = append(parts, voteText(names, x.Ballot, x.Value)+" by "+setText(&x.From))
	}
	return strings.Join(parts, "; ")
}

// maxListed is how many actors of a set are listed by number.
const maxListed = 9

// setText lists a set: "1, 2, 5"; of very many, how many.
func setText(s *ids.Set) string {
	if s.Len() > maxListed {
		return fmt.Sprintf("%d actors", s.Len())
	}
	var parts []string
	for id := s.Next(0); id != 0; id = s.Next(id) {
		parts = append(parts, strconv.Itoa(int(id)))
	}
	return strings.Join(parts, ", ")
}

func ballotText(b Ballot) string {
	if b == 0 {
		return ""
	}
	return b.String()
}

func valueText(names sim.Names, v sim.Value) string {
	if v == 0 {
		return ""
	}
	return names.ValueName(v)
}

func voteText(names sim.Names, b Ballot, v sim.Value) string {
	if b == 0 {
		return ""
	}
	return b.String() + "=" + names.ValueName(v)
}

func countText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
