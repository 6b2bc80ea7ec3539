package sim

import (
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/partitions"
)

// setSides puts the actors where a fault has them, now that it begins.
func (w *World[M, D]) setSides(i int) {
	f, st := w.scenario.FaultAt(i), &w.faults.list[i]
	clear(st.side)
	switch {
	case f.Split != nil:
		st.side.Split(f.Split)
	case f.Clog != nil:
		w.setLinks(i, f.Clog)
	case f.Weather != nil:
		w.setLinks(i, &f.On)
	case f.Cut != nil:
		w.setCut(i)
	}
}

func (w *World[M, D]) setLinks(i int, l *aims.Links) {
	side := w.faults.list[i].side
	mark := func(t *aims.Target, nth int, bit uint8) {
		if t.IsZero() {
			t = &aims.Target{Group: aims.Everyone}
		}
		side.Mark(w.targets(i, nth, t), bit)
	}
	mark(&l.From, 0, partitions.Sender)
	mark(&l.To, 1, partitions.Receiver)
}

func (w *World[M, D]) setCut(i int) {
	c, st := w.scenario.FaultAt(i).Cut, &w.faults.list[i]
	switch c.Shape {
	case partitions.Isolate:
		st.side.Mark(w.targets(i, 0, &c.Who), 1)
	case partitions.OneWay:
		st.side.Mark(w.targets(i, 0, &c.From), partitions.Sender)
		st.side.Mark(w.targets(i, 1, &c.To), partitions.Receiver)
	case partitions.Halves:
		st.side.Halve(func(id ID) uint8 { return uint8(w.chance.Pick(w.faultKey(chance.Side, i, id), 2)) })
	case partitions.Ring, partitions.Chain:
		st.n = st.side.InLine(w.targets(i, 0, &c.Who))
	case partitions.Bridge:
		st.side.Bridge(w.targets(i, 0, &c.Who))
	}
}
