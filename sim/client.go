package sim

import (
	"iter"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// ScriptedRequest is a request of the scenario: a client asks an actor, at a stated time,
// to have a value decided, or whatever else the protocol's operations are.
type ScriptedRequest struct {
	Actor  ID            // 0: any actor, by a choice
	At     Time          // when; the actor proposes at once
	Spread *delays.Delay // how much later, by a choice: from 0 ticks on; nil: not at all. Searched runs have no time, and ask nothing
	Name   string        // of the value; "": made of the actor's number and a letter
	Do     uint8         // what is asked for: an index into [Vocabulary].Operations
	Key    string        // of what; "": nothing is named
}

// Latest is when the client asks at the latest.
func (r *ScriptedRequest) Latest() Time {
	if r.Spread == nil {
		return r.At
	}
	return r.At + r.Spread.Max
}

// clients is the world outside that asks. A request outlives a crash of its actor:
// the client asks again, with a new value unless the scenario names it, until it
// has its answer.
type clients struct {
	requests   []request   // those by chance, if there are, one an actor; then those by the script
	byChance   int         // how many are by chance: as many as actors, or 0
	asks       []uint32    // by actor: how many values were made for it
	open       int         // what the run lasts for: scripted requests without an answer, and actors at work
	operations []Operation // what was begun, by RequestID less 1
	names      []string    // of the values and the keys that the scenario names, from Value 1
	named      []namedAsk  // by request of the scenario
	n          int
}

type request struct {
	actor  ID
	at     Time // when it is made first
	do     uint8
	op     RequestID // what it has begun last; 0: nothing yet
	name   Value     // the value that the scenario names; 0: none
	key    Value     // the key that it names; 0: none
	chance bool      // the actor proposes when chance says so
	open   bool      // the run lasts until it has its answer
	known  bool      // the actor knows of it, and has not crashed since
	ended  bool      // it has its answer
	gone   bool      // its actor is down for ever
}

// namedAsk is what a request of the scenario names.
type namedAsk struct{ value, key Value }

func newClients(s *Scenario) clients {
	c := clients{n: s.Actors, asks: make([]uint32, s.Actors+1)}
	if s.ByChance {
		c.byChance = s.Actors
	}
	c.requests = make([]request, c.byChance+len(s.Requests))
	if s.Core != nil {
		c.requests = append(c.requests, request{}) // of the core's leader
	}
	known := map[string]Value{"": 0}
	name := func(text string) Value {
		v, is := known[text]
		if !is {
			c.names = append(c.names, text)
			v = Value(len(c.names))
			known[text] = v
		}
		return v
	}
	for _, r := range s.Requests {
		c.named = append(c.named, namedAsk{value: name(r.Name), key: name(r.Key)})
	}
	return c
}

// openRequests files the requests of the scenario, at the start of a run.
func (w *World[M, D]) openRequests() {
	c, s := &w.clients, w.scenario
	clear(c.asks)
	c.open, c.operations = 0, c.operations[:0]
	i := 0
	if s.ByChance {
		for ; i < s.Actors; i++ {
			c.requests[i] = request{actor: ID(i + 1), chance: true}
			w.push(0, eventKey(observe.Asked, 0, ID(i+1), uint32(i)))
		}
	}
	for j := range s.Requests {
		r := &s.Requests[j]
		actor := r.Actor
		if actor == 0 {
			key := scheduler.MakeKey(chance.Pick, 0, 0, 0, uint32(j+1))
			actor = ID(1 + w.chance.Pick(key, uint32(w.n)))
		}
		at := r.At
		if r.Spread != nil && w.search == nil {
			at += w.spread(j)
		}
		c.requests[i] = request{actor: actor, at: at, do: r.Do, name: c.named[j].value, key: c.named[j].key, open: true}
		c.open++
		w.push(at, eventKey(observe.Asked, 0, actor, uint32(i)))
		i++
	}
	if s.Core != nil {
		c.requests[i] = request{}
	}
}

// spread is how much later than its earliest time the client of a request of the
// scenario asks.
func (w *World[M, D]) spread(request int) Time {
	d := *w.scenario.Requests[request].Spread
	key := scheduler.MakeKey(chance.When, 0, 0, 0, uint32(request+1))
	if weights := w.models.Weights(d); weights != nil {
		return Time(w.chance.Choose(key, weights))
	}
	return Time(w.chance.Pick(key, uint32(d.Max)+1))
}

// askLeader makes the request of a core's leader the only one that the run lasts for.
func (w *World[M, D]) askLeader(id ID) {
	c := &w.clients
	for i := range c.requests {
		c.close(&c.requests[i])
	}
	for i := range w.actors {
		c.rest(&w.actors[i].actorState)
	}
	c.requests[len(c.requests)-1] = request{actor: id, open: true}
	c.open++
	w.push(w.queue.Now(), eventKey(observe.Asked, 0, id, uint32(len(c.requests)-1)))
}

// ask hands a request to its actor. If that is down, the client waits until it
// is back.
func (w *World[M, D]) ask(e *Env[M, D], ev *event[M]) {
	c := &w.clients
	r := &c.requests[ev.key.Count()]
	if e.slow&dead != 0 || r.gone || r.ended {
		return
	}
	if !r.known {
		r.known = true
		e.clients++
	}
	x := c.begin(int(ev.key.Count()), w.queue.Now())
	w.result.Asked++
	w.digest.Mix(uint64(x.Value))
	if x.Do != 0 || x.Key != 0 {
		w.digest.Mix(uint64(x.Do)<<32 | uint64(x.Key))
	}
	e.depth = e.reached
	if e.slow&watched != 0 {
		if len(w.observers) != 0 {
			asked := w.entryOf(ev, ev.key)
			asked.Text, asked.Said = w.asks(&x), x
			w.emit(asked)
		}
		if w.history != nil {
			w.breach(w.history.Requested(e.self, x))
		}
	}
	e.actor.Request(e, x)
}

// begin is what a request asks for now. It is the same operation as before if the
// scenario names the value; else the client has let go of what it asked for.
func (c *clients) begin(i int, now Time) Request {
	r := &c.requests[i]
	if r.op != 0 && r.name != 0 {
		return c.operations[r.op-1].Request
	}
	v := r.name
	if v == 0 {
		v = Value(len(c.names)) + 1 + Value(uint32(r.actor-1)+uint32(c.n)*c.asks[r.actor])
		c.asks[r.actor]++
	}
	r.op = RequestID(len(c.operations) + 1)
	n := len(c.operations)
	if n == cap(c.operations) {
		c.operations = append(c.operations, Operation{})
	}
	c.operations = c.operations[:n+1]
	x := &c.operations[n]
	x.ID, x.Do, x.Key, x.Value, x.Chance = r.op, r.do, r.key, v, r.chance
	x.Actor, x.Asked, x.Answered, x.Result, x.asker = r.actor, now, faults.Forever, 0, int32(i)
	return x.Request
}

// askAgain makes the clients of an actor that has come back ask once more, if
// they asked before (or wanted to while it was down) and have no answer.
func (w *World[M, D]) askAgain(id ID) {
	for i, r := range w.clients.of(id) {
		if r.ended || r.gone || r.op == 0 && w.askTime(i) > w.queue.Now() {
			continue
		}
		w.push(w.queue.Now(), eventKey(observe.Asked, 0, id, uint32(i)))
	}
}

// askTime is when the request number i is made first.
func (w *World[M, D]) askTime(i int) Time {
	if i < w.clients.byChance {
		return 0
	}
	if i-w.clients.byChance >= len(w.scenario.Requests) {
		return faults.Forever // a core's leader is asked once it is named
	}
	return w.clients.requests[i].at
}

// of is the requests of an actor with their numbers: the one that it has by
// chance, if everybody has, and those by the script.
func (c *clients) of(id ID) iter.Seq2[int, *request] {
	return func(yield func(int, *request) bool) {
		if c.byChance > 0 && !yield(int(id)-1, &c.requests[id-1]) {
			return
		}
		for i := c.byChance; i < len(c.requests); i++ {
			if r := &c.requests[i]; r.actor == id && !yield(i, r) {
				return
			}
		}
	}
}

// hangUp ends the work of an actor that goes down, and with it all that it knew of
// its clients.
func (w *World[M, D]) hangUp(e *Env[M, D]) {
	w.clients.rest(&e.actorState)
	if e.clients == 0 {
		return
	}
	e.clients = 0
	for _, r := range w.clients.of(e.self) {
		r.known = false
	}
}

// gone closes the requests of an actor that will not come back.
func (c *clients) gone(id ID) {
	for _, r := range c.of(id) {
		r.gone = true
		c.close(r)
	}
}

// close notes that the run need not last for a request.
func (c *clients) close(r *request) {
	if r.open {
		r.open = false
		c.open--
	}
}

// work makes the run last for an actor.
func (c *clients) work(e *actorState) {
	if !e.busy {
		e.busy = true
		c.open++
	}
}

// rest notes that the run need not last for an actor.
func (c *clients) rest(e *actorState) {
	if e.busy {
		e.busy = false
		c.open--
	}
}

// ValueName is the name of a value: the scenario's, or the number of the actor
// that was asked and a letter, 2a, then 2b.
func (w *World[M, D]) ValueName(v Value) string {
	c := &w.clients
	switch {
	case v == 0:
		return "-"
	case int(v) <= len(c.names):
		return c.names[v-1]
	}
	k := uint32(v) - uint32(len(c.names)) - 1
	return madeName(ID(1+k%uint32(c.n)), k/uint32(c.n))
}

// madeName is the k-th name made for a value of an actor: 2a … 2z, 2aa, 2ab, …
func madeName(id ID, k uint32) string {
	letters := []byte{byte('a' + k%26)}
	for k /= 26; k > 0; k /= 26 {
		k--
		letters = append([]byte{byte('a' + k%26)}, letters...)
	}
	return itoa(int(id)) + string(letters)
}
