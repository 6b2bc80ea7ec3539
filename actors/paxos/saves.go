package paxos

// What a record can newly hold, and a moment can wait for: indices into
// sim.Vocabulary.Saves.
const (
	savesPromise uint8 = iota
	savesVote
	savesRound
	savesDecision
)

var saveWords = []string{"promise", "vote", "round", "decision"}

// Differs is what is new since the record before, as bits by index into the
// words for it:
//
//   - vote: another ballot or another value is accepted. That raises the promise
//     as well, which is then not counted as one: Accept asked for it.
//   - promise: another ballot is promised, and no vote is new.
//   - round: another round is begun.
//   - decision: another decision is known. It is saved only with save_learned.
func (r Record) Differs(before Record) (news uint8) {
	switch {
	case r.Accepted != before.Accepted || r.Value != before.Value:
		news |= 1 << savesVote
	case r.Promised != before.Promised:
		news |= 1 << savesPromise
	}
	if r.Round != before.Round {
		news |= 1 << savesRound
	}
	if r.Learned != before.Learned {
		news |= 1 << savesDecision
	}
	return news
}
