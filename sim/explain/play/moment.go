package play

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
)

// The most that a moment lists.
const (
	mostNext = 200
	mostActs = 400
)

// moment describes the state of all after an event, and what can be done there.
func (s *Session) moment(q *Request, reply *Reply) error {
	r, err := s.run(q.Run)
	switch {
	case err != nil:
		return err
	case q.At > r.outcome.events:
		return r.noEvent(q.At)
	case q.Event > r.outcome.events:
		return r.noEvent(q.Event)
	case q.Actor < 0 || q.Actor > r.scenario().Actors:
		return mistake("there is no actor %d: expected 1 to %d", q.Actor, r.scenario().Actors)
	case q.Peer < 0 || q.Peer > r.scenario().Actors || q.Peer != 0 && (q.Actor == 0 || q.Actor == q.Peer):
		return mistake("there is no link between %d and %d", q.Actor, q.Peer)
	}
	r.step.Under(s.ctx)
	if err := r.step.GoTo(q.At); err != nil {
		return err
	}
	m := &Moment{At: q.At, Actors: r.standings(), Next: []Next{}, Acts: []Act{}, Over: r.step.Over()}
	_, searched := r.step.Searched()
	if !searched {
		m.Time = say.Millis(r.scenario(), r.step.Now()) + " ms"
	}
	m.Next, m.More = r.next(searched)
	m.Acts = r.acts(q)
	reply.Moment = m
	return nil
}

// standings are the states of the actors.
func (r *run) standings() []Standing {
	list := make([]Standing, r.scenario().Actors)
	for i := range list {
		is := r.step.Standing(sim.ID(i + 1))
		x := Standing{Actor: i + 1, Status: is.Status, Line: is.Line(), Facts: make([][2]string, len(is.Facts))}
		for j, f := range is.Facts {
			x.Facts[j] = [2]string{f.Name, f.Text}
		}
		list[i] = x
	}
	return list
}

// next lists what waits to happen.
func (r *run) next(searched bool) (list []Next, more int) {
	waits := r.step.Upcoming()
	list = []Next{}
	for i, e := range waits {
		if i == mostNext {
			return list, len(waits) - i
		}
		x := Next{Name: r.words().EventText(e.EventKey()), Text: r.happening(e), Actor: int(e.Actor)}
		if e.What == observe.Delivered {
			x.Peer = int(e.Peer)
			x.Sent = r.seen.sent[flights.Arriving(e)].event
		}
		if searched {
			x.Takes = i == 0 || waits[0].What != observe.Booted
			if until := r.step.HeldUntil(e.EventKey()); until != 0 {
				x.Held = r.words().EventText(until)
			}
		} else {
			x.Time = say.Millis(r.scenario(), e.At) + " ms"
		}
		list = append(list, x)
	}
	return list, 0
}

// acts lists what can be done at a place: see the doc of the package.
func (r *run) acts(q *Request) []Act {
	event := q.Event
	if event == 0 {
		event = q.At
	}
	list := []Act{}
	add := func(a asking) {
		if len(list) < mostActs {
			x := r.act(a)
			if q.Effect != nil && (x.Effect == nil || *x.Effect != *q.Effect || x.Event != event) ||
				q.Actor != 0 && x.Actor != q.Actor && (q.Peer == 0 || x.Actor != q.Peer) ||
				q.Peer != 0 && x.Peer != q.Peer && (x.Peer == 0 || x.Peer != q.Actor) {
				return
			}
			list = append(list, x)
		}
	}
	if e, ok := r.seen.event(event); ok && e.What == observe.Delivered && q.Effect == nil {
		f := flights.Arriving(e)
		for _, a := range r.seen.of(r.seen.sent[f].event) { // what was asked when it left
			if of, ok := flightOf(a.Key); ok && of == f && sim.ID(a.Key.To()) == e.Actor && !crashes(a.Key) {
				add(a)
			}
		}
	}
	for _, a := range r.seen.of(event) {
		add(a)
	}
	if q.Actor != 0 && q.Peer == 0 && q.Event == 0 {
		for _, a := range r.crashing(q.Actor, event) {
			add(a)
		}
	}
	if q.Event == 0 && q.Effect == nil {
		list = append(list, r.edits(q.Actor, q.Peer)...)
	}
	return list
}

// crashing are the crashes of an actor that the first event after one asks for, at which
// it can crash, and when it comes back if it is down.
func (r *run) crashing(actor int, after uint64) (list []asking) {
	for _, a := range r.seen.asked {
		down := a.Key.What() == chance.Down && a.event < after
		if !down && (!crashes(a.Key) || a.event <= after) || r.who(a.Key) != actor {
			continue
		}
		if n := len(list); n > 0 && list[n-1].event != a.event && list[n-1].event > after {
			break
		}
		if n := len(list); n > 0 && list[n-1].event < after { // an earlier time down
			list = list[:0]
		}
		list = append(list, a)
	}
	return list
}

// who is the actor that a choice is about: who crashes, or sends.
func (r *run) who(k scheduler.Key) int {
	if q, _ := base(k.What()); q == chance.CrashIdle {
		return int(k.To()) // the receiver
	}
	return int(k.From())
}

// act is what can be done with a choice.
func (r *run) act(a asking) Act {
	answers := r.step.Answers()
	_, chosen := answers[a.Key]
	x := Act{Name: r.words().KeyText(a.Key), Now: a.Answer, Chosen: chosen, Event: a.event, Actor: r.who(a.Key)}
	if a.Answer == 0 {
		x.Answer = 1
	}
	q, _ := base(a.Key.What())
	if a.Outcomes > 2 {
		x.Range = &Range{Most: a.Outcomes - 1, Text: "0 is the calm answer"}
		if q == chance.Delay || q == chance.Down {
			x.Range.Unit, x.Range.TickUS, x.Range.Text = "tick", r.scenario().Tick/1000, "longer than the least"
			x.Answer = min(x.Range.Most, uint32(max(1, 5*r.scenario().Network.DelayMin)))
		}
	}
	x.Kind, x.Text = r.doing(a.Asked, x.Answer)
	if f, ok := flightOf(a.Key); ok {
		if q != chance.CrashIdle {
			x.Peer = int(a.Key.To())
		}
		if s, ok := r.seen.sent[f]; ok && s.event == a.event {
			effect := s.effect
			x.Effect = &effect
		}
	}
	c := r.scenario().Crashes
	if _, searched := r.step.Searched(); x.Kind == "crash" && !searched && c.DownMax > c.DownMin {
		x.For = &Range{Least: uint32(c.DownMin), Most: uint32(min(c.DownMax, 1<<31)), Unit: "tick", TickUS: r.scenario().Tick / 1000, Text: "down for"}
	}
	return x
}
