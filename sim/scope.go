package sim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim/shown"
)

// Scope says which worlds an exhaustive look goes through: everything that can happen up
// to these bounds. A verdict is about its scope and nothing beyond, so [Scope.Words] is
// printed with it. [Protocol].Scope is the one that a protocol suggests.
type Scope struct {
	Network Delivery
	Instant []ID // what is sent to these is handled in the sender's step, and nothing comes between
	Inline  bool // likewise what an actor sends to itself. That hides bugs, so it proves nothing

	// Lost are the kinds of messages that never arrive, into [Vocabulary].Messages. Any message
	// may get lost where its arrival is optional, so that makes a smaller scope and no other.
	Lost []uint8

	// Alarms is, by kind, how often one may go off at each actor; [Unlimited]: any number
	// of times. Time is left out: an alarm that is set can go off at any moment. One that
	// goes off and changes nothing is not counted.
	Alarms [MaxKinds]int

	// Crashes is how often an actor may crash, all actors together. It happens between
	// two events, or within a handler before it saves or answers, once it has done something
	// that others can see. The actor comes back at once: messages that are late, or never
	// come, do the rest.
	Crashes int

	// AskOnce lets a client ask one time only. Otherwise it asks again if its actor crashes
	// before it answers, and then the actor may begin one round more.
	AskOnce bool

	// Duplicates is how many messages may arrive once more than they were sent, all
	// together. What an actor sends to itself is not doubled. Where the network is not
	// [AtMostOnce] it must be 0.
	Duplicates int
}

// Unlimited as a bound of a [Scope]: there is none.
const Unlimited = -1

// Delivery says what becomes of messages.
type Delivery uint8

// What can become of a message.
const (
	AtMostOnce Delivery = iota // it arrives once or never, in any order
	AnyTimes                   // it arrives any number of times, in any order: what was sent is a set that grows
	InOrder                    // it arrives once, and after what its sender sent to the same actor before
)

// Deliveries are the words for them, in their order.
var Deliveries = []string{"once", "any", "fifo"}

// String is the word for it, as flags have it.
func (d Delivery) String() string { return Deliveries[d] }

var deliveryWords = [...]string{
	AtMostOnce: "each message arrives at most once, in any order",
	AnyTimes:   "each message arrives any number of times, in any order",
	InOrder:    "each message arrives once; messages between two actors arrive in the order in which they were sent",
}

// UsualScope is the scope of a protocol that suggests none: messages arrive at most once,
// nobody crashes, and each actor begins one round. An alarm of no stated purpose goes off
// once at each actor; what repeats and what learns does not.
func UsualScope(w *Vocabulary) (s Scope) {
	for kind := range w.Timers {
		if w.Timers[kind].Purpose == shown.OtherPurpose && !w.Timers[kind].Ticks {
			s.Alarms[kind] = 1
		}
	}
	return s
}

// SetRounds lets each actor begin so many rounds: the first is begun because a client
// asks, each later one by an alarm whose purpose that is.
func (s *Scope) SetRounds(w *Vocabulary, rounds int) {
	for kind := range w.Timers {
		if w.Timers[kind].Purpose == shown.BeginsRound {
			s.Alarms[kind] = rounds - 1
		}
	}
}

// Words tells the scope, a line each.
func (s *Scope) Words(w *Vocabulary) []string {
	lines := []string{deliveryWords[s.Network]}
	for _, kind := range s.Lost {
		lines = append(lines, "each "+w.message(kind)+" is lost")
	}
	switch s.Duplicates {
	case 0:
	case 1:
		lines = append(lines, "one message may arrive a second time")
	default:
		lines = append(lines, fmt.Sprintf("up to %d times in all, a message arrives once more", s.Duplicates))
	}
	if len(s.Instant) > 0 {
		lines = append(lines, "messages to "+actorList(s.Instant)+" are handled in the step of their sender")
	}
	if s.Inline {
		lines = append(lines, "an actor handles its own messages at once, which hides bugs: this is no proof")
	}
	for kind := range w.Timers {
		lines = append(lines, alarmWords(w, uint8(kind), s.Alarms[kind]))
	}
	again := "a client asks again if its actor crashes before it answers"
	if s.AskOnce {
		again = "a client asks once, and not again if its actor crashes before it answers"
	}
	switch s.Crashes {
	case 0:
		again = ""
		lines = append(lines, "nobody crashes")
	case 1:
		lines = append(lines, "one actor crashes at most once, "+s.crashPlaces()+", and comes back at once")
	default:
		lines = append(lines, fmt.Sprintf("up to %d crashes in all, each %s; the actor comes back at once", s.Crashes, s.crashPlaces()))
	}
	if again != "" {
		lines = append(lines, again)
	}
	return lines
}

// crashPlaces tells where crashes can fall.
func (s *Scope) crashPlaces() string {
	if s.Network == InOrder || len(s.Instant) > 0 {
		return "between two events or inside a handler, before it saves, answers or sends"
	}
	return "between two events or inside a handler, before it saves or answers"
}

// alarmWords tells how often an alarm goes off.
func alarmWords(w *Vocabulary, kind uint8, most int) string {
	purpose := w.timerKind(int(kind)).Purpose.String()
	if purpose != "" {
		purpose = ", which " + purpose + ","
	}
	often := ""
	switch most {
	case 0:
		often = "never goes off"
	case 1:
		often = "goes off at most once at each actor"
	case Unlimited:
		often = "goes off any number of times"
	default:
		often = fmt.Sprintf("goes off at most %d times at each actor", most)
	}
	return "the alarm " + w.Timer(kind) + purpose + " " + often
}

// actorList is a list of actors in words.
func actorList(ids []ID) string {
	ids = slices.Sorted(slices.Values(ids))
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = itoa(int(id))
	}
	if len(ids) == 1 {
		return "actor " + texts[0]
	}
	return "actors " + strings.Join(texts[:len(ids)-1], ", ") + " and " + texts[len(ids)-1]
}

// Alike says which actors and values play the same part in a scenario: exchange their
// numbers in a world, and what can happen in it is the same with these numbers. Only the
// author of a protocol knows. Actors are not alike if handlers compare their numbers, or
// count on from them, as in a ring or where ballots are ordered by their proposers.
type Alike struct {
	Actors [][]ID  // each list: alike among themselves
	Values []Value // alike
}
