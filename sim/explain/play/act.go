package play

import (
	"errors"
	"fmt"
	"math"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// act changes a run.
func (s *Session) act(q *Request, reply *Reply) error {
	r, err := s.run(q.Run)
	switch {
	case err != nil:
		return err
	case q.Act == nil || !one(q.Act.Name, q.Act.Take, q.Act.Edit):
		return mistake(`which act? Expected "act" with the "name" of a choice, with "take" or with "edit"`)
	case q.At > r.outcome.events:
		return r.noEvent(q.At)
	case r.step.Undos() >= s.limits.Acts:
		return mistake("there are %s already: take some back first", say.Plural(uint64(r.step.Undos()), "act"))
	}
	return s.change(r, reply, func() error {
		if err := r.step.GoTo(q.At); err != nil {
			return err
		}
		switch {
		case q.Act.Take != "":
			return r.take(q.Act.Take, reply)
		case q.Act.Edit != "":
			return r.edit(q.Act.Edit, q.Ticks, reply)
		}
		return r.answer(q.Act.Name, q.Act.Answer, q.Ticks, reply)
	})
}

// one says whether exactly one of some texts is there.
func one(texts ...string) bool {
	n := 0
	for _, text := range texts {
		if text != "" {
			n++
		}
	}
	return n == 1
}

// undo takes the last act back.
func (s *Session) undo(q *Request, reply *Reply) error {
	r, err := s.run(q.Run)
	if err != nil {
		return err
	}
	return s.change(r, reply, func() error {
		err := r.step.Undo()
		reply.Event, reply.Said = r.step.At(), "taken back"
		return err
	})
}

// change does something to a run, and replies with what is new. If that fails, the run is
// as it was.
func (s *Session) change(r *run, reply *Reply, do func() error) error {
	r.step.Under(s.ctx)
	before, old := r.step.Point(), r.seen
	err := do()
	if err == nil {
		err = r.show()
	}
	if err != nil {
		r.step.Under(unbounded) // it has been played once, and so has an end
		return errors.Join(err, r.step.Return(before))
	}
	reply.State, reply.Page = r.state(), r.data(old)
	reply.Said = r.came(reply.Said, old)
	return nil
}

// came says what came of an act.
func (r *run) came(act string, old *watch) string {
	text := act + ". "
	switch first, _ := view.First(r.seen.page, old.page); {
	case first != 0:
		text += fmt.Sprintf("The run is another from event %d on: ", first)
	default:
		text += "The run: "
	}
	text += r.outcome.word
	if r.outcome.broke != "" {
		text += fmt.Sprintf(", %s broke at event %d", r.outcome.broke, r.outcome.brokeAt)
	} else {
		text += " after " + say.Plural(r.outcome.events, "event")
	}
	return text
}

// take makes an event of a searched run the next.
func (r *run) take(name string, reply *Reply) error {
	k, err := r.words().ParseEvent(name)
	if err != nil {
		return mistake("%v", err)
	}
	if _, err := r.step.Take(k); err != nil {
		return err
	}
	reply.Event, reply.Said = r.step.At(), "taken: "+name
	return nil
}

// answer answers a choice, and chooses how long a crash lasts.
func (r *run) answer(name string, answer uint32, ticks int64, reply *Reply) error {
	k, err := r.words().ParseKey(name)
	if err != nil {
		return mistake("%v", err)
	}
	chosen := map[scheduler.Key]uint32{k: answer}
	if ticks != 0 {
		if err := r.lasts(chosen, k, ticks); err != nil {
			return err
		}
	}
	event, asked, err := r.step.Answer(chosen)
	if err != nil {
		return err
	}
	if !asked {
		return mistake("the run as it goes now does not ask for %q", name)
	}
	reply.Event, reply.Said = event, r.done(k, answer)
	if ticks != 0 {
		reply.Said += ", and is down for " + say.Span(r.scenario(), sim.Time(ticks))
	}
	return nil
}

// lasts chooses how long a crash lasts. That is asked with the crash, so it is tried.
func (r *run) lasts(chosen map[scheduler.Key]uint32, crash scheduler.Key, ticks int64) error {
	c := r.scenario().Crashes
	_, searched := r.step.Searched()
	switch {
	case searched:
		return mistake("in a searched run nothing takes time: an actor that is down comes back when that is taken")
	case !crashes(crash) || chosen[crash] == 0:
		return mistake(`"ticks" is for a crash`)
	case ticks < int64(c.DownMin) || ticks > int64(c.DownMax) || ticks-int64(c.DownMin) > math.MaxUint32:
		return mistake("an actor can be down for %s to %s", say.Span(r.scenario(), c.DownMin), say.Span(r.scenario(), c.DownMax))
	}
	event, asked, err := r.step.Answer(chosen)
	if err != nil {
		return err
	}
	if !asked {
		return r.step.Undo() // the caller says so
	}
	if err := r.step.GoTo(event); err != nil {
		return err
	}
	var down scheduler.Key
	for _, a := range r.step.Asked() {
		if a.Key.What() == chance.Down {
			down = a.Key
		}
	}
	if err := r.step.Undo(); err != nil {
		return err
	}
	if down == 0 {
		return mistake("how long it is down is not left to chance here")
	}
	chosen[down] = uint32(ticks - int64(c.DownMin))
	return nil
}

// crashes says whether a choice is whether an actor crashes.
func crashes(k scheduler.Key) bool {
	q, _ := base(k.What())
	return questions[q].kind == "crash"
}
