package sim

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
)

// searched is a world's searched engine.
type searched[M Message] struct {
	*Search
	left    Budget
	turned  int // how many of Search.Turns the run has taken
	pending Pending
	queue   *scheduler.Queue[event[M]] // where the events are kept
	held    []hold                     // of Search.Holds, in the order of their events
	holds   []Hold                     // what a picker held back, of events that wait no more
}

// hold is a Hold as a run stands.
type hold struct {
	Hold
	met, over bool // its event waited; the other came
}

// defaultEvents is the budget on events where none is given.
const defaultEvents = 1000

// Search implements [Runner].
func (w *World[M, D]) Search(s *Search) {
	if s == nil {
		if w.search != nil {
			w.search.clear()
		}
		w.search = nil
		return
	}
	if w.search == nil {
		w.search = &searched[M]{queue: &w.queue}
	}
	w.search.Search = s
}

// clear gives back the room of what is pending.
func (x *searched[M]) clear() {
	for _, slot := range x.pending.slots {
		x.queue.Drop(slot)
	}
	x.pending.clear()
}

func (x *searched[M]) reset(seed uint64) {
	x.left = x.Budget
	if x.left.Events == 0 {
		x.left.Events = defaultEvents
	}
	x.clear()
	x.turned = 0
	x.held, x.holds = x.held[:0], x.holds[:0]
	for _, h := range x.Holds {
		x.held = append(x.held, hold{Hold: h})
	}
	slices.SortStableFunc(x.held, func(a, b hold) int { return cmp.Compare(a.Event, b.Event) })
	if x.Picker != nil {
		x.Picker.Begin(seed)
	}
}

// comesLater says whether an event is of the later class of the calm order.
func comesLater(w What) bool {
	return w == TimedOut || w == Restarted || w == FaultBegins || w == FaultEnds
}

// push keeps an event and returns where to fill in what its key does not say.
func (x *searched[M]) push(key scheduler.Key, cause uint32) (scheduler.Handle, *event[M]) {
	slot, ev := x.queue.Keep()
	tag := uint64(0)
	if x.Picker != nil {
		tag = x.Picker.Born(key, cause)
	}
	x.pending.insert(key, tag, slot, comesLater(eventWhat(key)))
	ev.key, ev.cause, ev.group = key, cause, 0
	return slot, ev
}

// purge takes out the events that were taken back.
func (x *searched[M]) purge() {
	p := &x.pending
	for i := p.Len() - 1; i >= 0; i-- {
		if slot := p.slots[i]; x.queue.At(slot).key == 0 {
			x.keep(i)
			p.remove(i)
			x.queue.Drop(slot)
		}
	}
}

// pop takes the next event out: the picker's, or the first that is not held
// back. The pointer is good until the next push. takenBack says whether any was
// taken back since the last.
func (x *searched[M]) pop(takenBack bool) (*event[M], bool) {
	if takenBack {
		x.purge()
	}
	p := &x.pending
	n := p.Len()
	if x.left.Alarms <= 0 {
		n -= x.alarmsAtEnd()
	}
	if n == 0 || x.left.Events <= 0 {
		return nil, false
	}
	var i int
	switch {
	case eventWhat(p.Keys[0]) == Booted: // everybody starts before anything happens
	case x.Picker != nil:
		i = x.pick(n)
	default:
		i = x.first(n)
	}
	slot := p.slots[i]
	ev := x.queue.At(slot)
	p.remove(i)
	x.queue.Drop(slot)
	x.left.Events--
	if eventWhat(ev.key) == TimedOut {
		x.left.Alarms--
	}
	p.Number++
	return ev, true
}

// alarmsAtEnd moves alarms, which are spent, behind all else, and counts them.
func (x *searched[M]) alarmsAtEnd() int {
	p := &x.pending
	n := 0
	for i := p.Len() - p.alarms; i < p.Len()-n; {
		if eventWhat(p.Keys[i]) != TimedOut {
			i++
			continue
		}
		k, tag, slot, until := p.Keys[i], p.Tags[i], p.slots[i], p.until[i]
		p.remove(i)
		p.insert(k, tag, slot, true)
		p.until[p.Len()-1] = until
		n++
	}
	return n
}

// pick asks the picker, and notes what it holds back.
func (x *searched[M]) pick(n int) int {
	p := &x.pending
	whole := *p
	p.Keys, p.Tags = p.Keys[:n], p.Tags[:n]
	i := x.Picker.Pick(p)
	p.Keys, p.Tags = whole.Keys, whole.Tags
	if i < 0 || i >= n {
		panic(fmt.Sprintf("sim: a picker picks event %d of %d", i, n))
	}
	if x.Record {
		x.keep(i)
		for j := range i {
			p.until[j] = p.Keys[i]
		}
	}
	return i
}

// keep writes down what held back an event that now leaves the pending ones.
func (x *searched[M]) keep(i int) {
	if u := x.pending.until[i]; u != 0 {
		x.holds = append(x.holds, Hold{x.pending.Keys[i], u})
	}
}

// first is the first event that is not held back; if all are, the first.
func (x *searched[M]) first(n int) int {
	p := &x.pending
	if len(x.held) == 0 {
		return 0
	}
	at := 0
	for i := n - 1; i >= 0; i-- {
		if !x.waits(p.Keys[i]) {
			at = i
		}
	}
	if x.waits(p.Keys[at]) {
		at = 0
	}
	k := p.Keys[at]
	for j := range x.held {
		if x.held[j].Until == k {
			x.held[j].over = true
		}
	}
	return at
}

// waits says whether an event is held back.
func (x *searched[M]) waits(k scheduler.Key) bool {
	j, _ := slices.BinarySearchFunc(x.held, k, func(h hold, k scheduler.Key) int { return cmp.Compare(h.Event, k) })
	for ; j < len(x.held) && x.held[j].Event == k; j++ {
		if h := &x.held[j]; !h.over {
			h.met = true
			return true
		}
	}
	return false
}

// Unheld implements [Runner].
func (w *World[M, D]) Unheld() (holds []Hold) {
	if w.search == nil {
		return nil
	}
	for _, h := range w.search.held {
		if !h.met || !h.over {
			holds = append(holds, h.Hold)
		}
	}
	return holds
}

// Holds implements [Runner].
func (w *World[M, D]) Holds() []Hold {
	if w.search == nil {
		return nil
	}
	x := w.search
	holds := append([]Hold(nil), x.holds...)
	for i, u := range x.pending.until {
		if u != 0 {
			holds = append(holds, Hold{x.pending.Keys[i], u})
		}
	}
	return holds
}

// postSearched gives one letter to the network: it is lost, or arrives once or
// more, and nobody says when.
func (w *World[M, D]) postSearched(e *Env[M, D], key scheduler.Key, l *letter[M]) {
	x := w.search
	to := ID(key.To())
	if to == e.self {
		w.enqueue(e, 0, key, l, 0)
		return
	}
	net := w.netOf(e.self, to, key.Kind())
	if x.left.Losses > 0 && net.loss|net.corrupt != 0 {
		w.asked(FamilyLoss, max(net.loss, net.corrupt))
		if w.chance.flip(key.WithWhat(whatLost), max(net.loss, net.corrupt)) {
			x.left.Losses--
			w.struck(FamilyLoss)
			w.lost(e, key, lostByChance)
			return
		}
	}
	w.enqueue(e, 0, key, l, w.forge(net, key))
	for c := uint8(0); c < MaxCopies && x.left.Duplicates > 0 && net.dup != 0; c++ {
		w.asked(FamilyDuplicate, net.dup)
		if !w.chance.flip(key.WithWhat(whatDoubled+c), net.dup) {
			return
		}
		x.left.Duplicates--
		w.struck(FamilyDuplicate)
		w.doubled(e, key)
		w.enqueue(e, 0, key.WithWhat(c+1), l, 0)
	}
}

// forge is the group of a message of which chance says that it pretends to be
// another's; 0: it does not.
func (w *World[M, D]) forge(net *network, key scheduler.Key) int32 {
	if net.forge == 0 || w.n < 2 {
		return 0
	}
	w.asked(FamilyForge, net.forge)
	if !w.chance.flip(key.WithWhat(whatForged), net.forge) {
		return 0
	}
	w.specials = append(w.specials, special{as: w.forger(key, 0)})
	return -int32(len(w.specials))
}

// turn takes the next turn of the run.
func (w *World[M, D]) turn() {
	x := w.search
	seed := x.Turns[x.turned].Seed
	x.turned++
	w.chance.seed = scheduler.NewSeed(seed)
	if x.Picker == nil {
		return
	}
	x.Picker.Begin(seed)
	for i, key := range x.pending.Keys {
		x.pending.Tags[i] = x.Picker.Born(key, 0)
	}
}

// searchSteps is [World.steps] of the searched engine.
func (w *World[M, D]) searchSteps(n int) bool {
	for ; n > 0 && !w.over; n-- {
		if x := w.search; x.turned < len(x.Turns) && w.events >= x.Turns[x.turned].After {
			w.turn()
		}
		ev, ok := w.search.pop(w.takenBack)
		w.takenBack = false
		if !ok {
			return w.end(EndQuiet)
		}
		w.events++
		w.queue.Jump(Time(w.events))
		key := ev.key
		w.digest.Mix(uint64(key))
		w.digest.Mix(w.events)
		e := &w.actors[key.To()]
		e.cause = uint32(w.events)
		if eventWhat(key) != Delivered {
			w.happen(e, ev)
		} else {
			w.digest.Mix(ev.words)
			if w.arrive(e, ev, key) {
				w.receive(e, ID(key.From()), ev)
			}
		}
		if w.events >= w.nextStop {
			w.stop()
		}
	}
	return !w.over
}
