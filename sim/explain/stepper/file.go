package stepper

import (
	"maps"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/trace"
)

// From says which file's run it is, as long as nothing is changed: a find stays that of
// the strategy that found it.
func (s *Stepper) From(f *trace.File) { s.from = f }

// File is the run as a file, played to its end, and the chosen answers that it does
// not ask for, which the file does not hold. If nothing was chosen that had to be
// opened, it is of the scenario as it was before. The stepper stays where it is. The
// error is that of the context, or of the protocol.
func (s *Stepper) File() (*trace.File, []scheduler.Key, error) {
	stood := s.At()
	if err := s.toEnd(); err != nil {
		return nil, nil, err
	}
	whole, err := s.unopened()
	if err != nil {
		return nil, nil, err
	}
	if whole == nil {
		whole = s
	}
	f, unused := whole.file()
	return f, unused, s.GoTo(stood)
}

// toEnd goes to the end.
func (s *Stepper) toEnd() error {
	for s.Next() {
	}
	return s.Err()
}

// file is the run as a file. The stepper is at its end.
func (s *Stepper) file() (*trace.File, []scheduler.Key) {
	f := trace.New(s.scenario, s.text, s.base, s.world.Outcome())
	for _, answers := range []map[scheduler.Key]uint32{s.calmed, s.answers} {
		for k, answer := range answers { //sorted: each goes into a map, by its own name
			f.Answers[s.words().KeyText(k)] = answer
		}
	}
	f.Edits = nil
	for _, e := range s.scenario.Edits {
		if e.After < f.Events { // else the run ends before
			f.Edits = append(f.Edits, s.scenario.EditText(&e))
		}
	}
	unused := s.edited.Unused()
	for _, k := range unused {
		delete(f.Answers, s.words().KeyText(k))
	}
	if s.search != nil {
		f.Searched(s.words(), "hand", s.search.budget, s.world.Deferrals())
		if s.from != nil && sameRun(f, s.from) { // then it is still whose find it was
			f.Strategy = s.from.Strategy
		}
	}
	return f, unused
}

// sameRun says whether two files of searched runs are the same run, found by the
// same answers and held back in the same way.
func sameRun(a, b *trace.File) bool {
	return a.Digest == b.Digest && a.Base == b.Base && a.Engine == b.Engine &&
		maps.Equal(a.Answers, b.Answers) && maps.Equal(a.Deferrals, b.Deferrals) && b.Budget != nil && *a.Budget == *b.Budget
}

// unopened is a stepper through the scenario as it was before it was opened, if its
// run is the same; else nil. It is at the end.
func (s *Stepper) unopened() (*Stepper, error) {
	if s.given == nil {
		return nil, nil
	}
	given := *s.given
	given.Edits = s.scenario.Edits
	x, err := New(s.ctx, &given, s.givenText, s.base, s.answers)
	if err != nil {
		return nil, err
	}
	if s.search != nil {
		x.Search(s.search.budget, s.search.deferrals)
	}
	x.From(s.from)
	if err := x.toEnd(); err != nil {
		return nil, err
	}
	if x.world.Outcome().Digest != s.world.Outcome().Digest || !slices.Equal(x.edited.Unused(), s.edited.Unused()) {
		return nil, nil
	}
	return x, nil
}
