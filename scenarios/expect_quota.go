package scenarios

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// Quota is who must have learned: so many actors, or these. The zero Quota is
// nobody: nothing is said.
type Quota struct {
	Kind  QuotaKind
	Count int      // of QuotaCount
	IDs   []sim.ID // of QuotaListed
}

// QuotaKind says how a Quota is stated.
type QuotaKind uint8

// The kinds of quotas.
const (
	QuotaUnsaid   QuotaKind = iota
	QuotaAll                // all that the run waits for
	QuotaMajority           // more than half of the actors
	QuotaCount              // at least so many
	QuotaListed             // each of these
)

// Said says whether there is a quota.
func (q *Quota) Said() bool { return q.Kind != QuotaUnsaid }

// Met is since when those of the quota have learned by the end of a run, and
// whether they have. Whoever forgot it in a crash and learned again has learned
// since then.
func (q *Quota) Met(o *sim.Outcome) (since sim.Time, met bool) {
	return q.met(o.LearnedAt, o.LearnedTime, o.AllLearned())
}

// MetOf is Met of one instance in which something was decided.
func (q *Quota) MetOf(d *sim.Decision) (since sim.Time, met bool) {
	return q.met(d.LearnedAt, d.LearnedTime, d.AllLearned)
}

// met is Met where actors know it since so long, and all that the run waits for
// since then, if they do.
func (q *Quota) met(learned []sim.Time, allSince sim.Time, all bool) (since sim.Time, met bool) {
	switch q.Kind {
	case QuotaAll:
		return allSince, all
	case QuotaListed:
		for _, id := range q.IDs {
			t := learned[id]
			if t < 0 {
				return 0, false
			}
			since = max(since, t)
		}
		return since, true
	}
	var times []sim.Time
	for _, t := range learned[1:] {
		if t >= 0 {
			times = append(times, t)
		}
	}
	slices.Sort(times)
	if n := q.many(len(learned) - 1); n <= len(times) {
		return times[n-1], true
	}
	return 0, false
}

// many is how many of so many actors must have learned.
func (q *Quota) many(actors int) int {
	switch q.Kind {
	case QuotaMajority:
		return actors/2 + 1
	case QuotaListed:
		return len(q.IDs)
	case QuotaAll:
		return actors
	}
	return q.Count
}
