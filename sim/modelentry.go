package sim

import "github.com/paxsim/paxsim/sim/observe"

// EventEntry is that of [Model].
func (m *model[A, M, D, P]) EventEntry(id ID, e ModelEvent) observe.Entry {
	x := observe.Entry{Actor: id}
	switch {
	case e.IsArrival():
		p := &m.packets.list[e.Number()]
		x.What, x.Peer, x.Kind = observe.Delivered, p.from, p.msg.Kind()
		return m.h.w.told(x, p.msg)
	case e.IsAlarm():
		x.What, x.Kind = observe.TimedOut, uint8(e.Number())
	case e.IsAsk():
		x.What, x.N = observe.Asked, e.Number()
	default:
		x.What = observe.Crashed
	}
	return x
}

// TrailEntries is that of [Model].
func (m *model[A, M, D, P]) TrailEntries(trail uint32) (list []observe.Entry) {
	w := m.h.w
	for i := range m.trails.list[trail] {
		s := &m.trails.list[trail][i]
		x := observe.Entry{Actor: s.id}
		switch s.what {
		case sawSent:
			x.What, x.Kind = observe.Sent, s.msg.Kind()
			x = w.told(x, s.msg)
		case sawSaved:
			x.What, x.N = observe.Saved, uint32(s.slot)
			x = w.told(x, s.rec)
		case sawDecided:
			x.What, x.Round, x.Text = observe.Decided, s.under, w.ValueName(s.value)
			x.Said = Chosen{Value: s.value, Under: s.under, Instance: s.instance}
		case sawAnswered:
			x.What, x.Text = observe.Answered, w.ValueName(s.value)
		case sawCrashed:
			x.What = observe.Crashed
		case sawRestarted:
			x.What = observe.Restarted
		default:
			continue // the event itself, or no effect
		}
		list = append(list, x)
	}
	return list
}
