package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
)

// Disk says how an actor's disk behaves. The zero Disk saves at once.
type Disk struct {
	Sync Time // how long a sync takes, in ticks
}

// disk is the disk of one actor, and what waits for it.
type disk[M Message, D Record] struct {
	records []D              // by slot: what survives a crash
	sums    []uint64         // what each said when it was saved, where records may hold memory
	cache   []write[D]       // written, in order; not yet sure to survive
	handle  scheduler.Handle // the end of the sync on its way; 0: none
	outbox  outbox[effect[M, D]]
}

type write[D Record] struct {
	slot int
	rec  D
}

func (d *disk[M, D]) reset() {
	d.records, d.sums = d.records[:0], d.sums[:0]
	d.cache = d.cache[:0]
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
	for i := len(d.cache) - 1; i >= 0; i-- {
		if d.cache[i].slot == slot {
			return d.cache[i].rec
		}
	}
	if slot < len(d.records) {
		rec = d.records[slot]
	}
	return rec
}

// keep puts a record into a slot, and makes room for it.
func (d *disk[M, D]) keep(slot int, rec *D) {
	for len(d.records) <= slot {
		var zero D
		d.records = append(d.records, zero)
	}
	d.records[slot] = *rec
}

// write puts a record where a sync will find it.
func (w *World[M, D]) write(e *Env[M, D], slot int, rec *D) {
	d := &e.disk
	d.cache = append(d.cache, write[D]{slot, *rec})
}

// sync makes what was written sure to survive: at once, or after the latency
// of the disk, while all later effects wait.
func (w *World[M, D]) sync(e *Env[M, D]) {
	if w.scenario.Disk.Sync == 0 {
		w.settle(e, len(e.disk.cache))
		return
	}
	w.digest.Mix(uint64(opSync)<<58 | uint64(e.self))
	e.slow |= waiting
	key := eventKey(Synced, 0, e.self, e.saves)
	e.disk.handle = w.push(w.queue.Now()+w.scenario.Disk.Sync, key)
}

// settle moves the first k records of the cache to the disk and drops the rest.
func (w *World[M, D]) settle(e *Env[M, D], k int) {
	w.change() // they reach it together
	d := &e.disk
	for i := range d.cache[:k] {
		w.store(e, d.cache[i].slot, &d.cache[i].rec)
	}
	d.cache = d.cache[:0]
	w.changed()
}

// store puts a record on the disk itself.
func (w *World[M, D]) store(e *Env[M, D], slot int, rec *D) {
	d := &e.disk
	for len(d.records) <= slot {
		var zero D
		d.records = append(d.records, zero)
	}
	if e.slow&alert != 0 {
		w.before = d.records[slot]
	}
	d.records[slot] = *rec
	w.digest.Mix(uint64(opWrite)<<58 | uint64(e.self)<<40 | uint64(slot))
	d.records[slot].Words(&w.digest)
	if e.slow&handles != 0 {
		for len(d.sums) < len(d.records) {
			var none D
			d.sums = append(d.sums, wordsOf(none))
		}
		d.sums[slot] = wordsOf(*rec)
	}
	if e.slow&(watched|alert) != 0 {
		w.stored(e, slot, rec)
	}
}

// stored tells whoever watches what has reached the disk.
func (w *World[M, D]) stored(e *Env[M, D], slot int, rec *D) {
	if len(w.observers) != 0 {
		w.emit(w.told(Entry{What: Saved, Actor: e.self, N: uint32(slot), Cause: uint64(e.cause)}, *rec))
	}
	if w.history != nil {
		w.breach(w.history.Saved(e.self, slot, *rec))
	}
	if e.slow&alert != 0 {
		w.noticeSaved(e, *rec)
	}
}

// noticeSaved looks whether a moment has come by what is new in a record.
func (w *World[M, D]) noticeSaved(e *Env[M, D], rec D) {
	x, ok := any(rec).(Differ[D])
	if !ok {
		return
	}
	for kind, news := uint8(0), x.Differs(w.before); news != 0; kind, news = kind+1, news>>1 {
		if news&1 != 0 {
			w.notice(e, Saves, kind)
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
	w.settle(e, len(d.cache))
	w.free(e)
	w.settleDown()
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
	if len(d.cache) == 0 {
		return
	}
	keep := len(d.cache)
	key := scheduler.MakeKey(chance.Kept, 0, uint16(e.self), 0, e.saves)
	if k := w.chance.Pick(key, uint32(keep+1)); k != 0 {
		keep = int(k) - 1
	}
	w.settle(e, keep)
}
