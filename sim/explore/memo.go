package explore

import (
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// memo keeps what a [sim.Model] has told, so that no handler is called twice for the same.
type memo struct {
	m     sim.Model
	scope sim.Scope
	n     int // actors
	g     int // renamings under which worlds count as one
	err   error
	room  func(bytes int) bool // whether there is memory for so many bytes more; nil: always
	parts int                  // how many were met when memory was looked at last

	hops    table // of a local state and an event: where its hops begin in hopList, plus 1; 0: none
	hopList []hop
	sent    []uint32
	marks   map[uint32][]string // by place in hopList: Hop.Marks
	then    map[uint32][]string // likewise: Hop.Then
	steps   table               // of a history and a trail: the next history, or broken
	broken  []*sim.Violation

	mostSent int // by a hop

	alike equivariance
	order *order // nil: packets are delivered in every order

	own       [][]sim.ModelEvent // by local state: events beside arrivals that have hops
	known     []bool             // whether own is known
	to        []sim.ID           // by packet
	from      []sim.ID
	locals    []plain.Sum // tokens, g for each part
	packets   []plain.Sum
	history   []plain.Sum // of those that worlds have
	histories int         // how many there are, whether or not a world has them
	placeOf   []uint32    // by history: the place of its tokens, plus 1; 0: no world has it yet
	crashes   []plain.Sum // by what is spent of the scope, see spent.go: g for each number

	prophecy prophecy
}

// hop is a [sim.Hop], in numbers alone.
type hop struct {
	next, trail uint32
	sentAt      uint32
	sentN       uint16
	spends      uint16 // of the scope, see spent.go
	more        bool   // the hop after it in the list is of the same event
	decides     bool
}

// isBroken is the bit of a step in which an invariant breaks: the rest says which.
const isBroken = 1 << 31

func newMemo(m sim.Model, scope sim.Scope, actors, group int) *memo {
	x := &memo{m: m, scope: scope, n: actors, g: group, marks: map[uint32][]string{}, then: map[uint32][]string{}}
	x.foretell(false, make([]plain.Renaming, group))
	return x
}

// hopsOf is where the hops of an event begin in hopList, plus 1; 0: there are none.
func (w *walker) hopsOf(local uint32, e sim.ModelEvent) uint32 {
	key := pair(local, uint32(e))
	if at, ok := w.memo.hops.get(key); ok {
		return at
	}
	if w.quiet {
		w.missed = true
		return 0
	}
	return w.learn(key, local, e)
}

// learn asks for the hops of an event.
func (x *memo) learn(key uint64, local uint32, e sim.ModelEvent) uint32 {
	list, err := x.m.Hop(local, e)
	if err != nil && x.err == nil {
		x.err = err
	}
	at := uint32(0)
	if len(list) > 0 {
		at = uint32(len(x.hopList)) + 1
	}
	for i, h := range list {
		if len(h.Marks) > 0 {
			x.marks[uint32(len(x.hopList))] = h.Marks
		}
		if len(h.Then) > 0 {
			x.then[uint32(len(x.hopList))] = h.Then
		}
		x.hopList = append(x.hopList, hop{next: h.Next, trail: h.Trail, sentAt: uint32(len(x.sent)), sentN: uint16(len(h.Sent)), spends: uint16(x.priceOf(h.Crashes)), more: i+1 < len(list), decides: h.Decides})
		x.sent = append(x.sent, h.Sent...)
		x.mostSent = max(x.mostSent, len(h.Sent))
		x.meetLocal(h.Next)
		for _, p := range h.Sent {
			x.meetPacket(p)
		}
	}
	if err := x.alike.holds(x, local, e, list); err != nil && x.err == nil {
		x.err = err
	}
	if x.hasRoom(&x.hops) {
		x.hops.put(key, at)
	}
	return at
}

// hasRoom says whether a table may take one more. If not, the look is about to end, and
// what is not kept is asked for again.
func (x *memo) hasRoom(t *table) bool {
	n := t.grows()
	return n == 0 || x.room == nil || x.room(n)
}

// more says whether there are more parts than when it was asked last.
func (x *memo) more() bool {
	before := x.parts
	x.parts = len(x.own) + len(x.to) + x.histories
	if x.order != nil {
		x.parts += len(x.order.boxes) + len(x.order.views.list)
	}
	return x.parts != before
}

// meetLocal makes ready for a local state.
func (x *memo) meetLocal(local uint32) {
	for n := uint32(len(x.own)); n <= local; n++ {
		x.own, x.known = append(x.own, nil), append(x.known, false)
		x.locals = append(x.locals, x.m.LocalTokens(n)...)
	}
}

// meetPacket makes ready for a packet.
func (x *memo) meetPacket(packet uint32) {
	for n := uint32(len(x.to)); n <= packet; n++ {
		from, to, _ := x.m.Packet(n)
		x.from, x.to = append(x.from, from), append(x.to, to)
		x.packets = append(x.packets, x.m.PacketTokens(n)...)
	}
}

// meetHistory makes ready for a history that a world has.
func (x *memo) meetHistory(history uint32) {
	for int(history) >= len(x.placeOf) {
		x.placeOf = append(x.placeOf, 0)
	}
	if x.placeOf[history] == 0 {
		x.history = append(x.history, x.m.HistoryTokens(history)...)
		x.placeOf[history] = uint32(len(x.history) / x.g)
	}
}

// historyToken is the token of a history that a world has, under a renaming.
func (x *memo) historyToken(history uint32, k int) plain.Sum {
	return x.history[(int(x.placeOf[history])-1)*x.g+k]
}

// ownOf is the events of a local state beside arrivals.
func (w *walker) ownOf(local uint32) []sim.ModelEvent {
	switch {
	case w.known[local]:
		return w.own[local]
	case w.quiet:
		w.missed = true
		return nil
	}
	var list []sim.ModelEvent
	for _, e := range append([]sim.ModelEvent{}, w.m.Events(local)...) {
		if w.hopsOf(local, e) != 0 {
			list = append(list, e)
		}
	}
	if w.scope.Crashes > 0 && w.hopsOf(local, sim.CrashOf()) != 0 {
		list = append(list, sim.CrashOf())
	}
	w.own[local], w.known[local] = list, true
	return list
}

// step is what the history of a world becomes by a trail: a history, or isBroken and which
// violation.
func (w *walker) step(history, trail uint32) uint32 {
	next := w.become(history, trail)
	if next&isBroken == 0 && (int(next) >= len(w.placeOf) || w.placeOf[next] == 0) {
		if w.quiet {
			w.missed = true
			return history
		}
		w.meetHistory(next)
	}
	return next
}

// become is step of a history that no world may have.
func (w *walker) become(history, trail uint32) uint32 {
	if trail == 0 {
		return history
	}
	key := pair(history, trail)
	if next, ok := w.memo.steps.get(key); ok {
		return next
	}
	if w.quiet {
		w.missed = true
		return history
	}
	return w.learnStep(key, history, trail)
}

// learnStep asks for what a history becomes.
func (x *memo) learnStep(key uint64, history, trail uint32) uint32 {
	next, broken := x.m.Step(history, trail)
	if broken != nil {
		x.broken = append(x.broken, broken)
		next = isBroken | uint32(len(x.broken)-1)
	} else {
		x.histories = max(x.histories, int(next)+1)
	}
	if x.hasRoom(&x.steps) {
		x.steps.put(key, next)
	}
	return next
}

// What a part takes in memory, about: its content, its number, and its tokens beside.
const (
	localBytes   = 1024
	packetBytes  = 256
	historyBytes = 1280
)

// bytes is what all of it takes in memory, about.
func (x *memo) bytes() int {
	locals, packets := len(x.own), len(x.to)
	parts := locals*localBytes + packets*packetBytes + x.histories*historyBytes + (locals+packets)*16*x.g + len(x.history)*16
	return x.hops.bytes() + x.steps.bytes() + len(x.hopList)*20 + len(x.sent)*4 + len(x.alike.does)*48 + parts + x.m.Kept()*localBytes
}
