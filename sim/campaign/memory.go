package campaign

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// What things cost a process that makes runs, in bytes. The costs include what a slab
// leaves unused when it grows, and what the collector has not taken back yet. They were
// measured on worlds of 101, 1,001, 3,001 and 10,001 actors and rounded up.
const (
	bytesEvent  = 256     // an event that waits: 72 are its own
	bytesTarget = 4       // one receiver of a broadcast that is filed by ticks: 2 are its own
	bytesPeer   = 1       // what one actor knows of one other: a bit in each of some sets
	bytesActor  = 2 << 10 // an actor, what the world keeps of it, its disk, what is known of it
	bytesWorld  = 8 << 20 // the empty world, and the process around it
	bytesWay    = 192     // a way of an island, and its part of a state
	bytesFault  = 512     // a fault with a name
	bytesSide   = 4       // and what it knows of each actor: on which side, and whether it struck it
	bytesTime   = 8       // a link that keeps a time: its bias, or of the last message for the order
	bytesList   = 24      // a link that lists what is on it
	bytesOnWay  = 64      // one message in such a list: 16 are its own, and lists grow by doubling
)

// From so many actors on, and up to so many different delays, the world files a
// broadcast by the ticks in which it arrives. Otherwise each receiver costs an
// event.
const (
	filedFrom  = 128
	filedSpans = 1 << 12
)

// Memory bounds the memory in bytes that a worker needs for a scenario in which rounds of
// the protocol do not overlap much. In the worst moment of a round everybody has sent
// everybody something, and nothing of it has arrived. It depends on the scenario alone,
// and on nothing of the machine.
//
// It is no bound where settings make actors repeat themselves much faster than
// messages travel: a caller that runs such a scenario must watch the memory in use.
func Memory(s *sim.Scenario) uint64 {
	n := uint64(s.Actors)
	broadcasts, receivers := n, n
	if doubles(s) { // also what makes actors broadcast arrives more than once
		arrivals := 1 + uint64(max(s.Network.Copies, 1))
		broadcasts, receivers = arrivals*n, arrivals*n
	}
	events := receivers
	if spans := uint64(s.Network.DelayMax-s.Network.DelayMin) + 1; n >= filedFrom && spans <= filedSpans && !s.OneByOne() {
		events = min(receivers, spans)
	}
	return bytesWorld + n*(bytesActor+n*bytesPeer) + broadcasts*(receivers*bytesTarget+events*bytesEvent) +
		linkMemory(s, broadcasts*receivers) + uint64(len(s.Faults))*(bytesFault+n*bytesSide)
}

// Memory bounds the memory in bytes that a worker needs for a hunt: it keeps a world
// for each scenario of the ground. What feedback learns, which is there once, is
// counted with every worker.
func (h *Hunt) Memory() uint64 {
	bytes := uint64(bytesWorld)
	for _, v := range h.Ground {
		bytes += searchedMemory(v.Scenario, uint64(h.Budget.Events))
	}
	if h.uses(Feedback) {
		ways := uint64(Islands * maxWays)
		if h.Runs > 0 {
			ways = min(ways, h.Runs*uint64(h.Budget.Events))
		}
		bytes += ways * bytesWay
	}
	return bytes
}

// searchedMemory is what a world takes in the searched engine, beside what any does.
// As for [Memory], everybody has told everybody something, as far as a run has events
// for that, and nothing of it has arrived; and each receiver costs an event.
func searchedMemory(s *sim.Scenario, events uint64) uint64 {
	n := uint64(s.Actors)
	waiting := min(events, n) * n
	return n*(bytesActor+n*bytesPeer) + waiting*bytesEvent + linkMemory(s, waiting) + uint64(len(s.Faults))*(bytesFault+n*bytesSide)
}

// doubles says whether messages can be doubled, in any weather.
func doubles(s *sim.Scenario) bool {
	some := func(p scheduler.Probability) bool { return p > 0 && p != weather.Same }
	return some(s.Network.Duplicate) ||
		slices.ContainsFunc(s.Periods, func(x weather.Period) bool { return some(x.Duplicate) }) ||
		slices.ContainsFunc(s.Faults, func(f faults.Fault) bool { return f.Weather != nil && some(f.Weather.Duplicate) })
}

// linkMemory is what the world keeps for each link, if so many messages are on
// all links together.
func linkMemory(s *sim.Scenario, messages uint64) (bytes uint64) {
	links := uint64(s.Actors+1) * uint64(s.Actors+1)
	if s.Network.Bias > 0 {
		bytes += links * bytesTime
	}
	if s.Network.FIFO {
		bytes += links * bytesTime
	}
	if s.Network.Capacity > 0 {
		bytes += links*bytesList + min(messages, links*uint64(s.Network.Capacity))*bytesOnWay
	}
	return bytes
}
