package sim

// Inspector is a [Runner] that can be looked into between two steps. It costs
// nothing while nobody looks.
type Inspector interface {
	// Inspect tells how an actor stands. It panics if there is no such actor.
	Inspect(id ID) Look
}

// Look is how an actor stands at a moment, in words. What a name means in
// Fields it means in Disk and Written as well, so that the three can be held
// against one another.
type Look struct {
	Status  Status
	Fields  []Field // what it knows, the most telling first; nil while it is down
	Disk    []Field // what its disk holds, and a crash leaves
	Written []Field // what has been written and is not yet sure to survive; nil: nothing
	Waiting int     // effects that wait for its disk, or for the end of a pause
	Alarms  []Alarm // those that are set, by kind
}

// Field is one thing that an actor knows.
type Field struct {
	Name string
	Text string // "": there is nothing
}

// Alarm is an alarm that is set.
type Alarm struct {
	Name string
	At   Time      // when it goes off
	Kind TimerKind // what it is for; zero: its protocol does not say
}

// Status says whether an actor does anything.
type Status uint8

// The statuses.
const (
	StatusUp     Status = iota
	StatusPaused        // it handles nothing for now
	StatusDown          // it has crashed, and will come back
	StatusGone          // it has crashed for good
)

// String is the word for a status.
func (s Status) String() string { return [...]string{"up", "paused", "down", "gone"}[s] }

// Inspect implements [Inspector].
func (w *World[M, D]) Inspect(id ID) Look {
	e := &w.actors[id]
	l := Look{}
	for i := range e.disk.outbox.each() {
		if e.disk.outbox.each()[i].op != opHear {
			l.Waiting++
		}
	}
	switch {
	case e.slow&dead != 0 && e.gone:
		l.Status = StatusGone
	case e.slow&dead != 0:
		l.Status = StatusDown
	case e.slow&paused != 0:
		l.Status = StatusPaused
	}
	if x, ok := w.team.member(id).(Fielder); ok && e.slow&dead == 0 {
		l.Fields = x.Fields(w)
	}
	for slot := range e.disk.records {
		l.Disk = append(l.Disk, w.recordFields(slot, e.disk.records[slot])...)
	}
	for i := range e.disk.cache {
		x := &e.disk.cache[i]
		l.Written = append(l.Written, w.recordFields(x.slot, x.rec)...)
	}
	for kind := range e.timers {
		if al := &e.timers[kind]; al.handle != 0 {
			l.Alarms = append(l.Alarms, Alarm{w.spec.words.Timer(uint8(kind)), Time(w.eventAt(al.handle).words), w.spec.words.timerKind(kind)})
		}
	}
	return l
}

// recordFields tells a record by its fields, or as a whole. Only those of slot 0
// go without the number of their slot.
func (w *World[M, D]) recordFields(slot int, rec D) []Field {
	x, ok := any(rec).(Fielder)
	if !ok {
		return []Field{{"slot " + itoa(slot), rec.Text(w)}}
	}
	fields := x.Fields(w)
	for i := range fields {
		if slot > 0 {
			fields[i].Name = "slot " + itoa(slot) + ": " + fields[i].Name
		}
	}
	return fields
}
