// Package shown says what is shown of a protocol beyond its messages: what its alarms
// and notes are for, how it speaks of its rounds, and what its actors hold.
package shown

import (
	"unicode"
	"unicode/utf8"
)

// TimerKind says what a kind of alarm is for.
type TimerKind struct {
	Name    string // as traces and files call it: "repeat"
	Purpose Purpose
	Doc     string // one line: what the actor does when it goes off

	// Ticks says that the alarm is set again whenever it goes off, for ever, such as
	// the clock of a library. It is not part of the budget of alarms of a searched run,
	// so such a run never ends by itself.
	Ticks bool
}

// Purpose is what an alarm, or a [Note], has to do with the rounds of its protocol.
type Purpose uint8

// The purposes. The zero Purpose says nothing.
const (
	OtherPurpose Purpose = iota
	BeginsRound          // the actor begins a round
	RepeatsRound         // the actor says again what its round still waits for
	LearnsResult         // the actor tries to learn a decision that others made
	RefusesRound         // only of a note: an actor was refused, since another round was in its way
)

// String tells the purpose in a few words; "" for [OtherPurpose].
func (p Purpose) String() string {
	return [...]string{"", "begins a round", "repeats a round", "tries to learn", "refuses a round"}[p]
}

// Note is something that a protocol counts.
type Note struct {
	Name  string // in a trace: "gives up"
	Field string // in tables and files: "give_ups"

	Doc string // one line: what is counted; "": Name says it

	// Purpose is what that has to do with rounds. Those that begin, repeat or refuse
	// one are in every table; all are in csv and json. A refusal is taken for evidence
	// that rounds were in each other's way.
	Purpose Purpose
}

// InTables says whether tables for people show it.
func (n Note) InTables() bool {
	return n.Purpose == BeginsRound || n.Purpose == RepeatsRound || n.Purpose == RefusesRound
}

// Field is one thing that an actor knows.
type Field struct {
	Name string
	Text string // "": there is nothing
}

// Title is the name of a protocol as a sentence has it: Paxos.
func Title(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return name
	}
	return string(unicode.ToUpper(first)) + name[size:]
}
