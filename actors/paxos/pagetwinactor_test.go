package paxos_test

// The actors of the second simulator, see pagetwin_test.go.

// start is the event at which it begins, at first and after a crash.
func (a *twinActor) start() {
	life := a.life + 1
	*a = twinActor{w: a.w, id: a.id, disk: a.disk, life: life, twinRecord: a.disk, unanswered: a.unanswered, scripted: a.scripted,
		promisedBy: map[int]bool{}, refusedBy: map[int]bool{}, heardFrom: map[int]bool{}, tallies: map[twinBallot]map[int]bool{}, alarms: map[string]int{}}
	a.set("learn", a.w.roundLimit(), a.learnedNothing)
}

// effect happens now, or behind the save that is on its way; crash says whether the
// actor may crash before it.
func (a *twinActor) effect(crash bool, do func()) {
	switch {
	case a.down:
	case a.saving:
		a.waits = append(a.waits, func() { a.effect(crash, do) })
	case crash && a.w.hits(a.w.crash):
		a.fall()
	default:
		do()
	}
}

func (a *twinActor) fall() {
	w := a.w
	w.counts.crashes++
	if a.saving && w.hits(.5) { // of one record all survives, or nothing
		a.disk = a.written
	}
	a.down, a.saving, a.waits = true, false, nil
	a.life++
	a.learned, a.openWork = 0, false
	w.file(w.between(w.downLeast, w.downMost), func() {
		a.start()
		if a.unanswered {
			life := a.life
			w.file(0, func() {
				if a.life == life {
					a.request()
				}
			})
		}
	})
}

func (a *twinActor) saves() {
	r := a.twinRecord
	a.effect(true, func() {
		if a.w.save == 0 {
			a.disk = r
			return
		}
		a.saving, a.written = true, r
		life := a.life
		a.w.file(a.w.save, func() {
			if a.life != life {
				return
			}
			a.disk, a.saving = r, false
			for len(a.waits) > 0 && !a.saving && !a.down {
				do := a.waits[0]
				a.waits = a.waits[1:]
				do()
			}
		})
	})
}

// sends gives one message to the network: handle is what its receiver does.
func (a *twinActor) sends(to int, b twinBallot, handle func(*twinActor)) {
	w := a.w
	a.effect(to != a.id, func() {
		arrives := func() {
			x := w.actors[to]
			if x.down {
				w.counts.dropped++
				return
			}
			if x.seen.below(b) {
				x.seen = b
			}
			handle(x)
		}
		if to == a.id {
			w.file(w.least, arrives)
			return
		}
		w.counts.sent++
		if w.hits(w.loss) {
			w.counts.dropped++
			return
		}
		w.file(w.between(w.least, w.most), arrives)
		if w.hits(w.double) {
			w.counts.doubled++
			if w.hits(w.loss) {
				w.counts.dropped++
				return
			}
			w.file(w.between(w.least, w.most), arrives)
		}
	})
}

func (a *twinActor) broadcasts(b twinBallot, handle func(*twinActor)) {
	for to := 1; to <= a.w.n; to++ {
		a.sends(to, b, handle)
	}
}

func (a *twinActor) set(alarm string, after int64, do func()) {
	if a.down {
		return
	}
	a.alarmsSet++
	mine, life := a.alarmsSet, a.life
	a.alarms[alarm] = mine
	a.w.file(after, func() {
		if a.life == life && a.alarms[alarm] == mine {
			delete(a.alarms, alarm)
			do()
		}
	})
}

func (a *twinActor) request() {
	if a.down {
		a.unanswered = true
		return
	}
	a.unanswered = true
	a.own = a.id
	if a.knows != 0 {
		a.answers()
	}
	switch {
	case a.scripted:
		a.openWork = true
		a.takeRole()
	case a.knows == 0:
		a.idles()
	}
}

func (a *twinActor) idles() {
	if a.phase == 0 && a.alarms["role"] == 0 {
		a.set("role", a.w.idleSpell(), a.roleAlarm)
	}
}

func (a *twinActor) roleAlarm() {
	if a.knows == 0 || a.openWork {
		a.takeRole()
	}
}

func (a *twinActor) takeRole() {
	if a.phase != 0 {
		return
	}
	delete(a.alarms, "role")
	a.round = max(a.seen.round, a.promised.round, a.round) + 1
	b := twinBallot{a.round, a.id}
	a.ballot = b
	a.saves()
	if a.down {
		return
	}
	a.w.counts.attempts++
	a.enter(1)
	a.broadcasts(b, func(x *twinActor) { x.prepare(a.id, b) })
}

func (a *twinActor) enter(phase int) {
	a.phase, a.repeated = phase, 0
	a.set("repeat", a.w.repeatWait(), a.repeats)
}

func (a *twinActor) refuse(to int, b twinBallot) {
	from, promised := a.id, a.promised
	high := b
	if high.below(promised) {
		high = promised
	}
	a.sends(to, high, func(x *twinActor) { x.nack(from, b) })
}

func (a *twinActor) prepare(from int, b twinBallot) {
	if b.below(a.promised) {
		a.refuse(from, b)
		return
	}
	if b != a.promised {
		a.promised = b
		a.saves()
	}
	me, last, v := a.id, a.accepted, a.value
	a.sends(from, b, func(x *twinActor) { x.promise(me, b, last, v) })
}

func (a *twinActor) promise(from int, b, last twinBallot, v int) {
	if a.phase == 0 || b != a.ballot || a.promisedBy[from] {
		return
	}
	a.promisedBy[from] = true
	if a.highest.below(last) {
		a.highest, a.reported = last, v
	}
	switch {
	case a.phase == 2:
		if a.w.fanOut == "ackers" {
			a.asksToAccept(from)
		}
	case a.w.quorum(len(a.promisedBy)):
		a.propose()
	}
}

func (a *twinActor) asksToAccept(to int) {
	me, b, v := a.id, a.ballot, a.proposes
	a.sends(to, b, func(x *twinActor) { x.accept(me, b, v) })
}

func (a *twinActor) propose() {
	a.proposes = a.own
	if a.highest != (twinBallot{}) {
		a.proposes = a.reported
	}
	if a.proposes == 0 {
		a.giveUp()
		return
	}
	a.enter(2)
	for to := 1; to <= a.w.n; to++ {
		if a.promisedBy[to] || a.w.fanOut == "all" {
			a.asksToAccept(to)
		}
	}
}

func (a *twinActor) accept(from int, b twinBallot, v int) {
	if b.below(a.promised) {
		a.refuse(from, b)
		return
	}
	if b != a.accepted {
		a.promised, a.accepted, a.value = b, b, v
		a.saves()
	}
	me := a.id
	a.broadcasts(b, func(x *twinActor) { x.heard(me, b, v) })
}

func (a *twinActor) heard(from int, b twinBallot, v int) {
	if a.knows == 0 {
		if a.tallies[b] == nil {
			a.tallies[b] = map[int]bool{}
		}
		a.tallies[b][from] = true
		if a.w.quorum(len(a.tallies[b])) {
			a.learns(v)
		}
	}
	if a.phase == 2 && b == a.ballot {
		if a.heardFrom[from] = true; a.w.quorum(len(a.heardFrom)) {
			a.lost = 0
			a.leave()
			a.openWork = false
		}
	}
}

func (a *twinActor) learns(v int) {
	a.asked = 0
	clear(a.tallies)
	delete(a.alarms, "learn")
	delete(a.alarms, "ask")
	if !a.openWork {
		delete(a.alarms, "role")
	}
	a.knows = v
	a.effect(true, func() {
		a.learned = v
		if a.w.decided < 0 {
			a.w.decided = a.w.now
		}
	})
	a.answers()
}

func (a *twinActor) answers() {
	if a.unanswered {
		a.effect(true, func() {
			if a.unanswered && a.scripted {
				a.w.open--
			}
			a.unanswered = false
		})
	}
}

func (a *twinActor) nack(from int, b twinBallot) {
	a.w.counts.nacks++
	if a.phase == 0 || b != a.ballot {
		return
	}
	a.refusedBy[from] = true
	switch {
	case a.w.onNack == "retry":
		window := a.w.roundLimit() << min(a.lost, 3)
		a.lost++
		a.leave()
		a.set("role", a.w.between(0, window-1), a.roleAlarm)
	case a.w.onNack == "give-up" || !a.w.quorum(a.w.n-len(a.refusedBy)):
		a.giveUp()
	}
}

func (a *twinActor) leave() {
	a.phase, a.ballot, a.highest, a.reported = 0, twinBallot{}, twinBallot{}, 0
	clear(a.promisedBy)
	clear(a.refusedBy)
	clear(a.heardFrom)
	delete(a.alarms, "repeat")
}

func (a *twinActor) giveUp() {
	a.w.counts.giveUps++
	a.lost++
	a.leave()
	a.openWork = false
	if a.knows != 0 {
		return
	}
	a.set("learn", a.w.roundLimit(), a.learnedNothing)
	if a.own != 0 {
		a.idles()
	}
}

func (a *twinActor) repeats() {
	if a.repeated == twinRepeats {
		a.giveUp()
		return
	}
	a.repeated++
	a.w.counts.repeats++
	a.set("repeat", a.w.repeatWait(), a.repeats)
	b := a.ballot
	for to := 1; to <= a.w.n; to++ {
		switch {
		case a.refusedBy[to]:
		case a.phase == 1 && !a.promisedBy[to]:
			a.sends(to, b, func(x *twinActor) { x.prepare(a.id, b) })
		case a.phase == 2 && !a.heardFrom[to] && (a.promisedBy[to] || a.w.fanOut == "all"):
			a.asksToAccept(to)
		}
	}
}

func (a *twinActor) learnedNothing() {
	switch {
	case a.phase != 0:
	case a.w.learn == "ask" && a.asked < twinRepeats:
		a.set("ask", a.w.idleSpell(), func() {
			a.asked++
			a.w.counts.asks++
			me := a.id
			a.broadcasts(twinBallot{}, func(x *twinActor) {
				if b, v, from := x.accepted, x.value, x.id; b != (twinBallot{}) {
					x.sends(me, b, func(y *twinActor) { y.heard(from, b, v) })
				}
			})
			a.set("learn", a.w.roundLimit(), a.learnedNothing)
		})
	default:
		a.idles()
	}
}
