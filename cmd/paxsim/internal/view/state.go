package view

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/sim"
)

// Where a field stands. The numbers are in the page.
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
}

func newFields() fields { return fields{of: map[field]int{}} }

func (f *fields) add(x field) int {
	n, ok := f.of[x]
	if !ok {
		n = len(f.list)
		f.list = append(f.list, x)
		f.of[x] = n
	}
	return n
}

// lookAt appends what is new at an actor, three numbers each: the actor, the
// field and the text.
func (r *Recorder) lookAt(id sim.ID, changes []int) []int {
	l := r.look.Inspect(id)
	now := make(map[int]int, 32)
	put := func(group int, name, text string) {
		now[r.fields.add(field{group, report.Clean(name)})] = r.texts.add(report.Clean(text))
	}
	put(condition, "is", l.Status.String())
	if l.Waiting > 0 {
		put(condition, "waits", report.Plural(uint64(l.Waiting), "effect"))
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
		put(alarmSet, a.Name, fmt.Sprintf("at %s ms", report.Millis(r.run.Scenario, a.At)))
	}
	for f := range r.fields.list {
		if n := (spot{id, f}); r.state[n] != now[f] {
			r.state[n] = now[f]
			changes = append(changes, int(id), f, now[f])
		}
	}
	return changes
}

// begin keeps the state as the one before the first event that is shown, and
// the surprises up to it.
func (r *Recorder) begin(surprises []int) {
	r.before = append(r.before, surprises...)
	r.start = r.start[:0]
	spots := make([]spot, 0, len(r.state))
	for s, text := range r.state {
		if text != 0 {
			spots = append(spots, s)
		}
	}
	slices.SortFunc(spots, func(a, b spot) int {
		if a.actor != b.actor {
			return int(a.actor) - int(b.actor)
		}
		return a.field - b.field
	})
	for _, s := range spots {
		r.start = append(r.start, int(s.actor), s.field, r.state[s])
	}
}
