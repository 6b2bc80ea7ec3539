package sim

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/quorums"
	"github.com/paxsim/paxsim/sim/weather"
)

// Scenario says what a world is made of and what happens to it. The room scenarios/ reads
// it from a file; times are in ticks here.
type Scenario struct {
	Name     string
	Tick     int64 // nanoseconds that a tick stands for; a multiple of 1000, at most 1e9
	Actors   int
	Protocol Protocol
	Mutant   string  // the mutant that Protocol has put in; "": none. Not more than its name
	Settings []int64 // of the protocol, in the order of Protocol.Settings; [Auto]: computed

	// Invariants are the names of those switched on; nil: all.
	Invariants []string

	// Members are the actors whose acks are counted, and that make up quorums; nil: all.
	// Actors outside answer and learn like the others.
	Members []ID

	// Quorums are which sets of members are quorums, by Protocol.Phases; one that
	// is left out is a majority.
	Quorums []quorums.Quorum

	Network weather.Network
	Disk    disks.Disk
	Crashes faults.Crashes
	Until   Time             // from when on what happens by chance is over; 0: never, or with the last period
	Periods []weather.Period // the weather before that, one after the other; nil: all the same
	Faults  []faults.Fault
	Edits   []faults.Edit // made by hand to a timed run, in the order of their places; no text of a scenario has any

	// Core says for whom the weather calms: nil: for all. Else for a quorum of
	// the members that can still be had, drawn from these; if they are Listed,
	// for all of them. What is broken outside stays broken.
	Core *aims.Target

	// SpareQuorum keeps as many members as are a quorum from going down for good.
	SpareQuorum bool

	ByChance bool              // every actor has a request from the start, and proposes by chance
	Requests []ScriptedRequest // requests by the script
	Limits   Limits

	// Outside changes nothing in a run.
	Outside []string // the classes of faults that it uses and that no protocol of ours is made for
}

// Limits end a run that reaches no end of its own.
type Limits struct {
	Time   Time   // the last tick at which an event is handled; 0: computed from the protocol's settings
	Events uint64 // how many events are handled; 0: computed from the number of actors
	Linger Time   // how long a timed run goes on once it has reached its goal, in ticks; not beyond Time. See [World.reached]
}

// Problem is a mistake in a scenario.
type Problem struct {
	Path string // of the field, as --set writes it: network.delay, faults.cut1.split
	Text string // what is wrong and what was expected
}

// LastFault is the time at which the last fault by the script has ended, or has
// begun if it never ends, and those by chance are over if there is such a time.
func (s *Scenario) LastFault() Time {
	last := s.CalmTime()
	for i := range s.Faults {
		f := &s.Faults[i]
		switch {
		case f.Until < faults.Forever:
			last = max(last, f.Until)
		case f.For != nil && f.BeginsByClock():
			last = max(last, f.At+f.For.Max)
		default:
			last = max(last, f.At)
		}
	}
	return last
}

// CalmTime is when what happens by chance is over: Until, or the end of the last
// period; 0: never.
func (s *Scenario) CalmTime() Time {
	end := s.Until
	for i := range s.Periods {
		end += s.Periods[i].For
	}
	return end
}

// Check lists what is wrong with the scenario, except with its limits and the settings of
// its protocol.
func (s *Scenario) Check() []Problem {
	var ps []Problem
	bad := func(path, format string, args ...any) {
		ps = append(ps, Problem{path, fmt.Sprintf(format, args...)})
	}
	if s.Tick < 1000 || s.Tick > maxTick || s.Tick%1000 != 0 {
		bad("tick", "a tick is a whole number of microseconds, from 1us to 1s")
	}
	if s.Actors < 1 || s.Actors > MaxActors {
		bad("actors", "%d actors: expected 1 to %d", s.Actors, MaxActors)
		return ps // what follows names actors
	}
	s.Network.Delay().Check(bad, "network.delay")
	if n := len(s.Protocol.Settings()); s.Settings != nil && len(s.Settings) != n {
		bad(s.Protocol.Name(), "%d settings given, the protocol has %d", len(s.Settings), n)
	}
	if s.ByChance && len(s.Requests) > 0 {
		bad("requests", "either everybody asks and chance says when, or requests are listed")
	}
	if s.Disk.Sync < 0 || s.Disk.Sync >= delays.Limit {
		bad("disk.sync", "expected 0 to %d ticks", delays.Limit)
	}
	if c := s.Crashes; c.DownMin < 0 || c.DownMax < c.DownMin || c.DownMax >= delays.Limit {
		bad("crashes.down", "expected a least time of at least 0 and a greatest not below it, below %d ticks", delays.Limit)
	}
	if s.Until < 0 || s.Until > MaxTime {
		bad("until", "out of range")
	}
	s.checkMembers(bad)
	s.checkWeather(bad)
	names := map[string]bool{}
	for i := range s.Faults {
		s.checkFault(&s.Faults[i], names, bad)
	}
	s.checkEdits(bad)
	for i, r := range s.Requests {
		path := fmt.Sprintf("requests.%d", i+1)
		if int(r.Actor) > s.Actors {
			bad(path+".actor", "there is no actor %d: actors is %d", r.Actor, s.Actors)
		}
		if r.At < 0 || r.At > MaxTime {
			bad(path+".at", "out of range")
		}
		if r.Spread != nil {
			r.Spread.Check(bad, path+".at")
			if r.Spread.Min != 0 || r.Latest() >= delays.Limit {
				bad(path+".at", "out of range")
			}
		}
		if madeNames.MatchString(r.Name) || r.Name == "-" {
			bad(path+".value", "%q is a name that clients make, or stands for none; give the value another name", r.Name)
		}
		if madeNames.MatchString(r.Key) || r.Key == "-" {
			bad(path+".key", "%q is a name that clients make, or stands for none; give the key another name", r.Key)
		}
		if ops := s.Protocol.Vocabulary().Operations; int(r.Do) >= max(len(ops), 1) {
			bad(path+".do", "%s has no operation %d", s.Protocol.Name(), r.Do)
		}
	}
	for _, name := range s.Invariants {
		if !slices.ContainsFunc(s.Protocol.Invariants(), func(i Invariant) bool { return i.Name == name }) {
			bad("invariants", "%s has no invariant %q", s.Protocol.Name(), name)
		}
	}
	if s.Limits.Time < 0 || s.Limits.Time > MaxTime {
		bad("limits.time", "expected 1 to %d ticks", MaxTime)
	}
	switch l := s.Limits.Linger; {
	case l < 0 || l > MaxTime:
		bad("limits.linger", "expected 0 to %d ticks", MaxTime)
	case l > 0 && s.Core != nil:
		bad("limits.linger", "a run whose weather calms for a core ends as soon as that has learned")
	}
	if s.Limits.Events > MaxEvents {
		bad("limits.events", "expected 1 to %d", uint64(MaxEvents))
	}
	return ps
}

func (s *Scenario) checkMembers(bad func(path, format string, args ...any)) {
	if s.Members != nil && len(s.Members) == 0 {
		bad("members", "names nobody")
	}
	seen := map[ID]bool{}
	for _, id := range s.Members {
		if id < 1 || int(id) > s.Actors {
			bad("members", "there is no actor %d: actors is %d", id, s.Actors)
		}
		if seen[id] {
			bad("members", "actor %d is named twice", id)
		}
		seen[id] = true
	}
	s.checkQuorums(bad)
}

var madeNames = regexp.MustCompile(`^[0-9]+[a-z]+$`)
