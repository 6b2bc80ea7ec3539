package sim

import (
	"strings"

	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/partitions"
)

// checkEdits holds the edits of a run.
func (s *Scenario) checkEdits(bad complaint) {
	if n := len(s.Edits); n > faults.MaxEdits {
		bad("edits", "%d edits: a run has at most %d", n, faults.MaxEdits)
	}
	for i := range s.Edits {
		e, path := &s.Edits[i], "edits."+itoa(i+1)
		if e.After > MaxEvents || i > 0 && e.After < s.Edits[i-1].After {
			bad(path, "the places of edits rise, up to event %d", uint64(MaxEvents))
		}
		s.checkEdit(e, path, bad)
	}
}

// checkEdit holds one edit.
func (s *Scenario) checkEdit(e *faults.Edit, path string, bad complaint) {
	f := &e.Fault
	switch {
	case e.Restart != 0 && e.Heal == "":
		s.checkIDs(bad, path, []ID{e.Restart}, map[ID]bool{})
		return
	case e.Heal != "":
		if e.Restart != 0 {
			bad(path, "expected one of a fault, a restart and an end")
		}
		return
	case f.Weather != nil || f.When != nil || f.UntilWhen != nil || f.Every != nil || f.At != 0 || f.Until != faults.Forever:
		bad(path, "a fault by hand is a cut, a clog, a pause or a crash, and lasts for a time or until it is healed")
		return
	case f.For != nil && (f.For.Min < 1 || f.For.Max != f.For.Min):
		bad(path, "expected one time for which it lasts")
		return
	case f.Cut != nil && f.Cut.Shape != partitions.OneWay || len(f.Split) > 1:
		bad(path, "a cut by hand parts some actors from the rest, or is one-way")
		return
	}
	targets := []*aims.Target{&f.Crash, &f.Pause}
	if f.Clog != nil {
		if targets = append(targets, &f.Clog.From, &f.Clog.To); f.Clog.Kinds != nil {
			bad(path, "a clog by hand holds messages of all kinds")
		}
	}
	if f.Cut != nil {
		targets = append(targets, &f.Cut.From, &f.Cut.To)
	}
	for i, t := range targets {
		if across := i >= 2; t.Group != aims.Listed && (across || !t.IsZero()) && (!across || t.Group != aims.Everyone) {
			bad(path, "expected actors by their numbers")
			return
		}
	}
	s.checkFault(f, map[string]bool{}, func(at, format string, args ...any) {
		bad(strings.Replace(at, "faults."+f.Name, path, 1), format, args...)
	})
}
