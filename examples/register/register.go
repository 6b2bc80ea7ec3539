// Package register is a counter that several clients add to, by reading it and
// writing back what they have read, plus one. Two that read the same number write the
// same number, and one of the two updates is lost. It is the smallest protocol with a
// bug that people make every day, and shows how a protocol of your own comes into
// paxsim: see docs/architecture.md of paxsim, "A protocol of your own".
package register

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/paxsim/paxsim/sim"
)

// Scenarios is its library.
var Scenarios, _ = fs.Sub(files, "scenarios")

//go:embed scenarios/*.yaml
var files embed.FS

// The kinds of messages.
const (
	read    uint8 = iota // what is the number?
	number               // it is n
	write                // make it n; by is the update
	written              // it is n now, by that update
)

// message is one of these.
type message struct {
	kind uint8
	n    uint32
	by   sim.Value
}

func (m message) Kind() uint8             { return m.kind }
func (m message) Hash(d *sim.Digest)      { d.Mix(uint64(m.n)<<32 | uint64(m.by)) }
func (m message) Text(x sim.Names) string { return fmt.Sprintf("%d by %s", m.n, x.ValueName(m.by)) }

// stored is what the server has on its disk.
type stored struct{ n uint32 }

func (s stored) Hash(d *sim.Digest)    { d.Mix(uint64(s.n)) }
func (s stored) Text(sim.Names) string { return fmt.Sprint(s.n) }

type env = sim.Env[message, stored]

// The first actor is the server. The others each serve a client.
const server = sim.ID(1)

// actor is either of the two.
type actor struct {
	sim.Base[message, stored]
	compares bool        // the server refuses a number that is not the next
	asked    sim.Request // what the client waits for; zero: nothing
}

// Request is a client's: it wants to add one. Its value names the update.
func (a *actor) Request(e *env, r sim.Request) {
	a.asked = r
	e.Send(server, message{kind: read})
}

func (a *actor) Receive(e *env, from sim.ID, m message) {
	n := e.Saved().n
	switch {
	case m.kind == read:
		e.Send(from, message{kind: number, n: n})
	case m.kind == number && a.asked.Value != 0:
		e.Send(server, message{write, m.n + 1, a.asked.Value})
	case m.kind == write && a.compares && m.n != n+1:
		e.Send(from, message{kind: number, n: n}) // somebody was faster
	case m.kind == write:
		e.Save(stored{m.n})
		e.Broadcast(message{written, m.n, m.by})
	case m.kind == written:
		e.Decide(sim.Instance(m.n-1), m.by, 0) // the n-th update is this one
		if m.by == a.asked.Value {
			e.Answer(a.asked.ID, m.by)
			a.asked = sim.Request{}
		}
	}
}

// Protocol is the register as paxsim knows it. That the n-th update is one alone is
// what [sim.Consensus] watches: a decision of the instance n-1.
var Protocol = sim.Define(sim.Spec[actor, message, stored]{
	Name:       "register",
	Vocabulary: sim.Vocabulary{Messages: []string{"Read", "Number", "Write", "Written"}, Operations: []string{"add"}},
	Settings: []sim.Setting{{Name: "compares", Kind: sim.Bool, Default: 0, Doc: "whether the server refuses a number that is not the next",
		Unsafe: "an update can be lost", UnsafeAt: 0}},
	Actor:      func(s *sim.Scenario, _ sim.Plan) actor { return actor{compares: s.Setting("compares") == 1} },
	Invariants: sim.ConsensusInvariants(),
	History:    sim.WatchConsensus[message, stored],
	Goal:       func(s *sim.Scenario) sim.Goal { return sim.Goal{Instances: sim.Instance(len(s.Requests))} },
})
