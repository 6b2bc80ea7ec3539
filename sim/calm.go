package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// calming is how the weather calms, and what is awaited of a core after that.
type calming struct {
	calmAt       Time    // when what happens by chance is over; 0: never
	calmed       bool    // it is
	named        ids.Set // a core is drawn from these; empty: from all
	coreIDs      []ID
	spare        []ID                 // scratch
	stormLast    Time                 // when the last message so far arrives, if there is to be a core
	calmArrived  Time                 // when all has arrived that the storm left behind
	awaitingCalm bool                 // that is what the limit on time stands for
	bound        func(saves int) Time // Plan.Bound
	deadline     Time                 // when the core must have learned; 0: not known yet
}

// membership is which actors count, which are gone, and which have learned.
type membership struct {
	members     ids.Set // whose acks are counted
	doomed      ids.Set // whom the script takes down for good
	goneMembers int     // how many are down for good
	learners    ids.Set // who is to learn; empty: every actor
	awaited     int     // actors that are up or will come back, or those of a core
	learnedAt   []Time  // by actor: since when it has learned; -1: it has not
	unlearned   int     // of those who are awaited, how many have not learned
}

// setWeather makes the network and the crashes by chance those of a period, or
// calm ones.
func (w *World[M, D]) setWeather(n weather.Network, crashes scheduler.Probability) {
	w.tally()
	w.weather = n
	w.net = weather.NewOdds(n, w.models.Weights(n.Delay()))
	w.crashes = scheduler.Coin(crashes.Threshold())
	for i := range w.faults.links {
		k := w.faults.links[i]
		x := w.scenario.Faults[k].Weather.Over(n)
		if w.calmed {
			x = x.Calmed()
		}
		w.faults.list[k].net = weather.NewOdds(x, w.models.Weights(x.Delay()))
	}
	for i := 1; i <= w.n; i++ {
		e := &w.actors[i]
		e.slow &^= mayCrash
		if crashes > 0 && !w.faults.core.Has(e.self) {
			e.slow |= mayCrash
		}
	}
}

// period begins the i-th period.
func (w *World[M, D]) period(i int) {
	s := w.scenario
	x := &s.Periods[i]
	crashes := s.Crashes.Chance
	if x.Crashes != weather.Same {
		crashes = x.Crashes
	}
	w.setWeather(x.Weather.Over(s.Network), crashes)
	if i+1 < len(s.Periods) {
		w.push(w.queue.Now()+x.For, eventKey(observe.PeriodBegins, 0, 0, uint32(i+1)))
	}
}

// calm ends what happens by chance for good: everywhere, or within a core.
func (w *World[M, D]) calm(ev *event[M]) {
	w.emitEvent(ev, ev.key, "")
	core := w.scenario.Core != nil && w.drawCore()
	w.change()
	if core {
		w.calmCore()
	} else {
		w.calmAll()
	}
	w.changed()
	if core {
		w.lead()
	}
}

// calmAll ends what happens by chance everywhere.
func (w *World[M, D]) calmAll() {
	w.calmed = true
	w.setWeather(w.scenario.Network.Calmed(), 0)
	for i := range w.faults.list {
		if w.scenario.FaultAt(i).ByChance() {
			w.endFault(i)
		}
	}
}

// awaitLearners makes the run wait for all that its goal names.
func (w *World[M, D]) awaitLearners() {
	w.awaited = w.n
	if w.learners.Len() > 0 {
		w.awaited = w.learners.Len()
	}
	w.unlearned = w.awaited
}

// drawCore draws a quorum of the members that are not down for good, and who of
// it keeps the role, and says whether there is one.
func (w *World[M, D]) drawCore() bool {
	s := w.scenario
	left := w.spare[:0]
	for id := w.members.Next(0); id != 0; id = w.members.Next(id) {
		if !w.actors[id].gone && !w.doomed.Has(id) && (s.Core.Group == aims.Everyone || w.named.Has(id)) {
			left = append(left, id)
		}
	}
	quorum := s.LeastAble()
	if len(left) < quorum {
		return false
	}
	if s.Core.Group == aims.Listed {
		quorum = len(left)
	}
	core := &w.faults.core
	for k := range quorum {
		j := w.chance.Pick(scheduler.MakeKey(chance.Core, 0, 0, uint16(k+1), 1), uint32(len(left)))
		core.Add(left[j])
		left = append(left[:j], left[j+1:]...)
	}
	w.spare = left
	nth := w.chance.Pick(scheduler.MakeKey(chance.Leader, 0, 0, 0, 1), uint32(core.Len()))
	id := core.Next(0)
	for range nth {
		id = core.Next(id)
	}
	w.faults.leader = id
	return true
}

// calmCore gives the core calm: its actors come back and go on, nothing is lost,
// doubled, damaged or cut between them, and none crashes. What is broken outside
// stays broken, and nothing gets in or out any more.
func (w *World[M, D]) calmCore() {
	s, core := w.scenario, &w.faults.core
	w.calmed = true
	w.stormLast = max(w.stormLast, w.queue.Now()+w.net.DelayMin) // what an actor sends to itself takes so long
	w.setWeather(s.Network.Calmed(), s.Crashes.Chance)
	for id := core.Next(0); id != 0; id = core.Next(id) {
		e := &w.actors[id]
		w.coreIDs = append(w.coreIDs, id)
		w.digest.Mix(uint64(opCore)<<58 | uint64(id))
		if e.pauses > 0 {
			e.pauses = 1
			w.resume(e)
		}
		if e.slow&dead != 0 {
			e.holds = 0
			w.cancelRestart(e)
			w.restartAt(e, w.queue.Now())
		}
	}
	for i := range w.faults.list {
		st := &w.faults.list[i]
		keep := st.struck[:0]
		for _, id := range st.struck {
			if !core.Has(id) {
				keep = append(keep, id)
			}
		}
		st.struck = keep
	}
	w.unclog()
	all := w.unlearned <= 0
	w.awaited, w.unlearned = 0, 0
	for id := core.Next(0); id != 0; id = core.Next(id) {
		if !w.awaits(&w.actors[id]) {
			continue
		}
		w.awaited++
		if w.actors[id].missing > 0 {
			w.unlearned++
		}
	}
	w.learned(all)
	w.instances.await(w.awaited, func(id ID) bool { return w.awaits(&w.actors[id]) }, w.queue.Now())
	w.faults.toCome = 0
	w.chooseWays()
}

// lead makes one of the core keep the role: it is asked for a round. What was
// sent up to here are the storm's messages.
func (w *World[M, D]) lead() {
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Elected, Actor: w.faults.leader, Cause: w.events, Text: setText(&w.faults.core)})
	}
	w.askLeader(w.faults.leader)
	w.push(w.stormLast, eventKey(observe.StormOver, 0, 0, 0))
	w.calmArrived = w.arrivesBy()
}

// stormOver is the arrival of the storm's last message.
func (w *World[M, D]) stormOver(ev *event[M]) {
	w.emitEvent(ev, ev.key, "")
	w.result.StormOver = w.queue.Now()
	if w.bound == nil {
		return
	}
	w.calmArrived = max(w.calmArrived, w.queue.Now())
	if w.limits.Time > w.calmArrived {
		w.limits.Time, w.awaitingCalm = w.calmArrived, true
	}
}

// arrivesBy is when all has arrived that the core had on its way or asked for
// when the weather calmed: what its disks held back leaves once they have worked
// that off.
func (w *World[M, D]) arrivesBy() Time {
	s := w.scenario
	own := s.Network.DelayMin // of what an actor sends to itself: the least delay of its period
	for i := range s.Periods {
		if d := s.Periods[i].Delay; d != nil {
			own = max(own, d.Min)
		}
	}
	at := w.queue.Now() + own
	if n := w.backlog(); n > 0 {
		at = max(at, w.queue.Now()+Time(n)*s.Disk.Sync+s.Network.DelayMax+s.Network.Added())
	}
	return at
}

// backlog is how many saves an actor of the core has still to do, at most.
func (w *World[M, D]) backlog() int {
	most := 0
	for id := w.faults.core.Next(0); id != 0; id = w.faults.core.Next(id) {
		e := &w.actors[id]
		if e.slow&waiting == 0 {
			continue
		}
		n := 1
		for _, x := range e.disk.outbox.each() {
			if x.op == opSave || x.op == opSync {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// extend is called when the limit on time has come, and says whether the run goes on
// nevertheless. It does if it was at its goal before and no longer is. It also does if all has
// arrived at that time that the storm left. From there on the time counts in which the core
// must have learned. How long that is depends on what its disks have still to do.
func (w *World[M, D]) extend() bool {
	if w.lingering {
		return w.lingersOn()
	}
	if !w.awaitingCalm {
		return false
	}
	w.awaitingCalm = false
	w.result.StormOver = w.calmArrived
	w.deadline = w.calmArrived + w.bound(w.backlog())
	w.result.Deadline = w.deadline
	w.limits.Time = min(w.scenario.Limits.Time, w.deadline)
	return w.queue.Now() <= w.limits.Time
}

// setText lists the actors of a set: "1, 2, 5".
func setText(s *ids.Set) string {
	text := ""
	for id := s.Next(0); id != 0; id = s.Next(id) {
		if text != "" {
			text += ", "
		}
		text += itoa(int(id))
	}
	return text
}
