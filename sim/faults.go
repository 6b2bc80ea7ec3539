package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// What a fault does to the world when it begins, and when it is over.

// scheduleFaults files the faults of the scenario, at the start of a run.
func (w *World[M, D]) scheduleFaults() {
	for i := range w.scenario.Faults {
		f := &w.scenario.Faults[i]
		switch {
		case f.ByChance():
			w.nextStrike(i, f.At)
		case f.When != nil:
		default:
			w.push(f.At, eventKey(observe.FaultBegins, 0, 0, uint32(i)))
			if w.search == nil && f.EndsByClock() {
				w.faults.list[i].end = w.push(f.Until, eventKey(observe.FaultEnds, 0, 0, uint32(i)))
			}
		}
	}
}

// chanceKey names an event of a fault that strikes by chance, or at a moment: by
// the fault and how often it has begun.
func (w *World[M, D]) chanceKey(what observe.What, i int) scheduler.Key {
	return scheduler.MakeKey(uint8(what)<<2, 0, uint16(i+1), 0, w.faults.list[i].spells)
}

// faultOf is the fault that an event is about.
func faultOf(k scheduler.Key) int {
	if from := k.From(); from != 0 {
		return int(from) - 1
	}
	return int(k.Count())
}

// nextStrike asks when, from a time on, a fault strikes next, if it does before
// it is over.
func (w *World[M, D]) nextStrike(i int, from Time) {
	f, st := w.scenario.FaultAt(i), &w.faults.list[i]
	st.spells = w.count(&st.spells)
	gap := w.chance.Choose(w.faultKey(chance.Gap, i, 0), st.gap)
	if gap == 0 {
		return
	}
	at := from + f.Every.Min + Time(gap-1)
	if at < f.Until && (w.calmAt == 0 || at < w.calmAt) {
		w.push(at, w.chanceKey(observe.FaultBegins, i))
	}
}

// faultBegins is the event of a fault that begins at a time.
func (w *World[M, D]) faultBegins(ev *event[M]) {
	i := faultOf(ev.key)
	f := w.scenario.FaultAt(i)
	w.emitEvent(ev, ev.key, f.Name)
	if f.BeginsByClock() && !w.byHand(i) && w.faults.toCome > 0 {
		w.faults.toCome--
	}
	w.beginFault(i)
}

// beginFault makes a fault begin.
func (w *World[M, D]) beginFault(i int) {
	w.change()
	f, st := w.scenario.FaultAt(i), &w.faults.list[i]
	st.on = true
	if st.until > 0 {
		w.faults.moments.Await(st.until - 1)
	}
	w.struck(f.Family())
	if !f.ByChance() {
		st.spells = w.count(&st.spells)
	}
	until := w.spellOf(i)
	if st.side != nil {
		w.setSides(i)
	}
	switch {
	case f.Cuts():
		w.faults.cuts = append(w.faults.cuts, i)
	case f.Clog != nil:
		w.faults.clogs = append(w.faults.clogs, i)
	case f.Weather != nil:
		w.faults.links = inOrder(w.faults.links, i)
		x := f.Weather.Over(w.weather)
		st.net = weather.NewOdds(x, w.models.Weights(x.Delay()))
	case !f.Crash.IsZero():
		w.crashAll(i, until)
	case !f.Pause.IsZero():
		st.struck = append(st.struck[:0], w.targets(i, 0, &f.Pause)...)
		for _, id := range st.struck {
			w.pause(&w.actors[id])
		}
	}
	w.chooseWays()
	w.changed()
}

// spellOf files the end of a fault that begins, where that is not filed yet, and
// says when it is.
func (w *World[M, D]) spellOf(i int) Time {
	f, st := w.scenario.FaultAt(i), &w.faults.list[i]
	until := f.Until
	if f.For != nil {
		spell := f.For.Min
		if st.spell != nil {
			spell += Time(w.chance.Choose(w.faultKey(chance.Spell, i, 0), st.spell))
		}
		until = min(until, w.queue.Now()+spell)
	}
	switch {
	case until < faults.Forever && !f.Timed():
		st.end = w.push(max(until, w.queue.Now()), w.chanceKey(observe.FaultEnds, i))
	case w.search != nil && f.EndsByClock(): // without time it must not come before the beginning
		w.push(until, eventKey(observe.FaultEnds, 0, 0, uint32(i)))
	}
	return until
}

// crashAll takes down those whom a fault means, until a time or until the fault
// is over.
func (w *World[M, D]) crashAll(i int, until Time) {
	f, st := w.scenario.FaultAt(i), &w.faults.list[i]
	if w.byHand(i) || !f.Timed() && (until < faults.Forever || f.UntilWhen != nil) {
		until = untilHealed
	}
	st.struck = append(st.struck[:0], w.targets(i, 0, &f.Crash)...)
	for _, id := range st.struck {
		if e := &w.actors[id]; until < faults.Forever || w.mayGo(id) {
			e.cause = uint32(w.events)
			w.crash(e, until)
		}
	}
	if until != untilHealed {
		st.struck = st.struck[:0] // nobody waits for the end of the fault
	}
}

// mayGo says whether an actor may go down for good: it may, unless the scenario
// spares a quorum and this would be one member too many.
func (w *World[M, D]) mayGo(id ID) bool {
	if !w.scenario.SpareQuorum || !w.members.Has(id) || w.actors[id].gone {
		return true
	}
	return w.members.Len()-w.goneMembers-1 >= w.scenario.LeastAble()
}

// faultEnds is the event of a fault that is over at a time.
func (w *World[M, D]) faultEnds(ev *event[M]) {
	i := faultOf(ev.key)
	w.emitEvent(ev, ev.key, w.scenario.FaultAt(i).Name)
	w.faults.list[i].end = 0
	w.endFault(i)
}

// endFault makes a fault be over.
func (w *World[M, D]) endFault(i int) {
	f, st := w.scenario.FaultAt(i), &w.faults.list[i]
	if !st.on {
		return
	}
	w.change()
	st.on = false
	if st.until > 0 {
		w.faults.moments.StopAwaiting(st.until - 1)
	}
	if st.end != 0 {
		w.takeBack(st.end)
		st.end = 0
	}
	switch {
	case f.Cuts():
		w.faults.cuts = without(w.faults.cuts, i)
	case f.Clog != nil:
		w.faults.clogs = without(w.faults.clogs, i)
		w.unclog()
	case f.Weather != nil:
		w.faults.links = without(w.faults.links, i)
	case !f.Crash.IsZero():
		for _, id := range st.struck {
			w.release(id)
		}
	case !f.Pause.IsZero():
		for _, id := range st.struck {
			w.resume(&w.actors[id])
		}
	}
	w.chooseWays()
	if f.ByChance() {
		w.nextStrike(i, w.queue.Now())
	}
	w.changed()
}

// chooseWays says whether messages must take the long way.
func (w *World[M, D]) chooseWays() {
	w.slowArrive = w.fullNetwork || w.faults.cut() || len(w.faults.clogs) != 0
	w.slowSend = w.slowArrive || w.search != nil
}

// inOrder puts an index into a list, which stays sorted.
func inOrder(list []int, i int) []int {
	list = append(list, i)
	for j := len(list) - 1; j > 0 && list[j-1] > list[j]; j-- {
		list[j-1], list[j] = list[j], list[j-1]
	}
	return list
}
