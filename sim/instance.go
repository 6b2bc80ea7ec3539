package sim

import (
	"cmp"
	"slices"

	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
)

// Goal is what a run must reach to end. Every actor that is up or will come back has
// learned the decisions of so many instances, from 0 on ([Env.Decide]). Every scripted
// request has its answer ([Env.Answer]), nobody is busy ([Env.Busy]), and every fault with
// a stated time has begun. A run that does not reach it lasts to one of its limits, or
// until nothing is left to happen. The zero Goal is instance 0 alone; there is none
// without a decision.
//
// The verdict looks at decisions alone: a run in which all have learned is decided, also
// if a client waits for its answer in vain. [Outcome].Operations tells of that.
type Goal struct {
	Instances Instance // how many; 0 counts as 1
	Learners  []ID     // who is to learn; nil: every actor. A protocol in which some actors never learn names the others
}

// Decision is what became of an instance in a run.
type Decision struct {
	Instance    Instance
	Chosen      Chosen // the first value of it that was chosen; zero: none, or nobody counted votes
	ChosenTime  Time   // when it was
	Value       Value  // the first decision of it made known; 0: none
	Under       Round  // the round of it
	DecideTime  Time   // when it was
	Delays      uint32
	Learned     int    // how many actors know it at the end of the run, and have not forgotten it in a crash
	AllLearned  bool   // all know it that the run waits for, and there is one at least
	LearnedTime Time   // since when; 0 if not AllLearned
	LearnedAt   []Time // by actor from 1 on: since when it has known it; -1: it does not. The world's own, see Runner.Run
}

// instances is what a world keeps by instance. A protocol that decides instance 0
// alone has none: that one is in actorState.learned and in the Outcome.
type instances struct {
	goal Instance   // how many make up the goal, at least 1
	list []learning // in their order; instance 0 only if the goal is of more than that
	told []Decision // scratch, for the Outcome
	zero Decision   // that of instance 0
}

// learning is the state of an instance in a run.
type learning struct {
	Decision         // LearnedTime stays what it was while not all know it
	values   []Value // by actor: what it has learned; 0: nothing
	awaited  int     // how many of those know it that the run waits for
}

// holds says whether an instance is kept here.
func (x *instances) holds(i Instance) bool { return i != 0 || x.goal > 1 }

// reset forgets a run, and keeps the memory.
func (x *instances) reset() { x.list = x.list[:0] }

// forget makes an actor know nothing any more. waited: the run waits for it.
func (x *instances) forget(id ID, waited bool) {
	for k := range x.list {
		l := &x.list[k]
		if l.values[id] == 0 {
			continue
		}
		l.values[id], l.LearnedAt[id] = 0, -1
		l.Learned--
		if waited {
			l.awaited--
		}
	}
}

// learn notes that an actor has learned a decision. waited: the run waits for it.
func (l *learning) learn(id ID, v Value, now Time, waited bool) (isNew bool) {
	if isNew = l.values[id] == 0; isNew {
		l.LearnedAt[id] = now
		l.Learned++
		if waited {
			l.awaited++
		}
	}
	l.values[id] = v
	return isNew
}

// update notes for each instance whether all awaited actors know it, and since when.
// awaited is how many actors the run waits for.
func (x *instances) update(awaited int, now Time) {
	for k := range x.list {
		x.list[k].update(awaited, now)
	}
}

func (l *learning) update(awaited int, now Time) {
	all := awaited > 0 && l.awaited == awaited
	if all && !l.AllLearned {
		l.LearnedTime = now
	}
	l.AllLearned = all
}

// await notes that from now on the run waits for so many actors alone, which waited
// tells.
func (x *instances) await(awaited int, waited func(id ID) bool, now Time) {
	for k := range x.list {
		l := &x.list[k]
		l.awaited = 0
		for id, v := range l.values {
			if v != 0 && waited(ID(id)) {
				l.awaited++
			}
		}
		l.update(awaited, now)
	}
}

// of is the state of an instance, made if it is not there. The pointer is good until the
// next call.
func (x *instances) of(i Instance, actors int) *learning {
	at := len(x.list)
	if at > 0 && x.list[at-1].Instance >= i { // it is new, or the last, in most cases
		at, _ = slices.BinarySearchFunc(x.list, i, func(l learning, i Instance) int { return cmp.Compare(l.Instance, i) })
	}
	if at == len(x.list) || x.list[at].Instance != i {
		x.insert(at, i, actors)
	}
	return &x.list[at]
}

// insert makes an instance at a place, with the memory of one that was there before.
func (x *instances) insert(at int, i Instance, actors int) {
	n := len(x.list)
	if n < cap(x.list) {
		x.list = x.list[:n+1]
	} else {
		x.list = append(x.list, learning{})
	}
	l := x.list[n]
	copy(x.list[at+1:], x.list[at:n])
	if l.values == nil {
		l.values, l.LearnedAt = make([]Value, actors+1), make([]Time, actors+1)
	}
	clear(l.values)
	for id := range l.LearnedAt {
		l.LearnedAt[id] = -1
	}
	x.list[at] = learning{Decision: Decision{Instance: i, LearnedAt: l.LearnedAt}, values: l.values}
}

// outcomes lists the instances: 0, if it is kept here, and those above it.
func (x *instances) outcomes() (zero *Decision, above []Decision) {
	x.told = x.told[:0]
	for k := range x.list {
		d := x.list[k].Decision
		if !d.AllLearned {
			d.LearnedTime = 0
		}
		if d.Instance == 0 {
			x.zero = d
			zero = &x.zero
		} else {
			x.told = append(x.told, d)
		}
	}
	return zero, x.told
}

// mix mixes in what an actor has learned above instance 0, up to the last that it
// knows.
func (x *instances) mix(d *Digest, id ID) {
	next := Instance(1)
	for k := range x.list {
		l := &x.list[k]
		if l.Instance == 0 || l.values[id] == 0 {
			continue
		}
		for ; next < l.Instance; next++ {
			d.Mix(0)
		}
		d.Mix(uint64(l.values[id]))
		next++
	}
}

// decide makes an actor's decision of an instance known.
func (w *World[M, D]) decide(e *Env[M, D], i Instance, v Value, under Round) {
	w.digest.Mix(uint64(opDecide)<<56 | uint64(e.self)<<32 | uint64(v))
	if i != 0 {
		w.digest.Mix(uint64(i))
	}
	w.digest.Mix(uint64(under))
	isNew, now := e.learned == 0, w.queue.Now()
	if i == 0 {
		e.learned = v
	}
	if w.instances.holds(i) {
		isNew = w.decideOf(e, i, v, under)
	}
	if isNew && i < w.instances.goal {
		if e.missing--; e.missing == 0 {
			w.learnedAt[e.self] = now
			if w.awaits(e) {
				w.unlearned--
				w.learned(false)
			}
		}
	}
	if i == 0 && w.result.Value == 0 {
		w.result.DecideTime, w.result.Value, w.result.Under = now, v, under
		w.result.Delays = e.depth
	}
	w.result.Decisions++
	w.saw(e, i, v, under)
	if e.slow&alert != 0 {
		w.trigger(e, triggers.Decides, 0)
	}
}

// decideOf notes a decision of an instance that is kept by instance, and says
// whether it is new to the actor.
func (w *World[M, D]) decideOf(e *Env[M, D], i Instance, v Value, under Round) (isNew bool) {
	l, now := w.instances.of(i, w.n), w.queue.Now()
	if l.Value == 0 {
		l.Value, l.Under, l.DecideTime, l.Delays = v, under, now, e.depth
	}
	isNew = l.learn(e.self, v, now, w.awaits(e))
	l.update(w.awaited, now)
	return isNew
}

// saw tells whoever watches of a decision.
func (w *World[M, D]) saw(e *Env[M, D], i Instance, v Value, under Round) {
	if e.slow&watched == 0 {
		return
	}
	if len(w.observers) != 0 {
		w.emit(observe.Entry{What: observe.Decided, Actor: e.self, N: uint32(i), Cause: uint64(e.cause), Text: ofInstance(i) + w.placed(v, under), Round: under, Said: Chosen{Value: v, Under: under, Instance: i}})
	}
	if w.history != nil {
		w.breach(w.history.Decided(e.self, i, v, under))
	}
}

// ofInstance begins a text about an instance, if it is not the only one.
func ofInstance(i Instance) string {
	if i == 0 {
		return ""
	}
	return "instance " + itoa(int(i)) + ": "
}
