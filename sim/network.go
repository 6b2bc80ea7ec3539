package sim

import "github.com/paxsim/paxsim/scheduler"

// Network says how messages travel from one actor to another. The zero Network
// delivers every message once and at once.
type Network struct {
	DelayMin  Time        // the least delay, in ticks
	DelayMax  Time        // the greatest; delays are uniform between the two
	Loss      Probability // that a message is lost
	Duplicate Probability // that a message that is not lost arrives twice
}

// network is a Network as the world uses it.
type network struct {
	min   Time
	span  uint32 // number of different delays
	loss  coin
	dup   coin
	still bool // one delay, no loss, no duplicates: nothing is left to chance
}

func newNetwork(n Network) network {
	return network{
		min:   n.DelayMin,
		span:  uint32(n.DelayMax-n.DelayMin) + 1,
		loss:  coin(n.Loss.threshold()),
		dup:   coin(n.Duplicate.threshold()),
		still: n.DelayMin == n.DelayMax && n.Loss == 0 && n.Duplicate == 0,
	}
}

// fate is what happens to one message on its way.
type fate struct {
	lost, doubled bool
	delay, second Time // of the message and of its double
}

// fate settles what happens to the message that key names. One hash serves
// loss, duplication and delay, each from bits of its own; a family that is off
// asks nothing.
func (n *network) fate(c *chance, key scheduler.Key) (f fate) {
	h := c.seed.Hash(key.WithWhat(whatLost))
	low, high := uint32(h), uint32(h>>32)
	if n.loss != 0 && c.answer(key.WithWhat(whatLost), 2, n.loss.toss(low)) != 0 {
		f.lost = true
		return f
	}
	f.delay = n.delay(c, key.WithWhat(whatDelay), high)
	// Multiplying by an odd number makes the loss's bits the duplicate's own:
	// a loss edited away must not become a duplicate.
	if n.dup != 0 && c.answer(key.WithWhat(whatDoubled), 2, n.dup.toss(low*0x9e3779b1)) != 0 {
		f.doubled = true
		second := key.WithWhat(whatDelay + 1)
		f.second = n.delay(c, second, uint32(c.seed.Hash(second)>>32))
	}
	return f
}

// delay settles how long one copy of a message travels.
func (n *network) delay(c *chance, key scheduler.Key, u uint32) Time {
	if n.span == 1 {
		return n.min
	}
	return n.min + Time(c.answer(key, n.span, scheduler.Scale(u, n.span)))
}

// Why a message does not arrive.
type dropReason uint8

const (
	arrives dropReason = iota
	lostByChance
	cutWhenSent
	cutOnArrival
	receiverDown
)

var dropReasons = [...]string{lostByChance: "lost", cutWhenSent: "cut when sent", cutOnArrival: "cut on arrival", receiverDown: "receiver down"}

// undeliverable says why a message that arrives now is dropped, or arrives.
func (w *World[M, D]) undeliverable(from, to ID) dropReason {
	switch {
	case w.slow[to]&dead != 0:
		return receiverDown
	case from != to && w.faults.cut() && w.faults.separated(from, to):
		return cutOnArrival
	}
	return arrives
}

// lost drops a message when it is sent.
func (w *World[M, D]) lost(e *Env[M, D], to ID, kind uint8, n uint32, m M, why dropReason) {
	w.result.Dropped++
	w.digest.Mix(uint64(why)<<40 | uint64(to))
	if len(w.observers) != 0 {
		w.emit(Entry{What: Dropped, Actor: e.self, Peer: to, Kind: kind, N: n, Cause: uint64(e.cause), Text: dropReasons[why]})
	}
}

// dropped drops a message when it would arrive.
func (w *World[M, D]) dropped(ev *event[M], why dropReason) {
	if len(w.observers) != 0 {
		w.emitEvent(ev, ev.msg.Text(w))
		w.emit(Entry{What: Dropped, Actor: ev.to, Peer: ev.from, Kind: ev.kind, Copy: ev.copy, N: ev.n, Cause: uint64(ev.cause), Text: dropReasons[why]})
	}
}

// double shows observers that a message was doubled.
func (w *World[M, D]) double(e *Env[M, D], to ID, kind uint8, n uint32) {
	if len(w.observers) != 0 {
		w.emit(Entry{What: Doubled, Actor: e.self, Peer: to, Kind: kind, N: n, Cause: uint64(e.cause)})
	}
}
