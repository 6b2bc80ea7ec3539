package view

import (
	"fmt"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// The place of a field. The numbers are in the page.
const (
	inMemory  = iota
	onDisk    // it survives a crash
	written   // on its way to the disk
	alarmSet  // the text is when it goes off
	condition // up or down, and what waits
)

// field is one that actors have.
type field struct {
	group int
	name  string
}

// fields numbers the fields, in the order in which they came up.
type fields struct {
	list []field
	of   map[field]int
	next int // the number of the field that came up last, and one: as a rule it comes next
}

func newFields() fields { return fields{of: map[field]int{}} }

func (f *fields) add(x field) int {
	n := f.next
	if n >= len(f.list) || f.list[n] != x {
		var ok bool
		if n, ok = f.of[x]; !ok {
			n = len(f.list)
			f.list = append(f.list, x)
			f.of[x] = n
		}
	}
	f.next = n + 1
	return n
}

// change is what is new in a field of an actor.
type change struct {
	spot
	text string
}

// lookAt appends what is new at an actor.
func (r *Recorder) lookAt(id sim.ID, changes []change) []change {
	l := r.look.Inspect(id)
	clear(r.now)
	put := func(group int, name, text string) {
		n := r.fields.add(field{group, terminal.Text(name)})
		for n >= len(r.now) {
			r.now = append(r.now, "")
		}
		r.now[n] = terminal.Text(text)
	}
	put(condition, "is", l.Status.String())
	if l.Waiting > 0 {
		put(condition, "waits", say.Plural(uint64(l.Waiting), "effect"))
	}
	for _, f := range l.Fields {
		put(inMemory, f.Name, f.Text)
	}
	for _, f := range l.Disk {
		put(onDisk, f.Name, f.Text)
	}
	for _, f := range l.Written {
		put(written, f.Name, f.Text)
	}
	for _, a := range l.Alarms {
		text := "set" // in a searched run it goes off when the adversary wants it
		if !r.searched() {
			text = fmt.Sprintf("at %s ms", say.Millis(r.run.Scenario, a.At))
		}
		put(alarmSet, a.Name, text)
	}
	state := &r.state[id]
	for f, text := range r.now {
		if f == len(*state) {
			*state = append(*state, "")
		}
		if (*state)[f] != text {
			(*state)[f] = text
			changes = append(changes, change{spot{id, f}, text})
		}
	}
	return changes
}

// numbers is changes as the page holds them, three numbers each: the actor, the
// field and the text.
func (r *Recorder) numbers(changes []change) []int {
	var out []int
	for _, c := range changes {
		out = append(out, int(c.actor), c.field, r.texts.add(c.text))
	}
	return out
}

// begin keeps the state as the one before the first event that is shown.
func (r *Recorder) begin() {
	var all []change
	for id, fields := range r.state { // by actor and field
		for f, text := range fields {
			if text != "" {
				all = append(all, change{spot{sim.ID(id), f}, text})
			}
		}
	}
	r.start = r.numbers(all)
}
