package sim

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
)

// A broadcast to many actors is filed by the tick of arrival: one event a tick,
// with the list of those whom it reaches then. That is 2 bytes a message instead of an
// event each. Order, events and digest stay the same: the messages of one broadcast that
// arrive in one tick are next to one another in the queue anyway, in the order of their
// receivers.

// batchActors is from how many actors on this pays. A variable for the test that
// compares both ways.
var batchActors = 128

// maxSpan is up to how many different delays broadcasts are filed so.
const maxSpan = scheduler.Horizon

// batches is what the broadcasts that are on their way share.
type batches struct {
	targets []target // of the broadcast that is being filed
	counts  []uint32 // by delay above the least; zero between broadcasts
	blocks  []block  // memory for lists, each of one broadcast
	free    []int32  // blocks that are not in use
	groups  []group  // by the events that wait
	spare   []int32  // groups that are not in use
	open    group    // the group that is being delivered
}

// target is one copy on its way: to whom, and after how many ticks above the
// least delay.
type target struct {
	delay uint32
	to    uint16 // the receiver; the upper two bits say which copy
}

const copyShift = 14

// block is the receivers of one broadcast, by the tick of arrival.
type block struct {
	to     []uint16
	groups int // that are not delivered yet
}

// group is those of a block that one event reaches.
type group struct {
	block    int32
	from, to int32 // positions in the block
}

func (m *batches) reset() {
	m.free, m.spare = m.free[:0], m.spare[:0]
	for i := range m.blocks {
		m.free = append(m.free, int32(i))
	}
	for i := range m.groups {
		m.spare = append(m.spare, int32(i))
	}
	m.open = group{}
}

// broadcastBatch is the way of World.broadcast for many actors.
func (w *World[M, D]) broadcastBatch(e *Env[M, D], l *envelope[M]) {
	m := &w.batches
	m.targets = m.targets[:0]
	s := e.slow
	for to := ID(1); int(to) <= w.n; to++ {
		key := l.key.WithTo(uint16(to))
		if s&mayCrash != 0 && to != e.self && w.crashChosen(key.WithWhat(chance.Crash)) {
			w.file(e, l)
			w.crashByChance(e, key.WithWhat(chance.Crash))
			return
		}
		if s&watched != 0 { // once, when the first has left
			s &^= watched
			w.left(e, observe.Broadcast, 0, l)
		}
		if to == e.self {
			m.targets = append(m.targets, target{0, uint16(to)})
			continue
		}
		w.result.Sent++
		switch {
		case w.faults.cut() && w.faults.separated(w.scenario, e.self, to):
			w.lost(e, key, cutWhenSent)
		default:
			f := w.net.Fate(&w.chance, key)
			if f.Lost {
				w.struck(faults.FamilyLoss)
				w.lost(e, key, lostByChance)
				continue
			}
			m.targets = append(m.targets, target{uint32(f.Delay - w.net.DelayMin), uint16(to)})
			switch {
			case f.CopyLost:
				w.doubled(e, key)
				w.copyLost(e, key, 1)
			case f.Doubled:
				w.doubled(e, key)
				m.targets = append(m.targets, target{uint32(f.CopyDelay - w.net.DelayMin), uint16(to) | 1<<copyShift})
			}
		}
	}
	w.file(e, l)
}

// file sorts the targets of a broadcast by delay, keeping their order within
// one, and pushes an event for each.
func (w *World[M, D]) file(e *Env[M, D], l *envelope[M]) {
	m := &w.batches
	if len(m.targets) == 0 {
		return
	}
	if len(m.counts) == 0 {
		m.counts = make([]uint32, maxSpan)
	}
	for i := range m.targets {
		m.counts[m.targets[i].delay]++
	}
	number, b := m.take(len(m.targets))
	at := uint32(0)
	for d := range m.counts[:w.net.DelayCount] {
		n := m.counts[d]
		if n == 0 {
			continue
		}
		g := m.group(group{number, int32(at), int32(at + n)})
		b.groups++
		w.schedule(e, w.net.DelayMin+Time(d), l.key, l, g+1)
		m.counts[d] = at // from here on: where the next of this delay goes
		at += n
	}
	for _, t := range m.targets {
		b.to[m.counts[t.delay]] = t.to
		m.counts[t.delay]++
	}
	for _, t := range m.targets {
		m.counts[t.delay] = 0
	}
}

// take hands out a block for n receivers.
func (m *batches) take(n int) (int32, *block) {
	if len(m.free) == 0 {
		m.blocks = append(m.blocks, block{})
		m.free = append(m.free, int32(len(m.blocks)-1))
	}
	number := m.free[len(m.free)-1]
	m.free = m.free[:len(m.free)-1]
	b := &m.blocks[number]
	if cap(b.to) < n {
		b.to = make([]uint16, n)
	}
	b.to, b.groups = b.to[:n], 0
	return number, b
}

// group keeps a group and returns its number.
func (m *batches) group(g group) int32 {
	if n := len(m.spare); n > 0 {
		i := m.spare[n-1]
		m.spare = m.spare[:n-1]
		m.groups[i] = g
		return i
	}
	m.groups = append(m.groups, g)
	return int32(len(m.groups) - 1)
}

// openGroup begins to deliver the group of an event.
func (w *World[M, D]) openGroup(ev *event[M]) {
	m := &w.batches
	number := ev.group - 1
	m.open = m.groups[number]
	m.spare = append(m.spare, number)
	w.grouped = *ev
}

// nextOfGroup is the event of the open group, and the key of the arrival at its
// next receiver. The last one gives the block back.
func (w *World[M, D]) nextOfGroup() (*event[M], scheduler.Key) {
	m := &w.batches
	b := &m.blocks[m.open.block]
	to := b.to[m.open.from]
	if m.open.from++; m.open.from == m.open.to {
		if b.groups--; b.groups == 0 {
			m.free = append(m.free, m.open.block)
		}
	}
	copy := to >> copyShift
	return &w.grouped, w.grouped.key.WithTo(to&MaxActors) + scheduler.Key(copy)<<copyKeyShift
}
