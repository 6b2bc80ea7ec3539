package sim

import (
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/ids"
)

// quorate says whether a quorum of every phase is among some actors.
func (s *Scenario) quorate(list []ID) bool {
	members, among, in := s.members(), ids.Of(list), 0
	for id := members.Next(0); id != 0; id = members.Next(id) {
		if among.Has(id) {
			in++
		}
	}
	return in >= s.LeastAble()
}

// members is whose acks are counted.
func (s *Scenario) members() ids.Set {
	if s.Members != nil {
		return ids.Of(s.Members)
	}
	return s.everyone()
}

func (s *Scenario) everyone() (all ids.Set) {
	for id := ID(1); int(id) <= s.Actors; id++ {
		all.Add(id)
	}
	return all
}

// doomed is whom faults with a stated time take down for good.
func (s *Scenario) doomed() (gone ids.Set) {
	for i := range s.Faults {
		f := &s.Faults[i]
		if !f.ForGood() || !f.BeginsByClock() {
			continue
		}
		if f.Crash.Group == aims.Everyone {
			return s.everyone()
		}
		for _, id := range f.Crash.IDs {
			gone.Add(id)
		}
	}
	return gone
}
