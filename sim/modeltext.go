package sim

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim/plain"
)

// LocalTokens is that of [Model].
func (m *model[A, M, D, P]) LocalTokens(local uint32) []plain.Sum {
	return m.locals.tokensOf(local, len(m.group))
}

// PacketTokens is that of [Model].
func (m *model[A, M, D, P]) PacketTokens(packet uint32) []plain.Sum {
	return m.packets.tokensOf(packet, len(m.group))
}

// HistoryTokens is that of [Model].
func (m *model[A, M, D, P]) HistoryTokens(history uint32) []plain.Sum {
	if m.pristine == nil {
		return make([]plain.Sum, len(m.group))
	}
	list := []plain.Sum{m.hashOfHistory(m.histories.list[history], nil)}
	for i := range m.group[1:] {
		list = append(list, m.hashOfHistory(m.histories.list[history], &m.group[i+1]))
	}
	return list
}

// AskToken is that of [Model].
func (m *model[A, M, D, P]) AskToken(request, renaming int) plain.Sum {
	q, r := &m.requests[request], &m.group[renaming]
	var h plain.Hash
	h.Mix(uint64(q.do)<<32 | uint64(r.Value(q.name)))
	h.Mix(uint64(r.Value(q.key)))
	return h.Sum()
}

// Packet is that of [Model].
func (m *model[A, M, D, P]) Packet(packet uint32) (from, to ID, kind uint8) {
	p := &m.packets.list[packet]
	return p.from, p.to, p.msg.Kind()
}

// Calls is that of [Model].
func (m *model[A, M, D, P]) Calls() int { return m.calls }

// Line is that of [Model].
func (m *model[A, M, D, P]) Line(local uint32, e ModelEvent) string {
	words, w := &m.h.w.spec.vocabulary, m.h.w
	l := &m.locals.list[local]
	switch {
	case e.IsArrival():
		p := &m.packets.list[e.Number()]
		text := p.msg.Text(w)
		if text != "" {
			text = " " + text
		}
		return fmt.Sprintf("%s%s from %d reaches %d", words.message(p.msg.Kind()), text, p.from, p.to)
	case e.IsAlarm():
		return fmt.Sprintf("alarm %s of %d goes off", words.Timer(uint8(e.Number())), l.owner)
	case e.IsAsk():
		text := fmt.Sprintf("client asks %d", l.owner)
		if slices.ContainsFunc(l.clients, func(c clientState) bool { return !m.sameAsk(c.request, uint16(e.Number())) }) { // which of them?
			x := new(localState[A, D])
			m.copyLocal(x, l)
			q := m.ask(x, int(e.Number()))
			text += " for " + w.asks(&q)
		}
		return text
	}
	return fmt.Sprintf("%d crashes, and comes back", l.owner)
}
