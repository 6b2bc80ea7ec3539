package trace

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/search"
)

// Searched makes the file one of a searched run: by which adversary, under which
// budget, and what was held back.
func (f *File) Searched(words *sim.Vocabulary, strategy string, budget search.Budget, deferrals []search.Deferral) {
	f.Engine, f.Strategy, f.Budget = Searched, strategy, &budget
	f.Deferrals = make(map[string]string, len(deferrals))
	for _, h := range deferrals {
		f.Deferrals[words.EventText(h.Event)] = words.EventText(h.Until)
	}
}

// Search is how the searched engine plays the run again, with no adversary; nil:
// it is a timed run. The words are those of the protocol. Give it to
// [sim.Runner].Search before the Reset; afterwards Runner.VoidDeferrals lists the deferrals
// that no longer apply.
func (f *File) Search(words *sim.Vocabulary) (*search.Search, error) {
	if f.Engine != Searched {
		return nil, nil
	}
	s := &search.Search{Budget: *f.Budget}
	for _, text := range slices.Sorted(maps.Keys(f.Deferrals)) {
		event, err := words.ParseEvent(text)
		if err != nil {
			return nil, fmt.Errorf("deferrals: %w", err)
		}
		until, err := words.ParseEvent(f.Deferrals[text])
		if err != nil {
			return nil, fmt.Errorf("deferrals: %s: %w", text, err)
		}
		s.Deferrals = append(s.Deferrals, search.Deferral{Event: event, Until: until})
	}
	return s, nil
}

// maxBudget bounds every part of a budget that a file may state.
const maxBudget = 1<<31 - 1

// budget reads the budget of a searched run.
func (r *reader) budget(path string) *search.Budget {
	b := &search.Budget{}
	part := func(name string, of *int) field {
		return field{name: name, read: func() { *of = int(r.number(path+"."+name, maxBudget)) }}
	}
	r.object(path, []field{
		part("events", &b.Events),
		part("alarms", &b.Alarms),
		part("losses", &b.Losses),
		part("duplicates", &b.Duplicates),
		part("crashes", &b.Crashes),
	})
	return b
}

// deferrals reads what was held back until when.
func (r *reader) deferrals(path string) map[string]string {
	deferrals := map[string]string{}
	r.members(path, in(deferrals), func(_ int, event string) { _, deferrals[event] = r.text(join(path, clip(event))) })
	return deferrals
}

// checkSearch holds an engine against what is said of a searched run.
func (r *reader) checkSearch(at int, engine, strategy string, budget *search.Budget, deferrals map[string]string) {
	switch searched := engine == Searched; {
	case searched && budget == nil:
		r.fail(at, "budget: missing, though the engine is %q", Searched)
	case !searched && (budget != nil || deferrals != nil || strategy != ""):
		r.fail(at, "strategy, budget, deferrals: present, though the engine is %q", engine)
	}
}

// appendSearch writes what a header says of a searched run.
func (h *Header) appendSearch(b []byte) []byte {
	b = appendText(append(b, `,"engine":`...), h.Engine)
	if h.Strategy != "" {
		b = appendText(append(b, `,"strategy":`...), h.Strategy)
	}
	for i, part := range [...]struct {
		name string
		n    int
	}{{"events", h.Budget.Events}, {"alarms", h.Budget.Alarms}, {"losses", h.Budget.Losses}, {"duplicates", h.Budget.Duplicates}, {"crashes", h.Budget.Crashes}} {
		open := `,"`
		if i == 0 {
			open = `,"budget":{"`
		}
		b = strconv.AppendInt(append(append(append(b, open...), part.name...), `":`...), int64(part.n), 10)
	}
	b = append(b, `},"deferrals":{`...)
	for i, event := range slices.Sorted(maps.Keys(h.Deferrals)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(append(appendText(b, event), ':'), h.Deferrals[event])
	}
	return append(b, '}')
}
