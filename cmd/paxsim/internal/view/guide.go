package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/letters"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// guide finds the events of a run by which it can be told to somebody who has
// never seen Paxos: the first of each thing worth a word. What it says of one it
// says when the run is over: a sentence about this run follows from the ledger,
// and a rule of Paxos is told only where the protocol is Paxos and nothing broke.
type guide struct {
	scenario *sim.Scenario
	book     *ledger
	said     map[subject]bool
	found    []moment
}

// subject is what a caption is about. Those that stand first here go first where
// there is no room for all.
type subject int

const (
	ofBroken   subject = iota // what is broken on purpose
	ofViolated                // an invariant breaks
	ofSecond                  // a second value is chosen
	ofDecided
	ofChosen
	ofPrepare
	ofPromise
	ofAccept
	ofAccepted
	ofUntrue  // a promise that does not report what was accepted
	ofIgnores // a proposal in spite of what was reported
	ofBetrays // a vote below a promise
	ofAdopts  // a proposal that follows what was reported
	ofNack
	ofCrash
	ofFault
	ofLost
	ofRefused
	ofPause
	ofEnd // where the page ends
)

// moment is an event worth a caption, and what will be said of it.
type moment struct {
	about subject
	event uint64
	tell  func(sound bool) sentences
}

// caption is a few sentences about an event.
type caption struct {
	about subject
	event uint64
	text  string
}

func newGuide(s *sim.Scenario) guide {
	return guide{scenario: s, book: newLedger(s), said: map[subject]bool{}}
}

// say adds a caption, unless there is one about this already.
func (g *guide) say(about subject, event uint64, tell func(sound bool) sentences) {
	if !g.said[about] {
		g.said[about] = true
		g.found = append(g.found, moment{about, event, tell})
	}
}

// see looks at a step.
func (g *guide) see(e sim.Entry, p letters.Parts) {
	if p.Refused != "" {
		g.say(ofRefused, e.Event, refusedCaption(p.Refused))
		return
	}
	if p.Held == "" {
		g.book.event(e)
	}
	if e.What == sim.FaultBegins {
		g.say(ofFault, e.Event, g.faultCaption(e))
	}
	for i, f := range p.Effects {
		g.effect(e, f, p.Effects[:i])
	}
}

// effect looks at something that happens during an event, before being what has
// happened during it so far.
func (g *guide) effect(e, f sim.Entry, before []sim.Entry) {
	isNew, chose := g.book.effect(f)
	switch f.What {
	case sim.Dropped:
		if f.Copy == 0 {
			g.say(ofLost, e.Event, g.lostCaption(f))
		}
	case sim.Crashed:
		g.say(ofCrash, e.Event, crashCaption(f))
	case sim.Paused:
		g.say(ofPause, e.Event, pauseCaption(f))
	case sim.FaultStruck:
		g.say(ofFault, e.Event, g.faultCaption(f))
	case sim.Decided:
		g.say(ofDecided, e.Event, g.decidedCaption(e, f))
	case sim.Violated:
		g.say(ofViolated, e.Event, violatedCaption(f))
	case sim.Sent, sim.Broadcast:
		g.message(e, f, before)
	}
	if isNew {
		g.vote(f)
	}
	if chose {
		g.choice(f)
	}
}

// message looks at a message that leaves.
func (g *guide) message(e, f sim.Entry, before []sim.Entry) {
	switch g.book.kind(f) {
	case "Prepare":
		g.say(ofPrepare, e.Event, prepareCaption(f))
	case "Promise":
		g.say(ofPromise, e.Event, g.promiseCaption(f, hasSaved(before, f.Actor)))
		if _, reported := readPromise(f.Text); reported != g.book.owed(f) {
			g.say(ofUntrue, e.Event, g.untrueCaption(f))
		}
	case "Accept":
		g.say(ofAccept, e.Event, g.acceptCaption(f))
		p := readProposal(f.Text)
		switch r := g.book.promised(f.Actor, p.ballot); {
		case !g.book.proposes(f.Actor, p.ballot):
		case r.highest == proposal{}:
		case r.highest.value != p.value:
			g.say(ofIgnores, e.Event, g.ignoresCaption(f))
		case !slices.Contains(g.book.actors[f.Actor].asked, p.value):
			g.say(ofAdopts, e.Event, g.adoptsCaption(f))
		}
	case "Accepted":
		if g.book.actors[f.Actor].offered[readProposal(f.Text)] {
			g.say(ofAccepted, e.Event, g.acceptedCaption(f, hasSaved(before, f.Actor)))
		}
	case "Nack":
		g.say(ofNack, e.Event, g.nackCaption(f))
	}
}

// vote looks at a vote that is new.
func (g *guide) vote(f sim.Entry) {
	if n := len(g.book.broken); n > 0 && g.book.broken[n-1].event == f.Event && g.book.broken[n-1].actor == f.Actor {
		g.say(ofBetrays, f.Event, betraysCaption(g.book.broken[n-1]))
	}
}

// choice looks at a vote by which a value is chosen.
func (g *guide) choice(f sim.Entry) {
	now := g.book.chosen[len(g.book.chosen)-1]
	g.say(ofChosen, f.Event, g.chosenCaption(now, len(g.book.decided) > 0))
	if first := g.book.chosen[0]; first.value != now.value {
		g.say(ofSecond, f.Event, secondCaption(first, now))
	}
}

// hasSaved says whether an actor has saved something during an event so far.
func hasSaved(effects []sim.Entry, actor sim.ID) bool {
	return slices.ContainsFunc(effects, func(e sim.Entry) bool { return e.What == sim.Saved && e.Actor == actor })
}

// maxCaptions is how many there are at most, but for that at the end. Who wants
// the rest steps.
const maxCaptions = 10

// told is the captions of the events of a page, in their order. The first says
// what is broken, if anything is.
func (g *guide) told(from, to uint64, f *trace.Foot, all bool) []caption {
	wrong := g.wrong(f)
	sound := len(wrong) == 0
	list := slices.DeleteFunc(slices.Clone(g.found), func(m moment) bool { return m.event < from || m.event > to })
	if !sound {
		list = append(list, moment{ofBroken, from, func(bool) sentences { return wrong }})
	}
	slices.SortStableFunc(list, func(a, b moment) int { return cmp.Compare(a.about, b.about) })
	list = list[:min(len(list), maxCaptions)]
	slices.SortStableFunc(list, func(a, b moment) int { return cmp.Compare(a.event, b.event) })
	if len(list) == 0 {
		return nil
	}
	list = append(list, moment{ofEnd, to, func(bool) sentences { return endCaption(f, all) }})
	out := make([]caption, len(list))
	for i, m := range list {
		out[i] = caption{m.about, m.event, strings.Join(m.tell(sound), " ")}
	}
	return out
}

// wrong is what is broken on purpose, and what comes of it in this run; nothing:
// the protocol is whole, and nothing breaks.
func (g *guide) wrong(f *trace.Foot) (out sentences) {
	s := g.scenario
	if m, ok := mutantOf(s); ok {
		alone := len(s.Unsafe()) == 0 && len(s.Outside) == 0 && f.Violation == nil
		switch m.Kind {
		case sim.Unsafe, sim.Stalls:
			out.add("This is %s broken on purpose, by the mutant %s: %s.", protocolName(s), m.Name, m.Doc)
			if m.Kind == sim.Stalls && alone {
				out.add("It stays safe, and decides late or not at all.")
			}
		default:
			out.add("This is %s with a change on purpose, the mutant %s: %s.", protocolName(s), m.Name, m.Doc)
			if m.Kind == sim.Control && alone {
				out.add("It looks like a bug, and is safe.")
			}
		}
	}
	for _, setting := range s.Unsafe() {
		out.add("This is %s broken on purpose, by the setting %s.%s: %s.", protocolName(s), s.Protocol.Name(), setting.Name, setting.Unsafe)
	}
	if len(s.Outside) > 0 {
		out.add("This scenario has faults that %s is not made for: %s.", protocolName(s), strings.Join(s.Outside, ", "))
	}
	switch v := f.Violation; {
	case v != nil:
		out.add("In this run an invariant breaks, at event %d: %s.", v.Event, terminal.Text(v.Invariant))
		if doc := invariantDoc(s, v.Invariant); doc != "" {
			out.add("It says: %s.", doc)
		}
	case len(out) > 0 && (s.Invariants == nil || len(s.Invariants) > 0):
		out.add("In this run no invariant that is watched breaks.")
	}
	return out
}
