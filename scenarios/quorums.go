package scenarios

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/quorums"
)

// quorumsThatMiss is a class of faults outside the model of a protocol.
const quorumsThatMiss = "quorums-that-miss"

// quorumsField is which sets of members are quorums, phase by phase.
func quorumsField(phases []quorums.Phase) field[Scenario] {
	var fields []field[Scenario]
	for i, p := range phases {
		fields = append(fields, optional(p.Name, p.Doc+"; majority: more than half of them", or(count(1, sim.MaxActors), majority, 0),
			lens[Scenario, int64]{
				func(s *Scenario) int64 { return int64(s.QuorumOf(i).Size) },
				func(s *Scenario, v int64) { setQuorum(s, i, int(v)) },
			}, 0))
	}
	return section("quorums", "how many members are a quorum, by the phase that waits for it", fields...)
}

// setQuorum says how many members are a quorum of a phase. Where all are majorities
// nothing is said.
func setQuorum(s *Scenario, phase, size int) {
	list := slices.Clone(s.Quorums)
	for len(list) <= phase {
		list = append(list, quorums.Quorum{})
	}
	list[phase].Size = size
	if !slices.ContainsFunc(list, func(q quorums.Quorum) bool { return q.Size > 0 }) {
		list = nil
	}
	s.Quorums = list
}
