package walk

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/sim"
)

// show tells how actors stand.
func (d *Dialogue) show(arg string) error {
	if arg != "" {
		id, err := d.id(strings.TrimPrefix(arg, "actor "))
		if err != nil {
			return err
		}
		d.print("actor %d, %s\n", id, d.status(id))
		for _, l := range d.looks(id) {
			d.print("  %-8s  %s\n", l[0], report.Clean(l[1]))
		}
		return nil
	}
	for id := sim.ID(1); int(id) <= d.scenario.Actors; id++ {
		if id > maxListed {
			d.print("  … and %s\n", report.Plural(uint64(d.scenario.Actors)-maxListed, "more actor"))
			break
		}
		text := d.status(id)
		for _, l := range d.looks(id) {
			if l[0] != "to come" && l[0] != "alarms" {
				text += "; " + l[0] + ": " + l[1]
			}
		}
		d.print("  actor %d: %s\n", id, report.Clean(text))
	}
	return nil
}

// status says whether an actor is up.
func (d *Dialogue) status(id sim.ID) string {
	if s := d.stands[id].status; s != "" {
		return s
	}
	return "not started"
}

// looks tells, a fact a line, what is known of an actor.
func (d *Dialogue) looks(id sim.ID) (lines [][2]string) {
	s := &d.stands[id]
	add := func(name, text string) {
		if text != "" {
			lines = append(lines, [2]string{name, text})
		}
	}
	for _, x := range s.saved {
		name := "disk"
		if x.number > 0 {
			name = fmt.Sprintf("disk %d", x.number)
		}
		add(name, x.text)
	}
	add("learned", s.learned)
	add("waits", d.waits(id))
	var alarms, arrivals []string
	for _, e := range d.foresee() {
		switch {
		case e.Actor != id:
		case e.What == sim.TimedOut:
			alarms = append(alarms, fmt.Sprintf("%s at %s", strings.TrimPrefix(d.tell.Event(e), "alarm: "), report.Span(d.scenario, e.At)))
		default:
			arrivals = append(arrivals, fmt.Sprintf("%s at %s", d.tell.Event(e), report.Span(d.scenario, e.At)))
		}
	}
	add("alarms", strings.Join(alarms, ", "))
	add("to come", strings.Join(arrivals, ", "))
	return lines
}

// waits is what an actor waits for, besides its alarms; "": nothing.
func (d *Dialogue) waits(id sim.ID) string {
	for _, line := range d.world.Stuck() {
		rest, ok := strings.CutPrefix(line, fmt.Sprintf("actor %d waits ", id))
		if !ok {
			continue
		}
		if what, _, _ := strings.Cut(rest, ";"); !strings.HasPrefix(what, "for its alarm") {
			return what
		}
	}
	return ""
}

// queue lists what waits to happen.
func (d *Dialogue) queue(string) error {
	list := d.foresee()
	if len(list) == 0 {
		d.print("nothing waits to happen\n")
	}
	for i, e := range list {
		if i == maxListed {
			d.print("  … and %s\n", report.Plural(uint64(len(list)-i), "more event"))
			break
		}
		who := ""
		if e.Actor != 0 {
			who = fmt.Sprintf("actor %d: ", e.Actor)
		}
		d.print("  %8s ms  %s%s\n", report.Millis(d.scenario, e.At), who, d.tell.Event(e))
	}
	return nil
}
