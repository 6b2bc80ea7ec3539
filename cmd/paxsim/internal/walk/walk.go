// Package walk lets a person go through a run event by event, forwards and
// backwards, and settle by hand what chance would settle.
//
//	line --Dialogue--> Walk --Step--> sim.Runner
//	                    |                 ^ answers: base, and those chosen
//	                    +-- back, choose, take: the same run again, from its start
//
// A run is its answers, and in the searched engine what is held back as well: a
// step back is the run made again up to the event before, and an answer chosen or
// an event taken is the run made again with it. So none is ever off by anything.
package walk

import (
	"context"
	"fmt"
	"maps"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// maxAnswers is how many answers can be chosen in one walk.
const maxAnswers = 10_000

// Walk is a run and a place in it. The place is after an event; before the first
// it is event 0.
type Walk struct {
	ctx      context.Context
	scenario *sim.Scenario
	text     string // of the scenario, as a run file holds it
	world    sim.Runner
	base     trace.Base
	answers  map[scheduler.Key]uint32
	search   *searching // nil: the run is a timed one

	given     *sim.Scenario // what scenario was before it was opened; nil: it was not
	givenText string
	opened    []string                 // how the choices of the families begin that were opened
	calmed    map[scheduler.Key]uint32 // choices of these that the seed would not have answered with 0
	from      *trace.File              // of which the walk is the run, if it changes nothing; or nil

	edited *scheduler.Edited
	asked  scheduler.Recording // the choices of the event under way
	seen   trace.Recorder      // its entries
	step   trace.Step          // the last event
	over   bool
	past   []past
}

// past is a walk as it stood before an answer was chosen, or an event taken.
type past struct {
	answers   map[scheduler.Key]uint32
	deferrals []search.Deferral
	at        uint64
}

// remember keeps the walk as it stands, for undo.
func (w *Walk) remember() past {
	p := past{answers: w.answers, at: w.at()}
	if w.search != nil {
		p.deferrals = w.search.deferrals
	}
	return p
}

// New begins a walk at the start of a run of a scenario, of which text is the text
// for run files. Its answers may be nil. ctx ends what takes long.
func New(ctx context.Context, s *sim.Scenario, text string, base trace.Base, answers map[scheduler.Key]uint32) (*Walk, error) {
	world, err := s.Protocol.New(s)
	if err != nil {
		return nil, err
	}
	w := &Walk{ctx: ctx, scenario: s, text: text, world: world, base: base, answers: maps.Clone(answers)}
	if w.answers == nil {
		w.answers = map[scheduler.Key]uint32{}
	}
	world.Observe(&w.seen)
	w.restart()
	return w, nil
}

// restart makes the walk stand before the first event.
func (w *Walk) restart() {
	w.edited = &scheduler.Edited{Answers: w.answers}
	if w.base.Calm {
		w.edited.Base = scheduler.Calm{}
	}
	w.calmed = map[scheduler.Key]uint32{}
	w.asked = scheduler.Recording{Base: unmoved{w}, List: w.asked.List[:0]}
	w.seen.Reset()
	w.step, w.over = trace.Step{}, false
	if w.search != nil {
		w.search.hand.deferrals = w.search.deferrals
	}
	w.world.Reset(w.base.Seed, &w.asked)
}

// at is the number of the event after which the walk stands.
func (w *Walk) at() uint64 { return w.world.Outcome().Events }

// now is the virtual time there.
func (w *Walk) now() sim.Time { return w.step.Event.At }

// next goes on by one event, which is then w.step, and says whether there was
// one. Events at which nobody is there are passed over, as in a trace.
func (w *Walk) next() bool {
	for !w.over && w.ctx.Err() == nil {
		if w.one() {
			return true
		}
	}
	return false
}

// one goes on by one event, and says whether anybody was there.
func (w *Walk) one() bool {
	w.seen.Reset()
	w.asked.List = w.asked.List[:0]
	w.over = !w.world.Step()
	if len(w.seen.Entries) == 0 {
		return false
	}
	w.step = trace.StepOf(w.seen.Entries)
	return true
}

// goTo makes the walk stand after the event of a number; at the end, if there
// are not so many.
func (w *Walk) goTo(event uint64) error {
	if event < w.at() {
		w.restart()
	}
	for w.at() < event && !w.over && w.ctx.Err() == nil {
		w.one()
	}
	return w.stopped()
}

// stopped is the error of a walk that somebody ended.
func (w *Walk) stopped() error { return w.ctx.Err() }

// answer chooses answers, and makes the walk stand after the first event that
// asks for one of them, if that is not later than the event at which it stands;
// else it stands where it stood. It says which event asks first, 0 if before
// the first, and whether any does at all. An answer that is no outcome of its
// choice is an error, and then nothing has changed.
func (w *Walk) answer(chosen map[scheduler.Key]uint32) (event uint64, asked bool, err error) {
	was, stood, before := w.answers, w.at(), w.remember()
	w.answers = maps.Clone(was)
	maps.Copy(w.answers, chosen)
	if len(w.answers) > maxAnswers {
		w.answers = was
		return 0, false, mistake("there are %d answers already: no walk has more", len(was))
	}
	undo := func(err error) (uint64, bool, error) {
		w.answers = was
		w.restart()
		if e := w.goTo(stood); e != nil {
			return 0, false, e
		}
		return 0, false, err
	}
	w.restart()
	for {
		for _, a := range w.asked.List {
			answer, ok := chosen[a.Key]
			if !ok {
				continue
			}
			if answer >= a.Outcomes {
				return undo(mistake("%s: %d is no outcome of it: expected 0 to %d", w.words().KeyText(a.Key), answer, a.Outcomes-1))
			}
			if !asked {
				event, asked = w.at(), true
			}
		}
		if asked || !w.next() {
			break
		}
	}
	if err := w.stopped(); err != nil {
		return 0, false, err
	}
	w.past = append(w.past, before)
	if asked && event <= stood {
		return event, true, nil
	}
	w.restart()
	return event, asked, w.goTo(stood)
}

// undo takes the last answers, or the last event taken, back and makes the walk stand where it stood then.
func (w *Walk) undo() error {
	last := w.past[len(w.past)-1]
	w.past = w.past[:len(w.past)-1]
	w.answers = last.answers
	if w.search != nil {
		w.search.deferrals = last.deferrals
	}
	w.restart()
	return w.goTo(last.at)
}

// find looks for choices in the event after which the walk stands and in those
// that come, up to the first that asks one, and then stands where it stood.
func (w *Walk) find(is func(scheduler.Asked) bool) (found []scheduler.Asked, err error) {
	stood := w.at()
	for {
		found = append(found, w.those(is)...)
		if len(found) > 0 || !w.next() {
			break
		}
	}
	return found, w.goTo(stood)
}

// last looks for the last event that asks a choice that is meant, up to the one
// after which the walk stands, and then stands where it stood. It finds each
// choice of that event that is meant as well.
func (w *Walk) last(is, each func(scheduler.Asked) bool) (found []scheduler.Asked, err error) {
	stood := w.at()
	for w.restart(); ; {
		if len(w.those(is)) > 0 {
			found = w.those(each)
		}
		if w.at() >= stood || !w.next() {
			break
		}
	}
	return found, w.goTo(stood)
}

// those are the choices of the event after which the walk stands that are meant.
func (w *Walk) those(is func(scheduler.Asked) bool) (found []scheduler.Asked) {
	for _, a := range w.asked.List {
		if is(a) {
			found = append(found, a)
		}
	}
	return found
}

// foresee lists what waits to happen.
func (w *Walk) foresee() []observe.Entry {
	if f, ok := w.world.(observe.Upcoming); ok && !w.over {
		return f.Foresee()
	}
	return nil
}

// From tells a walk of which file it is the run, as long as it changes nothing.
func (w *Walk) From(f *trace.File) { w.from = f }

// File is the run as a file, played to its end, and the answers that it does
// not ask for, which the file does not hold. If nothing was chosen that had to be
// opened, it is of the scenario as it was before.
func (w *Walk) File() (*trace.File, []scheduler.Key, error) {
	stood := w.at()
	for w.next() {
	}
	if err := w.stopped(); err != nil {
		return nil, nil, err
	}
	whole, err := w.unopened()
	if err != nil {
		return nil, nil, err
	}
	if whole == nil {
		whole = w
	}
	f, unused := whole.file()
	return f, unused, w.goTo(stood)
}

// file is the run as a file. The walk stands at its end.
func (w *Walk) file() (*trace.File, []scheduler.Key) {
	f := trace.New(w.scenario, w.text, w.base, w.world.Outcome())
	for _, answers := range []map[scheduler.Key]uint32{w.calmed, w.answers} {
		for k, answer := range answers {
			f.Answers[w.words().KeyText(k)] = answer
		}
	}
	unused := w.edited.Unused()
	for _, k := range unused {
		delete(f.Answers, w.words().KeyText(k))
	}
	if w.search != nil {
		f.Searched(w.words(), "hand", w.search.budget, w.world.Deferrals())
		if w.from != nil && sameRun(f, w.from) { // then it is still whose find it was
			f.Strategy = w.from.Strategy
		}
	}
	return f, unused
}

// sameRun says whether two files of searched runs are the same run, found by the
// same answers and held back in the same way.
func sameRun(a, b *trace.File) bool {
	return a.Digest == b.Digest && a.Base == b.Base && a.Engine == b.Engine &&
		maps.Equal(a.Answers, b.Answers) && maps.Equal(a.Deferrals, b.Deferrals) && *a.Budget == *b.Budget
}

func (w *Walk) words() *sim.Vocabulary { return w.scenario.Protocol.Vocabulary() }

// mistake is an error of a person, told in the dialogue.
func mistake(format string, args ...any) error { return &Mistake{fmt.Sprintf(format, args...)} }

// Mistake is what somebody asked for and cannot have.
type Mistake struct{ text string }

// NewMistake tells what is wrong, in a line.
func NewMistake(text string) *Mistake { return &Mistake{text} }

// Error is what is wrong, in a line.
func (m *Mistake) Error() string { return m.text }
