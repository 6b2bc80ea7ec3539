package metrics

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/observe"
)

// Wait is how long an actor waited for a quorum in a phase of a round.
type Wait struct {
	Actor  sim.ID
	Round  sim.Round
	Phase  int      // an index into [sim.Protocol].Phases
	From   sim.Time // when the actor first sent the message that the phase begins with
	Quorum sim.Time // when as many members as are a quorum had answered, if Had
	Had    bool     // false: the run ended before, the actor crashed, or it began a later round
}

// Waits notes the waits of one run, in the order in which they begin. It is an
// [observe.Observer]. A phase begins with the first of its messages, and the others are
// the answers. A protocol without phases has no waits. Make it with [NewWaits].
type Waits struct {
	scenario *sim.Scenario
	members  ids.Set
	asks     [sim.MaxMessages]uint8 // by kind: the phase that it begins, plus 1
	answers  [sim.MaxMessages]uint8 // by kind: the phase that it answers, plus 1
	list     []Wait
	now      []waiting // by actor
	last     observe.Entry
}

// waiting is the round in which an actor waits, or has waited last.
type waiting struct {
	round  sim.Round
	phases []inPhase // by phase
}

// inPhase is the state of an actor in a phase of its round.
type inPhase struct {
	at   int  // in the list, plus 1; 0: it has not begun
	open bool // it still waits
	from ids.Set
}

// NewWaits makes the observer for runs of a scenario.
func NewWaits(s *sim.Scenario) *Waits {
	w := &Waits{scenario: s, members: ids.Of(s.Members)}
	if s.Members == nil {
		for id := 1; id <= s.Actors; id++ {
			w.members.Add(sim.ID(id))
		}
	}
	for i, p := range s.Protocol.Phases() {
		for k, kind := range p.Messages {
			if k == 0 {
				w.asks[kind] = uint8(i + 1)
			} else {
				w.answers[kind] = uint8(i + 1)
			}
		}
	}
	w.Reset()
	return w
}

// Reset forgets the run.
func (w *Waits) Reset() {
	w.list, w.last = nil, observe.Entry{}
	w.now = make([]waiting, w.scenario.Actors+1)
}

// List is the waits so far. It is not changed by what follows, nor by Reset.
func (w *Waits) List() []Wait {
	w.settle()
	return append([]Wait(nil), w.list...)
}

// Observe implements [observe.Observer].
func (w *Waits) Observe(e observe.Entry) {
	if a := w.last; (e.What == observe.Dropped || e.What == observe.Held) && a.Actor == e.Actor && a.Peer == e.Peer && a.Kind == e.Kind && a.N == e.N {
		w.last = observe.Entry{} // it was not handled
	}
	w.settle()
	switch e.What {
	case observe.Sent, observe.Broadcast:
		if p := w.asks[e.Kind]; p != 0 {
			w.begin(e, int(p-1))
		}
	case observe.Delivered:
		w.last = e
	case observe.Crashed:
		w.now[e.Actor] = waiting{}
	}
}

// begin notes a wait, if it is not one that goes on.
func (w *Waits) begin(e observe.Entry, phase int) {
	now := &w.now[e.Actor]
	if now.phases == nil || now.round != e.Round {
		*now = waiting{e.Round, make([]inPhase, len(w.scenario.Protocol.Phases()))}
	}
	if p := &now.phases[phase]; p.at == 0 {
		w.list = append(w.list, Wait{Actor: e.Actor, Round: e.Round, Phase: phase, From: e.At})
		p.at, p.open = len(w.list), true
	}
}

// settle counts the answer that arrived last.
func (w *Waits) settle() {
	e := w.last
	w.last = observe.Entry{}
	kind := w.answers[e.Kind]
	from := e.Peer
	if e.As != 0 {
		from = e.As
	}
	if e.What != observe.Delivered || kind == 0 || !w.members.Has(from) {
		return
	}
	now, phase := &w.now[e.Actor], int(kind-1)
	if now.phases == nil || now.round != e.Round || !now.phases[phase].open {
		return
	}
	p := &now.phases[phase]
	p.from.Add(from)
	if w.scenario.QuorumOf(phase).Holds(p.from.Len(), w.members.Len()) {
		x := &w.list[p.at-1]
		x.Quorum, x.Had, p.open = e.At, true, false
	}
}
