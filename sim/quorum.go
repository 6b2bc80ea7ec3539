package sim

import (
	"fmt"
	"slices"
)

// Phase is a phase of a protocol that waits for a quorum. Which sets are quorums
// the scenario says, phase by phase.
type Phase struct {
	Name  string   // as files name it: "promises"
	Doc   string   // one line: what there must be so many of
	Meets []string // the phases whose quorums must each share a member with each of this one's

	// What is sent and saved in the phase: indexes into Words.Messages and
	// Words.Saves. A moment "to quorum" is about the phase of its message.
	Messages []uint8
	Saves    []uint8
}

// Quorum says which sets of members are quorums of a phase. The zero Quorum is a
// majority.
type Quorum struct {
	Size int // any so many members; 0: more than half of them
}

// Least is how many of n members a quorum has at least.
func (q Quorum) Least(n int) int {
	if q.Size > 0 {
		return q.Size
	}
	return n/2 + 1
}

// Holds says whether so many of n members are a quorum.
func (q Quorum) Holds(size, n int) bool {
	if q.Size == 0 {
		return 2*size > n
	}
	return size >= q.Size
}

// QuorumOf is the quorums of a phase, by its number in the list of the protocol.
func (s *Scenario) QuorumOf(phase int) Quorum {
	if phase < len(s.Quorums) {
		return s.Quorums[phase]
	}
	return Quorum{}
}

// MemberCount is how many members there are.
func (s *Scenario) MemberCount() int {
	if s.Members == nil {
		return s.Actors
	}
	return len(s.Members)
}

// LeastAble is how many members there must be that a quorum of every phase is
// among them, whoever they are.
func (s *Scenario) LeastAble() int {
	n := s.MemberCount()
	least := Quorum{}.Least(n)
	for phase := range s.Protocol.Phases() {
		if q := s.QuorumOf(phase).Least(n); phase == 0 {
			least = q
		} else {
			least = max(least, q)
		}
	}
	return least
}

// quorumFor is how many members are a quorum of the phase to which a moment
// belongs; of all phases if it belongs to none.
func (s *Scenario) quorumFor(does Doing, kind uint8) int {
	for i, p := range s.Protocol.Phases() {
		list := p.Messages
		if does == Saves {
			list = p.Saves
		}
		if does <= Saves && slices.Contains(list, kind) {
			return s.QuorumOf(i).Least(s.MemberCount())
		}
	}
	return s.LeastAble()
}

// Missing tells of two quorums of the scenario that need not meet though the
// protocol rests on it; "": all do.
func (s *Scenario) Missing() string {
	phases, n := s.Protocol.Phases(), s.MemberCount()
	for i, p := range phases {
		for j, q := range phases {
			if !slices.Contains(p.Meets, q.Name) {
				continue
			}
			a, b := s.QuorumOf(i).Least(n), s.QuorumOf(j).Least(n)
			switch {
			case a+b > n:
			case i == j:
				return fmt.Sprintf("of %d members, two quorums of %d for %s need not meet", n, a, p.Name)
			default:
				return fmt.Sprintf("of %d members, a quorum of %d for %s and one of %d for %s need not meet", n, a, p.Name, b, q.Name)
			}
		}
	}
	return ""
}

// checkQuorums lists what is wrong with the quorums, but for whether they meet.
func (s *Scenario) checkQuorums(bad complaint) {
	n := s.MemberCount()
	phases := s.Protocol.Phases()
	if len(s.Quorums) > len(phases) {
		bad("quorums", "%s has %d phases that wait for a quorum", s.Protocol.Name(), len(phases))
		return
	}
	for i, q := range s.Quorums {
		if q.Size < 0 || q.Size > n {
			bad("quorums."+phases[i].Name, "expected a number from 1 to %d, which is how many members there are, or majority", n)
		}
	}
}

// quorumWord is what a message calls the members that the protocol cannot do
// without.
func (s *Scenario) quorumWord() string {
	if s.Quorums == nil {
		return "majority"
	}
	return fmt.Sprintf("quorum (%d)", s.LeastAble())
}
