package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/zoo"
)

// guide finds the events that explain a run to somebody who has never seen its protocol:
// the first of each thing worth a word that every protocol has, and what the protocol's
// own guide finds. What it says of one it says when the run is over. It states a rule only
// where nothing is broken.
type guide struct {
	scenario *sim.Scenario
	own      observe.Guide // of the protocol; nil: it has none, or nobody plays the run
	said     map[subject]bool
	found    []moment
}

// subject is what a caption is about. Those that are first here go first where there is no
// room for all.
type subject int

const (
	ofBroken   subject = iota // what is broken on purpose
	ofViolated                // an invariant breaks
	ofOwn                     // what the protocol's guide says
	ofDecided                 // somebody decides; only if the protocol has no guide
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

// newGuide makes a guide. names are those of the run; nil: nobody plays it.
func newGuide(s *sim.Scenario, names sim.Names) guide {
	g := guide{scenario: s, said: map[subject]bool{}}
	if names != nil {
		g.own = s.Protocol.Guide(s, names)
	}
	return g
}

// say adds a caption, unless there is one about this already.
func (g *guide) say(about subject, event uint64, tell func(sound bool) sentences) {
	if !g.said[about] {
		g.said[about] = true
		g.found = append(g.found, moment{about, event, tell})
	}
}

// see looks at a step.
func (g *guide) see(e observe.Entry, p flights.Parts) {
	if p.Refused != "" {
		g.say(ofRefused, e.Event, refusedCaption(p.Refused))
		return
	}
	if p.Held == "" {
		g.tell(e)
	}
	if e.What == observe.FaultBegins {
		g.say(ofFault, e.Event, g.faultCaption(e))
	}
	for _, f := range p.Effects {
		g.tell(f)
		g.effect(e, f)
	}
}

// tell shows an entry to the protocol's guide.
func (g *guide) tell(e observe.Entry) {
	if g.own != nil {
		g.own.See(e)
	}
}

// effect looks at something that happens during an event.
func (g *guide) effect(e, f observe.Entry) {
	switch f.What {
	case observe.Dropped:
		if f.Copy == 0 {
			g.say(ofLost, e.Event, g.lostCaption(f))
		}
	case observe.Crashed:
		g.say(ofCrash, e.Event, crashCaption(f))
	case observe.Paused:
		g.say(ofPause, e.Event, pauseCaption(f))
	case observe.FaultStruck:
		g.say(ofFault, e.Event, g.faultCaption(f))
	case observe.Decided:
		if g.own == nil {
			g.say(ofDecided, e.Event, decidedCaption(f))
		}
	case observe.Violated:
		g.say(ofViolated, e.Event, violatedCaption(f))
	}
}

// maxCaptions is how many there are at most, not counting the one at the end. Readers who
// want the rest step.
const maxCaptions = 10

// told is the captions of the events of a page, in their order. The first says
// what is broken, if anything is.
func (g *guide) told(from, to uint64, f *trace.Trailer, all bool) []caption {
	wrong := g.wrong(f)
	sound := len(wrong) == 0
	list := slices.Clone(g.found)
	if g.own != nil {
		for _, c := range g.own.Captions(sound) {
			list = append(list, moment{ofOwn, c.Event, func(bool) sentences { return sentences{terminal.Text(c.Text)} }})
		}
	}
	list = slices.DeleteFunc(list, func(m moment) bool { return m.event < from || m.event > to })
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
func (g *guide) wrong(f *trace.Trailer) (out sentences) {
	s := g.scenario
	if m, ok := mutantOf(s); ok {
		alone := len(s.Unsafe()) == 0 && len(s.Outside) == 0 && f.Violation == nil
		switch m.Kind {
		case zoo.Unsafe, zoo.Stalls:
			out.add("This is %s broken on purpose, by the mutant %s: %s.", protocolName(s), m.Name, m.Doc)
			if m.Kind == zoo.Stalls && alone {
				out.add("It stays safe, and decides late or not at all.")
			}
		default:
			out.add("This is %s with a change on purpose, the mutant %s: %s.", protocolName(s), m.Name, m.Doc)
			if m.Kind == zoo.Control && alone {
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
