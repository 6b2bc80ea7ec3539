package simtest

import (
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/search"
)

// Play makes one run of a scenario in which a source answers all choices, and
// picks what happens next: 0 is the oldest event that may. A run that breaks an
// invariant is kept, and the test fails and is over. If several runs of one test have
// the same signature, the last is kept, because fuzzing and rapid end with the
// smallest. A test that plays many runs begins with [Again]. A panic of the source
// passes through Play.
func Play(t T, s *sim.Scenario, source scheduler.Source, options ...Option) sim.Outcome {
	t.Helper()
	x, ok := apply(t, s, options)
	if !ok {
		return sim.Outcome{}
	}
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatalf("simtest: %v", err)
		return sim.Outcome{}
	}
	if why := campaign.Unsearchable(s); why != "" {
		t.Fatalf("simtest: %s: %s", s.Name, why)
		return sim.Outcome{}
	}
	door := &guarded{source: source}
	asked := &scheduler.Recording{Base: door}
	w.Search(&search.Search{Picker: picking{door}, Budget: x.hunt.Budget, Record: true})
	var seen campaign.Witness
	w.Observe(&seen)
	w.Reset(0, asked)
	o := w.Run()
	if door.broken {
		panic(door.panic)
	}
	if v := o.Violation; v != nil {
		surprises, deferrals := asked.Surprises(), w.Deferrals()
		f := campaign.Failure{Text: v.Text, Events: o.Events, Deferrals: len(deferrals), Surprises: len(surprises)}
		f.File = campaign.RunFile(&x.hunt.Ground[0], "", x.hunt.Budget, &o, surprises, deferrals)
		signature := seen.Signature(v, s.Protocol.Vocabulary())
		x.key = t.Name() + "\n" + signature + "\n" + x.folder()
		replace(x.key, x.fail(t, v.Grade, signature, &f))
		t.Fatalf("simtest: %s", signature) // by which rapid makes the run smaller, so it says no more
	}
	return o
}

// Fuzz is a fuzz target: it plays what is kept of the target, as [Again] does, and
// then a run for each input, in which the bytes answer all choices and pick what
// happens next. Add inputs of your own before. Nothing may be done with f after it.
func Fuzz(f *testing.F, s *sim.Scenario, options ...Option) {
	f.Helper()
	Again(f, s, options...)
	f.Add([]byte{}) // the calm run
	f.Add([]byte("0123456789 0123456789 0123456789"))
	f.Fuzz(func(t *testing.T, data []byte) {
		Play(t, s, &scheduler.Bytes{Data: data}, options...)
	})
}
