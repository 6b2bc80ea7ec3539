package sim

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim/observe"
)

// mostAnswers is how many answers a choice of a handler may have, for a [Model].
const mostAnswers = 64

// clocks are the times at which each handler is called: what it does must not depend on
// them.
var clocks = [2]Time{0, 1_000_003}

// begin is Start of [Model]. It has another name because the linker keeps a method with the
// name of a handler, and all that it calls.
func (m *model[A, M, D, P]) begin() (s Start, err error) {
	s.Locals = make([]uint32, m.s.Actors+1)
	for id := ID(1); int(id) <= m.s.Actors; id++ {
		l := &localState[A, D]{owner: id}
		m.h.New(id, &l.Local)
		for i := range m.requests {
			if m.requests[i].actor == id {
				l.clients = append(l.clients, clientState{request: uint16(i)})
			}
		}
		hops, err := m.branch(l, &Happening[M]{What: observe.Booted}, nil, nil, 0)
		if err != nil {
			return s, err
		}
		if len(hops) != 1 {
			return s, fmt.Errorf("sim: actor %d leaves something to chance at its start, which no check can tell", id)
		}
		s.Locals[id] = hops[0].Next
		s.Sent = append(s.Sent, hops[0].Sent...)
		if s.Broken == nil {
			s.History, s.Broken = m.Step(s.History, hops[0].Trail)
		}
	}
	return s, nil
}

// Events is that of [Model].
func (m *model[A, M, D, P]) Events(local uint32) []ModelEvent {
	l := &m.locals.list[local]
	m.events = m.events[:0]
	for i, c := range l.clients {
		twin := slices.ContainsFunc(l.clients[:i], func(d clientState) bool {
			return d.stage == unasked && d.value == c.value && m.sameAsk(d.request, c.request)
		})
		if c.stage == unasked && !twin {
			m.events = append(m.events, AskOf(int(c.request)))
		}
	}
	for _, t := range l.Timers {
		if most := m.scope.Alarms[t.Kind]; most == Unlimited || int(l.fired[t.Kind]) < most {
			m.events = append(m.events, AlarmOf(t.Kind))
		}
	}
	return m.events
}

// sameAsk says whether two requests ask for the same.
func (m *model[A, M, D, P]) sameAsk(i, j uint16) bool {
	a, b := &m.requests[i], &m.requests[j]
	return a.do == b.do && a.name == b.name && a.key == b.key
}

// Hop is that of [Model].
func (m *model[A, M, D, P]) Hop(local uint32, e ModelEvent) ([]Hop, error) {
	hops, err := m.hop(&m.locals.list[local], local, e)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.Line(local, e), err)
	}
	if m.fade == nil {
		return hops, nil
	}
	return hops, m.alike(local, e, hops)
}

// hop is Hop of a state that became a local state.
func (m *model[A, M, D, P]) hop(from *localState[A, D], local uint32, e ModelEvent) ([]Hop, error) {
	l := new(localState[A, D])
	m.copyLocal(l, from)
	var x Happening[M]
	var seen []sight[M, D]
	switch {
	case e.IsArrival():
		p := &m.packets.list[e.Number()]
		x = Happening[M]{What: observe.Delivered, From: p.from, Message: p.msg}
		if m.hears>>p.msg.Kind()&1 != 0 {
			seen = append(seen, sight[M, D]{what: sawHeard, id: l.owner, msg: p.msg})
		}
	case e.IsAlarm():
		t, _ := timerOf(l.Timers, uint8(e.Number()))
		x = Happening[M]{What: observe.TimedOut, Timer: t}
	case e.IsAsk():
		x = Happening[M]{What: observe.Asked, Request: m.ask(l, int(e.Number()))}
		seen = append(seen, sight[M, D]{what: sawRequested, id: l.owner, request: x.Request})
	}
	m.from, m.event = local, e
	var hops []Hop
	var err error
	if e.IsCrash() {
		hops, err = m.crash(l, nil, m.scope.Crashes)
	} else {
		hops, err = m.branch(l, &x, nil, seen, m.scope.Crashes)
	}
	if err != nil {
		return nil, err
	}
	return m.effective(local, hops), nil
}

// effective leaves out the hops in which nothing changes.
func (m *model[A, M, D, P]) effective(local uint32, hops []Hop) []Hop {
	return slices.DeleteFunc(hops, func(h Hop) bool { return h.Next == local && len(h.Sent) == 0 && h.Trail == 0 })
}

// counts counts an alarm that has gone off, unless nothing has come of it.
func (m *model[A, M, D, P]) counts(l *localState[A, D], h *Hop) {
	if !m.event.IsAlarm() || m.scope.Alarms[m.event.Number()] == Unlimited {
		return
	}
	if n, ok := m.known(l); !ok || n != m.from || len(h.Sent) > 0 || h.Trail != 0 {
		l.fired[m.event.Number()]++
	}
}

// ask is what a client asks for now: the same as before if the scenario names the value.
func (m *model[A, M, D, P]) ask(l *localState[A, D], request int) Request {
	q := &m.requests[request]
	for i := range l.clients {
		c := &l.clients[i]
		if int(c.request) != request {
			continue
		}
		c.stage = known
		if c.value, c.op = q.name, RequestID(request+1); c.value == 0 {
			w := &m.h.w.clients
			c.op += RequestID(int(l.asks) * len(m.requests))
			c.value = Value(len(w.names)) + 1 + Value(uint32(l.owner-1)+uint32(w.n)*l.asks)
			l.asks++
		}
		return Request{ID: c.op, Do: q.do, Key: q.key, Value: c.value, Chance: q.chance}
	}
	panic("sim: a client asks an actor that is not its own")
}

// branch lets a handler run, once for each answer to what it leaves to chance, and then
// cut short by a crash wherever that makes a difference, if there may be so many crashes.
func (m *model[A, M, D, P]) branch(l *localState[A, D], x *Happening[M], answers []uint32, seen []sight[M, D], crashes int) ([]Hop, error) {
	var twice [2]Hop
	var open uint32 // how many answers the first choice without one has; 0: all have one
	var effects []Effect[M, D]
	for i, now := range clocks {
		var run localState[A, D]
		m.copyLocal(&run, l)
		if len(run.cache) == 0 {
			run.synced = slices.Clone(run.Disk)
		}
		y := *x
		y.Now = now
		effects = m.h.Handle(run.owner, &run.Local, &y, answers)
		for j := range effects {
			if effects[j].Open {
				open = effects[j].Weights.Outcomes()
				break
			}
		}
		if open > 0 {
			break
		}
		twice[i] = m.hopOf(&run, effects, seen)
	}
	if open == 0 {
		m.calls++
		if a, b := &twice[0], &twice[1]; a.Next != b.Next || !slices.Equal(a.Sent, b.Sent) || a.Trail != b.Trail {
			return nil, fmt.Errorf("the handler did something else when it was called again: it depends on the time, or on something that is no part of its actor")
		}
		if crashes == 0 {
			return twice[:1:1], nil
		}
		cuts, err := m.cuts(l, slices.Clone(effects), seen, crashes)
		return append(twice[:1:1], cuts...), err
	}
	if open > mostAnswers {
		return nil, fmt.Errorf("a handler leaves a choice of %d answers to chance: a check tries at most %d", open, mostAnswers)
	}
	var all []Hop
	for a := range open {
		hops, err := m.branch(l, x, append(slices.Clip(answers), a), seen, crashes)
		if err != nil {
			return nil, err
		}
		for _, h := range hops {
			all = addHop(all, h)
		}
	}
	return all, nil
}

// addHop adds a hop to a list, if what comes of it is not in there.
func addHop(all []Hop, h Hop) []Hop {
	if slices.ContainsFunc(all, func(g Hop) bool {
		return g.Next == h.Next && g.Trail == h.Trail && g.Crashes == h.Crashes && slices.Equal(g.Sent, h.Sent)
	}) {
		return all
	}
	return append(all, h)
}

// hopOf is what a handler has done, in numbers. l is what it has left of the actor.
func (m *model[A, M, D, P]) hopOf(l *localState[A, D], effects []Effect[M, D], seen []sight[M, D]) Hop {
	h, seen := m.told(l, effects, 0, seen)
	if m.pristine == nil {
		seen = slices.DeleteFunc(seen, func(s sight[M, D]) bool { return s.what != sawPanic })
	}
	if len(l.cache) == 0 {
		l.synced = nil
	}
	h.Trail = m.trailOf(seen)
	m.counts(l, &h)
	h.Next = m.localOf(l)
	return h
}

// told is what these effects send and show, after what was seen before. They change what l
// says of its clients and of its cache. Of the last one, if it is a broadcast, only so many
// messages leave; 0: all do.
func (m *model[A, M, D, P]) told(l *localState[A, D], effects []Effect[M, D], most int, before []sight[M, D]) (h Hop, seen []sight[M, D]) {
	seen = slices.Clone(before)
	for i := range effects {
		x := &effects[i]
		s := sight[M, D]{id: l.owner}
		switch x.Act {
		case ActSend:
			if !m.lost(&x.Message) {
				h.Sent = append(h.Sent, m.packetOf(l.owner, x.To, &x.Message))
			}
			s.what, s.msg = sawSent, x.Message
		case ActBroadcast:
			last := m.s.Actors
			if most > 0 && i == len(effects)-1 {
				last = most
			}
			for to := ID(1); int(to) <= last && !m.lost(&x.Message); to++ {
				h.Sent = append(h.Sent, m.packetOf(l.owner, to, &x.Message))
			}
			s.what, s.msg = sawSent, x.Message
		case ActWrite:
			l.write(x.Slot, &x.Record)
			continue
		case ActSave:
			l.write(x.Slot, &x.Record)
			seen = m.flush(l, seen, len(l.cache))
			continue
		case ActSync:
			seen = m.flush(l, seen, len(l.cache))
			continue
		case ActDecide:
			h.Decides = true
			s.what, s.instance, s.value, s.under = sawDecided, x.Instance, x.Value, x.Under
		case ActAnswer:
			m.answered(l, x.Request)
			s.what, s.request, s.value = sawAnswered, Request{ID: x.Request}, x.Value
		case ActChoose:
			h.Marks = append(h.Marks, m.mark(l.owner, effects[:i+1])...)
			continue
		case ActFail:
			s.what, s.text = sawPanic, x.Text
		default:
			continue
		}
		seen = append(seen, s)
	}
	return h, seen
}

// lost says whether a message never arrives.
func (m *model[A, M, D, P]) lost(x *M) bool { return slices.Contains(m.scope.Lost, (*x).Kind()) }

// mark tells the answer to the last of these effects, a choice, as a story has it; nil: it
// is 0, which goes without saying.
func (m *model[A, M, D, P]) mark(id ID, effects []Effect[M, D]) []string {
	x, nth := &effects[len(effects)-1], 0
	if x.Answer == 0 {
		return nil
	}
	for i := range effects {
		if effects[i].Act == ActChoose && effects[i].Choice == x.Choice {
			nth++
		}
	}
	words := m.h.w.spec.vocabulary.Choices
	text := fmt.Sprintf("%s of %d is %d", words[x.Choice], id, x.Answer)
	if nth > 1 {
		text += fmt.Sprintf(" the %s time", ordinal(nth))
	}
	return []string{text}
}

// ordinal writes a number that counts: 2nd.
func ordinal(n int) string {
	end := "th"
	if n/10%10 != 1 && n%10 >= 1 && n%10 <= 3 {
		end = [...]string{"st", "nd", "rd"}[n%10-1]
	}
	return itoa(n) + end
}

// answered notes that a client has its answer.
func (m *model[A, M, D, P]) answered(l *localState[A, D], op RequestID) {
	for i := range l.clients {
		if c := &l.clients[i]; c.op == op && c.stage == known {
			c.stage, c.value = ended, 0
		}
	}
}
