package campaign

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// Find is a failure, told apart from others by its signature.
type Find struct {
	Signature string    // the invariant, and the kind of effect that broke it: "safe-at (broadcast Accept)"
	Grade     sim.Grade // of the invariant
	Runs      uint64    // how many failed so
	First     Failure
	Smallest  Failure
}

// Failure is a run that broke an invariant.
type Failure struct {
	Seed      uint64
	Variant   string // the name of its scenario
	Strategy  string
	Text      string // how it broke, in words
	Events    uint64
	Deferrals int // events that were held back
	Surprises int // choices with an outcome that is not calm
	File      *trace.File
}

// Size is how much there is to a failure: what was held back and what surprised.
func (f *Failure) Size() int { return f.Deferrals + f.Surprises }

// smaller says whether a failure is smaller than another. Between two of one size it
// decides too.
func (f *Failure) smaller(g *Failure) bool {
	return cmp.Or(cmp.Compare(f.Size(), g.Size()), cmp.Compare(f.Events, g.Events), cmp.Compare(f.Seed, g.Seed)) < 0
}

// find takes up a find.
func (e *Evidence) find(x *Find) {
	i := slices.IndexFunc(e.Finds, func(y *Find) bool { return y.Signature == x.Signature })
	if i < 0 {
		y := *x
		e.Finds = append(e.Finds, &y)
	} else {
		y := e.Finds[i]
		y.Runs += x.Runs
		if x.First.Seed < y.First.Seed {
			y.First = x.First
		}
		if x.Smallest.smaller(&y.Smallest) {
			y.Smallest = x.Smallest
		}
	}
	slices.SortStableFunc(e.Finds, func(a, b *Find) int { return cmp.Compare(a.First.Seed, b.First.Seed) })
}

// Witness is an observer that sees what it was that broke an invariant. The zero
// Witness is ready for one run.
type Witness struct {
	event, effect observe.Entry // the last ones before that
	broken        bool
}

// Observe implements [observe.Observer].
func (w *Witness) Observe(x observe.Entry) {
	switch {
	case w.broken:
	case x.What == observe.Violated:
		w.broken = true
	case x.What.IsEvent():
		w.event, w.effect = x, observe.Entry{}
	case x.What == observe.Sent || x.What == observe.Broadcast || x.What == observe.Saved || x.What == observe.Decided:
		w.effect = x
	}
}

// Signature is what a failure is told apart by: the invariant and the kind of
// effect that broke it, or of event if it was no effect; a panic, by its place.
func (w *Witness) Signature(v *sim.Violation, words *sim.Vocabulary) string {
	if v.Panicked() {
		return v.Invariant + " (" + v.Place + ")"
	}
	x := w.effect
	if x.What == 0 {
		x = w.event
	}
	place := x.What.String()
	switch x.What {
	case observe.Sent, observe.Broadcast, observe.Delivered:
		place += " " + words.Messages[x.Kind]
	}
	return v.Invariant + " (" + place + ")"
}

// witnessed is a world in which runs that failed are made once more.
type witnessed struct {
	sim.Runner
	seen Witness
}

// failed makes a run once more that broke an invariant, and takes it up.
func (x *hunter) failed(d *course, v *sim.Violation, e *Evidence) error {
	w := x.witnesses[d.Variant]
	variant := &x.Ground[d.Variant]
	words := variant.Protocol.Vocabulary()
	if w == nil {
		r, err := variant.Protocol.New(variant.Scenario)
		if err != nil {
			return err
		}
		w = &witnessed{Runner: r}
		r.Observe(&w.seen)
		x.witnesses[d.Variant] = w
	}
	w.seen = Witness{}
	how := x.search(d)
	how.Record = true
	var asked scheduler.Recording
	w.Search(&how)
	w.Reset(d.begin, &asked)
	if err := Finish(context.Background(), w); err != nil { // it is short, and what was found is not to be lost
		return err
	}
	o := w.Outcome()
	if o.Violation == nil || o.Violation.Event != v.Event || o.Violation.Invariant != v.Invariant {
		return unsteady(context.Background(), variant.Scenario, d.Seed, x.again(d))
	}
	surprises, deferrals := asked.Surprises(), w.Deferrals()
	f := Failure{Seed: d.Seed, Variant: variant.Name, Strategy: d.Strategy, Text: v.Text, Events: o.Events, Deferrals: len(deferrals), Surprises: len(surprises)}
	find := &Find{Signature: w.seen.Signature(v, words), Grade: v.Grade, Runs: 1}
	i := slices.IndexFunc(e.Finds, func(y *Find) bool { return y.Signature == find.Signature })
	if i < 0 || f.Seed < e.Finds[i].First.Seed || f.smaller(&e.Finds[i].Smallest) { // else nobody will ask for the file
		f.File = RunFile(variant, d.Strategy, d.Budget, &o, surprises, deferrals)
	}
	find.First, find.Smallest = f, f
	e.find(find)
	return nil
}

// RunFile is the file of a searched run, over calm, with no adversary: what
// surprised in it, and what was held back.
func RunFile(v *Variant, strategy string, budget search.Budget, o *sim.Outcome, surprises map[scheduler.Key]uint32, deferrals []search.Deferral) *trace.File {
	words := v.Protocol.Vocabulary()
	f := trace.New(v.Scenario, v.Text, trace.Base{Calm: true}, *o)
	for k, answer := range surprises {
		f.Answers[words.KeyText(k)] = answer
	}
	f.Searched(words, strategy, budget, deferrals)
	return f
}

// FileName is a name for the file of a failure with this signature.
func FileName(signature string) string {
	return strings.NewReplacer(" (", "-", " ", "-", "(*", "", ")", "", "/", "-", "[...]", "").Replace(signature)
}
