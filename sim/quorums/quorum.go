// Package quorums says which sets of members are quorums, phase by phase.
package quorums

// Phase is a phase of a protocol that waits for a quorum. The scenario says, phase by
// phase, which sets of members are quorums.
type Phase struct {
	Name  string   // as files name it: "promises"
	Doc   string   // one line: what is counted in the phase
	Meets []string // names of phases: each quorum of these must share a member with each quorum of this one

	// What is sent and saved in the phase: indexes into [sim.Vocabulary].Messages and
	// Saves. A moment "to quorum" is about the phase of its message.
	Messages []uint8
	Saves    []uint8
}

// Quorum says which sets of members are quorums of a phase. The zero Quorum is a
// majority.
type Quorum struct {
	Size int // how many members a quorum has, any of them; 0: more than half
}

// Least is how many of n members a quorum has at least.
func (q Quorum) Least(n int) int {
	if q.Size > 0 {
		return q.Size
	}
	return n/2 + 1
}

// Holds says whether size of n members are a quorum.
func (q Quorum) Holds(size, n int) bool {
	if q.Size == 0 {
		return 2*size > n
	}
	return size >= q.Size
}
