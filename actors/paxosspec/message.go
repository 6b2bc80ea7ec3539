package paxosspec

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
)

// The kinds of messages: the types of the specification.
const (
	kind1a uint8 = iota + 1 // "1a", with bal
	kind1b                  // "1b", with acc, bal, mbal and mval
	kind2a                  // "2a", with bal and val
	kind2b                  // "2b", with acc, bal and val
)

var kindWords = []string{"", "1a", "1b", "2a", "2b"}

// Message is an element of msgs. Its acc is whoever sent it.
type Message struct {
	kind uint8
	Bal  Ballot
	MBal Ballot    // of a 1b
	Val  sim.Value // of a 2a and a 2b; mval of a 1b
}

// Kind implements [sim.Message].
func (m Message) Kind() uint8 { return m.kind }

// Round implements [abilities.Rounder].
func (m Message) Round() sim.Round { return sim.Round(m.Bal) }

// Hash implements [sim.Message].
func (m Message) Hash(d *sim.Digest) {
	d.Mix(uint64(m.kind)<<16 | uint64(m.Bal)<<8 | uint64(m.MBal))
	d.Mix(uint64(m.Val))
}

// Text implements [sim.Message].
func (m Message) Text(names sim.Names) string {
	switch {
	case m.kind == kind1a:
		return "ballot " + m.Bal.String()
	case m.kind == kind1b && m.MBal == 0:
		return fmt.Sprintf("ballot %v (no vote)", m.Bal)
	case m.kind == kind1b:
		return fmt.Sprintf("ballot %v (voted for %s in %v)", m.Bal, names.ValueName(m.Val), m.MBal)
	}
	return fmt.Sprintf("ballot %v, %s", m.Bal, names.ValueName(m.Val))
}
