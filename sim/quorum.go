package sim

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/triggers"
)

// QuorumOf is the quorums of a phase, by its number in the list of the protocol.
func (s *Scenario) QuorumOf(phase int) quorums.Quorum {
	if phase < len(s.Quorums) {
		return s.Quorums[phase]
	}
	return quorums.Quorum{}
}

// MemberCount is how many members there are.
func (s *Scenario) MemberCount() int {
	if s.Members == nil {
		return s.Actors
	}
	return len(s.Members)
}

// LeastAble is the least number of members that always includes a quorum of every phase,
// whichever members they are.
func (s *Scenario) LeastAble() int {
	n := s.MemberCount()
	least := quorums.Quorum{}.Least(n)
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
func (s *Scenario) quorumFor(does triggers.Doing, kind uint8) int {
	for i, p := range s.Protocol.Phases() {
		list := p.Messages
		if does == triggers.Saves {
			list = p.Saves
		}
		if does <= triggers.Saves && slices.Contains(list, kind) {
			return s.QuorumOf(i).Least(s.MemberCount())
		}
	}
	return s.LeastAble()
}

// Missing names two quorums of the scenario that need not meet, although the protocol
// relies on that; "": all do.
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

// checkQuorums lists what is wrong with the quorums, except whether they meet.
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
