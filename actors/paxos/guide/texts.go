package guide

import (
	"fmt"

	"github.com/paxsim/paxsim/sim/observe"
)

// The texts of captions. Each sentence is of one of three sorts. A fact is read
// from the entries of the run, and worded so that it holds of this very run. A rule
// of Paxos is added only where the protocol is sound and no invariant breaks; where it
// speaks of what is to come the run must bear it out. The rest explains the picture.
// The viewer's TestCaptionsAreTrue knows each sentence, and how to hold it against
// the run.

// sentences are those of a caption.
type sentences []string

func (s *sentences) add(format string, args ...any) { *s = append(*s, fmt.Sprintf(format, args...)) }

// rule adds a rule of Paxos.
func (s *sentences) rule(sound bool, text string) {
	if sound {
		*s = append(*s, text)
	}
}

func prepareCaption(f observe.Entry) func(bool) sentences {
	b := messageOf(f).Ballot
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
func (g *Guide) promiseCaption(f observe.Entry, now bool) func(bool) sentences {
	b, said := messageOf(f).Ballot, reported(messageOf(f))
	disk := g.book.actors[f.Actor].disk
	return func(sound bool) (s sentences) {
		s.add("Actor %d promises to accept nothing below ballot %v.", f.Actor, b)
		switch {
		case disk.Promised < b:
			s.add("Its disk does not hold this promise when the answer leaves.")
		case now:
			s.add("It has saved the promise first (the square).")
			s.rule(sound, "So a crash cannot make it forget.")
		default:
			s.add("Its disk holds the promise already.")
		}
		if said == (proposal{}) {
			s.add("It answers that it has accepted nothing.")
		} else {
			s.add("It answers that it has accepted %s in %v.", g.name(said.value), said.ballot)
		}
		for _, x := range g.book.broken {
			if x.actor == f.Actor && x.event > f.Event && x.ballot < b {
				s.add("In this run it breaks the promise, at event %d.", x.event)
				break
			}
		}
		return s
	}
}

func (g *Guide) untrueCaption(f observe.Entry) func(bool) sentences {
	b, report := messageOf(f).Ballot, reported(messageOf(f))
	truth := g.book.owed(f)
	return func(bool) (s sentences) {
		said := "nothing"
		if report != (proposal{}) {
			said = fmt.Sprintf("%s in %v", g.name(report.value), report.ballot)
		}
		s.add("Actor %d promises ballot %v, and answers that it has accepted %s.", f.Actor, b, said)
		if truth == (proposal{}) {
			s.add("That is not so: it has accepted nothing below that ballot.")
		} else {
			s.add("That is not so: it has accepted %s in %v.", g.name(truth.value), truth.ballot)
		}
		return s
	}
}

func (g *Guide) acceptCaption(f observe.Entry) func(bool) sentences {
	p := proposed(messageOf(f))
	r := *g.book.promised(f.Actor, p.ballot)
	own := g.asked(f.Actor, p.value)
	return func(sound bool) (s sentences) {
		value, n := g.name(p.value), len(r.from)
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
			s.rule(sound, "It must take that one, because it may be chosen already.")
		default:
			s.add("The promises report %s in %v, and it does not take that.", g.name(r.highest.value), r.highest.ballot)
		}
		return s
	}
}

func (g *Guide) ignoresCaption(f observe.Entry) func(bool) sentences {
	p := proposed(messageOf(f))
	r := *g.book.promised(f.Actor, p.ballot)
	return func(bool) (s sentences) {
		s.add("Actor %d proposes %s in ballot %v.", f.Actor, g.name(p.value), p.ballot)
		s.add("The promises report %s in %v, and it does not take that.", g.name(r.highest.value), r.highest.ballot)
		return s
	}
}

func (g *Guide) adoptsCaption(f observe.Entry) func(bool) sentences {
	p := proposed(messageOf(f))
	r := *g.book.promised(f.Actor, p.ballot)
	return func(sound bool) (s sentences) {
		value := g.name(p.value)
		s.add("Actor %d proposes %s in ballot %v, which is not what its client asked for.", f.Actor, value, p.ballot)
		s.add("Of the values that the promises report, %s is that of the highest ballot, %v.", value, r.highest.ballot)
		s.rule(sound, "It must take that one, because it may be chosen already.")
		return s
	}
}

// acceptedCaption is about an acceptance that leaves; now says whether its actor
// has saved something during the same event.
func (g *Guide) acceptedCaption(f observe.Entry, now bool) func(bool) sentences {
	p := proposed(messageOf(f))
	a := g.book.actors[f.Actor]
	return func(sound bool) (s sentences) {
		s.add("Actor %d accepts %s in ballot %v, and tells so.", f.Actor, g.name(p.value), p.ballot)
		if p.ballot < a.promised {
			s.add("It does so although it has promised %v.", a.promised)
		} else {
			s.add("It has promised nothing higher.")
		}
		switch {
		case proposal{a.disk.Accepted, a.disk.Value} != p:
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

func (g *Guide) chosenCaption(now fact, decided bool) func(bool) sentences {
	n := g.book.votersOf(now.proposal)
	return func(sound bool) (s sentences) {
		s.add("With this vote of actor %d, %d of %d have accepted %s in ballot %v, %s: the value is chosen.", now.actor, n, g.book.size, g.name(now.value), now.ballot, g.book.aQuorum(toAccept))
		if !decided {
			s.add("Nobody has decided yet.")
		}
		if x := other(g.book.chosen, now.value); x != nil {
			s.add("Another value, %s, is chosen as well, at event %d.", g.name(x.value), x.event)
		} else {
			s.rule(sound, "No other value can be chosen any more.")
		}
		return s
	}
}

func (g *Guide) secondCaption(first, now fact) func(bool) sentences {
	return func(bool) (s sentences) {
		s.add("A second value is chosen: %s in ballot %v, after %s in %v.", g.name(now.value), now.ballot, g.name(first.value), first.ballot)
		return s
	}
}

func (g *Guide) decidedCaption(e, f observe.Entry) func(bool) sentences {
	p := decisionOf(f)
	n := len(g.book.acceptances(f.Actor, p.ballot).from)
	return func(sound bool) (s sentences) {
		value := g.name(p.value)
		switch {
		case e.What == observe.Restarted:
			s.add("Actor %d comes back and knows from its disk that %s is decided.", f.Actor, value)
		case g.book.quorum(toAccept, n):
			s.add("Actor %d has heard that %d of %d, %s, have accepted in ballot %v: it decides %s.", f.Actor, n, g.book.size, g.book.aQuorum(toAccept), p.ballot, value)
		default:
			s.add("Actor %d decides %s in ballot %v, though it has heard that of only %d of %d.", f.Actor, value, p.ballot, n, g.book.size)
		}
		x, y := other(g.book.decided, p.value), other(g.book.chosen, p.value)
		switch {
		case x != nil:
			s.add("That is not the last word: at event %d actor %d decides %s.", x.event, x.actor, g.name(x.value))
		case y != nil:
			s.add("But another value, %s, is chosen, at event %d.", g.name(y.value), y.event)
		default:
			s.rule(sound, "Nothing else can be decided any more.")
		}
		return s
	}
}

func (g *Guide) nackCaption(f observe.Entry) func(bool) sentences {
	b := messageOf(f).Ballot
	promised := g.book.actors[f.Actor].promised
	return func(sound bool) (s sentences) {
		s.add("Actor %d refuses ballot %v.", f.Actor, b)
		switch {
		case b < promised:
			s.add("It has promised a higher one, %v.", promised)
			if b.Actor() != promised.Actor() {
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
