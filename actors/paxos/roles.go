package paxos

// The roles that faults can aim at: indices into sim.Vocabulary.Roles.
const (
	roleProposer uint8 = iota // a round of its own is under way
	roleLeader                // and it is in phase 2: a quorum has promised
)

var roleWords = []string{"proposer", "leader"}

// Plays is the rank with which the actor plays a role: the ballot of the round under way.
// So of two proposers the one with the higher ballot is meant. 0: it does not.
func (a *Actor) Plays(role uint8) uint64 {
	if a.phase == idle || role == roleLeader && a.phase != accepting {
		return 0
	}
	return uint64(a.ballot)
}
