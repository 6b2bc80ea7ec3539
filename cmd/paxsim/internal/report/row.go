// Package report tells people and programs how runs came out: as rows of a
// table, of CSV or of JSON, as a summary, and as a sentence for a run that
// failed.
//
//	Outcome --Row--> Fields --Sink--> table, markdown, csv, json
//	            \--> Summary.Add ...... lines under the table, exit code
package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/trace"
)

// Row is one run. It shares nothing with the world that ran it.
type Row struct {
	sim.Outcome
	Scenario *sim.Scenario
	Calm     bool     // there is no seed: the base was calm
	Value    string   // the first decision made known, or what is chosen if nobody knows it, or the values chosen against each other; "": none
	Round    string   // the round of it, or of each
	Again    string   // for a failing run: the command that shows it again
	Stuck    []string // of an undecided or partial run: who waits for what

	ByInstance []Instance // where there are others than instance 0
}

// NewRow makes the row of a run of a scenario that w has just ended.
func NewRow(s *sim.Scenario, o sim.Outcome, w sim.Runner) Row {
	o.Notes, o.Checkpoints = slices.Clone(o.Notes), slices.Clone(o.Checkpoints)
	o.Families, o.Core, o.Instances = slices.Clone(o.Families), slices.Clone(o.Core), slices.Clone(o.Instances)
	if s.Invariants != nil && len(s.Invariants) == 0 {
		// Votes are counted only if somebody observes the run. A row is the same
		// whether somebody does or not.
		uncount(&o)
	}
	var list []Instance
	if len(o.Instances) > 0 {
		list = instancesOf(&o, w)
	}
	o.LearnedAt, o.Instance0 = nil, nil
	for i := range o.Instances {
		o.Instances[i].LearnedAt = nil
	}
	r := Row{Outcome: o, Scenario: s, ByInstance: list}
	if o.Verdict == observe.VerdictUndecided || o.Verdict == observe.VerdictPartial {
		r.Stuck = w.Diagnosis()
	}
	switch {
	case o.Violation != nil && len(o.Violation.Chosen) > 0:
		var values, rounds []string
		for _, c := range o.Violation.Chosen {
			values, rounds = append(values, w.ValueName(c.Value)), append(rounds, w.RoundText(c.Under))
		}
		r.Value, r.Round = strings.Join(values, ", "), strings.Join(rounds, ", ")
	case len(o.Instances) > 0:
		r.Value = byInstance(r.ByInstance, func(x *Instance) string { return x.Value })
		r.Round = byInstance(r.ByInstance, func(x *Instance) string { return x.Round })
	case o.Decisions > 0:
		r.Value, r.Round = w.ValueName(o.Value), w.RoundText(o.Under)
	case o.Chosen.Value != 0:
		r.Value, r.Round = w.ValueName(o.Chosen.Value), w.RoundText(o.Chosen.Under)
	}
	return r
}

// uncount makes an outcome that of a run in which nobody counted votes.
func uncount(o *sim.Outcome) {
	o.Counted, o.Chosen, o.ChosenTime = false, sim.Chosen{}, 0
	if o.Instance0 != nil {
		zero := *o.Instance0
		zero.Chosen, zero.ChosenTime = sim.Chosen{}, 0
		o.Instance0 = &zero
	}
	for i := range o.Instances {
		o.Instances[i].Chosen, o.Instances[i].ChosenTime = sim.Chosen{}, 0
	}
	o.Instances = slices.DeleteFunc(o.Instances, func(d sim.Decision) bool { return d.Value == 0 })
}

// Failed says whether the run broke a property, or not all have learned a
// decision that it waits for.
func (r *Row) Failed() bool { return r.Verdict != observe.VerdictDecided }

// Proved says whether something was at stake. A run in which nothing was holds
// every property, and shows nothing.
func (r *Row) Proved() bool { return r.AtStake() }

// noStake says of runs that they are vacuous.
const noStake = "no value was at stake"

// Exit is the exit code that the run asks for.
func (r *Row) Exit() int {
	switch {
	case r.Verdict == observe.VerdictViolated:
		return 1
	case r.Failed():
		return 3
	}
	return 0
}

// Field is a column of csv and a member of json.
type Field struct {
	Name string
	Text bool                        // a text; else a whole number
	Of   func(r *Row) string         // "": the run has none
	sum  func(r *Row) (uint64, bool) // of a counter, else nil
}

// speech is how tables speak of a protocol.
type speech struct {
	round string       // what a round is called
	main  []shown.Note // the counters that all tables have
	more  []shown.Note // and those that only csv and json have
}

// speechOf is the speech of a protocol; nil: of a table in which any may come that is
// known.
func speechOf(p sim.Protocol) speech {
	if p == nil {
		return speechOfAll(scenarios.Known())
	}
	s := speech{round: p.Rounds().Name}
	for _, n := range p.Vocabulary().Notes {
		if n.InTables() {
			s.main = append(s.main, n)
		} else {
			s.more = append(s.more, n)
		}
	}
	return s
}

// speechOfAll is what protocols have in common, and the main counters of each.
func speechOfAll(list []sim.Protocol) speech {
	all := speechOf(list[0])
	all.more = nil
	for _, p := range list[1:] {
		s := speechOf(p)
		if s.round != all.round {
			all.round = "round"
		}
		for _, n := range s.main {
			if !slices.ContainsFunc(all.main, func(x shown.Note) bool { return x.Field == n.Field }) {
				all.main = append(all.main, n)
			}
		}
	}
	return all
}

// stuckField tells of an undecided or partial run who waits for what.
var stuckField = Field{Name: "stuck", Text: true, Of: func(r *Row) string { return strings.Join(r.Stuck, "; ") }}

// gradeField tells of a violated run what is lost.
var gradeField = Field{Name: "violation_grade", Text: true, Of: violation(func(v *sim.Violation) string { return v.Grade.String() })}

// Fields lists the fields of a run of a protocol in their order; nil: of any. The
// counters that not all tables have come after the others, and then the marks.
func Fields(p sim.Protocol) []Field {
	says := speechOf(p)
	fields := []Field{
		{Name: "seed", Of: func(r *Row) string {
			if r.Calm {
				return ""
			}
			return number(r.Seed)
		}},
		{Name: "outcome", Text: true, Of: func(r *Row) string { return r.Verdict.String() }},
		{Name: "value", Text: true, Of: func(r *Row) string { return r.Value }},
		{Name: says.round, Text: true, Of: func(r *Row) string { return r.Round }},
		fact("chosen_ms", func(r *Row) (sim.Time, bool) { return r.FirstChosen() }),
		fact("decided_ms", func(r *Row) (sim.Time, bool) { at, _, ok := r.FirstDecided(); return at, ok }),
		fact("learned_ms", func(r *Row) (sim.Time, bool) { return r.LearnedTime, r.AllLearned() }),
		{Name: "learned", Text: true, Of: func(r *Row) string { return Learned(&r.Outcome) }},
		{Name: "delays", Of: func(r *Row) string {
			_, delays, ok := r.FirstDecided()
			if !ok {
				return ""
			}
			return number(delays)
		}},
	}
	for _, n := range says.main {
		fields = append(fields, note(n.Field))
	}
	fields = append(fields,
		counter("sent", func(r *Row) uint64 { return r.Sent }),
		counter("delivered", func(r *Row) uint64 { return r.Delivered }),
		counter("dropped", func(r *Row) uint64 { return r.Dropped }),
		counter("duplicated", func(r *Row) uint64 { return r.Duplicated }),
		counter("crashes", func(r *Row) uint64 { return r.Crashes }),
		counter("events", func(r *Row) uint64 { return r.Events }),
		Field{Name: "violation", Text: true, Of: violation(func(v *sim.Violation) string { return v.Invariant })},
		Field{Name: "digest", Text: true, Of: func(r *Row) string { return trace.Hex(r.Digest) }},
		Field{Name: "end", Text: true, Of: func(r *Row) string { return r.End.String() }},
		Field{Name: "violation_event", Of: violation(func(v *sim.Violation) string { return number(v.Event) })},
		Field{Name: "violation_text", Text: true, Of: violation(func(v *sim.Violation) string { return v.Text })},
	)
	for _, n := range says.more {
		fields = append(fields, note(n.Field))
	}
	return append(fields, marksField, stuckField, gradeField)
}

// fact is when something happened, if it did.
func fact(name string, when func(r *Row) (at sim.Time, happened bool)) Field {
	return Field{Name: name, Of: func(r *Row) string {
		at, happened := when(r)
		if !happened {
			return ""
		}
		return say.Millis(r.Scenario, at)
	}}
}

// Learned tells how many have learned of how many the run waits for: "4/5".
func Learned(o *sim.Outcome) string {
	return number(uint64(o.Learned)) + "/" + number(uint64(o.Awaited))
}

// counter is a field that every run has and that a summary adds up.
func counter(name string, of func(r *Row) uint64) Field {
	return Field{
		Name: name,
		Of:   func(r *Row) string { return number(of(r)) },
		sum:  func(r *Row) (uint64, bool) { return of(r), true },
	}
}

// note is a counter of the protocol, which the run's protocol may not have.
func note(name string) Field {
	count := func(r *Row) (uint64, bool) {
		for i, n := range r.Scenario.Protocol.Vocabulary().Notes {
			if n.Field == name {
				return r.Notes[i], true
			}
		}
		return 0, false
	}
	return Field{Name: name, sum: count, Of: func(r *Row) string {
		if n, ok := count(r); ok {
			return number(n)
		}
		return ""
	}}
}

func violation(of func(v *sim.Violation) string) func(r *Row) string {
	return func(r *Row) string {
		if r.Violation == nil {
			return ""
		}
		return of(r.Violation)
	}
}

func number[N ~int64 | ~uint64 | ~uint32](n N) string {
	if n < 0 {
		return strconv.FormatInt(int64(n), 10)
	}
	return strconv.FormatUint(uint64(n), 10)
}
