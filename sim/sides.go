package sim

import (
	"github.com/paxsim/paxsim/sim/chance"
	"slices"
)

// Where a fault puts the actors, as strike.side: for a split or two halves the
// part; for what goes by links a sender, a receiver, or both; for a ring or a
// chain the place in it, from 1; for an isolation 1 if it is; for a bridge the
// half, or atBridge.
const (
	sender   = 1 << 0
	receiver = 1 << 1
	atBridge = 3
)

// parts says whether a cut lets nothing from one actor to another.
func (st *strike) parts(f *Fault, from, to ID) bool {
	a, b := st.side[from], st.side[to]
	if f.Split != nil {
		return a != b
	}
	switch f.Cut.Shape {
	case Isolate:
		return a|b != 0
	case OneWay:
		return a&sender != 0 && b&receiver != 0
	case Halves:
		return a != b
	case Bridge:
		return a != b && a != atBridge && b != atBridge
	default: // a ring or a chain
		apart := max(a, b) - min(a, b)
		closed := f.Cut.Shape == Ring && int(apart) == st.n-1
		return a != 0 && b != 0 && apart != 1 && !closed
	}
}

// covers says whether a fault that goes by links concerns a message.
func (st *strike) covers(kinds []uint8, from, to ID, kind uint8) bool {
	return st.side[from]&sender != 0 && st.side[to]&receiver != 0 && (kinds == nil || slices.Contains(kinds, kind))
}

// setSides puts the actors where a fault has them, now that it begins.
func (w *World[M, D]) setSides(i int) {
	f, st := &w.scenario.Faults[i], &w.faults.list[i]
	clear(st.side)
	switch {
	case f.Split != nil:
		for part, ids := range f.Split {
			for _, id := range ids {
				st.side[id] = uint8(part + 1)
			}
		}
	case f.Clog != nil:
		w.setLinks(i, f.Clog)
	case f.Weather != nil:
		w.setLinks(i, &f.On)
	case f.Cut != nil:
		w.setCut(i)
	}
}

func (w *World[M, D]) setLinks(i int, l *Links) {
	st := &w.faults.list[i]
	mark := func(t *Target, nth int, bit uint8) {
		if t.IsZero() {
			t = &Target{Group: Everyone}
		}
		for _, id := range w.targets(i, nth, t) {
			st.side[id] |= bit
		}
	}
	mark(&l.From, 0, sender)
	mark(&l.To, 1, receiver)
}

func (w *World[M, D]) setCut(i int) {
	c, st := w.scenario.Faults[i].Cut, &w.faults.list[i]
	switch c.Shape {
	case Isolate:
		for _, id := range w.targets(i, 0, &c.Who) {
			st.side[id] = 1
		}
	case OneWay:
		for _, id := range w.targets(i, 0, &c.From) {
			st.side[id] |= sender
		}
		for _, id := range w.targets(i, 1, &c.To) {
			st.side[id] |= receiver
		}
	case Halves:
		w.drawHalves(i)
	case Ring, Chain:
		st.n = 0
		for _, id := range w.targets(i, 0, &c.Who) {
			st.n++
			st.side[id] = uint8(st.n)
		}
	case Bridge:
		many := 0
		for _, id := range w.targets(i, 0, &c.Who) {
			st.side[id] = atBridge
			many++
		}
		half := (w.n - many + 1) / 2
		for id, k := ID(1), 0; int(id) <= w.n; id++ {
			if st.side[id] != atBridge {
				st.side[id] = uint8(1 + min(k/max(half, 1), 1))
				k++
			}
		}
	}
}

// drawHalves puts each actor on one of two sides, by a choice each; if that
// leaves one side empty the last actor changes over.
func (w *World[M, D]) drawHalves(i int) {
	st := &w.faults.list[i]
	sum := 0
	for id := ID(1); int(id) <= w.n; id++ {
		side := w.chance.Pick(w.faultKey(chance.Side, i, id), 2)
		st.side[id] = uint8(side)
		sum += int(side)
	}
	if sum == 0 || sum == w.n {
		st.side[w.n] ^= 1
	}
}
