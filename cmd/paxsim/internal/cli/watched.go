package cli

import "github.com/paxsim/paxsim/scheduler"

// watched plays a run file's answers and notes how many outcomes the choices
// had that it answers.
type watched struct {
	*scheduler.Edited
	outcomes map[scheduler.Key]uint32
}

func newWatched(e *scheduler.Edited) *watched {
	return &watched{e, make(map[scheduler.Key]uint32, len(e.Answers))}
}

// Answer implements [scheduler.Source].
func (w *watched) Answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	if _, ok := w.Answers[k]; ok {
		w.outcomes[k] = outcomes
	}
	return w.Edited.Answer(k, outcomes, seeded)
}

// with is the same source with one answer replaced, or taken out.
func (w *watched) with(k scheduler.Key, answer uint32, out bool) *scheduler.Edited {
	answers := make(map[scheduler.Key]uint32, len(w.Answers))
	for key, a := range w.Answers {
		answers[key] = a
	}
	if answers[k] = answer; out {
		delete(answers, k)
	}
	return &scheduler.Edited{Base: w.Base, Answers: answers}
}
