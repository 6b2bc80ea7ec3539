package sim_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
)

// holdsModel is the rule of docs/scenario.md for faults that overlap, written
// down a second time and as simply as possible: every fault in force has its
// hold on those whom it means; an actor is down while any crash holds it, else
// paused while any pause does. It reads a trace and says where that is not so.
//
// From the trace it takes when faults begin and are over by chance and by time;
// whom that strikes, when each comes back, and which moments come in which
// order, it says itself.
type holdsModel struct {
	s       *sim.Scenario
	event   uint64
	actors  []modelActor
	on      []bool
	left    []int // by moment: how often it must still be done
	moments []modelMoment
	due     []int         // moments that have come and must be in the trace next, in this order
	expect  []expectation // entries that the fault just applied must bring
	core    []sim.ID
	drawn   int // whom the fault just applied may still draw
	drawer  int
	entries map[string]int // what the model held, by kind
}

type modelActor struct {
	crashes []modelHold
	pauses  []int
	status  observe.Status
	paused  uint64   // the event in which it was, of which a broadcast may still leave
	due     sim.Time // when it comes back, if it is down and nothing holds it; else -1
	pongs   uint32
	back    uint64 // the event in which it came back last
	started bool
}

type modelHold struct {
	fault int // -1: by chance
	until sim.Time
}

type modelMoment struct {
	*triggers.Moment
	fault int
	ends  bool
}

type expectation struct {
	what  observe.What
	actor sim.ID
}

func newHoldsModel(s *sim.Scenario) *holdsModel {
	m := &holdsModel{s: s, actors: make([]modelActor, s.Actors+1), on: make([]bool, len(s.Faults)), entries: map[string]int{}}
	for i := range m.actors {
		m.actors[i].due = -1
	}
	for i := range s.Faults {
		f := &s.Faults[i]
		for _, x := range []modelMoment{{f.When, i, false}, {f.UntilWhen, i, true}} {
			if x.Moment == nil {
				continue
			}
			m.moments = append(m.moments, x)
			times := max(x.Times, 1)
			if x.Most {
				times = s.Actors/2 + 1
			}
			m.left = append(m.left, times)
		}
	}
	return m
}

// counted says whether the model sees in the trace how often a moment's doing is
// done. To whom a broadcast has left, a trace does not say one by one.
func counted(d triggers.Doing) bool { return d != triggers.Sends && d != triggers.Receives }

// byClock says whether a crash looks after its own end: at a stated time.
func byClock(f *faults.Fault) bool {
	return f.Every == nil && f.When == nil && f.For == nil && f.UntilWhen == nil
}

// ForGood says whether a fault never ends.
func forGood(f *faults.Fault) bool {
	return f.Until >= faults.Forever && f.For == nil && f.UntilWhen == nil && f.Every == nil
}

// whom is who is meant, but for those with calm; nil, false: chance or a role says.
func (m *holdsModel) whom(t *aims.Target) (ids []sim.ID, known bool) {
	switch t.Group {
	case aims.Listed:
		ids = slices.Clone(t.IDs)
	case aims.Everyone:
		for id := 1; id <= m.s.Actors; id++ {
			ids = append(ids, sim.ID(id))
		}
	default:
		return nil, false
	}
	return slices.DeleteFunc(ids, func(id sim.ID) bool { return slices.Contains(m.core, id) }), true
}

// begin applies a fault.
func (m *holdsModel) begin(i int, now sim.Time) string {
	f := &m.s.Faults[i]
	if m.on[i] {
		return fmt.Sprintf("fault %s begins, and it holds already", f.Name)
	}
	m.on[i] = true
	t := &f.Pause
	if !f.Crash.IsZero() {
		t = &f.Crash
	}
	if t.IsZero() {
		return ""
	}
	ids, known := m.whom(t)
	if !known {
		m.drawer, m.drawn = i, max(t.Many, 1)
		return ""
	}
	for _, id := range ids {
		m.take(i, id, now)
	}
	return ""
}

// take gives a fault its hold on an actor.
func (m *holdsModel) take(i int, id sim.ID, now sim.Time) {
	f, a := &m.s.Faults[i], &m.actors[id]
	if f.Crash.IsZero() {
		a.pauses = append(a.pauses, i)
		if a.status == observe.StatusUp {
			m.expect = append(m.expect, expectation{observe.Paused, id})
		}
		return
	}
	h := modelHold{fault: i, until: faults.Forever}
	if byClock(f) {
		h.until = f.Until
	}
	a.crashes = append(a.crashes, h)
	m.settle(a, now)
	if a.status < observe.StatusDown {
		m.expect = append(m.expect, expectation{observe.Crashed, id})
	}
}

// end takes the holds of a fault away.
func (m *holdsModel) end(i int, now sim.Time) {
	m.on[i] = false
	for id := 1; id <= m.s.Actors; id++ {
		m.drop(sim.ID(id), i, now)
	}
}

// drop takes the hold of a fault on an actor away.
func (m *holdsModel) drop(id sim.ID, i int, now sim.Time) {
	a := &m.actors[id]
	if n := len(a.crashes); n > 0 {
		if a.crashes = slices.DeleteFunc(a.crashes, func(h modelHold) bool { return h.fault == i }); len(a.crashes) < n {
			m.settle(a, now)
		}
	}
	if k := slices.Index(a.pauses, i); k >= 0 {
		a.pauses = slices.Delete(a.pauses, k, k+1)
		if len(a.pauses) == 0 && a.status == observe.StatusPaused {
			m.expect = append(m.expect, expectation{observe.Resumed, id})
		}
	}
}

// settle notes when an actor comes back, now that its holds have changed.
func (m *holdsModel) settle(a *modelActor, now sim.Time) {
	if a.status < observe.StatusDown {
		return
	}
	if a.due = now; len(a.crashes) > 0 {
		a.due = -1
		// All that holds it may be crashes by the clock, or by chance.
		last := sim.Time(0)
		for _, h := range a.crashes {
			last = max(last, h.until)
		}
		if last < faults.Forever {
			a.due = max(now, last)
		}
	}
}

// done counts for the moments what somebody has done.
func (m *holdsModel) done(who sim.ID, does triggers.Doing, now sim.Time) {
	for k := range m.moments {
		x := &m.moments[k]
		if m.left[k] == 0 || x.Does != does || x.Who != 0 && x.Who != who || x.ends && !m.on[x.fault] || !x.ends && m.s.Faults[x.fault].Until <= now {
			continue
		}
		if m.left[k]--; m.left[k] == 0 {
			m.due = append(m.due, k)
		}
	}
}

// boundary is where one fault has been applied to all and another thing begins.
func (m *holdsModel) boundary() string {
	m.drawn = 0
	if len(m.expect) > 0 {
		return fmt.Sprintf("missing in the trace: %v", m.expect)
	}
	return ""
}

// entry reads one entry of the trace.
func (m *holdsModel) entry(e observe.Entry, rest []observe.Entry) string {
	if e.Event != m.event {
		m.event = e.Event
		if bad := m.boundary(); bad != "" {
			return bad
		}
		if len(m.due) > 0 {
			return fmt.Sprintf("a moment of fault %s has come, and nothing comes of it", m.s.Faults[m.moments[m.due[0]].fault].Name)
		}
		for id := 1; id <= m.s.Actors; id++ {
			if a := &m.actors[id]; a.due >= 0 && a.due < e.At {
				return fmt.Sprintf("actor %d should be back since %d", id, a.due)
			}
		}
	}
	now := e.At
	switch e.What {
	case observe.FaultBegins:
		return m.begin(m.named(e.Text), now)
	case observe.FaultEnds:
		if i := m.named(e.Text); m.on[i] {
			m.end(i, now)
		}
	case observe.FaultStruck, observe.FaultHealed:
		if bad := m.boundary(); bad != "" {
			return bad
		}
		i := m.named(e.Text)
		k := slices.IndexFunc(m.moments, func(x modelMoment) bool { return x.fault == i && x.ends == (e.What == observe.FaultHealed) })
		if k < 0 {
			return "it waits for no such moment"
		}
		if counted(m.moments[k].Does) {
			if m.left[k] != 0 || len(m.due) == 0 || m.due[0] != k {
				return fmt.Sprintf("its moment has not come, or it is not its turn: %d left, due are %v", m.left[k], m.due)
			}
			m.due = m.due[1:]
		}
		if m.entries[e.What.String()]++; e.What == observe.FaultStruck {
			return m.begin(i, now)
		}
		if !m.on[i] {
			return "is over, and did not hold"
		}
		m.end(i, now)
	case observe.Calmed:
		m.calm(e, rest)
	case observe.Crashed, observe.Paused, observe.Resumed:
		return m.changed(e, now)
	case observe.Restarted:
		return m.back(e, now)
	case observe.Decided:
		m.done(e.Actor, triggers.Decides, now)
		fallthrough
	case observe.Sent, observe.Broadcast, observe.Noted:
		if a := &m.actors[e.Actor]; a.status != observe.StatusUp || !a.started {
			return fmt.Sprintf("done by an actor that is %v; it has started: %v", a.status, a.started)
		}
	case observe.Booted:
		a := &m.actors[e.Actor]
		if len(rest) > 0 && rest[0].What == observe.Held {
			break
		}
		if a.started {
			return "starts twice"
		}
		a.started = true
	case observe.Saved:
		var pongs uint32
		fmt.Sscan(e.Text, &pongs)
		a := &m.actors[e.Actor]
		if pongs <= a.pongs { // a player counts up, and begins with what is on its disk
			return "what is on the disk is saved once more"
		}
		m.done(e.Actor, triggers.Saves, now)
		a.pongs = pongs
	}
	return ""
}

func (m *holdsModel) named(name string) int {
	return slices.IndexFunc(m.s.Faults, func(f faults.Fault) bool { return f.Name == name })
}

// changed reads that an actor went down, was paused or goes on.
func (m *holdsModel) changed(e observe.Entry, now sim.Time) string {
	a := &m.actors[e.Actor]
	m.entries[e.What.String()]++
	k := slices.Index(m.expect, expectation{e.What, e.Actor})
	switch {
	case k >= 0:
		m.expect = slices.Delete(m.expect, k, k+1)
	case m.drawn > 0 && e.What != observe.Resumed:
		m.drawn--
		m.take(m.drawer, e.Actor, now)
		m.expect = m.expect[:len(m.expect)-1]
	case e.What == observe.Crashed && m.s.Crashes.Chance > 0 && (a.status == observe.StatusUp || a.status == observe.StatusPaused && a.paused == e.Event) && !slices.Contains(m.core, e.Actor):
		m.entries["by chance"]++
		a.crashes = append(a.crashes, modelHold{-1, now + m.s.Crashes.DownMin})
	default:
		return fmt.Sprintf("no fault says so; expected %v", m.expect)
	}
	switch e.What {
	case observe.Crashed:
		if a.status == observe.StatusPaused {
			m.entries["crash over pause"]++
		}
		a.status, a.started = observe.StatusDown, false
		m.settle(a, now)
		m.done(e.Actor, triggers.Falls, now)
	case observe.Paused:
		a.status, a.paused = observe.StatusPaused, e.Event
	case observe.Resumed:
		a.status = observe.StatusUp
	}
	if a.back == e.Event { // it starts in this event if nothing holds it in the end
		a.started = a.status == observe.StatusUp
	}
	return ""
}

// back reads that an actor comes back.
func (m *holdsModel) back(e observe.Entry, now sim.Time) string {
	a := &m.actors[e.Actor]
	m.entries[e.What.String()]++
	if a.status < observe.StatusDown {
		return "it is not down"
	}
	if a.due != now {
		return fmt.Sprintf("it is due at %d", a.due)
	}
	a.status, a.due, a.crashes = observe.StatusUp, -1, nil
	a.back = e.Event
	if a.started = len(a.pauses) == 0; !a.started {
		m.entries["back into a pause"]++
		m.expect = append(m.expect, expectation{observe.Paused, e.Actor})
	}
	m.done(e.Actor, triggers.Returns, now)
	return ""
}

// calm reads that the weather calms: for a core, if one is elected during this
// event, else for all.
func (m *holdsModel) calm(e observe.Entry, rest []observe.Entry) {
	for _, x := range rest {
		if x.Event != e.Event {
			break
		}
		if x.What == observe.Elected {
			for _, id := range strings.Split(x.Text, ", ") {
				var n sim.ID
				fmt.Sscan(id, &n)
				m.core = append(m.core, n)
			}
		}
	}
	if m.core == nil {
		for i := range m.s.Faults {
			if m.s.Faults[i].Every != nil && m.on[i] {
				m.end(i, e.At)
			}
		}
		return
	}
	for _, id := range m.core {
		a := &m.actors[id]
		if a.status >= observe.StatusDown {
			a.crashes, a.due = nil, e.At
		}
		for _, i := range slices.Clone(a.pauses) {
			m.drop(id, i, e.At)
		}
	}
}

// stands is how an actor stands at the end of an event.
func (m *holdsModel) stands(id sim.ID) observe.Status {
	a := &m.actors[id]
	if a.status == observe.StatusDown && slices.ContainsFunc(a.crashes, func(h modelHold) bool { return h.fault >= 0 && forGood(&m.s.Faults[h.fault]) }) {
		return observe.StatusGone
	}
	return a.status
}

// play runs a scenario and holds every event of it against the model.
func (m *holdsModel) play(r sim.Runner, seed uint64) (sim.Outcome, []observe.Entry, error) {
	l := new(lines)
	r.Observe(l)
	r.Reset(seed, nil)
	look := r.(observe.Inspector)
	read := 0
	for goes := true; goes; {
		goes = r.Step()
		for ; read < len(l.list); read++ {
			if bad := m.entry(l.list[read], l.list[read+1:]); bad != "" {
				return r.Outcome(), l.list, fmt.Errorf("%+v: %s", l.list[read], bad)
			}
		}
		bad := m.boundary()
		if len(m.due) > 0 {
			bad += fmt.Sprintf(" moments %v have come, and nothing comes of them", m.due)
		}
		if bad != "" {
			return r.Outcome(), l.list, fmt.Errorf("at the end of an event at %d: %s", l.list[read-1].At, bad)
		}
		for id := sim.ID(1); int(id) <= m.s.Actors; id++ {
			if is, want := look.Inspect(id).Status, m.stands(id); is != want {
				return r.Outcome(), l.list, fmt.Errorf("at %d actor %d is %v, should be %v", l.list[read-1].At, id, is, want)
			}
		}
	}
	return r.Outcome(), l.list, nil
}
