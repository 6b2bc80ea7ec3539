package dialogue

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/explain/stepper"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// show prints the states of actors, and what the last event changed of them.
func (d *Dialogue) show(arg string) error {
	if arg != "" {
		id, err := d.id(strings.TrimPrefix(arg, "actor "))
		if err != nil {
			return err
		}
		before, err := d.run.Before(id)
		if err == nil {
			d.showOne(id, before[0])
		}
		return err
	}
	before, err := d.run.Before()
	if err != nil {
		return err
	}
	for i, was := range before {
		if i == maxListed {
			d.print("  … and %s\n", say.Plural(uint64(len(before)-i), "more actor"))
			break
		}
		d.showLine(sim.ID(i+1), was)
	}
	return nil
}

// showOne tells all that is known of an actor: a fact a line, and what it was if
// the last event has changed it.
func (d *Dialogue) showOne(id sim.ID, was stepper.Standing) {
	now := d.run.Standing(id)
	d.print("actor %d, %s%s\n", id, now.Status, wasText(now.Status, was.Status))
	facts := now.Facts
	for _, f := range was.Facts {
		if now.Of(f.Name) == "" {
			facts = append(facts, shown.Field{Name: f.Name})
		}
	}
	width := 0
	for _, f := range facts {
		width = max(width, len(f.Name))
	}
	for _, f := range facts {
		text := f.Text
		if text == "" {
			text = "nothing"
		}
		d.print("  %-*s  %s%s\n", width, f.Name, text, wasText(f.Text, was.Of(f.Name)))
	}
	var arrivals []string
	for _, e := range d.run.Upcoming() {
		if e.Actor == id && e.What != observe.TimedOut && e.What != observe.Booted {
			arrivals = append(arrivals, d.tell.Event(e)+d.when(e.At))
		}
	}
	if len(arrivals) > 0 {
		d.print("  %-*s  %s\n", width, "to come", strings.Join(arrivals, ", "))
	}
}

// wasText tells what a fact was before, if it was anything else.
func wasText(now, was string) string {
	switch was {
	case now:
		return ""
	case "":
		return "  (was nothing)"
	}
	return "  (was " + was + ")"
}

// showLine prints the state of an actor in one line. The line begins with a star if the
// last event has changed anything.
func (d *Dialogue) showLine(id sim.ID, was stepper.Standing) {
	now := d.run.Standing(id)
	star := " "
	if !now.Is(&was) {
		star = "*"
	}
	d.print("%s actor %d: %s\n", star, id, now.Line())
}

// when tells when something is due; "": nothing takes time.
func (d *Dialogue) when(at sim.Time) string {
	if d.searched {
		return ""
	}
	return " at " + say.Span(d.scenario, at)
}

// queue lists what waits to happen.
func (d *Dialogue) queue(string) error {
	list := d.run.Upcoming()
	if len(list) == 0 {
		d.print("nothing waits to happen\n")
	}
	if d.searched {
		d.enabled(list)
		return nil
	}
	for i, e := range list {
		if i == maxListed {
			d.print("  … and %s\n", say.Plural(uint64(len(list)-i), "more event"))
			break
		}
		who := ""
		if e.Actor != 0 {
			who = fmt.Sprintf("actor %d: ", e.Actor)
		}
		d.print("  %8s ms  %s%s\n", say.Millis(d.scenario, e.At), who, d.tell.Event(e))
	}
	return nil
}
