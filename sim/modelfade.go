package sim

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim/plain"
)

// Dead state: what an actor remembers and will never use again. Two local states that differ
// in nothing else behave alike, so a [Model] may count them as one. What is dead depends on
// the [Scope]: a back-off counts nothing where no alarm can end it.
//
// The protocol says what is dead (Spec.Fade), and the Model adds the alarms that the scope
// does not let go off any more. Neither is believed. A local state stands for all those that
// became it, its members. Whatever event it is asked for, each member is asked too. It must
// do the same and end in the same state. So the members are proved to behave alike, for all
// events that come up.

// Left says what can still happen at an actor within a [Scope].
type Left struct {
	Asks    bool           // a client has still to ask
	Alarms  [MaxKinds]bool // by kind: it may go off, if it is set
	Crashes bool           // it may crash, as far as the scope goes
}

// FadeError says that what a protocol calls dead is not: so nothing is proved where such
// states count as one.
type FadeError struct{ Text string }

// Error implements error.
func (e *FadeError) Error() string { return "what the protocol calls dead state is not: " + e.Text }

// fading is what a [Model] knows of dead state.
type fading[A any, D Record] struct {
	clear   func(a *A, left *Left) // of the protocol; nil: nothing is dead but alarms
	members [][]localState[A, D]   // by local state: all that became it
	known   map[plain.Sum]uint32   // the local state of each member
	done    [][]deed               // by local state: the events that it was asked for
	checked []int                  // by local state: how many members were asked for those
	grown   []uint32               // local states with members that were not asked yet
}

// deed is an event of a local state, and what came of it.
type deed struct {
	event ModelEvent
	hops  plain.Sum
}

// Kept is that of [Model].
func (m *model[A, M, D, P]) Kept() int {
	if m.fade == nil {
		return 0
	}
	return len(m.fade.known)
}

// left says what can still happen at an actor.
func (m *model[A, M, D, P]) left(l *localState[A, D]) (x Left) {
	for i := range l.clients {
		x.Asks = x.Asks || l.clients[i].stage == unasked
	}
	for kind, most := range m.scope.Alarms {
		x.Alarms[kind] = most == Unlimited || int(l.fired[kind]) < most
	}
	x.Crashes = m.scope.Crashes > 0
	return x
}

// faded is a local state without what is dead. It shares nothing with the given one.
func (m *model[A, M, D, P]) faded(from *localState[A, D]) *localState[A, D] {
	to := new(localState[A, D])
	m.copyLocal(to, from)
	left := m.left(to)
	to.Timers = slices.DeleteFunc(to.Timers, func(t Timer) bool { return !left.Alarms[t.Kind] })
	if m.fade.clear != nil {
		m.fade.clear(&to.Actor, &left)
	}
	return to
}

// joins notes that a state became a local state.
func (m *model[A, M, D, P]) joins(n uint32, raw plain.Sum, l *localState[A, D]) {
	f := m.fade
	f.known[raw] = n
	for int(n) >= len(f.members) {
		f.members, f.done, f.checked = append(f.members, nil), append(f.done, nil), append(f.checked, 0)
	}
	var own localState[A, D]
	m.copyLocal(&own, l)
	f.members[n] = append(f.members[n], own)
	if len(f.done[n]) > 0 {
		f.grown = append(f.grown, n)
	}
}

// alike asks all members of a local state for an event, and then all new members of others
// for what these were asked: each must do what its local state does.
func (m *model[A, M, D, P]) alike(local uint32, e ModelEvent, hops []Hop) error {
	f := m.fade
	d := deed{e, hashOf(hops)}
	for i := range f.checked[local] {
		if err := m.asOne(local, i, d); err != nil {
			return err
		}
	}
	f.done[local] = append(f.done[local], d)
	f.grown = append(f.grown, local)
	for len(f.grown) > 0 {
		n := f.grown[len(f.grown)-1]
		f.grown = f.grown[:len(f.grown)-1]
		for f.checked[n] < len(f.members[n]) {
			i := f.checked[n]
			f.checked[n]++
			for _, d := range f.done[n] {
				if err := m.asOne(n, i, d); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// asOne holds what a member does against what its local state does.
func (m *model[A, M, D, P]) asOne(local uint32, member int, want deed) error {
	hops, err := m.hop(&m.fade.members[local][member], local, want.event)
	if err == nil && hashOf(hops) != want.hops {
		err = &FadeError{fmt.Sprintf("in %q a handler does something else without it", m.Line(local, want.event))}
	}
	return err
}

// hashOf is a hash of what comes of an event, without its words.
func hashOf(hops []Hop) plain.Sum {
	var h plain.Hash
	for i := range hops {
		x, decides := &hops[i], uint64(0)
		if x.Decides {
			decides = 1
		}
		h.Mix(uint64(x.Next)<<32 | uint64(x.Trail))
		h.Mix(uint64(len(x.Sent))<<32 | uint64(x.Crashes)<<1 | decides)
		for _, packet := range x.Sent {
			h.Mix(uint64(packet))
		}
	}
	return h.Sum()
}
