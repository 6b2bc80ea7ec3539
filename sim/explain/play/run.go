package play

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// run is a run that is open.
type run struct {
	number  int
	name    string // of the scenario
	step    *stepper.Stepper
	tell    grid.Teller
	limits  Limits
	from    uint64 // the first event of the page's window
	seen    *watch // the run as it is now
	outcome outcome
}

// outcome is how a run ended.
type outcome struct {
	digest, events uint64
	word           string
	broke          string
	brokeAt        uint64
}

func (r *run) scenario() *sim.Scenario { return r.step.Scenario() }

func (r *run) words() *sim.Vocabulary { return r.scenario().Protocol.Vocabulary() }

// open opens a run.
func (s *Session) open(q *Request, reply *Reply) error {
	if err := s.room(); err != nil {
		return err
	}
	loaded, wrongs := s.host.Load(s.ctx, q, s.limits.Actors)
	if len(wrongs) > 0 {
		return wrong(wrongs)
	}
	r := &run{name: loaded.Name, step: loaded.Stepper, tell: grid.Tell(loaded.Stepper.Scenario()), limits: s.limits, from: 1}
	r.step.Under(s.ctx)
	if err := r.show(); err != nil {
		return err
	}
	s.add(r)
	reply.State, reply.Whats = r.state(), view.Whats()
	reply.Page = r.data(nil)
	return nil
}

// room says whether another run can be opened.
func (s *Session) room() error {
	if len(s.runs) >= s.limits.Runs {
		return mistake("%s are open: close one first", say.Plural(uint64(len(s.runs)), "run"))
	}
	return nil
}

// add gives a run its number.
func (s *Session) add(r *run) {
	s.last++
	r.number = s.last
	s.runs[r.number] = r
}

// show makes the run from its start to its end, and keeps what the page shows. If that
// fails, all is kept as it was.
func (r *run) show() error {
	w := &watch{page: r.recorder(), sent: map[flights.Flight]sending{}}
	whole, err := r.step.Show(w, r.limits.Events)
	switch {
	case err != nil:
		return err
	case !whole:
		return mistake("the run has more than %s: play shows no longer ones. Limit it, as by limits.events=1000", say.Plural(r.limits.Events, "event"))
	}
	o := r.step.Outcome()
	w.page.End(trace.NewTrailer(r.head(), o, 0))
	r.seen, r.tell = w, grid.Tell(r.scenario()) // edits are faults of it
	r.outcome = outcome{digest: o.Digest, events: o.Events, word: o.Verdict.String()}
	if v := o.Violation; v != nil {
		r.outcome.broke, r.outcome.brokeAt = v.Invariant, v.Event
	}
	return nil
}

// recorder is one for the page of the run.
func (r *run) recorder() *view.Recorder {
	look, _ := r.step.World().(observe.Inspector)
	return view.NewRecorder(export.Run{Scenario: r.scenario(), Head: r.head(), Window: export.Window{From: r.from, Count: r.limits.Window}}, look, r.step.World())
}

// head says which run it is.
func (r *run) head() *trace.Header {
	h := trace.NewHeader(r.scenario(), "", r.step.Base())
	if _, ok := r.step.Searched(); ok {
		h.Engine = trace.Searched
	}
	return h
}

// data is the page's data of the run, without what the page has of old; nil: nothing.
func (r *run) data(old *watch) []byte {
	var b bytes.Buffer
	var before *view.Recorder
	if old != nil {
		before = old.page
	}
	if err := view.WriteRun(&b, r.seen.page, before); err != nil {
		panic(err) // a buffer does not fail
	}
	return b.Bytes()
}

// page answers with a page of its own, from an event on.
func (s *Session) page(q *Request, reply *Reply) error {
	r, err := s.run(q.Run)
	if err != nil {
		return err
	}
	from := max(q.From, 1)
	if from > max(r.outcome.events, 1) {
		return r.noEvent(q.From)
	}
	if was := r.from; from != was {
		r.step.Under(s.ctx)
		r.from = from
		if err := r.show(); err != nil {
			r.from = was
			return err
		}
	}
	reply.State, reply.Page = r.state(), r.data(nil)
	return nil
}

// noEvent is the mistake of a number that no event has.
func (r *run) noEvent(n uint64) error {
	return mistake("there is no event %d: the run has %s", n, say.Plural(r.outcome.events, "event"))
}

// state is how the run is.
func (r *run) state() *State {
	x := &State{
		Run: r.number, Name: r.name, Engine: trace.Timed, Base: r.step.Base().String(), Digest: trace.Hex(r.outcome.digest), Events: r.outcome.events,
		Outcome: r.outcome.word, Broke: r.outcome.broke, BrokeAt: r.outcome.brokeAt, Opened: r.step.Families(), Undos: r.step.Undos(),
	}
	if _, ok := r.step.Searched(); ok {
		x.Engine = trace.Searched
	}
	x.Chosen = r.chosen()
	x.Surprises = len(x.Chosen)
	return x
}

// mostChosen is how many chosen answers a state lists.
const mostChosen = 200

// chosen lists what is chosen, held back and done by hand.
func (r *run) chosen() (list []Chosen) {
	answers := r.step.Answers()
	keys := make([]scheduler.Key, 0, len(answers))
	for k := range answers { //sorted: next
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if len(list) == mostChosen {
			return list
		}
		c := Chosen{Name: r.words().KeyText(k), Answer: answers[k], Text: r.done(k, answers[k])}
		if a, ok := r.seen.find(k); ok {
			c.Event = a.event
		}
		list = append(list, c)
	}
	for _, h := range r.step.Deferrals() {
		if len(list) == mostChosen {
			return list
		}
		event, until := r.words().EventText(h.Event), r.words().EventText(h.Until)
		list = append(list, Chosen{Name: event, Until: until, Text: fmt.Sprintf("%s is held back until %s", event, until)})
	}
	for _, e := range r.step.Edits() {
		if len(list) == mostChosen {
			return list
		}
		c := Chosen{Name: r.scenario().EditText(&e), Text: r.edited(e)}
		if e.After < r.outcome.events { // else another act ends the run before it
			c.Event = e.After + 1
		}
		list = append(list, c)
	}
	return list
}
