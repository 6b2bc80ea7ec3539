package walk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// show tells how actors stand, and what the last event changed of that.
func (d *Dialogue) show(arg string) error {
	only := sim.ID(0)
	if arg != "" {
		id, err := d.id(strings.TrimPrefix(arg, "actor "))
		if err != nil {
			return err
		}
		only = id
	}
	before, err := d.before(only)
	if err != nil {
		return err
	}
	if only != 0 {
		d.showOne(only, before[0])
		return nil
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

// before is how actors stood before the last event: all of them, by number, or
// one. The walk then stands where it stood.
func (w *Walk) before(only sim.ID) ([]standing, error) {
	stood := w.at()
	if stood > 0 {
		if err := w.goTo(stood - 1); err != nil {
			return nil, err
		}
	}
	var list []standing
	for id := sim.ID(1); int(id) <= w.scenario.Actors; id++ {
		if only == 0 || only == id {
			list = append(list, w.standing(id))
		}
	}
	return list, w.goTo(stood)
}

// showOne tells all that is known of an actor: a fact a line, and what it was if
// the last event has changed it.
func (d *Dialogue) showOne(id sim.ID, was standing) {
	now := d.standing(id)
	d.print("actor %d, %s%s\n", id, now.status, wasText(now.status, was.status))
	facts := now.facts
	for _, f := range was.facts {
		if now.of(f.Name) == "" {
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
		d.print("  %-*s  %s%s\n", width, f.Name, text, wasText(f.Text, was.of(f.Name)))
	}
	var arrivals []string
	for _, e := range d.foresee() {
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

// mostTelling is how many of the facts that an actor may know stand in one line.
const mostTelling = 4

// showLine tells how an actor stands in one line: what is telling, and not on its
// disk as well; its disk; what it waits for. The line begins with a star if the
// last event has changed anything.
func (d *Dialogue) showLine(id sim.ID, was standing) {
	now := d.standing(id)
	text := now.status
	for _, f := range now.telling {
		text += "; " + f.Name + " " + f.Text
	}
	for _, f := range now.facts {
		switch f.Name {
		case onDisk, notOnDisk, heldBack, waitsFor:
			text += "; " + f.Name + ": " + f.Text
		}
	}
	star := " "
	if now.status != was.status || !slices.Equal(now.facts, was.facts) {
		star = "*"
	}
	d.print("%s actor %d: %s\n", star, id, text)
}

// standing is how an actor stands, in words.
type standing struct {
	status  string
	facts   []shown.Field // that hold something, the most telling first
	telling []shown.Field // the most telling of its memory, but for what its disk holds as well
}

// The facts that are not in an actor's memory.
const (
	onDisk    = "on disk"
	notOnDisk = "not on disk yet"
	heldBack  = "held back" // until the disk is done, or a pause is over
	waitsFor  = "waits"
	alarmSet  = "alarm: "
)

// of is the text of a fact; "": there is none.
func (s *standing) of(name string) string {
	for _, f := range s.facts {
		if f.Name == name {
			return f.Text
		}
	}
	return ""
}

// standing tells how an actor stands.
func (w *Walk) standing(id sim.ID) (s standing) {
	look := w.world.(observe.Inspector).Inspect(id)
	s.status = look.Status.String()
	if slices.ContainsFunc(w.foresee(), func(e observe.Entry) bool { return e.What == observe.Booted && e.Actor == id }) {
		s.status = "not started"
		return s
	}
	add := func(name, text string) {
		if text != "" {
			s.facts = append(s.facts, shown.Field{Name: name, Text: text})
		}
	}
	for i, f := range look.Fields {
		add(f.Name, f.Text)
		if i < mostTelling && f.Text != "" && !slices.Contains(look.Disk, f) {
			s.telling = append(s.telling, f)
		}
	}
	add(onDisk, together(look.Disk))
	add(notOnDisk, together(look.Written))
	if look.Waiting > 0 {
		add(heldBack, say.Plural(uint64(look.Waiting), "effect"))
	}
	add(waitsFor, w.waits(id))
	for _, a := range look.Alarms {
		text := cmp.Or(strings.TrimSpace(w.when(a.At)), "set")
		if why := a.Kind.Purpose.String(); why != "" {
			text += ": it " + why
		}
		add(alarmSet+a.Name, text)
	}
	return s
}

// when tells when something is due; "": nothing takes time.
func (w *Walk) when(at sim.Time) string {
	if w.search != nil {
		return ""
	}
	return " at " + say.Span(w.scenario, at)
}

// together is fields in one line.
func together(fields []shown.Field) string {
	var list []string
	for _, f := range fields {
		if f.Text != "" {
			list = append(list, f.Name+" "+f.Text)
		}
	}
	return strings.Join(list, ", ")
}

// waits is what an actor waits for, besides its alarms; "": nothing.
func (w *Walk) waits(id sim.ID) string {
	for _, line := range w.world.Diagnosis() {
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
	if d.search != nil {
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
