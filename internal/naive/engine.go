package naive

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
)

// engine plays paths. It is the picker and the source of the world's runs.
type engine struct {
	scope Scope
	run   sim.Runner
	world *world
	runs  int

	script []step
	copies map[scheduler.Key]int // of messages, by their key as the world asks about them: how many are made
	at     int                   // the step that is being played
	place  place
	sent   map[string]scheduler.Key // all packets so far that are not instant, and the first event of each
	texts  map[scheduler.Key]string // what packets say that have waited so far
	fired  map[alarm]int            // alarms so far
	failed error
}

// place is where a path leads.
type place struct {
	text      string // the whole state
	enabled   []step
	asked     []asked // in the last step
	violation *sim.Violation
}

// alarm is an alarm of an actor.
type alarm struct {
	actor uint16
	kind  uint8
}

// asked is a choice that was asked, and what was answered.
type asked struct{ outcomes, answer uint32 }

func newEngine(s Scope) (*engine, error) {
	given := *s.Scenario
	if s.Network == AnyTimes {
		given.Network.Duplicate, given.Network.Copies = scheduler.Certain/2, weather.MaxCopies
	}
	if s.Crashes > 0 {
		given.Crashes.Chance = scheduler.Certain / 2
	}
	r, err := given.Protocol.New(&given)
	if err != nil {
		return nil, err
	}
	e := &engine{scope: s, run: r}
	budget := search.Budget{Events: 1 << 30, Alarms: 1 << 30, Crashes: s.Crashes}
	if s.Network == AnyTimes {
		budget.Duplicates = 1 << 30
	}
	r.Search(&search.Search{Picker: e, Budget: budget})
	r.Reset(0, e)
	e.world = open(r)
	return e, nil
}

// play plays a path from the beginning.
func (e *engine) play(script []step) (place, error) {
	e.script, e.at, e.place, e.failed = script, 0, place{}, nil
	e.sent, e.texts = map[string]scheduler.Key{}, map[scheduler.Key]string{}
	e.fired, e.copies = map[alarm]int{}, map[scheduler.Key]int{}
	for _, s := range script {
		if s.again {
			e.copies[question(s.event)] = max(e.copies[question(s.event)], copyOf(s.event))
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
	case o.Violation != nil:
		e.place.text = "violated: " + o.Violation.Invariant + "\n" + e.state(nil)
	case e.place.text == "": // nothing was left to be picked
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
	if what >= chance.Doubled && what < chance.Doubled+weather.MaxCopies {
		if e.copies[question(k)] > int(what-chance.Doubled) {
			return 1
		}
		return 0
	}
	if outcomes < 2 || what >= chance.Protocol && what < chance.Protocol+16 && slices.Contains(e.scope.Delays, what-chance.Protocol) {
		return 0
	}
	answer := uint32(0)
	if given := e.script[e.at].answers; len(e.place.asked) < len(given) {
		answer = given[len(e.place.asked)]
	}
	e.place.asked = append(e.place.asked, asked{outcomes, answer})
	return answer
}

// Begin implements [search.Picker].
func (*engine) Begin(uint64) {}

// Born implements [search.Picker].
func (*engine) Born(scheduler.Key, uint32) uint64 { return 0 }

// Pick implements [search.Picker].
func (e *engine) Pick(p *search.Pending) int {
	waiting := e.waiting(p)
	for i, x := range waiting {
		if x.instant {
			return i
		}
	}
	if e.scope.Network == AnyTimes {
		for _, x := range waiting {
			if _, known := e.sent[x.packet]; !known && x.packet != "" {
				e.sent[x.packet] = x.key
			}
		}
	}
	if e.at == len(e.script)-1 {
		e.rest(waiting)
		return -1
	}
	e.at++
	e.place.asked = e.place.asked[:0]
	next := e.script[e.at].event
	for i, x := range waiting {
		if x.key == next {
			if observe.WhatOf(next) == observe.TimedOut {
				e.fired[alarm{next.To(), next.Kind()}]++
			}
			return i
		}
	}
	e.failed = fmt.Errorf("naive: step %d is not enabled when the path is played again", e.at)
	return -1
}

// waiting is an event that may be next.
type waiting struct {
	key     scheduler.Key
	packet  string // of a message: from, to and what it says
	instant bool
	own     bool
}

// waiting lists what is enabled, in the engine's order.
func (e *engine) waiting(p *search.Pending) (list []waiting) {
	for k := range p.Events() {
		x := waiting{key: k}
		if observe.WhatOf(k) == observe.Delivered {
			from, to := ids.ID(k.From()), ids.ID(k.To())
			x.own = from == to
			x.instant = e.scope.Instant != nil && e.scope.Instant(k.Kind(), from, to)
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
	if !known {
		text = fmt.Sprintf("%d>%d %s", k.From(), k.To(), e.world.messageOf(k))
		e.texts[k] = text
	}
	return text
}

// rest notes where the path has led to, and what may be next there.
func (e *engine) rest(waiting []waiting) {
	e.place.text = e.state(waiting)
	here := map[string]bool{} // packets of which one waits
	links := map[[2]uint16]bool{}
	for _, x := range waiting {
		k := x.key
		switch link := [2]uint16{k.From(), k.To()}; {
		case x.packet == "":
			if observe.WhatOf(k) == observe.TimedOut && !e.mayFire(k) {
				continue
			}
		case here[x.packet] && e.scope.Network != InOrder:
			continue // the same as another
		case links[link] && e.scope.Network == InOrder:
			continue // behind another
		default:
			here[x.packet] = true
			links[link] = true
		}
		e.place.enabled = append(e.place.enabled, step{event: k, again: copyOf(k) > 0})
	}
	if e.scope.Network != AnyTimes {
		return
	}
	for _, packet := range sorted(e.sent) {
		if k := e.sent[packet]; !here[packet] && k.From() != k.To() {
			e.place.enabled = append(e.place.enabled, e.oneMore(k))
		}
	}
}

// oneMore is the arrival of one more copy of a packet.
func (e *engine) oneMore(k scheduler.Key) step {
	n := e.copies[question(k)] + 1
	if n > weather.MaxCopies {
		e.failed = fmt.Errorf("naive: a packet is to arrive %d times on a path: the engine makes no more than %d", n+1, weather.MaxCopies+1)
	}
	return step{event: k.WithWhat(k.What() + uint8(n)), again: true}
}

func (e *engine) mayFire(k scheduler.Key) bool {
	n := e.scope.Alarms[k.Kind()]
	return n == Unlimited || e.fired[alarm{k.To(), k.Kind()}] < n
}

// state is all that matters of the world, as a text.
func (e *engine) state(waiting []waiting) string {
	b := e.world.appendTo(nil, e.scope.Crashes > 0)
	for id := range e.scope.Scenario.Actors {
		for _, kind := range sorted(e.scope.Alarms) {
			if n := e.fired[alarm{uint16(id + 1), kind}]; n > 0 && e.scope.Alarms[kind] > 0 {
				b = fmt.Appendf(b, "alarm %d of %d: %d times\n", kind, id+1, n)
			}
		}
	}
	var packets []string
	for _, x := range waiting {
		switch {
		case x.packet == "":
			if observe.WhatOf(x.key) == observe.Asked {
				packets = append(packets, fmt.Sprintf("asked %d", x.key.Count()))
			} else if observe.WhatOf(x.key) != observe.TimedOut { // alarms are the actor's
				packets = append(packets, e.scope.Scenario.Protocol.Vocabulary().EventText(x.key))
			}
		case e.scope.Network != AnyTimes || x.own:
			packets = append(packets, x.packet)
		}
	}
	if e.scope.Network == AnyTimes {
		for packet, k := range e.sent {
			if k.From() != k.To() {
				packets = append(packets, packet)
			}
		}
	}
	if e.scope.Network == InOrder {
		slices.SortStableFunc(packets, func(a, b string) int { return cmp.Compare(linkOf(a), linkOf(b)) })
	} else {
		slices.Sort(packets)
	}
	for _, p := range packets {
		b = append(append(b, p...), '\n')
	}
	return string(b)
}

// linkOf is the part of a packet before what it says.
func linkOf(packet string) string {
	link, _, _ := strings.Cut(packet, " ")
	return link
}

func sorted[K cmp.Ordered, V any](m map[K]V) []K {
	var list []K
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
