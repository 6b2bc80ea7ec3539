package tell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/shown"
)

// cast tells who takes part, before the first line.
func (t *teller) cast(o Options) []string {
	s := t.scenario
	title := shown.Title(s.Protocol.Name())
	var list []string
	if t.bug != nil {
		list = append(list, fmt.Sprintf("This is a run of %s with one %s, %s: %s.", title, t.bug.what(), t.bug.Name, t.bug.Doc))
	} else {
		list = append(list, fmt.Sprintf("This is a run of %s.", title))
	}
	for _, x := range s.Unsafe() {
		list = append(list, fmt.Sprintf("Its setting %s makes it unsafe: %s.", x.Name, x.Unsafe))
	}
	if t.own != nil {
		list = append(list, t.own.Cast()...)
	}
	list = append(list, t.members()...)
	list = append(list, t.quorums()...)
	list = append(list, "Each numbered line is one event, with all that the actor does in it.")
	if o.Clock {
		list = append(list, "Time matters here: the rule breaks because of when things happen, and not of their order alone.")
	} else {
		list = append(list, "A message whose arrival is not told never arrives.")
	}
	if t.broken != nil {
		list = append(list, "What went wrong is explained after the last line.")
	}
	return list
}

// members tells who the actors are, and whose answers count.
func (t *teller) members() []string {
	s := t.scenario
	var all, outside []sim.ID
	for id := sim.ID(1); int(id) <= s.Actors; id++ {
		all = append(all, id)
		if s.Members != nil && !slices.Contains(s.Members, id) {
			outside = append(outside, id)
		}
	}
	if s.Actors == 1 {
		return []string{"There is one actor, 1."}
	}
	text := fmt.Sprintf("There are %d actors: %s.", s.Actors, numbers(all))
	if len(outside) == 0 {
		return []string{text}
	}
	members := slices.Clone(s.Members)
	slices.Sort(members)
	return []string{text, "Only the answers of the members count: " + actorList(members) + ". " + shown.Title(actorList(outside)) + notMembers(len(outside)) + "."}
}

// quorums tells how many members make a quorum.
func (t *teller) quorums() (list []string) {
	s := t.scenario
	phases := s.Protocol.Phases()
	n := s.Actors
	if s.Members != nil {
		n = len(s.Members)
	}
	of := "the members"
	if n == s.Actors {
		of = "them"
	}
	if s.Quorums == nil && len(phases) > 0 {
		return []string{fmt.Sprintf("A quorum is a majority of %s: %d of %d.", of, s.QuorumOf(0).Least(n), n)}
	}
	for i, p := range phases {
		list = append(list, fmt.Sprintf("A quorum of %s is %d of %s.", p.Name, s.QuorumOf(i).Least(n), of))
	}
	return list
}

// numbers lists actors by their numbers: "1, 2 and 3", "4 to 17".
func numbers(ids []sim.ID) string {
	if n := len(ids); n > 5 && int(ids[n-1]-ids[0]) == n-1 {
		return fmt.Sprintf("%d to %d", ids[0], ids[n-1])
	}
	var b strings.Builder
	for i, id := range ids {
		switch {
		case i > 0 && i == len(ids)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		fmt.Fprint(&b, id)
	}
	return b.String()
}

// actorList lists actors: "actor 1", "actors 1 and 2".
func actorList(ids []sim.ID) string { return plural(len(ids), "actor") + " " + numbers(ids) }

func plural(n int, one string) string {
	if n == 1 {
		return one
	}
	return one + "s"
}

// notMembers goes after a list of so many actors.
func notMembers(n int) string {
	if n == 1 {
		return " is not a member"
	}
	return " are not members"
}
