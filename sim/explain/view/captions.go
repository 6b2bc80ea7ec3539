package view

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/zoo"
)

// The texts of captions about what every protocol has. Each sentence is of one of
// three sorts. A fact is read from the trace, and worded so that it holds of this very
// run. A rule is added only where the protocol is sound and no invariant breaks. The
// rest explains the picture. What the protocol itself has to say is in its
// [observe.Guide]. TestCaptionsAreTrue knows each sentence, and how to hold it against the
// trace.

// sentences are those of a caption.
type sentences []string

func (s *sentences) add(format string, args ...any) { *s = append(*s, fmt.Sprintf(format, args...)) }

// rule adds a rule.
func (s *sentences) rule(sound bool, text string) {
	if sound {
		*s = append(*s, text)
	}
}

// decidedCaption is about a decision, where the protocol has no guide of its own.
func decidedCaption(f observe.Entry) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("Actor %d decides %s.", f.Actor, terminal.Text(f.Text))
		return s
	}
}

func violatedCaption(f observe.Entry) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("Here an invariant breaks: %s.", terminal.Text(f.Text))
		s.add("The key c leads back from cause to cause.")
		return s
	}
}

func (g *guide) lostCaption(f observe.Entry) func(bool) sentences {
	return func(sound bool) (s sentences) {
		why := ""
		if f.Text != "lost" {
			why = " (" + terminal.Text(f.Text) + ")"
		}
		s.add("A short arrow that ends in a cross: %s from actor %d to actor %d is lost%s.", terminal.Text(g.word(f)), f.Actor, f.Peer, why)
		if quorum := g.aQuorum(); quorum != "" {
			s.rule(sound, protocolName(g.scenario)+" does not need every message, only answers of "+quorum+".")
		}
		return s
	}
}

// word is the word for a message.
func (g *guide) word(f observe.Entry) string {
	if list := g.scenario.Protocol.Vocabulary().Messages; int(f.Kind) < len(list) && list[f.Kind] != "" {
		return list[f.Kind]
	}
	return "a message"
}

// aQuorum is what captions call a quorum of the last phase; "": the protocol waits
// for none.
func (g *guide) aQuorum() string {
	last := len(g.scenario.Protocol.Phases()) - 1
	switch {
	case last < 0:
		return ""
	case g.scenario.QuorumOf(last).Size == 0:
		return "a majority"
	}
	return "a quorum"
}

func refusedCaption(why string) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("A cross at the end of an arrow: the message has come, and its receiver does not get it (%s).", terminal.Text(why))
		s.add("The sender is not told.")
		return s
	}
}

func crashCaption(f observe.Entry) func(bool) sentences {
	return func(sound bool) (s sentences) {
		s.add("Actor %d crashes, and what it has in memory is gone.", f.Actor)
		s.rule(sound, "What it has saved to its disk is not (a square is a save).")
		s.add("While it is down its column is hatched.")
		return s
	}
}

func pauseCaption(f observe.Entry) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("Actor %d stands still.", f.Actor)
		s.add("To the others this looks like a crash, or like a slow network: they cannot tell.")
		return s
	}
}

func (g *guide) faultCaption(e observe.Entry) func(bool) sentences {
	i := flights.Fault(g.scenario, e)
	return func(bool) (s sentences) {
		if i < 0 {
			s.add("A fault begins: %s.", terminal.Text(e.Text))
			return s
		}
		f := g.scenario.FaultAt(i)
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

func endCaption(f *trace.Trailer, all bool) (s sentences) {
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
func mutantOf(s *sim.Scenario) (zoo.Mutant, bool) {
	p, ok := s.Protocol.(sim.Mutable)
	if !ok || s.Mutant == "" {
		return zoo.Mutant{}, false
	}
	list := p.Mutants()
	i := slices.IndexFunc(list, func(m zoo.Mutant) bool { return m.Name == s.Mutant })
	if i < 0 {
		return zoo.Mutant{}, false
	}
	return list[i], true
}

// protocolName is the protocol's name as a word of a sentence.
func protocolName(s *sim.Scenario) string {
	return shown.Title(s.Protocol.Name())
}

func invariantDoc(s *sim.Scenario, name string) string {
	for _, inv := range s.Protocol.Invariants() {
		if inv.Name == name {
			return inv.Doc
		}
	}
	return ""
}
