package sim

import (
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/plain"
)

// Model is a protocol in one scenario, in numbers: what an exhaustive look needs, and
// nothing of its types. [Define] makes it without help of the protocol's author;
// [Protocol].Model gives it.
//
// Three kinds of parts have numbers, from 0 on, given as they come up. Equal numbers of
// one kind mean equal contents:
//
//   - a local state: an actor, whose number is part of it, with all that a handler can see
//     or change (its fields, its disk, the alarms that are set, the requests that it has
//     not answered), what its clients still have to ask, and how often its alarms have
//     gone off, where the [Scope] counts that;
//   - a packet: a message with its sender and its receiver;
//   - a history: what the [History] of the protocol knows.
//
// So a world is a short list of numbers: a local state for each actor, one history, and
// the packets on their way. Its fingerprint is the sum of the tokens of its parts.
//
// A handler is pure, so each pair of a local state and an event needs one call. The Model
// makes it twice and compares; the caller keeps the result. Nobody may use a Model from
// two goroutines at once.
type Model struct {
	// Start is the world in which all actors have started, in the order of their numbers.
	// What they sent is not delivered yet, also where the scope says that it is handled at
	// once: the caller does that.
	Start func() (Start, error)

	// Events lists what can happen at an actor beside the arrival of a packet and a crash:
	// alarms, and requests that a client has still to make. It is good until the next call.
	Events func(local uint32) []ModelEvent

	// Hop is what comes of an event: one hop, or one for each answer to what the handler
	// leaves to chance, and one for each crash within it that makes a difference, if the
	// scope has crashes. A hop in which nothing changes, nothing is sent and nothing is seen
	// is left out. It is an error if the handlers are not pure, or do what no Model can tell.
	Hop func(local uint32, e ModelEvent) ([]Hop, error)

	// Step is what a history becomes by a trail, and the invariant that breaks in it.
	Step func(history, trail uint32) (next uint32, broken *Violation)

	// LocalTokens, PacketTokens and HistoryTokens are the hashes of a content under each
	// renaming that the Model was made with.
	LocalTokens   func(local uint32) []plain.Sum
	PacketTokens  func(packet uint32) []plain.Sum
	HistoryTokens func(history uint32) []plain.Sum

	// AskToken is the hash of what a request asks for, whoever is asked, under a renaming.
	AskToken func(request, renaming int) plain.Sum

	// Packet says who sent it to whom, and its kind.
	Packet func(packet uint32) (from, to ID, kind uint8)

	// Line tells an event as a line of a story has it: "Promise 1.1 from 2 reaches 1".
	Line func(local uint32, e ModelEvent) string

	// EventEntry and TrailEntries tell an event at an actor, and a trail, as observers of a
	// run see them, without the times and numbers that only a run has.
	EventEntry   func(id ID, e ModelEvent) observe.Entry
	TrailEntries func(trail uint32) []observe.Entry

	// Kept is how many local states it keeps beside those that have numbers: see Spec.Fade.
	Kept func() int

	// Calls is how many handler calls were asked for so far, not counting those made again
	// to compare.
	Calls func() int
}

// Start is where an exhaustive look begins.
type Start struct {
	Locals  []uint32 // by actor, from 1 on; the first is not used
	Sent    []uint32 // packets, in the order in which they were sent
	History uint32
	Broken  *Violation // an invariant that is broken already
}

// Hop is what comes of one event at one actor. Its handler may have been cut short by a
// crash, before it saves, say: then all up to there has happened, and the actor has come
// back.
type Hop struct {
	Next    uint32   // the local state after it
	Sent    []uint32 // packets, in order
	Trail   uint32   // what a history sees of it; 0: nothing
	Decides bool     // a decision is made known in it
	Crashes int      // how many crashes of the actor are in it
	Marks   []string // the answers to what the handler left to chance, as a story has them, and where a crash cuts it short; those that are 0 are left out
	Then    []string // lines of a story that follow: the actor restarts
}

// ModelEvent is what can happen at an actor: see [ArrivalOf], [AlarmOf], [AskOf] and
// [CrashOf].
type ModelEvent uint32

// The kinds of events, in the bits above their number.
const (
	arrivalEvent ModelEvent = iota << 29
	alarmEvent
	askEvent
	crashEvent

	eventNumber = 1<<29 - 1
)

// ArrivalOf is the arrival of a packet.
func ArrivalOf(packet uint32) ModelEvent { return arrivalEvent | ModelEvent(packet) }

// AlarmOf is an alarm of a kind that goes off.
func AlarmOf(kind uint8) ModelEvent { return alarmEvent | ModelEvent(kind) }

// AskOf is a request that a client makes, by its place among those of the scenario.
func AskOf(request int) ModelEvent { return askEvent | ModelEvent(request) }

// CrashOf is a crash of the actor, after which it comes back at once.
func CrashOf() ModelEvent { return crashEvent }

// IsArrival says whether a packet arrives.
func (e ModelEvent) IsArrival() bool { return e&^eventNumber == arrivalEvent }

// IsAlarm says whether an alarm goes off.
func (e ModelEvent) IsAlarm() bool { return e&^eventNumber == alarmEvent }

// IsAsk says whether a client asks.
func (e ModelEvent) IsAsk() bool { return e&^eventNumber == askEvent }

// IsCrash says whether the actor crashes.
func (e ModelEvent) IsCrash() bool { return e&^eventNumber == crashEvent }

// Number is that of the packet, the kind of alarm or the request.
func (e ModelEvent) Number() uint32 { return uint32(e & eventNumber) }
