package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/abilities"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/triggers"
)

// disk is the disk of one actor, and what waits for it.
type disk[M Message, D Record] struct {
	disks.Store[D]
	handle scheduler.Handle // the end of the sync on its way; 0: none
	outbox outbox[effect[M, D]]
}

func (d *disk[M, D]) reset() {
	d.Store.Reset()
	d.handle = 0
	d.outbox.clear()
}

// written is what was written to a slot last: it may still be on its way to the disk.
func (d *disk[M, D]) written(slot int) (rec D) {
	waiting := d.outbox.each()
	for i := len(waiting) - 1; i >= 0; i-- {
		if x := &waiting[i]; (x.op == opSave || x.op == opWrite) && x.slot == slot {
			return x.rec
		}
	}
	return d.Last(slot)
}

// sync makes what was written sure to survive: at once, or after the latency
// of the disk, while all later effects wait.
func (w *World[M, D]) sync(e *Env[M, D]) {
	if w.scenario.Disk.Sync == 0 {
		w.flushCache(e, len(e.disk.Cache))
		return
	}
	w.digest.Mix(uint64(opSync)<<58 | uint64(e.self))
	e.slow |= waiting
	key := eventKey(observe.Synced, 0, e.self, e.saves)
	e.disk.handle = w.push(w.queue.Now()+w.scenario.Disk.Sync, key)
}

// flushCache moves the first k records of the cache to the disk and drops the rest.
func (w *World[M, D]) flushCache(e *Env[M, D], k int) {
	w.change() // they reach it together
	d := &e.disk
	for i := range d.Cache[:k] {
		w.store(e, d.Cache[i].Slot, &d.Cache[i].Rec)
	}
	d.Cache = d.Cache[:0]
	w.changed()
}

// store puts a record on the disk itself.
func (w *World[M, D]) store(e *Env[M, D], slot int, rec *D) {
	d := &e.disk
	d.MakeRoom(slot)
	if e.slow&alert != 0 {
		w.before = d.Records[slot]
	}
	d.Records[slot] = *rec
	w.digest.Mix(uint64(opWrite)<<58 | uint64(e.self)<<40 | uint64(slot))
	d.Records[slot].Hash(&w.digest)
	if e.slow&handles != 0 {
		for len(d.Sums) < len(d.Records) {
			var none D
			d.Sums = append(d.Sums, w.hashOf(none))
		}
		d.Sums[slot] = w.hashOf(*rec)
	}
	if e.slow&(watched|alert) != 0 {
		w.stored(e, slot, rec)
	}
}

// stored tells whoever watches what has reached the disk.
func (w *World[M, D]) stored(e *Env[M, D], slot int, rec *D) {
	if len(w.observers) != 0 {
		w.emit(w.told(observe.Entry{What: observe.Saved, Actor: e.self, N: uint32(slot), Cause: uint64(e.cause)}, *rec))
	}
	if w.history != nil {
		w.breach(w.history.Saved(e.self, slot, *rec))
	}
	if e.slow&alert != 0 {
		w.triggerSaved(e, *rec)
	}
}

// triggerSaved looks whether a moment has come by what is new in a record.
func (w *World[M, D]) triggerSaved(e *Env[M, D], rec D) {
	x, ok := any(rec).(abilities.Differ[D])
	if !ok {
		return
	}
	for kind, news := uint8(0), x.Differs(w.before); news != 0; kind, news = kind+1, news>>1 {
		if news&1 != 0 {
			w.trigger(e, triggers.Saves, kind)
		}
	}
}

// synced ends a sync: its records are on the disk, and the effects that waited
// happen.
func (w *World[M, D]) synced(e *Env[M, D], ev *event[M]) {
	d := &e.disk
	d.handle = 0
	e.slow &^= waiting
	w.emitEvent(ev, ev.key, "")
	w.flushCache(e, len(d.Cache))
	w.free(e)
	w.flushAftermath()
}

// flush makes the effects that waited happen, in order, up to the next sync.
func (w *World[M, D]) flush(e *Env[M, D]) {
	for e.slow&(waiting|dead|paused) == 0 {
		x, ok := e.disk.outbox.pop()
		if !ok {
			return
		}
		e.depth, e.cause = x.depth, x.cause
		w.perform(e, &x)
	}
}

// loseCache settles, at a crash, how much of what was written survives: all of
// it (calm), none, or the first so many records.
func (w *World[M, D]) loseCache(e *Env[M, D]) {
	d := &e.disk
	if d.handle != 0 {
		w.takeBack(d.handle)
		d.handle = 0
	}
	d.outbox.clear()
	if len(d.Cache) == 0 {
		return
	}
	keep := len(d.Cache)
	key := scheduler.MakeKey(chance.Kept, 0, uint16(e.self), 0, e.saves)
	if k := w.chance.Pick(key, uint32(keep+1)); k != 0 {
		keep = int(k) - 1
	}
	w.flushCache(e, keep)
}
