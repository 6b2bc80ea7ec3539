package scenarios

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// standing is how far a run, or an instance of it, has come.
type standing struct {
	chosen, decided, learned sim.Time // since when, the last of all that the run waits for; -1: it has not come so far
	know                     int      // how many actors have learned
	quota                    func(q *Quota) (since sim.Time, met bool)
}

// standingOf is how far a run has come as a whole.
func standingOf(o *sim.Outcome) standing {
	x := standing{chosen: -1, decided: -1, learned: -1, know: o.Learned, quota: func(q *Quota) (sim.Time, bool) { return q.Met(o) }}
	if at, ok := o.FirstChosen(); ok {
		x.chosen = at
	}
	if at, _, ok := o.FirstDecided(); ok {
		x.decided = at
	}
	if o.Verdict == observe.VerdictDecided {
		x.learned = o.LearnedTime
	}
	return x
}

// standingIn is how far an instance has come in a run.
func standingIn(o *sim.Outcome, i sim.Instance) standing {
	d, ok := o.Decision(i)
	x := standing{chosen: -1, decided: -1, learned: -1, know: d.Learned}
	x.quota = func(q *Quota) (sim.Time, bool) {
		if !ok {
			return 0, false
		}
		return q.MetOf(&d)
	}
	if d.Chosen.Value != 0 {
		x.chosen = d.ChosenTime
	}
	if d.Value != 0 {
		x.decided = d.DecideTime
	}
	if d.AllLearned {
		x.learned = d.LearnedTime
	}
	return x
}

// when adds a clause about when something happens, or who learns, to those of a run
// as a whole or of an instance, if it is one of the expectation. how tells how far
// that came in a run.
func (j *Judge) when(name, clause string, x *ExpectOf, how func(o *sim.Outcome) standing) {
	time := func(t sim.Time) string { return timeText(int64(t), j.of.Tick) }
	late := func(what string, at, most sim.Time) string {
		if at > most {
			return what + " after " + time(at)
		}
		return ""
	}
	switch clause {
	case ClauseChosenWithin:
		j.every(name, time(x.ChosenWithin), func(o *sim.Outcome) string {
			at := how(o).chosen
			switch {
			case !o.Counted:
				return "nobody counted votes"
			case at < 0:
				return "nothing was chosen: " + j.ended(o)
			}
			return late("chosen", at, x.ChosenWithin)
		})
	case ClauseDecidedWithin:
		j.every(name, time(x.DecidedWithin), func(o *sim.Outcome) string {
			at := how(o).decided
			if at < 0 {
				return "nothing was decided: " + j.ended(o)
			}
			return late("decided", at, x.DecidedWithin)
		})
	case ClauseLearnedWithin:
		j.every(name, time(x.LearnedWithin), func(o *sim.Outcome) string {
			at := how(o).learned
			if at < 0 {
				return "not all have learned: " + j.ended(o)
			}
			return late("learned", at, x.LearnedWithin)
		})
	case ClauseNeverDecidedBefore:
		j.every(name, time(x.NeverDecidedBefore), func(o *sim.Outcome) string {
			if at := how(o).decided; at >= 0 && at < x.NeverDecidedBefore {
				return "decided after " + time(at)
			}
			return ""
		})
	case ClauseLearned:
		j.learned(name, x, how)
	}
}

// learned adds the clause about who has learned.
func (j *Judge) learned(name string, x *ExpectOf, how func(o *sim.Outcome) standing) {
	text := quota().text(given{}, x.Learned)
	if x.Within > 0 {
		text += ", within: " + timeText(int64(x.Within), j.of.Tick)
	}
	j.every(name, text, func(o *sim.Outcome) string {
		h := how(o)
		since, met := h.quota(&x.Learned)
		switch {
		case !met && name == ClauseLearned && o.Verdict == observe.VerdictPartial:
			return j.ended(o) // which tells how many have
		case !met:
			return fmt.Sprintf("%d of %d have learned: %s", h.know, o.Awaited, j.ended(o))
		case x.Within > 0 && since > x.Within:
			return "learned after " + timeText(int64(since), j.of.Tick)
		}
		return ""
	})
}
