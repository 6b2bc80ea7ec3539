package sim

import "github.com/paxsim/paxsim/sim/observe"

// end ends the run for a reason other than its goal.
func (w *World[M, D]) end(why observe.End) bool {
	w.over = true
	w.result.End = why
	return false
}

// breach ends the run if an invariant broke. It is asked at every effect that is
// watched, and small enough to be inlined there.
func (w *World[M, D]) breach(b *Violation) {
	if b != nil {
		w.broke(b)
	}
}

// broke ends the run: an invariant broke.
func (w *World[M, D]) broke(b *Violation) {
	if w.result.Violation != nil {
		return
	}
	w.over = true
	w.result.End = observe.EndViolation
	v := *b
	v.Grade, v.Event, v.At = gradeOf(w.spec.invariants, b.Invariant), w.events, w.queue.Now()
	v.Events = spokenOf(b.Events, w.events)
	w.result.Violation = &v
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Violated, Text: v.Broke() + ": " + b.Text, Said: v})
	}
}

// Outcome is the state of the run so far, or how it ended.
func (w *World[M, D]) Outcome() (o Outcome) {
	w.tell(&o)
	return o
}

// tell fills r with the state of the run: in place, since it is large.
func (w *World[M, D]) tell(r *Outcome) {
	*r = w.result
	r.Events, r.Ended, r.Digest = w.events, min(w.queue.Now(), w.limits.Time), w.digest.Sum()
	if w.checks != nil {
		r.Marks = w.checks.Marks()
	}
	if w.stakes != nil {
		r.Proposed = w.stakes.Proposed()
	} else {
		r.Proposed = r.AtStake()
	}
	r.Families, r.Core, r.Leader = w.tally(), w.coreIDs, w.faults.leader
	r.Notes, r.Checkpoints = w.notes[:len(w.spec.vocabulary.Notes)], w.checkpoints
	r.Instance0, r.Instances = w.instances.outcomes()
	r.Operations = w.clients.operations
	r.Awaited, r.Learned, r.LearnedAt = w.awaited, max(w.awaited-w.unlearned, 0), w.learnedAt
	if !r.AllLearned() {
		r.LearnedTime = 0
	}
	switch {
	case r.Violation != nil:
		r.Verdict = observe.VerdictViolated
	case r.AllLearned():
		r.Verdict = observe.VerdictDecided
	case r.Decisions > 0:
		r.Verdict = observe.VerdictPartial
	}
}
