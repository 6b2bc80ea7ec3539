package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/sim"
)

// check adds what the world and the protocol find wrong with a scenario whose parts are
// right.
func (l *loader) check(ps Protocols, root *yaml.Node, s *Scenario) {
	if l.tick == 0 {
		return // no time has been read
	}
	if l.actors == 0 {
		s.Actors = sim.MaxActors // so that what else is wrong is reported
	}
	for _, p := range slices.Concat(s.Check(), unnamed(s), s.CheckExpect()) {
		l.problem(root, p)
	}
	if len(l.mistakes) > 0 {
		return
	}
	if n := len(Text(s)); n > MaxText {
		l.fail(root, "", "written out in full this has %d bytes: expected at most %d", n, MaxText)
		return
	}
	if !l.planned {
		return
	}
	plan, problems := s.Protocol.Resolve(&s.Scenario)
	if most := sim.Time(century / s.Tick); len(problems) == 0 && plan.TimeLimit > most {
		problems = []sim.Problem{{Path: "limits.time", Text: fmt.Sprintf("computed to be %s: expected at most %s",
			timeText(int64(plan.TimeLimit), s.Tick), timeText(int64(most), s.Tick))}}
	}
	for _, p := range problems {
		l.problem(root, p)
	}
	if len(l.mistakes) == 0 {
		l.checkPremise(ps, root, s)
	}
}

// problem notes a problem at the nearest place that there is on its path, unless it
// follows from a mistake that is noted.
func (l *loader) problem(root *yaml.Node, p sim.Problem) {
	if l.wrong(p.Path) {
		return
	}
	n := root
	for name := range strings.SplitSeq(p.Path, ".") {
		c := child(n, name)
		if c == nil {
			break
		}
		n = c
	}
	l.tell(n, p.Path, "%s", p.Text) // another problem of the same place is worth telling
}
