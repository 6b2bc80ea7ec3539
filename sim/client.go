package sim

import (
	"iter"

	"github.com/paxsim/paxsim/scheduler"
)

// Ask is a request of the scenario: a client asks an actor, at a stated time,
// to have a value decided.
type Ask struct {
	Actor ID     // 0: any actor, by a choice
	At    Time   // when; the actor proposes at once
	Name  string // of the value; "": made of the actor's number and a letter
}

// clients is the world outside that asks for decisions. A request outlives a
// crash of its actor: the client asks again, with a new value unless the
// scenario names it, until the actor has learned a decision.
type clients struct {
	requests []request // those by chance, if there are, one an actor; then those by the script
	byChance int       // how many are by chance: as many as actors, or 0
	asks     []uint32  // by actor: how many values were made for it
	open     int       // scripted requests of which the work is not done
	names    []string  // of the values that the scenario names, from Value 1
	named    []Value   // by request of the scenario: the value that it names; 0: none
	n        int
}

type request struct {
	actor  ID
	value  Value // the last one asked for; 0: none yet
	name   Value // the value that the scenario names; 0: none
	chance bool  // the actor proposes when chance says so
	open   bool
	served bool // its actor has learned a decision
	asked  bool // the actor knows of it
	gone   bool // its actor is down for ever
}

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
	for _, r := range s.Requests {
		v, is := known[r.Name]
		if !is {
			c.names = append(c.names, r.Name)
			v = Value(len(c.names))
			known[r.Name] = v
		}
		c.named = append(c.named, v)
	}
	return c
}

// openRequests files the requests of the scenario, at the start of a run.
func (w *World[M, D]) openRequests() {
	c, s := &w.clients, w.scenario
	clear(c.asks)
	c.open = 0
	i := 0
	if s.ByChance {
		for ; i < s.Actors; i++ {
			c.requests[i] = request{actor: ID(i + 1), chance: true}
			w.push(0, eventKey(Asked, 0, ID(i+1), uint32(i)))
		}
	}
	for j := range s.Requests {
		r := &s.Requests[j]
		actor := r.Actor
		if actor == 0 {
			key := scheduler.MakeKey(whatPick, 0, 0, 0, uint32(j+1))
			actor = ID(1 + w.chance.pick(key, uint32(w.n)))
		}
		c.requests[i] = request{actor: actor, name: c.named[j], open: true}
		c.open++
		w.push(r.At, eventKey(Asked, 0, actor, uint32(i)))
		i++
	}
	if s.Core != nil {
		c.requests[i] = request{}
	}
}

// lead makes the request of a core's leader the only one that anybody waits for.
func (c *clients) lead(id ID) {
	for i := range c.requests {
		c.close(&c.requests[i])
	}
	c.requests[len(c.requests)-1] = request{actor: id, open: true}
	c.open = 1
}

// ask hands a request to its actor. If that is down, the client waits until it
// is back.
func (w *World[M, D]) ask(e *Env[M, D], ev *event[M]) {
	c := &w.clients
	r := &c.requests[ev.key.Count()]
	if e.slow&dead != 0 || r.gone {
		return
	}
	r.value = r.name
	if r.value == 0 {
		r.value = Value(len(c.names)) + 1 + Value(uint32(r.actor-1)+uint32(c.n)*c.asks[r.actor])
		c.asks[r.actor]++
	}
	r.asked = true
	if !r.chance && !r.open {
		r.open = true
		c.open++
	}
	w.result.Asked++
	w.digest.Mix(uint64(r.value))
	e.depth = e.reached
	if e.slow&watched != 0 {
		if len(w.observers) != 0 {
			w.emitEvent(ev, ev.key, w.ValueName(r.value))
		}
		if w.history != nil {
			w.breach(w.history.Requested(e.self, r.value))
		}
	}
	value, chance := r.value, r.chance
	e.actor.Request(e, Request{Value: value, Chance: chance})
}

// askAgain makes the clients of an actor that has come back ask once more, if
// they asked before (or wanted to while it was down) and were not served.
func (w *World[M, D]) askAgain(id ID) {
	for i, r := range w.clients.of(id) {
		if r.served || r.gone || !r.asked && w.askTime(i) > w.queue.Now() {
			continue
		}
		w.push(w.queue.Now(), eventKey(Asked, 0, id, uint32(i)))
	}
}

// askTime is when the request number i is made first.
func (w *World[M, D]) askTime(i int) Time {
	if i < w.clients.byChance {
		return 0
	}
	if i-w.clients.byChance >= len(w.scenario.Requests) {
		return Forever // a core's leader is asked once it is named
	}
	return w.scenario.Requests[i-w.clients.byChance].At
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

// done closes the scripted requests that an actor knows of.
func (c *clients) done(id ID) {
	for _, r := range c.of(id) {
		if r.asked {
			c.close(r)
		}
	}
}

// served notes that an actor has learned a decision and told its clients.
func (c *clients) served(id ID) {
	for _, r := range c.of(id) {
		if r.asked {
			r.served = true
		}
	}
}

// crashed closes the requests of an actor whose clients have their answer: the
// work that it still did for them is lost, and they will not ask again.
func (c *clients) crashed(id ID) {
	for _, r := range c.of(id) {
		if r.served {
			c.close(r)
		}
	}
}

// gone closes the requests of an actor that will not come back.
func (c *clients) gone(id ID) {
	for _, r := range c.of(id) {
		r.gone = true
		c.close(r)
	}
}

// close notes that the work on a request is over, for now.
func (c *clients) close(r *request) {
	if r.open {
		r.open = false
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
