package paxos

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// alike is the actors that play the same part: those that never propose, members among
// themselves and the others among themselves. The ballots of two proposers are ordered by
// their numbers, so proposers are not alike; and as soon as an alarm can make an actor
// propose, nobody is.
func alike(s *sim.Scenario, scope *sim.Scope) (x sim.Alike) {
	if s.ByChance || scope.Alarms[alarmRole] != 0 && (scope.Alarms[alarmLearn] != 0 || scope.Alarms[alarmAsk] != 0) {
		return x
	}
	members := membersOf(s)
	var voters, others []sim.ID
	for id := sim.ID(1); int(id) <= s.Actors; id++ {
		switch {
		case slices.ContainsFunc(s.Requests, func(r sim.ScriptedRequest) bool { return r.Actor == id }), slices.Contains(scope.Instant, id):
		case members.Has(id):
			voters = append(voters, id)
		default:
			others = append(others, id)
		}
	}
	for _, list := range [][]sim.ID{voters, others} {
		if len(list) > 1 {
			x.Actors = append(x.Actors, list)
		}
	}
	return x
}
