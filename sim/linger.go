package sim

import "github.com/paxsim/paxsim/sim/observe"

// atGoal says whether the run has reached its goal.
func (w *World[M, D]) atGoal() bool {
	return w.unlearned <= 0 && w.faults.toCome == 0 && w.clients.open == 0
}

// reached is called after each event at which the run is at its goal. The run is over, or
// goes on for as long as [Limits].Linger says: then the limit on time is when that ends.
// The run may not be at its goal by then, since an actor has forgotten in a crash. Then it
// goes on to the scenario's own limit, or until it has been at its goal once more and for
// so long. Searched runs have no time, and are over.
func (w *World[M, D]) reached() {
	switch {
	case w.limits.Linger == 0 || w.search != nil:
		w.over = true
	case !w.lingering:
		w.lingering = true
		w.limits.Time = min(w.limits.Time, w.queue.Now()+w.limits.Linger)
	}
}

// lingersOn is called when the time is over for which the run was to go on, and says
// whether it does not end.
func (w *World[M, D]) lingersOn() bool {
	if w.atGoal() {
		return false
	}
	w.lingering = false
	w.limits.Time = w.scenario.Limits.Time
	return w.queue.Now() <= w.limits.Time
}

// quiet is why a run ends when nothing is left to happen in it.
func (w *World[M, D]) quiet() observe.End {
	if w.lingering && w.atGoal() {
		return observe.EndGoal
	}
	return observe.EndQuiet
}
