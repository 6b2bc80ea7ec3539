package sim

import (
	"github.com/paxsim/paxsim/sim/abilities"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// Inspect implements [observe.Inspector].
func (w *World[M, D]) Inspect(id ID) observe.Snapshot {
	e := &w.actors[id]
	l := observe.Snapshot{}
	for i := range e.disk.outbox.each() {
		if e.disk.outbox.each()[i].op != opHear {
			l.Waiting++
		}
	}
	switch {
	case e.slow&dead != 0 && e.gone:
		l.Status = observe.StatusGone
	case e.slow&dead != 0:
		l.Status = observe.StatusDown
	case e.slow&paused != 0:
		l.Status = observe.StatusPaused
	}
	if x, ok := w.states.member(id).(abilities.Fielder); ok && e.slow&dead == 0 {
		l.Fields = x.Fields(w)
	}
	for slot := range e.disk.Records {
		l.Disk = append(l.Disk, w.recordFields(slot, e.disk.Records[slot])...)
	}
	for i := range e.disk.Cache {
		x := &e.disk.Cache[i]
		l.Written = append(l.Written, w.recordFields(x.Slot, x.Rec)...)
	}
	for kind := range e.timers {
		if al := &e.timers[kind]; al.handle != 0 {
			l.Alarms = append(l.Alarms, observe.Alarm{Name: w.spec.vocabulary.Timer(uint8(kind)), At: al.at, Kind: w.spec.vocabulary.timerKind(kind)})
		}
	}
	return l
}

// recordFields tells a record by its fields, or as a whole. Only those of slot 0
// go without the number of their slot.
func (w *World[M, D]) recordFields(slot int, rec D) []shown.Field {
	x, ok := any(rec).(abilities.Fielder)
	if !ok {
		return []shown.Field{{Name: "slot " + itoa(slot), Text: rec.Text(w)}}
	}
	fields := x.Fields(w)
	for i := range fields {
		if slot > 0 {
			fields[i].Name = "slot " + itoa(slot) + ": " + fields[i].Name
		}
	}
	return fields
}
