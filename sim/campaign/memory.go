package campaign

import "github.com/paxsim/paxsim/sim"

// What things cost a process that makes runs, in bytes, measured on worlds of
// 101, 1,001, 3,001 and 10,001 actors and rounded up: what is used, what a slab
// leaves unused when it grows, and what the collector has not taken back yet.
const (
	bytesEvent  = 256     // an event that waits: 72 are its own
	bytesTarget = 4       // one receiver of a broadcast that is filed by ticks: 2 are its own
	bytesPeer   = 1       // what one actor knows of one other: a bit in each of some sets
	bytesActor  = 2 << 10 // an actor, what the world keeps of it, its disk, what is known of it
	bytesWorld  = 8 << 20 // the empty world, and the process around it
)

// From so many actors on, and up to so many different delays, the world files a
// broadcast by the ticks in which it arrives. Otherwise each receiver costs an
// event.
const (
	filedFrom  = 128
	filedSpans = 1 << 12
)

// Memory bounds the memory in bytes that a worker needs for a scenario in which
// rounds of the protocol do not overlap much: in the worst moment of a round
// everybody has told everybody something, and nothing of it has arrived. It
// depends on the scenario alone, and on nothing of the machine.
//
// It is no bound where settings make actors repeat themselves much faster than
// messages travel: who runs such a scenario must watch the memory in use.
func Memory(s *sim.Scenario) uint64 {
	n := uint64(s.Actors)
	broadcasts, receivers := n, n
	if s.Network.Duplicate > 0 { // also what makes actors broadcast arrives twice
		broadcasts, receivers = 2*n, 2*n
	}
	events := receivers
	if spans := uint64(s.Network.DelayMax-s.Network.DelayMin) + 1; n >= filedFrom && spans <= filedSpans {
		events = min(receivers, spans)
	}
	return bytesWorld + n*(bytesActor+n*bytesPeer) + broadcasts*(receivers*bytesTarget+events*bytesEvent)
}
