package paxos

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
)

// Kind says what a message is.
type Kind uint8

// The messages of Paxos. The first four are those of PMS 2.2 and 2.3.
const (
	Prepare  Kind = iota + 1 // phase 1a: promise me this ballot
	Promise                  // phase 1b: I promise; this is what I last accepted (the founding text's positive ack)
	Accept                   // phase 2a: accept this value in this ballot
	Accepted                 // phase 2b: I have accepted it
	Nack                     // I refuse: I have promised a higher ballot (the negative ack)
	Ask                      // what have you accepted?
)

var kindWords = []string{"", "Prepare", "Promise", "Accept", "Accepted", "Nack", "Ask"}

// kindVerbs are what an actor does that sends one. An Ask is noted when it is sent.
var kindVerbs = []string{"", "prepares", "promises", "proposes", "accepts", "refuses", ""}

// Message is one message. Its fields mean what its kind says.
type Message struct {
	Ballot Ballot    // that it is about
	Last   Ballot    // Promise: the ballot last accepted, 0: none; Nack: the ballot promised
	Value  sim.Value // Promise: of Last; Accept, Accepted: of Ballot
	kind   Kind
}

func prepare(b Ballot) Message { return Message{kind: Prepare, Ballot: b} }

func promise(b, last Ballot, v sim.Value) Message {
	return Message{kind: Promise, Ballot: b, Last: last, Value: v}
}

func accept(b Ballot, v sim.Value) Message { return Message{kind: Accept, Ballot: b, Value: v} }

func accepted(b Ballot, v sim.Value) Message { return Message{kind: Accepted, Ballot: b, Value: v} }

func nack(refused, promised Ballot) Message {
	return Message{kind: Nack, Ballot: refused, Last: promised}
}

func ask() Message { return Message{kind: Ask} }

// NewMessage is a message made by hand, for tests of code that reads messages. What does
// not go with the kind is to be 0.
func NewMessage(kind Kind, about, last Ballot, v sim.Value) Message {
	return Message{kind: kind, Ballot: about, Last: last, Value: v}
}

// Kind implements [sim.Message].
func (m Message) Kind() uint8 { return uint8(m.kind) }

// Round implements [abilities.Rounder]: it is the ballot. An Ask belongs to none.
func (m Message) Round() sim.Round { return sim.Round(m.Ballot) }

// Hash implements [sim.Message].
func (m Message) Hash(d *sim.Digest) {
	d.Mix(uint64(m.Ballot)<<8 | uint64(m.kind))
	d.Mix(uint64(m.Last))
	d.Mix(uint64(m.Value))
}

// Text implements [sim.Message].
func (m Message) Text(names sim.Names) string {
	switch m.kind {
	case Prepare:
		return m.Ballot.String()
	case Promise:
		if m.Last == 0 {
			return m.Ballot.String() + " (nothing accepted)"
		}
		return fmt.Sprintf("%v (accepted %v=%s)", m.Ballot, m.Last, names.ValueName(m.Value))
	case Accept, Accepted:
		return fmt.Sprintf("%v=%s", m.Ballot, names.ValueName(m.Value))
	case Nack:
		return fmt.Sprintf("%v (promised %v)", m.Ballot, m.Last)
	default:
		return ""
	}
}
