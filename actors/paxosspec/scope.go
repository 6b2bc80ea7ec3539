package paxosspec

import "github.com/paxsim/paxsim/sim"

// scope is the specification as others have counted it: msgs is a set, and what leaders
// and the learner hear is no action. Each action of a leader happens when it likes.
func scope(s *sim.Scenario) sim.Scope {
	x := sim.Scope{Network: sim.AnyTimes}
	for id := s.MemberCount() + 1; id <= s.Actors; id++ {
		x.Instant = append(x.Instant, sim.ID(id))
	}
	x.Alarms[alarmBegin], x.Alarms[alarmPropose] = sim.Unlimited, sim.Unlimited
	return x
}

// alike is the acceptors, and the values. Ballots are ordered, and so their leaders are
// not alike.
func alike(s *sim.Scenario, _ *sim.Scope) (x sim.Alike) {
	set := newSettings(s, Sound())
	var acceptors []sim.ID
	for id := range set.acceptors {
		acceptors = append(acceptors, sim.ID(id+1))
	}
	x.Actors = append(x.Actors, acceptors)
	for v := range set.eachValue() {
		x.Values = append(x.Values, v)
	}
	return x
}
