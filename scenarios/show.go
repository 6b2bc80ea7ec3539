package scenarios

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
)

// Show is the text of a scenario with every default and every computed value
// filled in, and comments that say what each is or how it is computed. It reads
// back to a scenario with the same runs. The scenario must be sound.
func Show(s *Scenario) string { return ShowFit(s, 0) }

// ShowFit is Show in lines of at most so many columns, where a line can be broken
// between two words; 0: as they are. It reads back as the same scenario.
func ShowFit(s *Scenario, columns int) string {
	list := items(s)
	plan, _ := s.Protocol.Resolve(&s.Scenario)
	left := fill(list, s, plan)
	var lines []commented
	for _, i := range list {
		switch {
		case i.text == `""`:
		case len(i.items) == 0 && i.text == "" && i.calm:
			lines = append(lines, commented{"# no " + i.key, ""})
		case len(i.items) == 0:
			lines = append(lines, commented{i.key + ": " + i.text, i.comment()})
		default:
			lines = append(lines, commented{i.key + ":", i.doc})
			for _, sub := range i.items {
				texts := entryLines(sub)
				lines = append(lines, commented{texts[0], sub.comment()})
				for _, text := range texts[1:] {
					lines = append(lines, commented{text, ""})
				}
			}
		}
	}
	for _, line := range left {
		lines = append(lines, commented{"# " + line, ""})
	}
	return sideBySide(lines, columns)
}

func (i item) comment() string {
	text := i.note
	if text == "" && len(i.text) <= widest {
		text = i.doc
	}
	return strings.Join(strings.Fields(text), " ")
}

// fill puts computed values in the place of auto. What the plan tells besides
// is returned as text.
func fill(list []item, s *Scenario, plan sim.Plan) (left []string) {
	for _, line := range plan.Lines {
		text := line.Text
		if text == "" {
			text = timeText(int64(line.Ticks), s.Tick)
		}
		path := line.Name
		if !strings.Contains(path, ".") {
			path = s.Protocol.Name() + "." + path
		}
		i := find(list, path)
		switch {
		case i == nil:
			left = append(left, fmt.Sprintf("%s: %s, %s", line.Name, text, line.How))
		case i.text != auto:
			if path == "limits.time" && plan.NoGuarantee != "" {
				i.note = line.How
			}
		case line.Text == "" && fits(s, path, line.Ticks):
			i.text, i.note = text, line.How
		default:
			i.note = text + ": " + line.How
		}
	}
	if i := find(list, "limits.time"); i.text == auto && i.note == "" && fits(s, "limits.time", plan.TimeLimit) {
		i.text, i.note = timeText(int64(plan.TimeLimit), s.Tick), "the protocol's own"
	}
	if i := find(list, "limits.events"); i.text == auto {
		i.text = fmt.Sprint(plan.Events(s.Actors))
		i.note = "a million, and a hundred rounds in which everybody tells everybody"
		if plan.Events(s.Actors) != new(sim.Plan).Events(s.Actors) {
			i.note = "what may happen until then at most"
		}
	}
	return left
}

// fits says whether a computed time could be written in the file as well.
func fits(s *Scenario, path string, t sim.Time) bool {
	least, most := sim.Time(1), sim.MaxTime
	for _, setting := range s.Protocol.Settings() {
		if path == s.Protocol.Name()+"."+setting.Name {
			least, most = sim.Time(setting.Min), sim.Time(setting.Max)
		}
	}
	_, err := duration(least, most).parse(given{tick: s.Tick}, timeText(int64(t), s.Tick))
	return err == nil
}

// find is the item at a path of two names, or nil.
func find(list []item, path string) *item {
	sectionName, name, _ := strings.Cut(path, ".")
	for i := range list {
		if list[i].key != sectionName {
			continue
		}
		for j := range list[i].items {
			if list[i].items[j].key == name {
				return &list[i].items[j]
			}
		}
	}
	return nil
}
