package naive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
)

// engine plays paths. It is the picker and the source of the world's runs.
type engine struct {
	scenario *sim.Scenario
	scope    sim.Scope
	options  Options
	run      sim.Runner
	world    *world
	runs     int

	script  []step
	at      int                      // the step that is being played
	place   place                    // where the script leads
	copies  map[scheduler.Key]int    // how many copies of a message are made
	texts   map[scheduler.Key]string // what packets say that have waited so far
	sent    map[string]scheduler.Key // packets so far, and the first arrival of each
	fired   map[alarm]int            // alarms so far
	crashes int                      // so far
	doubled int                      // messages so far
	asked   map[int]bool             // requests so far
	stayed  map[scheduler.Key]bool   // copies of messages that have arrived and stayed
	done    bool                     // the handler has done something that outlives a crash
	back    uint16                   // an actor that has crashed, and comes back at once; 0: none
	failed  error
}

// alarm is a kind of alarm of an actor.
type alarm struct {
	actor uint16
	kind  uint8
}

func newEngine(s *sim.Scenario, scope sim.Scope, o Options) (*engine, error) {
	given := *s
	budget := search.Budget{Events: 1 << 30, Alarms: 1 << 30}
	if scope.Network == sim.AnyTimes || scope.Duplicates > 0 {
		given.Network.Duplicate, given.Network.Copies = scheduler.Certain/2, weather.MaxCopies
		budget.Duplicates = 1 << 30
	}
	given.Crashes = faults.Crashes{}
	if scope.Crashes > 0 {
		given.Crashes, budget.Crashes = faults.Crashes{Chance: scheduler.Certain / 2}, 1<<30
	}
	given.Faults = nil
	for id := range sim.ID(s.Actors) {
		for k := range scope.Crashes { // a fault is over at once: the return is the next event
			given.Faults = append(given.Faults, faults.Fault{Name: fmt.Sprintf("crash-%d-%d", id+1, k+1), Until: 1, Crash: aims.These(id + 1)})
		}
	}
	r, err := given.Protocol.New(&given)
	if err != nil {
		return nil, err
	}
	e := &engine{scenario: &given, scope: scope, options: o, run: r}
	r.Observe(e)
	r.Search(&search.Search{Picker: e, Budget: budget})
	r.Reset(0, e)
	e.world = open(r)
	return e, nil
}

// play plays a path from the beginning.
func (e *engine) play(script []step) (place, error) {
	e.script, e.at, e.place = script, 0, place{}
	e.sent, e.texts = map[string]scheduler.Key{}, map[scheduler.Key]string{}
	e.fired, e.copies = map[alarm]int{}, map[scheduler.Key]int{}
	e.crashes, e.back, e.failed = 0, 0, nil
	e.doubled, e.stayed, e.asked = 0, map[scheduler.Key]bool{}, map[int]bool{}
	for _, s := range script {
		q := question(s.event)
		if s.again {
			e.copies[q] = max(e.copies[q], copyOf(s.event))
		}
		if s.stays {
			e.copies[q] = max(e.copies[q], copyOf(s.event)+1)
		}
	}
	e.runs++
	e.run.Reset(0, e)
	o := e.run.Run()
	e.place.violation = o.Violation
	switch {
	case e.failed != nil:
	case o.Violation != nil && e.at < len(script)-1:
		e.failed = fmt.Errorf("naive: step %d of %d violates %s, and did not before", e.at, len(script)-1, o.Violation.Invariant)
	case o.Violation == nil && e.place.actors == "": // nothing was left to be picked
		e.rest(nil)
	}
	return e.place, e.failed
}

// question is the key of an arrival as the world asks about its message.
func question(event scheduler.Key) scheduler.Key { return event.WithWhat(0) }

// copyOf is which copy arrives; 0: the message itself.
func copyOf(event scheduler.Key) int { return int(event.What() & 3) }

// Answer implements [scheduler.Source].
func (e *engine) Answer(k scheduler.Key, outcomes, _ uint32) uint32 {
	what := k.What()
	switch {
	case what >= chance.Doubled && what < chance.Doubled+weather.MaxCopies:
		if e.copies[question(k)] > int(what-chance.Doubled) {
			return 1
		}
		return 0
	case isCrash(what) && !e.mayCut(k):
		return 0
	case outcomes < 2, what >= chance.Protocol && slices.Contains(e.options.Delays, what-chance.Protocol):
		return 0
	}
	answer := uint32(0)
	if given := e.script[e.at].answers; len(e.place.asked) < len(given) {
		answer = given[len(e.place.asked)]
	}
	e.place.asked = append(e.place.asked, asked{outcomes, answer})
	if isCrash(what) && answer == 1 {
		e.crashes++
		e.back = k.From()
	}
	return answer
}

// Begin implements [search.Picker].
func (*engine) Begin(uint64) {}

// Born implements [search.Picker].
func (*engine) Born(scheduler.Key, uint32) uint64 { return 0 }

// Pick implements [search.Picker].
func (e *engine) Pick(p *search.Pending) int {
	waiting := e.waiting(p)
	for _, x := range waiting {
		if x.what == observe.Restarted && x.key.To() == e.back {
			e.back = 0
			return x.at
		}
	}
	for _, x := range waiting {
		if x.instant {
			return x.at
		}
	}
	if e.at == len(e.script)-1 {
		e.rest(waiting)
		return -1
	}
	e.at++
	e.place.asked = e.place.asked[:0]
	next := e.script[e.at].event
	for _, x := range waiting {
		if x.key == next {
			e.count(x)
			if e.script[e.at].stays {
				e.doubled++
				e.stayed[x.key.WithWhat(x.key.What()+1)] = true
			}
			return x.at
		}
	}
	e.failed = fmt.Errorf("naive: step %d is not enabled when the path is played again", e.at)
	return -1
}

// count notes what a scope bounds.
func (e *engine) count(x waiting) {
	switch x.what {
	case observe.TimedOut:
		e.fired[alarm{x.key.To(), x.key.Kind()}]++
	case observe.Asked:
		e.asked[int(x.key.Count())] = true
	case observe.FaultBegins:
		e.crashes++
		e.back = uint16(e.actorOf(x.key))
	}
}

// actorOf is whom a fault takes down.
func (e *engine) actorOf(fault scheduler.Key) ids.ID {
	return ids.ID(int(fault.Count())/e.scope.Crashes + 1)
}

// waiting is an event that may be next.
type waiting struct {
	at      int // its place among all that wait
	key     scheduler.Key
	what    observe.What
	packet  string // of a message: from, to and what it says
	instant bool
}

// waiting lists what is enabled, in the engine's order.
func (e *engine) waiting(p *search.Pending) (list []waiting) {
	at := -1
	for k := range p.Events() {
		at++
		x := waiting{at: at, key: k, what: observe.WhatOf(k)}
		if x.what == observe.Delivered {
			if slices.Contains(e.scope.Lost, k.Kind()) {
				continue
			}
			if e.scope.Duplicates > 0 && copyOf(k) > 0 && !e.stayed[k] {
				continue // its message has still to arrive
			}
			x.instant = slices.Contains(e.scope.Instant, ids.ID(k.To())) || k.From() == k.To() && e.scope.Inline
			if !x.instant {
				x.packet = e.packet(k)
			}
		}
		list = append(list, x)
	}
	return list
}

// packet is what the message of an arrival says, from whom to whom.
func (e *engine) packet(k scheduler.Key) string {
	text, known := e.texts[k]
	if known {
		return text
	}
	text = fmt.Sprintf("%d>%d %s", k.From(), k.To(), e.world.messageOf(k))
	e.texts[k] = text
	if _, known := e.sent[text]; !known {
		e.sent[text] = k
	}
	return text
}

// gaveUp says whether a client that asks once has asked, and its actor has crashed since.
func (e *engine) gaveUp(request int) bool {
	return e.scope.AskOnce && e.asked[request] && e.world.isUnasked(request)
}

// rest notes where the path has led to, and what may be next there.
func (e *engine) rest(waiting []waiting) {
	e.place.actors = e.world.text(e.gaveUp)
	e.place.fired = e.firedText()
	e.place.packets = e.packets(waiting)
	seen := map[string]bool{} // what can be next, once
	for _, x := range waiting {
		name := x.packet
		switch k := x.key; x.what {
		case observe.Delivered:
			if e.scope.Network == sim.InOrder {
				name = linkOf(name)
			}
		case observe.TimedOut:
			name = fmt.Sprint("alarm ", k)
			if n := e.scope.Alarms[k.Kind()]; n != sim.Unlimited && e.fired[alarm{k.To(), k.Kind()}] >= n {
				continue
			}
		case observe.Asked:
			name = fmt.Sprint("request ", k.Count())
			if n := int(k.Count()); !e.world.isUnasked(n) || e.gaveUp(n) {
				continue
			}
		case observe.FaultBegins:
			name = fmt.Sprint("crash ", e.actorOf(k))
			if e.crashes == e.scope.Crashes {
				continue
			}
		default:
			e.failed = fmt.Errorf("naive: %v waits, which no scope has", x.what)
		}
		if !seen[name] {
			seen[name] = true
			next := step{event: x.key, packet: x.packet, again: copyOf(x.key) > 0 && x.packet != ""}
			e.place.enabled = append(e.place.enabled, next)
			if x.packet != "" && x.key.From() != x.key.To() && e.doubled < e.scope.Duplicates {
				if next.stays = true; copyOf(x.key) == weather.MaxCopies {
					e.failed = fmt.Errorf("naive: %s is to arrive %d times: the engine makes no more copies", x.packet, weather.MaxCopies+2)
				}
				e.place.enabled = append(e.place.enabled, next)
			}
		}
	}
	if e.scope.Network != sim.AnyTimes {
		return
	}
	for _, packet := range sorted(e.sent) {
		if k := e.sent[packet]; !seen[packet] {
			e.place.enabled = append(e.place.enabled, e.oneMore(k, packet))
		}
	}
}

// oneMore is the arrival of one more copy of a packet.
func (e *engine) oneMore(k scheduler.Key, packet string) step {
	n := e.copies[question(k)] + 1
	switch {
	case n > weather.MaxCopies:
		e.failed = fmt.Errorf("naive: %s is to arrive %d times on a path: the engine makes no more than %d", packet, n+1, weather.MaxCopies+1)
	case k.From() == k.To():
		e.failed = fmt.Errorf("naive: the engine makes no copies of what an actor sends to itself: the scope must be inline")
	}
	return step{event: k.WithWhat(k.What() + uint8(n)), packet: packet, again: true}
}

// firedText tells how often what is bounded has happened.
func (e *engine) firedText() string {
	b := fmt.Sprintf("%d crashes, %d doubled\n", e.crashes, e.doubled)
	for id := 1; id <= e.scenario.Actors; id++ {
		for kind, most := range e.scope.Alarms {
			if n := e.fired[alarm{uint16(id), uint8(kind)}]; n > 0 && most > 0 {
				b += fmt.Sprintf("%d times alarm %d of %d\n", n, kind, id)
			}
		}
	}
	return b
}

// packets lists what is on its way.
func (e *engine) packets(waiting []waiting) (list []string) {
	if e.scope.Network == sim.AnyTimes {
		return sorted(e.sent)
	}
	for _, x := range waiting {
		if x.packet != "" {
			list = append(list, x.packet)
		}
	}
	if e.scope.Network == sim.InOrder {
		slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(linkOf(a), linkOf(b)) })
	} else {
		slices.Sort(list)
	}
	return list
}

// linkOf is the part of a packet before what it says.
func linkOf(packet string) string {
	link, _, _ := strings.Cut(packet, " ")
	return link
}

func sorted[V any](m map[string]V) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
