package minimal

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/story"
)

// Scenarios are the edits of the scenario.
func Scenarios(st *story.Story) (edits []Edit) {
	s := st.Scenario
	add := func(what string, lines []string, edit func(*sim.Scenario)) {
		c, x := *st, *s
		edit(&x)
		c.Scenario = &x
		if lines != nil {
			c.Lines = lines
		}
		edits = append(edits, Edit{what, &c})
	}
	for i, r := range s.Requests {
		add(fmt.Sprintf("request %d, of actor %d, can go", i+1, r.Actor), nil, func(s *sim.Scenario) {
			s.Requests = slices.Delete(slices.Clone(s.Requests), i, i+1)
		})
	}
	for i, f := range s.Faults {
		lines := slices.DeleteFunc(slices.Clone(st.Lines), func(l string) bool {
			return l == "fault "+f.Name+" begins" || l == "fault "+f.Name+" ends"
		})
		add("fault "+f.Name+" can go", lines, func(s *sim.Scenario) { s.Faults = slices.Delete(slices.Clone(s.Faults), i, i+1) })
	}
	for i := range s.Quorums {
		add(fmt.Sprintf("quorum %d can be as usual", i+1), nil, func(s *sim.Scenario) { s.Quorums = slices.Delete(slices.Clone(s.Quorums), i, i+1) })
	}
	for _, v := range lower(int64(s.Disk.Sync), 0) {
		add(fmt.Sprintf("saves can take %d ticks", v), nil, func(s *sim.Scenario) { s.Disk.Sync = sim.Time(v) })
	}
	if s.Network.Forge != 0 {
		add("nothing need be forged", nil, func(s *sim.Scenario) { s.Network.Forge = 0 })
	}
	for i, setting := range s.Protocol.Settings() {
		if s.Settings == nil || s.Settings[i] == setting.Default {
			continue
		}
		values := []int64{setting.Default}
		if setting.Kind != sim.Word && setting.Kind != sim.Bool && s.Settings[i] != sim.Auto {
			values = append(values, lower(s.Settings[i], setting.Min)...)
		}
		for _, v := range values {
			add(fmt.Sprintf("%s can be %d", setting.Name, v), nil, func(s *sim.Scenario) {
				s.Settings = slices.Clone(s.Settings)
				s.Settings[i] = v
			})
		}
	}
	if st.Clock {
		return append(append(append(edits, weathers(st)...), members(st)...), lastActor(st)...)
	}
	return append(append(edits, members(st)...), actors(st)...)
}

// members are the edits by which there is one member less. Two stay: one alone has to
// agree with nobody.
func members(st *story.Story) (edits []Edit) {
	list := membersOf(st.Scenario)
	for i, id := range list {
		if len(list) < 3 {
			break
		}
		c, s := *st, *st.Scenario
		s.Members = slices.Delete(slices.Clone(list), i, i+1)
		c.Scenario = &s
		edits = append(edits, Edit{fmt.Sprintf("%d need not be a member", id), &c})
	}
	return edits
}

func membersOf(s *sim.Scenario) []sim.ID {
	if s.Members != nil {
		return s.Members
	}
	var list []sim.ID
	for id := range sim.ID(s.Actors) {
		list = append(list, id+1)
	}
	return list
}

// actors are the edits by which there is one actor less: with what messages say, and
// without that, since it may name actors by their numbers.
func actors(st *story.Story) (edits []Edit) {
	s := st.Scenario
	if len(s.Faults) > 0 || s.ByChance {
		return nil
	}
	for id := sim.ID(s.Actors); id > 0 && s.Actors > 1; id-- {
		c := *s
		c.Actors--
		move := func(a sim.ID) sim.ID {
			if a > id {
				return a - 1
			}
			return a
		}
		c.Members = nil
		for _, m := range membersOf(s) {
			if m != id {
				c.Members = append(c.Members, move(m))
			}
		}
		if len(c.Members) < 2 {
			continue
		}
		c.Requests = nil
		for _, r := range s.Requests {
			if r.Actor != id {
				r.Actor = move(r.Actor)
				c.Requests = append(c.Requests, r)
			}
		}
		for _, silent := range []bool{false, true} {
			var lines []string
			for _, l := range st.Lines {
				if l = withoutActor(l, int(id), silent); l != "" {
					lines = append(lines, l)
				}
			}
			edits = append(edits, Edit{fmt.Sprintf("actor %d can go", id), &story.Story{Scenario: &c, Breaks: st.Breaks, Lines: lines, Given: st.Given}})
		}
	}
	return edits
}

// withoutActor is a line with an actor taken out, and the greater numbers lower by one;
// "": nothing is left. What a message says is left out if it is to be silent.
func withoutActor(line string, id int, silent bool) string {
	core, marks, _ := strings.Cut(line, markWord)
	at, to, isMessage := strings.Cut(core, " reaches ")
	if !isMessage {
		core = renumbered(core, id)
	} else {
		to = renumberedList(to, id)
		message, from, known := cutFrom(at)
		if silent {
			message, _, _ = strings.Cut(message, " ")
		}
		if known {
			if from = renumberedList(from, id); from == "" {
				return ""
			}
			message += " from " + from
		}
		if core = message + " reaches " + to; to == "" {
			return ""
		}
	}
	if core == "" {
		return ""
	}
	for _, m := range strings.Split(marks, markWord) {
		if m = renumbered(m, id); m != "" {
			core += markWord + m
		}
	}
	return core
}

// cutFrom cuts the senders off.
func cutFrom(text string) (message, from string, ok bool) {
	i := strings.LastIndex(text, " from ")
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(" from "):], true
}

var oneActor = regexp.MustCompile(`^([0-9]+) |( of | asks | to |as if from )([0-9]+)`)

// renumbered is the text of something that happens to an actor, or to two; "": to the
// one that is not there.
func renumbered(text string, id int) string {
	gone := false
	text = oneActor.ReplaceAllStringFunc(text, func(m string) string {
		digits := strings.Trim(m, "abcdefghijklmnopqrstuvwxyz ")
		n, err := strconv.Atoi(digits)
		if err != nil {
			panic(err)
		}
		if gone = gone || n == id; n > id {
			n--
		}
		return strings.Replace(m, digits, strconv.Itoa(n), 1)
	})
	if gone {
		return ""
	}
	return text
}

var listAndRest = regexp.MustCompile(`^([0-9]+(?:, [0-9]+)*(?: and [0-9]+)?)(.*)$`)

// renumberedList does that to a list of receivers or senders, and what follows it.
func renumberedList(text string, id int) string {
	m := listAndRest.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	var ids []string
	for _, part := range strings.Split(strings.ReplaceAll(m[1], " and ", ", "), ", ") {
		n, err := strconv.Atoi(part)
		if err != nil {
			panic(err)
		}
		if n > id {
			n--
		} else if n == id {
			continue
		}
		ids = append(ids, strconv.Itoa(n))
	}
	if len(ids) == 0 {
		return ""
	}
	return list(ids) + renumbered(m[2], id)
}
