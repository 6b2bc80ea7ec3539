package sim

// timeout lets an alarm go off.
func (w *World[M, D]) timeout(e *Env[M, D], ev *event[M]) {
	kind := ev.key.Kind()
	al := &e.timers[kind]
	al.handle = 0
	t := Timer{Kind: kind, For: al.set}
	w.digest.Mix(t.For)
	e.depth = e.reached
	w.emitEvent(ev, ev.key, "")
	e.actor.Timeout(e, t)
}

// arm sets an alarm of the actor that is being called.
func (w *World[M, D]) arm(e *Env[M, D], d Time, t Timer) {
	if e.slow&recording != 0 {
		w.recordAfter(e, d, t)
		return
	}
	al := &e.timers[t.Kind]
	if al.handle != 0 {
		w.takeBack(al.handle)
	}
	at := w.queue.Now() + max(d, 0)
	al.handle = w.push(at, e.alarm.Numbered(t.Kind, w.count(&al.count)))
	al.set, al.at = t.For, at
}

// disarm takes an alarm back.
func (w *World[M, D]) disarm(al *alarm) {
	if al.handle != 0 {
		w.takeBack(al.handle)
		al.handle = 0
	}
}
