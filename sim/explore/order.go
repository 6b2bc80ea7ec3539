package explore

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/plain"
)

// Order: if two events may come in either order, and nothing differs after both, one order is
// enough. So from each world some events of each actor are postponed: no step is made of
// them. They can still happen in all worlds after it.
//
// What may be postponed. An event is silent if it sends nothing. Take an actor and some of its
// silent events: arrivals, alarms, requests, a crash. In whatever order some of them happen,
// they lead from its local state to a few others. Look at each step among these, by an event p
// from a state c to a state c', and at each event e of the actor that is not postponed. All of
// them may be postponed if
//
//   - e can happen in c if it can happen in c', and sends the same in both;
//   - e and then p lead from c to the same state as p and then e: they commute. Or e leads
//     from c to the same state as from c': e undoes p, and it does not matter whether p was;
//   - a history sees the same either way, see views.go.
//
// Why nothing is missed. Take a world and any way from there. It begins with some events that
// are postponed, and then comes the first one, e, that is not. If e is of an actor none of
// whose events came before it, it can come first: they have sent nothing, so what e needs was
// there. If not, the conditions say the same, step by step: e may come first, and then the
// others, perhaps without some that e undoes. They lead to the same local states and the same
// history. Some message may be on its way that was delivered before, or some crash be left
// over: so the world that is reached this way can do all that the other could. And e is a
// step from the first world, so the rest of the way is one event shorter, and the argument
// goes on from there. If there is no such e, nothing is left to see but what the history sees
// of events that are postponed, and it is looked at that too.
//
// So every way that breaks an invariant has one in the look that does, and that is no longer.
// All of this looks at one world and at what can happen in it. It needs no knowledge of what
// else there is, and so it goes together with symmetry, and with any number of workers.

// order is what was found out about events that may be postponed.
type order struct {
	w        *walker // that asks the model
	numbers  map[plain.Sum]uint32
	boxes    []mailbox
	diamonds diamonds
	views    views
	cube     cube // scratch of mailbox
	decides  bool // somebody decides in an event that was postponed
}

// mailbox is a local state of an actor, what is on its way to it, and whether it may crash.
type mailbox struct {
	loud    postponed
	quiet   postponed // if a history is not to see them; see quietOf
	isKnown bool      // quiet is
}

// postponed is the events of a mailbox that need no step.
type postponed struct {
	events []sim.ModelEvent
	view   uint32 // what a history can see
	late   uint32 // the view with the trails of events that are postponed, and no others
	isLoud bool   // of events that are postponed, too
}

func newOrder(w *walker) *order {
	o := &order{w: w, numbers: map[plain.Sum]uint32{}}
	o.diamonds.w, o.views.w = w, w
	o.views.numbers = map[string]uint32{}
	o.views.number(&view{}) // number 0: nothing is seen
	return o
}

// mailboxBytes is what a mailbox takes in memory, about.
const mailboxBytes = 192

// bytes is what all of it takes in memory, about.
func (o *order) bytes() int {
	if o == nil {
		return 0
	}
	return len(o.boxes)*mailboxBytes + o.diamonds.bytes() + o.views.bytes()
}

// These tokens tell the mailbox of an actor that may crash, or to which a message may arrive
// twice, from one where that is not so.
var (
	mayCrashToken  = plain.Sum{0x9ae16a3b2f90404f, 0xc949d7c7509e6557}
	mayDoubleToken = plain.Sum{0xff51afd7ed558ccd, 0xc4ceb9fe1a85ec53}
)

// postpone finds out which events of a world need no step.
func (w *walker) postpone(world []uint32) {
	o := w.order
	w.boxSums, w.boxes = w.boxSums[:0], w.boxes[:0]
	for i, local := range world[:w.n] {
		f := w.locals[int(local)*w.g]
		if w.mayCrash(world[w.crashesAt()], i, w.priceOf(1)) {
			f = f.Plus(mayCrashToken)
		}
		if w.doublesLeft(world[w.crashesAt()]) {
			f = f.Plus(mayDoubleToken)
		}
		w.boxSums = append(w.boxSums, f)
	}
	for _, p := range world[w.packetsAt():] {
		i := w.to[p] - 1
		w.boxSums[i] = w.boxSums[i].Plus(w.packets[int(p)*w.g])
	}
	isLoud := false
	for i, f := range w.boxSums {
		n, ok := o.numbers[f]
		if !ok {
			if w.quiet {
				w.missed = true
				return
			}
			n = uint32(len(o.boxes))
			o.boxes = append(o.boxes, mailbox{loud: o.cubeOf(world, i).choose()})
			o.numbers[f] = n
		}
		w.boxes = append(w.boxes, n)
		isLoud = isLoud || o.boxes[n].loud.isLoud
	}
	if w.loud = everybody; isLoud {
		w.loud = w.mayBeLoud(world)
	}
}

// quietOf is what an actor of a world may postpone if a history is not to see it.
func (w *walker) quietOf(world []uint32, i int) *postponed {
	b := &w.order.boxes[w.boxes[i]]
	switch {
	case !b.loud.isLoud:
		return &b.loud
	case b.isKnown:
	case w.quiet:
		w.missed = true
	default:
		c := w.order.cubeOf(world, i)
		c.quiet = true
		b.quiet, b.isKnown = c.choose(), true
	}
	return &b.quiet
}

// isPostponed says whether an event of an actor, by its place, needs no step from the world
// of the last call of postpone.
func (w *walker) isPostponed(i int, e sim.ModelEvent) bool {
	b := &w.order.boxes[w.boxes[i]]
	if w.loud>>i&1 != 0 || !b.loud.isLoud {
		return slices.Contains(b.loud.events, e)
	}
	return slices.Contains(b.quiet.events, e)
}
