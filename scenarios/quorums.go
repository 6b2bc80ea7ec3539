package scenarios

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// quorumsThatMiss is a class of faults outside the model of Paxos.
const quorumsThatMiss = "quorums-that-miss"

// quorumsField is which sets of members are quorums, phase by phase.
func quorumsField(phases []sim.Phase) field[sim.Scenario] {
	var fields []field[sim.Scenario]
	for i, p := range phases {
		fields = append(fields, optional(p.Name, p.Doc+"; majority: more than half of them", or(count(1, sim.MaxActors), majority, 0),
			lens[sim.Scenario, int64]{
				func(s *sim.Scenario) int64 { return int64(s.QuorumOf(i).Size) },
				func(s *sim.Scenario, v int64) { setQuorum(s, i, int(v)) },
			}, 0))
	}
	return section("quorums", "how many members are a quorum, by the phase that waits for it", fields...)
}

// setQuorum says how many members are a quorum of a phase. Where all are majorities
// nothing is said.
func setQuorum(s *sim.Scenario, phase, size int) {
	list := slices.Clone(s.Quorums)
	for len(list) <= phase {
		list = append(list, sim.Quorum{})
	}
	list[phase].Size = size
	if !slices.ContainsFunc(list, func(q sim.Quorum) bool { return q.Size > 0 }) {
		list = nil
	}
	s.Quorums = list
}
