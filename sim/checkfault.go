package sim

import (
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// checkFault holds one fault.
func (s *Scenario) checkFault(f *faults.Fault, names map[string]bool, bad complaint) {
	path := "faults." + f.Name
	if names[f.Name] {
		bad(path, "two faults have the name %q", f.Name)
	}
	names[f.Name] = true
	s.checkSpan(f, path, bad)
	kinds := 0
	for _, is := range []bool{f.Split != nil, f.Cut != nil, f.Clog != nil, f.Weather != nil, !f.Crash.IsZero(), !f.Pause.IsZero()} {
		if is {
			kinds++
		}
	}
	if kinds != 1 {
		bad(path, "expected exactly one of split, isolate, one_way, ring, chain, bridge, clog, weather, crash and pause")
		return
	}
	switch {
	case f.Split != nil:
		s.checkSplit(f, path, bad)
	case f.Cut != nil:
		s.checkCut(f.Cut, path, bad)
	case f.Clog != nil:
		s.checkLinks(f.Clog, path+".clog", bad)
	case f.Weather != nil:
		path += ".weather"
		s.checkLinks(&f.On, path, bad)
		f.Weather.Check(bad, path)
		if *f.Weather == weather.Unchanged() {
			bad(path, "changes nothing: expected one at least of delay, loss, duplicate, corrupt and forge")
		}
	case !f.Crash.IsZero():
		s.checkTarget(bad, path+".crash", &f.Crash)
	default:
		s.checkTarget(bad, path+".pause", &f.Pause)
	}
}

// checkSpan holds when a fault begins and is over.
func (s *Scenario) checkSpan(f *faults.Fault, path string, bad complaint) {
	if f.At < 0 || f.At > MaxTime {
		bad(path+".at", "out of range")
	}
	if f.Until <= f.At {
		bad(path+".until", "the fault is over before it begins")
	} else if f.Until != faults.Forever && f.Until > MaxTime {
		bad(path+".until", "out of range")
	}
	if f.For != nil {
		f.For.Check(bad, path+".for")
	}
	if f.Every != nil {
		f.Every.Check(bad, path+".every")
		if f.When != nil || f.UntilWhen != nil {
			bad(path, "what strikes by chance, again and again, does not wait for a moment")
		}
		if f.For == nil {
			bad(path, "say for how long it holds each time: for")
		} else if f.Every.Max == 0 && f.For.Max == 0 {
			bad(path+".every", "it would strike again and again at one moment")
		}
	}
	if f.When != nil && f.At != 0 {
		bad(path+".at", "it begins at a moment, as when says: expected one of at and when")
	}
	if f.When != nil {
		s.checkMoment(f.When, path+".when", bad)
	}
	if f.UntilWhen != nil {
		s.checkMoment(f.UntilWhen, path+".until_when", bad)
	}
}

func (s *Scenario) checkMoment(m *triggers.Moment, path string, bad complaint) {
	if int(m.Who) > s.Actors {
		bad(path, "there is no actor %d: actors is %d", m.Who, s.Actors)
	}
	if m.Times < 0 || m.Times > triggers.MaxTimes {
		bad(path, "%d times: expected 1 to %d", m.Times, triggers.MaxTimes)
	}
	words := s.Protocol.Vocabulary()
	switch m.Does {
	case triggers.Sends, triggers.Receives:
		if int(m.Kind) >= len(words.Messages) || words.Messages[m.Kind] == "" {
			bad(path, "%s has no message of kind %d", s.Protocol.Name(), m.Kind)
		}
	case triggers.Saves:
		if int(m.Kind) >= len(words.Saves) {
			bad(path, "%s saves nothing of number %d", s.Protocol.Name(), m.Kind)
		}
	case triggers.Decides, triggers.Falls, triggers.Returns:
		if m.Kind != 0 {
			bad(path, "nothing of number %d goes with what happens", m.Kind)
		}
	default:
		bad(path, "says nothing that happens")
	}
	if m.Quorum && (m.Most || m.Times > 1) {
		bad(path, "a quorum of times, and something else as well: expected one of the two")
	}
	if m.Most && m.Times > 1 {
		bad(path, "a majority of times, or %d: expected one of the two", m.Times)
	}
}

func (s *Scenario) checkSplit(f *faults.Fault, path string, bad complaint) {
	if len(f.Split) == 0 || len(f.Split) > 254 {
		bad(path+".split", "expected 1 to 254 parts")
	}
	seen := map[ID]bool{}
	for _, part := range f.Split {
		s.checkIDs(bad, path+".split", part, seen)
	}
	if len(f.Split) == 1 && len(seen) == s.Actors {
		bad(path+".split", "names everybody in one part: that cuts nothing")
	}
}

func (s *Scenario) checkCut(c *partitions.Cut, path string, bad complaint) {
	if int(c.Shape) < len(shapeKeys) {
		path += "." + shapeKeys[c.Shape]
	}
	switch c.Shape {
	case partitions.Isolate, partitions.Ring, partitions.Chain, partitions.Bridge:
		s.checkTarget(bad, path, &c.Who)
		if c.Who.IsZero() {
			bad(path, "names nobody")
		}
		if (c.Shape == partitions.Ring || c.Shape == partitions.Chain) && s.Actors > partitions.MaxRing {
			bad(path, "a ring or a chain is for at most %d actors", partitions.MaxRing)
		}
		if c.Shape == partitions.Bridge && c.Who.Group == aims.Everyone {
			bad(path, "names everybody: that cuts nothing")
		}
	case partitions.OneWay:
		s.checkTarget(bad, path+".from", &c.From)
		s.checkTarget(bad, path+".to", &c.To)
		if c.From.IsZero() || c.To.IsZero() {
			bad(path, "a one-way cut names the senders and the receivers of the messages that are lost: from and to")
		}
	case partitions.Halves:
		if s.Actors < 2 {
			bad(path, "one actor alone has no halves")
		}
	default:
		bad(path, "no such shape of cut")
	}
}

// shapeKeys are the keys of the shapes in a file.
var shapeKeys = [...]string{partitions.Isolate: "isolate", partitions.OneWay: "one_way", partitions.Halves: "split", partitions.Ring: "ring", partitions.Chain: "chain", partitions.Bridge: "bridge"}

func (s *Scenario) checkLinks(l *aims.Links, path string, bad complaint) {
	s.checkTarget(bad, path+".from", &l.From)
	s.checkTarget(bad, path+".to", &l.To)
	for _, k := range l.Kinds {
		if words := s.Protocol.Vocabulary().Messages; int(k) >= len(words) || words[k] == "" {
			bad(path+".messages", "%s has no message of kind %d", s.Protocol.Name(), k)
		}
	}
}

func (s *Scenario) checkTarget(bad complaint, path string, t *aims.Target) {
	switch t.Group {
	case aims.Nobody, aims.Everyone, aims.Majority, aims.Minority:
	case aims.Listed:
		s.checkIDs(bad, path, t.IDs, map[ID]bool{})
	case aims.AtRandom:
		if t.Many < 1 || t.Many > min(s.Actors, aims.MaxDrawn) {
			bad(path, "any %d: expected 1 to %d", t.Many, min(s.Actors, aims.MaxDrawn))
		}
	case aims.InRole:
		if int(t.Role) >= len(s.Protocol.Vocabulary().Roles) {
			bad(path, "%s has no role of number %d", s.Protocol.Name(), t.Role)
		}
	default:
		bad(path, "no such group of actors")
	}
}

func (s *Scenario) checkIDs(bad complaint, path string, ids []ID, seen map[ID]bool) {
	if len(ids) == 0 {
		bad(path, "names nobody")
	}
	for _, id := range ids {
		if id < 1 || int(id) > s.Actors {
			bad(path, "there is no actor %d: actors is %d", id, s.Actors)
		}
		if seen[id] {
			bad(path, "actor %d is named twice", id)
		}
		seen[id] = true
	}
}
