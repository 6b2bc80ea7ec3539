package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/letters"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/sim"
)

// guide finds the events of a run by which it can be told to somebody who has
// never seen Paxos: the first of each thing worth a word.
type guide struct {
	messages []string
	said     map[string]bool
	captions []caption
}

// caption is a few sentences about an event.
type caption struct {
	event uint64
	text  string
}

func newGuide(s *sim.Scenario) guide {
	return guide{messages: s.Protocol.Words().Messages, said: map[string]bool{}}
}

// say adds a caption, unless there is one about this already.
func (g *guide) say(about string, event uint64, format string, args ...any) {
	if !g.said[about] {
		g.said[about] = true
		g.captions = append(g.captions, caption{event, fmt.Sprintf(format, args...)})
	}
}

func (g *guide) kind(e sim.Entry) string {
	if int(e.Kind) < len(g.messages) {
		return g.messages[e.Kind]
	}
	return ""
}

// see looks at a step. The words for messages are those of Paxos; a protocol
// with others has fewer captions.
func (g *guide) see(e sim.Entry, p letters.Parts) {
	ballot, _, _ := strings.Cut(report.Clean(e.Text), "=")
	ballot, _, _ = strings.Cut(ballot, " ")
	if p.Refused != "" {
		g.say("refused", e.Event, "A cross at the end of an arrow: the message has come, but its receiver is down or cut off. Nobody is told; whoever waits for an answer has to try again.")
		return
	}
	for _, f := range p.Effects {
		switch kind := g.kind(f); {
		case f.What == sim.Dropped && f.Copy == 0:
			g.say("lost", e.Event, "A short arrow that ends in a cross: %s to actor %d is lost (%s). Paxos does not need every message, only a majority of answers; and a sender that hears too little repeats.", kind, f.Peer, report.Clean(f.Text))
		case f.What == sim.Crashed:
			g.say("crash", e.Event, "Actor %d crashes. What it knew is gone, but for what it had saved to its disk (a square is a save). While it is down its line is shaded.", f.Actor)
		case f.What == sim.Paused:
			g.say("pause", e.Event, "Actor %d stands still. To the others this looks like a crash, or like a slow network: they cannot tell.", f.Actor)
		case f.What == sim.Decided:
			g.say("decided", e.Event, "Actor %d has heard that a majority accepted the same ballot: it decides %s. No run that goes on from here can decide anything else.", f.Actor, report.Clean(f.Text))
		case f.What == sim.Violated:
			g.say("violated", e.Event, "Here an invariant breaks: %s. Look at what led here with the key c, from cause to cause.", report.Clean(f.Text))
		case f.What != sim.Sent && f.What != sim.Broadcast:
		case kind == "Prepare":
			b, _, _ := strings.Cut(report.Clean(f.Text), " ")
			g.say("prepare", e.Event, "Phase 1 begins. Time runs down, every column is an actor, every arrow a message. Actor %d wants to have a value decided, and asks all for a promise: Prepare %s. The ballot %s is round and actor; higher ballots win.", f.Actor, b, b)
		case kind == "Promise" && e.What == sim.Delivered:
			g.say("promise", e.Event, "Actor %d promises: it will accept nothing below ballot %s any more. It saves that first (the square), so that a crash cannot make it forget; then it answers, and tells what it has accepted already.", f.Actor, ballot)
		case kind == "Accept":
			g.say("accept", e.Event, "Phase 2. A majority has promised, so actor %d may propose a value: its own, unless a promise told of one that was accepted before. Then it must take that one.", f.Actor)
		case kind == "Accepted" && e.What == sim.Delivered:
			g.say("accepted", e.Event, "Actor %d has promised nothing higher, so it accepts, saves, and tells everybody. Once a majority has accepted one ballot the value is chosen, though nobody knows yet.", f.Actor)
		case kind == "Nack":
			g.say("nack", e.Event, "Actor %d refuses ballot %s: it has promised a higher one. So two proposers can get into each other's way, and one of them has to give up or to try above.", f.Actor, ballot)
		}
	}
	if e.What == sim.FaultBegins {
		g.say("fault", e.Event, "Now the fault %s begins: something that the scenario has go wrong. Cuts are shaded over all columns; messages across them are lost.", report.Clean(e.Text))
	}
}

// maxCaptions is how many there are at most. Who wants the rest steps.
const maxCaptions = 9

// told is the captions of a window of events, in their order.
func (g *guide) told(from, to uint64) []caption {
	list := slices.DeleteFunc(slices.Clone(g.captions), func(c caption) bool { return c.event < from || c.event > to })
	slices.SortStableFunc(list, func(a, b caption) int { return int(a.event) - int(b.event) })
	list = list[:min(len(list), maxCaptions)]
	if len(list) == 0 {
		return nil
	}
	return append(list, caption{to, "So far the run. The panel tells what each actor knows and has on its disk after the chosen event. Go through it yourself: the arrow keys step, p shows all that led to an event, x finds the next thing that goes wrong, and ? tells the other keys."})
}
