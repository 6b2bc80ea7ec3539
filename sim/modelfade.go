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
	done    [][]ModelEvent         // by local state: the events that it was asked for
	checked []int                  // by local state: how many members were asked for those
	grown   []uint32               // local states with members that were not asked yet
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
	for i := range f.checked[local] {
		if err := m.asOne(local, i, e, hops); err != nil {
			return err
		}
	}
	f.done[local] = append(f.done[local], e)
	f.grown = append(f.grown, local)
	for len(f.grown) > 0 {
		n := f.grown[len(f.grown)-1]
		f.grown = f.grown[:len(f.grown)-1]
		for f.checked[n] < len(f.members[n]) {
			i := f.checked[n]
			f.checked[n]++
			for _, e := range f.done[n] {
				want, err := m.hop(&m.locals.list[n], n, e)
				if err != nil {
					return err
				}
				if err := m.asOne(n, i, e, want); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// asOne holds what a member does against what its local state does.
func (m *model[A, M, D, P]) asOne(local uint32, member int, e ModelEvent, want []Hop) error {
	hops, err := m.hop(&m.fade.members[local][member], local, e)
	if err != nil {
		return err
	}
	if !slices.EqualFunc(hops, want, func(a, b Hop) bool {
		return a.Next == b.Next && a.Trail == b.Trail && a.Decides == b.Decides && a.Crashes == b.Crashes && slices.Equal(a.Sent, b.Sent)
	}) {
		return &FadeError{fmt.Sprintf("in %q a handler does something else without it", m.Line(local, e))}
	}
	return nil
}
