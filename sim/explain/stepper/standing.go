package stepper

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// Standing is the state of an actor, in words.
type Standing struct {
	Status string        // up, down, gone, paused, or not started
	Facts  []shown.Field // that hold something, the most telling first: its memory, its disk, its alarms

	telling []shown.Field // the most telling of its memory, without what its disk holds as well
}

// mostTelling is how many of the facts that an actor may know are in one line.
const mostTelling = 4

// The facts that are not in an actor's memory.
const (
	onDisk    = "on disk"
	notOnDisk = "not on disk yet"
	heldBack  = "held back" // until the disk is done, or a pause is over
	waitsFor  = "waits"
	alarmSet  = "alarm: "
)

// Of is the text of a fact; "": there is none.
func (s *Standing) Of(name string) string {
	for _, f := range s.Facts {
		if f.Name == name {
			return f.Text
		}
	}
	return ""
}

// Is says whether two standings are the same.
func (s *Standing) Is(other *Standing) bool {
	return s.Status == other.Status && slices.Equal(s.Facts, other.Facts)
}

// Line is a standing in one line: what is telling, and not on its disk as well; its
// disk; what it waits for.
func (s *Standing) Line() string {
	text := s.Status
	for _, f := range s.telling {
		text += "; " + f.Name + " " + f.Text
	}
	for _, f := range s.Facts {
		switch f.Name {
		case onDisk, notOnDisk, heldBack, waitsFor:
			text += "; " + f.Name + ": " + f.Text
		}
	}
	return text
}

// Standing is the state of an actor. It panics if there is no such actor.
func (s *Stepper) Standing(id sim.ID) (is Standing) {
	look := s.world.(observe.Inspector).Inspect(id)
	is.Status = look.Status.String()
	if slices.ContainsFunc(s.Upcoming(), func(e observe.Entry) bool { return e.What == observe.Booted && e.Actor == id }) {
		is.Status = "not started"
		return is
	}
	add := func(name, text string) {
		if text != "" {
			is.Facts = append(is.Facts, shown.Field{Name: name, Text: text})
		}
	}
	for i, f := range look.Fields {
		add(f.Name, f.Text)
		if i < mostTelling && f.Text != "" && !slices.Contains(look.Disk, f) {
			is.telling = append(is.telling, f)
		}
	}
	add(onDisk, together(look.Disk))
	add(notOnDisk, together(look.Written))
	if look.Waiting > 0 {
		add(heldBack, say.Plural(uint64(look.Waiting), "effect"))
	}
	add(waitsFor, s.waits(id))
	for _, a := range look.Alarms {
		text := "set" // nothing takes time
		if s.search == nil {
			text = "at " + say.Span(s.scenario, a.At)
		}
		if why := a.Kind.Purpose.String(); why != "" {
			text += ": it " + why
		}
		add(alarmSet+a.Name, text)
	}
	return is
}

// Before is the states of actors before the last event, in the order in which they are named;
// with none named, all of them, by number. The stepper stays where it is. The error is that of
// the context.
func (s *Stepper) Before(actors ...sim.ID) ([]Standing, error) {
	stood := s.At()
	if err := s.Back(1); err != nil {
		return nil, err
	}
	if len(actors) == 0 {
		for id := range s.scenario.Actors {
			actors = append(actors, sim.ID(id+1))
		}
	}
	var list []Standing
	for _, id := range actors {
		list = append(list, s.Standing(id))
	}
	return list, s.GoTo(stood)
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
func (s *Stepper) waits(id sim.ID) string {
	for _, line := range s.world.Diagnosis() {
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
