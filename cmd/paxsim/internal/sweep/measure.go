package sweep

import (
	"cmp"
	"slices"
	"sync"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/scenarios"
)

// Measure is a number that each run has.
type Measure struct {
	Name string // as --y takes it
	Head string // of its column in a table
	Doc  string
	Of   string // which runs have it; "": all
	Time bool   // in ticks
	of   func(r *report.Row) (int64, bool)
}

// Shares are the outcomes. A point has a share of each.
var Shares = []string{"decided", "partial", "violated", "undecided"}

// Measures lists what is measured of every run: among that, what the protocols that
// are known count of their rounds. It is the same list at every call.
var Measures = sync.OnceValue(func() []Measure {
	list := slices.Clone(before)
	for _, p := range scenarios.Known() {
		for _, n := range p.Vocabulary().Notes {
			if n.InTables() && !slices.ContainsFunc(list, func(m Measure) bool { return m.Name == n.Field }) {
				list = append(list, noted(n.Field, cmp.Or(n.Doc, n.Name)+" in a run"))
			}
		}
	}
	return append(list, behind...)
})

// What every protocol has: before what protocols count, and behind it.
var (
	before = []Measure{
		{"chosen_ms", "chosen", "time at which a quorum had voted for a value", "runs in which a value was chosen", true, chosen},
		{"decided_ms", "decided", "time of the first decision", "runs in which an actor decided", true, decided},
		{"learned_ms", "learned", "time since when all had learned that the run waits for", "runs in which all learned", true, func(r *report.Row) (int64, bool) { return int64(r.LearnedTime), r.AllLearned() }},
		{"learned", "learned", "actors that had learned at the end of a run, of those that it waits for", "", false, func(r *report.Row) (int64, bool) { return int64(r.Learned), true }},
		{"delays", "delays", "messages on the longest causal chain to the first decision", "runs in which an actor decided", false, delays},
		{"sent", "messages", "messages from one actor to another in a run", "", false, func(r *report.Row) (int64, bool) { return int64(r.Sent), true }},
	}
	behind = []Measure{
		{"dropped", "dropped", "messages of a run that were lost", "", false, func(r *report.Row) (int64, bool) { return int64(r.Dropped), true }},
		{"events", "events", "events of a run", "", false, func(r *report.Row) (int64, bool) { return int64(r.Events), true }},
	}
)

// Names lists what --y takes.
func Names() []string {
	var names []string
	for _, m := range Measures() {
		names = append(names, m.Name)
	}
	return append(names, Shares...)
}

// Find is the measure of a name, or -1: it is a share.
func Find(name string) int {
	return slices.IndexFunc(Measures(), func(m Measure) bool { return m.Name == name })
}

func chosen(r *report.Row) (int64, bool) {
	at, ok := r.FirstChosen()
	return int64(at), ok
}

func decided(r *report.Row) (int64, bool) {
	at, _, ok := r.FirstDecided()
	return int64(at), ok
}

func delays(r *report.Row) (int64, bool) {
	_, delays, ok := r.FirstDecided()
	return int64(delays), ok
}

// noted is a counter of the protocol, which a protocol may not have.
func noted(name, doc string) Measure {
	return Measure{Name: name, Head: name, Doc: doc, of: func(r *report.Row) (int64, bool) {
		for i, n := range r.Scenario.Protocol.Vocabulary().Notes {
			if n.Field == name {
				return int64(r.Notes[i]), true
			}
		}
		return 0, false
	}}
}
