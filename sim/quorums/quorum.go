// Package quorums says which sets of members are quorums, phase by phase.
package quorums

// Phase is a phase of a protocol that waits for a quorum. Which sets are quorums
// the scenario says, phase by phase.
type Phase struct {
	Name  string   // as files name it: "promises"
	Doc   string   // one line: what there must be so many of
	Meets []string // the phases whose quorums must each share a member with each of this one's

	// What is sent and saved in the phase: indexes into Vocabulary.Messages and
	// Vocabulary.Saves. A moment "to quorum" is about the phase of its message.
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
