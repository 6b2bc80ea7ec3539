package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/links"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

// The long way of a message. It is for worlds in which a message can not only be lost or
// doubled: links with a weather of their own, copies of copies, damage, forged senders,
// links that keep the order or hold only so much. Its questions have the names that they
// have on the short way, so the same seed gives the same weather.

// ways are those that messages take, and what waits on them.
type ways[M Message, D Record] struct {
	net         weather.Odds
	models      delays.Cache    // of delays that are not uniform
	weather     weather.Network // the general one, as it is
	fullNetwork bool            // more can happen to a message than to be lost or doubled
	slowArrive  bool            // a cut or a clog is in force, or fullNetwork: messages take the slow path when they arrive
	slowSend    bool            // and when they are sent: slowArrive, or searched
	copies      uint8           // of a message, beside itself, at most
	links       *links.Table    // what is kept for each link; nil: nothing
	onLinks     onLinks[M, D]
	specials    []special  // messages with which something is wrong
	clogged     []event[M] // messages that stand still on clogged links
	grouped     event[M]   // the event of the open group of a batch
}

// special is what is wrong with a message on its way, by -group-1 of its event.
type special struct {
	damaged bool
	as      ID // whose message it pretends to be; 0: its sender's
}

// postFull gives one envelope to the network.
func (w *World[M, D]) postFull(e *Env[M, D], key scheduler.Key, l *envelope[M]) {
	net := w.netOf(e.self, ID(key.To()), key.Kind())
	f := net.Fate(&w.chance, key)
	w.asked(faults.FamilyLoss, net.Loss)
	if f.Lost {
		w.struck(faults.FamilyLoss)
		w.lost(e, key, lostByChance)
		return
	}
	w.travel(e, net, key, l, f.Delay)
	w.asked(faults.FamilyDuplicate, net.Duplicate)
	if !f.Doubled {
		return
	}
	w.doubled(e, key)
	w.asked(faults.FamilyLoss, net.Loss)
	if f.CopyLost {
		w.copyLost(e, key, 1)
		return
	}
	w.travel(e, net, key.WithWhat(1), l, f.CopyDelay)
	for c := uint8(1); c < w.copies; c++ { // a copy may be doubled in its turn
		w.asked(faults.FamilyDuplicate, net.Duplicate)
		if !w.chance.Flip(key.WithWhat(chance.Doubled+c), net.Duplicate) {
			return
		}
		w.doubled(e, key)
		w.asked(faults.FamilyLoss, net.Loss)
		if net.LosesCopy(&w.chance, key, c+1) {
			w.copyLost(e, key, c+1)
			return
		}
		w.travel(e, net, key.WithWhat(c+1), l, net.Delay(&w.chance, key.WithWhat(chance.Delay+c+1)))
	}
}

// netOf is the weather on a link: that of the last fault in force that covers
// it, or the general one.
func (w *World[M, D]) netOf(from, to ID, kind uint8) *weather.Odds {
	if w.faults.core.Len() == 0 || !w.faults.core.Has(from) {
		for j := len(w.faults.links) - 1; j >= 0; j-- {
			i := w.faults.links[j]
			if st := &w.faults.list[i]; st.side.Covers(w.scenario.Faults[i].On.Kinds, from, to, kind) {
				return &st.net
			}
		}
	}
	return &w.net
}

// travel files the arrival of one copy: which one is in the what of the key.
func (w *World[M, D]) travel(e *Env[M, D], net *weather.Odds, key scheduler.Key, l *envelope[M], delay Time) {
	copy := key.What()
	delay += w.scenario.Network.Places.Between(key.From(), key.To())
	var x special
	if net.Corrupt != 0 {
		w.asked(faults.FamilyCorrupt, net.Corrupt)
		if x.damaged = w.chance.Flip(key.WithWhat(chance.Damaged+copy), net.Corrupt); x.damaged {
			w.struck(faults.FamilyCorrupt)
		}
	}
	if net.Forge != 0 && w.n > 1 {
		w.asked(faults.FamilyForge, net.Forge)
		if w.chance.Flip(key.WithWhat(chance.Forged+copy), net.Forge) {
			x.as = w.forger(key, copy)
		}
	}
	group := int32(0)
	if x != (special{}) {
		w.specials = append(w.specials, x)
		group = -int32(len(w.specials))
		w.digest.Mix(uint64(opSpecial)<<58 | uint64(x.as))
	}
	if w.links == nil {
		w.schedule(e, delay, key, l, group)
		return
	}
	if delay = w.links.Delay(&w.onLinks, key+deliveredKey, delay); delay >= 0 {
		w.links.Enter(key+deliveredKey, w.schedule(e, delay, key, l, group))
	}
}

// forger is whose message a forged one pretends to be: one of the others.
func (w *World[M, D]) forger(key scheduler.Key, copy uint8) ID {
	w.struck(faults.FamilyForge)
	as := ID(1 + w.chance.Pick(key.WithWhat(chance.Forger+copy), uint32(w.n-1)))
	if as >= ID(key.From()) {
		as++
	}
	return as
}

// arriveSpecial handles the arrival of a message with which something is wrong.
func (w *World[M, D]) arriveSpecial(e *Env[M, D], ev *event[M], key scheduler.Key) {
	x := w.specials[-ev.group-1]
	if x.damaged {
		w.digest.Mix(uint64(damaged))
		w.result.Dropped++
		w.dropped(ev, key, damaged)
		return
	}
	w.digest.Mix(uint64(x.as))
	if len(w.observers) != 0 {
		w.emitArrival(ev, key, x.as)
	}
	w.receive(e, x.as, ev)
}

// clog keeps a message that has reached the end of a clogged link.
func (w *World[M, D]) clog(i int, ev *event[M], key scheduler.Key) {
	x := *ev
	x.key = key
	x.group = min(x.group, 0)
	w.clogged = append(w.clogged, x)
	if w.links != nil {
		w.links.SetHandle(key, 0)
	}
	w.digest.Mix(uint64(opStall)<<58 | uint64(key.To()))
	if len(w.observers) != 0 {
		w.emitArrival(ev, key, 0)
		w.emit(observe.Entry{What: observe.Held, Actor: ID(key.To()), Peer: ID(key.From()), Kind: key.Kind(), Copy: eventCopy(key), N: key.Count(), Cause: uint64(ev.cause), Text: "clogged: " + w.scenario.FaultAt(i).Name})
	}
}

// unclog lets what stands still on links that are free again arrive, in order.
func (w *World[M, D]) unclog() {
	keep := w.clogged[:0]
	for i := range w.clogged {
		x := &w.clogged[i]
		if x.key == 0 {
			continue // evicted
		}
		if k := x.key; w.faults.clogged(w.scenario, ID(k.From()), ID(k.To()), k.Kind()) >= 0 {
			keep = append(keep, *x)
			continue
		}
		h := w.repush(x)
		if w.links != nil {
			w.links.SetHandle(x.key, h)
		}
	}
	w.clogged = keep
}
