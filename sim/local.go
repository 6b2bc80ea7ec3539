package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
)

// Local is an actor as its handlers know it: what it holds, and what the world keeps
// for it that a handler can see or change. It has no part in anything that counts or
// that waits, so two actors that will do the same from here on are equal.
// [Handlers] makes one.
type Local[A any, D Record] struct {
	Actor    A
	Disk     []D       // by slot: what [Env.Read] tells
	Timers   []Timer   // the alarms that are set, by kind
	Requests []Request // what it was asked for since it is up and has not answered, in that order
	Busy     bool      // see [Env.Busy]
}

// Happening is what a handler is called with. What is [observe.Booted] for Start,
// [observe.Delivered] for Receive, [observe.TimedOut] for Timeout, [observe.Asked] for Request.
type Happening[M Message] struct {
	What    observe.What
	From    ID      // of Delivered
	Message M       // of Delivered
	Timer   Timer   // of TimedOut
	Request Request // of Asked
	Now     Time    // [Env.Now]
	Leader  ID      // [Env.Leader]
}

// Act says what an [Effect] is.
type Act uint8

// What a handler can ask of the world, by the method of [Env] that asks for it.
const (
	ActSend Act = iota + 1
	ActBroadcast
	ActSave
	ActWrite
	ActSync
	ActDecide
	ActAnswer // also each answer of Env.AnswerAll
	ActAfter
	ActAfterChance
	ActStop
	ActChoose
	ActNote
	ActBusy
	ActFail // or a panic, after which there is nothing
)

var actWords = [...]string{ActSend: "send", ActBroadcast: "broadcast", ActSave: "save", ActWrite: "write", ActSync: "sync", ActDecide: "decide",
	ActAnswer: "answer", ActAfter: "after", ActAfterChance: "after-chance", ActStop: "stop", ActChoose: "choose", ActNote: "note", ActBusy: "busy", ActFail: "fail"}

// String is the word for an act.
func (a Act) String() string { return actWords[a] }

// Effect is one thing that a handler has asked for, as a value. Which of its fields
// mean anything follows from Act.
type Effect[M Message, D Record] struct {
	Act      Act
	To       ID                // of a Send
	Message  M                 // of a Send and a Broadcast
	Slot     int               // of a Write
	Record   D                 // of a Save and a Write
	Instance Instance          // of a Decide
	Value    Value             // of a Decide and an Answer
	Under    Round             // of a Decide
	Request  RequestID         // of an Answer
	Timer    Timer             // of an After and an AfterChance; its Kind, of a Stop
	In       Time              // of an After: in how many ticks; of an AfterChance, in calm
	Choice   uint8             // of a Choose and an AfterChance
	Weights  scheduler.Weights // of the same
	Answer   uint32            // of a Choose: the answer that the handler got
	Open     bool              // of a Choose: no answer was given, so the handler got 0
	Note     uint8             // of a Note
	Busy     bool              // of a Busy
	Text     string            // of a Fail: what is wrong, and where
	Stack    []string          // of a Fail: the calls that led there, the innermost first
}
