package sim

// Instance is the number of one of the decisions that a protocol makes: the place
// in a log, for one that orders commands. A protocol that decides once has instance
// 0 alone.
type Instance uint32

// MaxInstance is the greatest number of an instance.
const MaxInstance = 1<<20 - 1

// Round is a round of a protocol, such as a ballot: what is decided is decided in
// one. [Rounds] turns it into text.
type Round uint64

// Goal is what a run is to come to, so that it can end: every actor that is up or
// will come back has learned the decisions of so many instances, from 0 on, every
// scripted request has its answer, and nobody is busy ([Env.Busy]). The zero Goal is instance 0 alone.
type Goal struct {
	Instances Instance // how many; 0 counts as 1
}

// Decision is what became of an instance in a run.
type Decision struct {
	Instance   Instance
	Value      Value // the first decision of it made known
	Under      Round // the round of it
	DecideTime Time  // when it was
	Delays     uint32
	Learned    int // how many actors know it at the end of the run, and have not forgotten it in a crash
}

// instances is what a world keeps about those above 0. Instance 0, which most
// protocols have alone, is in actorState.learned and in the Outcome.
type instances struct {
	goal    Instance // how many make up the goal, at least 1
	decided []Decision
	known   [][]Value // by actor, and by instance less 1: what it has learned
}

// reset forgets a run, and keeps the memory.
func (x *instances) reset() {
	x.decided = x.decided[:0]
	for i := range x.known {
		x.known[i] = x.known[i][:0]
	}
}

// forget makes an actor know nothing any more.
func (x *instances) forget(id ID) {
	if x.known != nil {
		x.known[id] = x.known[id][:0]
	}
}

// learn notes that an actor has learned a decision of an instance above 0, and says
// whether that is new to it.
func (x *instances) learn(id ID, i Instance, v Value, actors int) bool {
	if x.known == nil {
		x.known = make([][]Value, actors+1)
	}
	list := x.known[id]
	for int(i) > len(list) {
		list = append(list, 0)
	}
	x.known[id] = list
	is := list[i-1] == 0
	list[i-1] = v
	return is
}

// of is what is kept of an instance above 0, made if it is not there.
func (x *instances) of(i Instance) *Decision {
	at := 0
	for at < len(x.decided) && x.decided[at].Instance < i {
		at++
	}
	if at == len(x.decided) || x.decided[at].Instance != i {
		x.decided = append(x.decided, Decision{})
		copy(x.decided[at+1:], x.decided[at:])
		x.decided[at] = Decision{Instance: i}
	}
	return &x.decided[at]
}

// outcomes lists the instances above 0, with who knows them.
func (x *instances) outcomes() []Decision {
	for k := range x.decided {
		d := &x.decided[k]
		d.Learned = 0
		for _, list := range x.known {
			if int(d.Instance) <= len(list) && list[d.Instance-1] != 0 {
				d.Learned++
			}
		}
	}
	return x.decided
}

// decide makes an actor's decision of an instance known.
func (w *World[M, D]) decide(e *Env[M, D], i Instance, v Value, under Round) {
	w.digest.Mix(uint64(opDecide)<<56 | uint64(e.self)<<32 | uint64(v))
	if i != 0 {
		w.digest.Mix(uint64(i))
	}
	w.digest.Mix(uint64(under))
	isNew := e.learned == 0
	if i == 0 {
		e.learned = v
	} else {
		isNew = w.instances.learn(e.self, i, v, w.n)
	}
	now := w.queue.Now()
	if isNew && i < w.instances.goal {
		if e.missing--; e.missing == 0 {
			w.learnedAt[e.self] = now
			if w.awaits(e) {
				w.unlearned--
				w.learned(false)
			}
		}
	}
	if i != 0 {
		if d := w.instances.of(i); d.Value == 0 {
			d.Value, d.Under, d.DecideTime, d.Delays = v, under, now, e.depth
		}
	} else if w.result.Value == 0 {
		w.result.DecideTime, w.result.Value, w.result.Under = now, v, under
		w.result.Delays = e.depth
	}
	w.result.Decisions++
	w.saw(e, i, v, under)
	if e.slow&alert != 0 {
		w.notice(e, Decides, 0)
	}
}

// saw tells whoever watches of a decision.
func (w *World[M, D]) saw(e *Env[M, D], i Instance, v Value, under Round) {
	if e.slow&watched == 0 {
		return
	}
	if len(w.observers) != 0 {
		text := w.placed(v, under)
		if i != 0 {
			text = "instance " + itoa(int(i)) + ": " + text
		}
		w.emit(Entry{What: Decided, Actor: e.self, N: uint32(i), Cause: uint64(e.cause), Text: text, Round: under, Said: Chosen{Value: v, Under: under, Instance: i}})
	}
	if w.history != nil {
		w.breach(w.history.Decided(e.self, i, v, under))
	}
}
