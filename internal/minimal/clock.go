package minimal

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/story"
)

// weathers are the edits of what a story has that keeps the clock: weather that it can go
// without, and times.
func weathers(st *story.Story) (edits []Edit) {
	s := st.Scenario
	add := func(what string, is bool, edit func(*sim.Scenario)) {
		if is {
			c, x := *st, *s
			x.Requests, x.Faults = slices.Clone(s.Requests), slices.Clone(s.Faults)
			edit(&x)
			c.Scenario = &x
			edits = append(edits, Edit{what, &c})
		}
	}
	add("nothing need be lost", s.Network.Loss != 0, func(s *sim.Scenario) { s.Network.Loss = 0 })
	add("nothing need be doubled", s.Network.Duplicate != 0, func(s *sim.Scenario) { s.Network.Duplicate, s.Network.Copies = 0, 0 })
	add("nothing need be damaged", s.Network.Corrupt != 0, func(s *sim.Scenario) { s.Network.Corrupt = 0 })
	add("all can be at one spot", s.Network.Places != nil, func(s *sim.Scenario) { s.Network.Places = nil })
	add("nobody need crash by chance", s.Crashes != (faults.Crashes{}), func(s *sim.Scenario) { s.Crashes = faults.Crashes{} })
	add("the weather need not change", len(s.Periods) != 0, func(s *sim.Scenario) { s.Periods = nil })
	add("there need be no core", s.Core != nil, func(s *sim.Scenario) { s.Core = nil })
	add("there need be no limits", s.Limits != (sim.Limits{}), func(s *sim.Scenario) { s.Limits = sim.Limits{} })
	time := func(what string, least sim.Time, at func(s *sim.Scenario) *sim.Time) {
		for _, v := range lower(int64(*at(s)), int64(least)) {
			add(fmt.Sprintf("%s can be %d", what, v), *at(s) < faults.Forever, func(s *sim.Scenario) { *at(s) = sim.Time(v) })
		}
	}
	time("the greatest delay", s.Network.DelayMin, func(s *sim.Scenario) *sim.Time { return &s.Network.DelayMax })
	time("the least delay", min(1, s.Network.DelayMin), func(s *sim.Scenario) *sim.Time { return &s.Network.DelayMin })
	time("the longest time down", s.Crashes.DownMin, func(s *sim.Scenario) *sim.Time { return &s.Crashes.DownMax })
	time("until", 0, func(s *sim.Scenario) *sim.Time { return &s.Until })
	for i := range s.Requests {
		time(fmt.Sprintf("the time of request %d", i+1), 0, func(s *sim.Scenario) *sim.Time { return &s.Requests[i].At })
	}
	for i, f := range s.Faults {
		time("the begin of fault "+f.Name, 0, func(s *sim.Scenario) *sim.Time { return &s.Faults[i].At })
		time("the end of fault "+f.Name, 0, func(s *sim.Scenario) *sim.Time { return &s.Faults[i].Until })
	}
	return edits
}

// lastActor is the edit by which the actor of the highest number goes, with all that is
// said of it.
func lastActor(st *story.Story) []Edit {
	s, id := *st.Scenario, sim.ID(st.Scenario.Actors)
	if s.Actors < 3 || len(s.Faults) > 0 {
		return nil
	}
	s.Actors--
	is := func(m sim.ID) bool { return m == id }
	if s.Members = slices.DeleteFunc(slices.Clone(s.Members), is); len(s.Members) < 2 {
		s.Members = nil
	}
	s.Requests = slices.DeleteFunc(slices.Clone(s.Requests), func(r sim.ScriptedRequest) bool { return is(r.Actor) })
	s.Network.Places = s.Network.Places.Renumbered(s.Actors, func(a uint16) uint16 {
		if is(sim.ID(a)) {
			return 0
		}
		return a
	})
	c := *st
	c.Scenario, c.Given = &s, map[string]uint32{}
	for text, a := range st.Given {
		if k, err := s.Protocol.Vocabulary().ParseKey(text); err == nil && sim.ID(k.From()) != id && sim.ID(k.To()) != id {
			c.Given[text] = a
		}
	}
	return []Edit{{fmt.Sprintf("actor %d can go", id), &c}}
}
