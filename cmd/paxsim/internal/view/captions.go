package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/letters"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// The texts of captions. Each sentence is of one of three sorts. A fact is read
// from the trace, and worded so that it holds of this very run. A rule of Paxos is
// added only where the protocol is sound and no invariant breaks; where it speaks
// of what is to come the run must bear it out. The rest explains the picture.
// TestCaptionsAreTrue knows each sentence, and how to hold it against the trace.

// sentences are those of a caption.
type sentences []string

func (s *sentences) add(format string, args ...any) { *s = append(*s, fmt.Sprintf(format, args...)) }

// rule adds a rule of Paxos.
func (s *sentences) rule(sound bool, text string) {
	if sound {
		*s = append(*s, text)
	}
}

func prepareCaption(f sim.Entry) func(bool) sentences {
	b, _ := readBallot(f.Text)
	return func(sound bool) (s sentences) {
		s.add("Phase 1 begins: actor %d asks for promises, by Prepare %v.", f.Actor, b)
		s.add("Time runs down, every column is an actor, every arrow a message.")
		s.add("A ballot is a round and an actor.")
		s.rule(sound, "The higher of two ballots wins.")
		return s
	}
}

// promiseCaption is about a promise that leaves; now says whether its actor has
// saved something during the same event.
func (g *guide) promiseCaption(f sim.Entry, now bool) func(bool) sentences {
	b, reported := readPromise(f.Text)
	disk := g.book.actors[f.Actor].disk
	return func(sound bool) (s sentences) {
		s.add("Actor %d promises to accept nothing below ballot %v.", f.Actor, b)
		switch {
		case disk.promised.below(b):
			s.add("Its disk does not hold this promise when the answer leaves.")
		case now:
			s.add("It has saved the promise first (the square).")
			s.rule(sound, "So a crash cannot make it forget.")
		default:
			s.add("Its disk holds the promise already.")
		}
		if reported == (proposal{}) {
			s.add("It answers that it has accepted nothing.")
		} else {
			s.add("It answers that it has accepted %s in %v.", terminal.Text(reported.value), reported.ballot)
		}
		for _, x := range g.book.broken {
			if x.actor == f.Actor && x.event > f.Event && x.ballot.below(b) {
				s.add("In this run it breaks the promise, at event %d.", x.event)
				break
			}
		}
		return s
	}
}

func (g *guide) untrueCaption(f sim.Entry) func(bool) sentences {
	b, reported := readPromise(f.Text)
	truth := g.book.owed(f)
	return func(bool) (s sentences) {
		said := "nothing"
		if reported != (proposal{}) {
			said = fmt.Sprintf("%s in %v", terminal.Text(reported.value), reported.ballot)
		}
		s.add("Actor %d promises ballot %v, and answers that it has accepted %s.", f.Actor, b, said)
		if truth == (proposal{}) {
			s.add("That is not so: it has accepted nothing below that ballot.")
		} else {
			s.add("That is not so: it has accepted %s in %v.", terminal.Text(truth.value), truth.ballot)
		}
		return s
	}
}

func (g *guide) acceptCaption(f sim.Entry) func(bool) sentences {
	p := readProposal(f.Text)
	r := *g.book.promised(f.Actor, p.ballot)
	own := slices.Contains(g.book.actors[f.Actor].asked, p.value)
	return func(sound bool) (s sentences) {
		value, n := terminal.Text(p.value), len(r.from)
		if g.book.quorum(toPromise, n) {
			s.add("Phase 2 begins: %d of %d have promised, %s, so actor %d proposes %s in ballot %v.", n, g.book.size, g.book.aQuorum(toPromise), f.Actor, value, p.ballot)
		} else {
			s.add("Phase 2 begins: actor %d proposes %s in ballot %v, though it has promises of only %d of %d.", f.Actor, value, p.ballot, n, g.book.size)
		}
		switch {
		case r.highest == proposal{}:
			s.add("No promise that it has reports a value.")
			if own {
				s.add("Its client asked for %s.", value)
				s.rule(sound, "Had a promise reported a value, it would have to propose that.")
			}
		case r.highest.value == p.value:
			s.add("Of the values that the promises report, %s is that of the highest ballot, %v.", value, r.highest.ballot)
			s.rule(sound, "It must take that one, for it may be chosen already.")
		default:
			s.add("The promises report %s in %v, and it does not take that.", terminal.Text(r.highest.value), r.highest.ballot)
		}
		return s
	}
}

func (g *guide) ignoresCaption(f sim.Entry) func(bool) sentences {
	p := readProposal(f.Text)
	r := *g.book.promised(f.Actor, p.ballot)
	return func(bool) (s sentences) {
		s.add("Actor %d proposes %s in ballot %v.", f.Actor, terminal.Text(p.value), p.ballot)
		s.add("The promises report %s in %v, and it does not take that.", terminal.Text(r.highest.value), r.highest.ballot)
		return s
	}
}

func (g *guide) adoptsCaption(f sim.Entry) func(bool) sentences {
	p := readProposal(f.Text)
	r := *g.book.promised(f.Actor, p.ballot)
	return func(sound bool) (s sentences) {
		value := terminal.Text(p.value)
		s.add("Actor %d proposes %s in ballot %v, which is not what its client asked for.", f.Actor, value, p.ballot)
		s.add("Of the values that the promises report, %s is that of the highest ballot, %v.", value, r.highest.ballot)
		s.rule(sound, "It must take that one, for it may be chosen already.")
		return s
	}
}

// acceptedCaption is about an acceptance that leaves; now says whether its actor
// has saved something during the same event.
func (g *guide) acceptedCaption(f sim.Entry, now bool) func(bool) sentences {
	p := readProposal(f.Text)
	a := g.book.actors[f.Actor]
	return func(sound bool) (s sentences) {
		s.add("Actor %d accepts %s in ballot %v, and tells so.", f.Actor, terminal.Text(p.value), p.ballot)
		if p.ballot.below(a.promised) {
			s.add("It does so although it has promised %v.", a.promised)
		} else {
			s.add("It has promised nothing higher.")
		}
		switch {
		case a.disk.accepted != p:
			s.add("Its disk does not hold this vote when the answer leaves.")
		case now:
			s.add("It has saved its vote first.")
		default:
			s.add("Its disk holds the vote already.")
		}
		s.add("A value is chosen once %s has accepted it in one ballot.", g.book.aQuorum(toAccept))
		return s
	}
}

func betraysCaption(x lapse) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("Actor %d accepts in ballot %v although it has promised %v: it breaks a promise.", x.actor, x.ballot, x.promised)
		return s
	}
}

func (g *guide) chosenCaption(now fact, decided bool) func(bool) sentences {
	n := g.book.votersOf(now.proposal)
	return func(sound bool) (s sentences) {
		s.add("With this vote of actor %d, %d of %d have accepted %s in ballot %v, %s: the value is chosen.", now.actor, n, g.book.size, terminal.Text(now.value), now.ballot, g.book.aQuorum(toAccept))
		if !decided {
			s.add("Nobody has decided yet.")
		}
		if x := other(g.book.chosen, now.value); x != nil {
			s.add("Another value, %s, is chosen as well, at event %d.", terminal.Text(x.value), x.event)
		} else {
			s.rule(sound, "No other value can be chosen any more.")
		}
		return s
	}
}

func secondCaption(first, now fact) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("A second value is chosen: %s in ballot %v, after %s in %v.", terminal.Text(now.value), now.ballot, terminal.Text(first.value), first.ballot)
		return s
	}
}

func (g *guide) decidedCaption(e, f sim.Entry) func(bool) sentences {
	p := readDecision(f.Text)
	n := len(g.book.acceptances(f.Actor, p.ballot).from)
	return func(sound bool) (s sentences) {
		value := terminal.Text(p.value)
		switch {
		case e.What == sim.Restarted:
			s.add("Actor %d comes back and knows from its disk that %s is decided.", f.Actor, value)
		case g.book.quorum(toAccept, n):
			s.add("Actor %d has heard that %d of %d, %s, have accepted in ballot %v: it decides %s.", f.Actor, n, g.book.size, g.book.aQuorum(toAccept), p.ballot, value)
		default:
			s.add("Actor %d decides %s in ballot %v, though it has heard that of only %d of %d.", f.Actor, value, p.ballot, n, g.book.size)
		}
		x, y := other(g.book.decided, p.value), other(g.book.chosen, p.value)
		switch {
		case x != nil:
			s.add("That is not the last word: at event %d actor %d decides %s.", x.event, x.actor, terminal.Text(x.value))
		case y != nil:
			s.add("But another value, %s, is chosen, at event %d.", terminal.Text(y.value), y.event)
		default:
			s.rule(sound, "Nothing else can be decided any more.")
		}
		return s
	}
}

func violatedCaption(f sim.Entry) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("Here an invariant breaks: %s.", terminal.Text(f.Text))
		s.add("The key c leads back from cause to cause.")
		return s
	}
}

func (g *guide) nackCaption(f sim.Entry) func(bool) sentences {
	b, _ := readBallot(f.Text)
	promised := g.book.actors[f.Actor].promised
	return func(sound bool) (s sentences) {
		s.add("Actor %d refuses ballot %v.", f.Actor, b)
		switch {
		case b.below(promised):
			s.add("It has promised a higher one, %v.", promised)
			if b.actor != promised.actor {
				s.add("So two proposers are in each other's way.")
			}
			s.rule(sound, "One that is refused gives up, or tries again with a higher ballot.")
		case b == promised:
			s.add("It has promised that very ballot.")
		default:
			s.add("It has promised nothing higher.")
		}
		return s
	}
}

func (g *guide) lostCaption(f sim.Entry) func(bool) sentences {
	return func(sound bool) (s sentences) {
		why := ""
		if f.Text != "lost" {
			why = " (" + terminal.Text(f.Text) + ")"
		}
		s.add("A short arrow that ends in a cross: %s from actor %d to actor %d is lost%s.", terminal.Text(g.word(f)), f.Actor, f.Peer, why)
		s.rule(sound, "Paxos does not need every message, only answers of "+g.book.aQuorum(toAccept)+".")
		return s
	}
}

// word is the word for a message.
func (g *guide) word(f sim.Entry) string {
	if kind := g.book.kind(f); kind != "" {
		return kind
	}
	return "a message"
}

func refusedCaption(why string) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("A cross at the end of an arrow: the message has come, and its receiver does not get it (%s).", terminal.Text(why))
		s.add("The sender is not told.")
		return s
	}
}

func crashCaption(f sim.Entry) func(bool) sentences {
	return func(sound bool) (s sentences) {
		s.add("Actor %d crashes, and what it has in memory is gone.", f.Actor)
		s.rule(sound, "What it has saved to its disk is not (a square is a save).")
		s.add("While it is down its column is hatched.")
		return s
	}
}

func pauseCaption(f sim.Entry) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("Actor %d stands still.", f.Actor)
		s.add("To the others this looks like a crash, or like a slow network: they cannot tell.")
		return s
	}
}

func (g *guide) faultCaption(e sim.Entry) func(bool) sentences {
	i := letters.Fault(g.scenario, e)
	return func(bool) (s sentences) {
		if i < 0 {
			s.add("A fault begins: %s.", terminal.Text(e.Text))
			return s
		}
		f := &g.scenario.Faults[i]
		s.add("The fault %s begins.", terminal.Text(f.Name))
		switch faultWord(f) {
		case "cut":
			s.add("It cuts the network: messages across the cut are lost, and all columns are shaded meanwhile.")
		case "clog":
			s.add("It clogs links: messages on them must wait, and all columns are shaded meanwhile.")
		case "weather":
			s.add("It changes how messages travel.")
		case "pause":
			s.add("It makes actors stand still.")
		case "crash":
			s.add("It makes actors crash.")
		}
		return s
	}
}

func endCaption(f *trace.Foot, all bool) (s sentences) {
	if all {
		s.add("The run ends here: %s.", f.Outcome)
	} else {
		s.add("The page ends here, and the run goes on.")
	}
	s.add("The panel tells what each actor knows and has on its disk after the chosen event.")
	s.add("Go through the run yourself: the arrow keys step, p shows all that led to an event, x finds the next thing that goes wrong, and ? tells the other keys.")
	return s
}

// mutantOf is the mutant that a scenario's protocol has put in.
func mutantOf(s *sim.Scenario) (sim.Mutant, bool) {
	p, ok := s.Protocol.(sim.Mutable)
	if !ok || s.Mutant == "" {
		return sim.Mutant{}, false
	}
	list := p.Mutants()
	i := slices.IndexFunc(list, func(m sim.Mutant) bool { return m.Name == s.Mutant })
	if i < 0 {
		return sim.Mutant{}, false
	}
	return list[i], true
}

// protocolName is the protocol's name as a word of a sentence.
func protocolName(s *sim.Scenario) string {
	name := s.Protocol.Name()
	return strings.ToUpper(name[:1]) + name[1:]
}

func invariantDoc(s *sim.Scenario, name string) string {
	for _, inv := range s.Protocol.Invariants() {
		if inv.Name == name {
			return inv.Doc
		}
	}
	return ""
}
