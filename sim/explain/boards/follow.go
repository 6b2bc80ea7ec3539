// Package boards follows the board of a run and writes it for a terminal.
//
//	trace.Step ──> Follower.Step ──> board.Board ──> Text
package boards

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/board"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Follower keeps the board of a run, event by event.
type Follower struct {
	keeper board.Keeper
	board  board.Board
}

// Follow begins with the board of a run of a scenario before its first event. names are
// those of the run. It is nil if the protocol has no board.
func Follow(s *sim.Scenario, names sim.Names) *Follower {
	k := s.Protocol.Board(s, names)
	if k == nil {
		return nil
	}
	f := &Follower{keeper: k}
	f.board.Grow(s.Actors)
	return f
}

// Step takes the next event and what happened during it, and returns what it changed.
// The changes are good until the next Step.
func (f *Follower) Step(s trace.Step) []board.Change { return f.Parts(s.Event, flights.Split(s)) }

// Parts is Step for a step that was taken apart.
func (f *Follower) Parts(e observe.Entry, p flights.Parts) []board.Change {
	if p.Refused == "" && p.Held == "" {
		f.keeper.See(e)
	}
	for _, x := range p.Effects {
		f.keeper.See(x)
	}
	changes := f.keeper.Changes()
	for _, c := range changes {
		f.board.Apply(e.Event, c)
	}
	return changes
}

// Board is the board so far. It is good until the next Step.
func (f *Follower) Board() *board.Board { return &f.board }

// Legend is what its signs mean.
func (f *Follower) Legend() board.Legend { return f.keeper.Legend() }
