package simtest

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/search"
)

// Drawn is a source for [Play] that asks a function for a number from 0 to outcomes-1. 0
// is the calm answer. label names the question in the words of the scenario's protocol:
// "lost Proposal 1>2 #1". Where draw is to pick what happens next, it is "next, from
// deliver Proposal 1>2 #1 on".
func Drawn(s *sim.Scenario, draw func(label string, outcomes uint32) uint32) scheduler.Source {
	return &drawn{s.Protocol.Vocabulary(), draw}
}

type drawn struct {
	words *sim.Vocabulary
	draw  func(label string, outcomes uint32) uint32
}

// Answer implements [scheduler.Source].
func (d *drawn) Answer(k scheduler.Key, outcomes, _ uint32) uint32 {
	return d.draw(d.words.KeyText(k), outcomes)
}

// guarded is a source whose panics are its own. rapid stops a run by one that it
// catches again, and a world would take it for one of the protocol.
type guarded struct {
	source scheduler.Source
	broken bool
	panic  any
}

// Answer implements [scheduler.Source].
func (g *guarded) Answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	return g.ask(func() uint32 { return g.source.Answer(k, outcomes, seeded) })
}

// next picks one of the events that may be next, given the oldest.
func (g *guarded) next(k scheduler.Key, of uint32) uint32 {
	return g.ask(func() uint32 {
		if d, ok := g.source.(*drawn); ok {
			return d.draw("next, from "+d.words.EventText(k)+" on", of)
		}
		return g.source.Answer(k, of, 0)
	})
}

func (g *guarded) ask(answer func() uint32) uint32 {
	defer func() {
		if p := recover(); p != nil {
			g.broken, g.panic = true, p
			panic(p)
		}
	}()
	return answer()
}

// picking is an adversary that a source is: it is asked about the oldest event
// that is enabled which of all is next.
type picking struct{ source *guarded }

// Begin implements [search.Picker].
func (picking) Begin(uint64) {}

// Born implements [search.Picker].
func (picking) Born(scheduler.Key, uint32) uint64 { return 0 }

// Pick implements [search.Picker].
func (p picking) Pick(of *search.Pending) int {
	if of.Len() == 1 {
		return 0
	}
	return int(p.source.next(of.Key(0), uint32(of.Len())))
}
