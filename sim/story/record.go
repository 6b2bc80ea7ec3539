package story

import (
	"context"
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// Find is a run that broke an invariant.
type Find struct {
	Scenario *sim.Scenario
	Search   *search.Search   // how it was searched; nil: it is a timed run
	Seed     uint64           // it began under
	Source   scheduler.Source // what answered differently from the seed; nil: nothing
}

// Of is the find that a run file of a scenario holds. One that was changed by hand is
// refused.
func Of(s *sim.Scenario, f *trace.File) (Find, error) {
	if len(f.Edits) > 0 {
		return Find{}, fmt.Errorf("edits: no story is made of a run that was changed by hand: %s", f.Edits[0])
	}
	words := s.Protocol.Vocabulary()
	seed, source, err := f.Source(words)
	if err != nil {
		return Find{}, err
	}
	how, err := f.Search(words)
	if err != nil {
		return Find{}, err
	}
	return Find{Scenario: s, Search: how, Seed: seed, Source: source}, nil
}

// recorder writes a run down as a schedule. It observes the run, and sits between it and
// its source.
type recorder struct {
	base   scheduler.Source // nil: the seed
	s      schedule
	event  uint64         // that is being handled
	last   scheduler.Key  // the message that arrived in the entry before; 0: none did
	by     map[uint64]int // by event: the place of its step
	tally  map[asked]int  // by question, of an event
	causes []uint64       // by step: the event that it follows from
	marks  []late         // those of events that are no steps of their own
}

// late is a mark of an event.
type late struct {
	event uint64
	mark
}

// Answer implements [scheduler.Source].
func (r *recorder) Answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	a := seeded
	if r.base != nil {
		a = r.base.Answer(k, outcomes, seeded)
	}
	switch what := k.What(); {
	case ofWorld(k):
		if a != 0 {
			if r.s.given == nil {
				r.s.given = map[scheduler.Key]uint32{}
			}
			r.s.given[k] = a
		}
		return a
	case what < chance.Doubled, what >= chance.Delay && what < chance.Crash, what == chance.Down, what >= chance.Damaged && what < chance.Forged:
		return a // what is lost, damaged or late is not listed
	}
	x := asked{ask: askOf(k), n: int(r.event)}
	r.tally[x]++
	if a != 0 {
		r.marks = append(r.marks, late{r.event, mark{x.ask, r.tally[x], a}})
	}
	return a
}

// Observe implements [observe.Observer].
func (r *recorder) Observe(e observe.Entry) {
	first := e.Event != r.event
	r.event = e.Event
	if e.What != observe.Dropped {
		r.last = 0
	}
	switch e.What {
	case observe.Held: // it comes again
		r.takeBack(e.Event)
		return
	case observe.Dropped:
		event := e.Event
		if e.What = observe.Delivered; r.last != 0 && e.EventKey() == r.last { // it does not arrive after all
			r.takeBack(event)
		}
		r.last = 0
		return
	case observe.Delivered:
		if first { // else a moment has come by it, and it has done something
			r.last = e.EventKey()
		}
	case observe.TimedOut, observe.Synced, observe.Asked, observe.FaultBegins, observe.FaultEnds:
	case observe.Restarted:
		if r.bounced(e) {
			return
		}
	default:
		return
	}
	r.by[e.Event] = len(r.s.steps)
	r.s.steps = append(r.s.steps, step{id: len(r.s.steps) + 1, name: nameOf(e.EventKey()), round: e.Round})
	r.causes = append(r.causes, e.Cause)
}

// takeBack takes back the step that an event was.
func (r *recorder) takeBack(event uint64) {
	if at, ok := r.by[event]; ok && at == len(r.s.steps)-1 {
		r.s.steps, r.causes = r.s.steps[:at], r.causes[:at]
		delete(r.by, event)
	}
}

// bounced says whether an actor comes back because it crashed between two events.
func (r *recorder) bounced(e observe.Entry) bool {
	for i := len(r.marks) - 1; i >= 0 && r.marks[i].event+1 >= e.Event; i-- {
		if m := &r.marks[i]; m.ask.What() == chance.CrashOwn && sim.ID(m.ask.From()) == e.Actor {
			return true
		}
	}
	return false
}

// stepOf is the place of the step that an event is, or that came last before it; -1:
// none did.
func (r *recorder) stepOf(event uint64) int {
	for ; event > 0; event-- {
		if at, ok := r.by[event]; ok {
			return at
		}
	}
	return -1
}

// finish gives the steps their causes and their marks.
func (r *recorder) finish() *schedule {
	for i, cause := range r.causes {
		if at := r.stepOf(cause); at >= 0 {
			r.s.steps[i].cause = r.s.steps[at].id
		}
	}
	for _, m := range r.marks {
		if at := r.stepOf(m.event); at >= 0 {
			r.s.steps[at].marks = append(r.s.steps[at].marks, m.mark)
		}
	}
	for i := range r.s.steps { // the ends of all saves are listed
		r.s.steps[i].slow = true
	}
	return &r.s
}

// mostEvents is how many events the run of a find may have.
const mostEvents = 1 << 18

// lookEvery is after how many events somebody looks whether to go on.
const lookEvery = 1 << 12

// TooLong says that the run of a find has more events than can be made a story.
type TooLong struct{ Most uint64 }

// Error tells it, and what helps.
func (t *TooLong) Error() string {
	return fmt.Sprintf("the run is too long for a story: it has more than %d events, or too many wait at once; look for a find with fewer actors or instances", t.Most)
}

// record plays a find and writes it down, with how it ended and how many actions of the
// protocol there were.
func record(ctx context.Context, f *Find) (s *schedule, o sim.Outcome, actions int, err error) {
	w, err := f.Scenario.Protocol.New(f.Scenario)
	if err != nil {
		return nil, o, 0, err
	}
	if err := ctx.Err(); err != nil {
		return nil, o, 0, err
	}
	r := &recorder{base: f.Source, by: map[uint64]int{}, tally: map[asked]int{}}
	w.Observe(r)
	w.Observe(&counter{f.Scenario.Protocol.Actions(f.Scenario), &actions})
	w.Search(f.Search)
	w.Reset(f.Seed, r)
	for w.Steps(lookEvery) {
		if err := ctx.Err(); err != nil {
			return nil, o, 0, err
		}
		if r.event > mostEvents {
			return nil, o, 0, &TooLong{mostEvents}
		}
	}
	return r.finish(), w.Outcome(), actions, nil
}
