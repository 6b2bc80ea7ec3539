package sim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/observe"
)

// A crash within a handler leaves what the effects before it have done. Where that is
// nothing, the crash is one between two events, and the event is still to come or is a
// message that gets lost. What is left out behind the crash matters too: a message that is
// not sent is one that gets lost, and a decision that is not made known can break less. So
// a crash is looked at where something was done before it, and where it comes before
//
//   - a save: the disk is what it was until then;
//   - an answer: the client asks again;
//   - a message, if that could not get lost: it arrives in order, or at once.

// cuts is the hops in which a crash cuts a handler short. l is the actor before it.
func (m *model[A, M, D, P]) cuts(l *localState[A, D], effects []Effect[M, D], seen []sight[M, D], crashes int) (all []Hop, err error) {
	for i := range effects {
		for _, at := range m.cutsBefore(l.owner, effects, i) {
			hops, err := m.cut(l, effects[:at.done], at, seen, crashes)
			if err != nil {
				return nil, err
			}
			for _, h := range hops {
				all = addHop(all, h)
			}
		}
	}
	return all, nil
}

// cutAt is a place at which a crash can cut a handler short.
type cutAt struct {
	done  int    // how many effects have happened
	sent  int    // to how many actors the last of them, a broadcast, has left; 0: to all
	words string // before what it is
	nth   int    // which of those, from 1
}

// cutsBefore is the places before, and within, an effect at which a crash makes a
// difference if anything was done before.
func (m *model[A, M, D, P]) cutsBefore(owner ID, effects []Effect[M, D], i int) (list []cutAt) {
	x, words := &effects[i], &m.h.w.spec.vocabulary
	at := cutAt{done: i, nth: 1}
	switch x.Act {
	case ActSave, ActSync:
		at.words = "saves"
		for j := range effects[:i] {
			if effects[j].Act == ActSave || effects[j].Act == ActSync {
				at.nth++
			}
		}
		list = append(list, at)
	case ActAnswer:
		at.words = "answers"
		for j := range effects[:i] {
			if effects[j].Act == ActAnswer {
				at.nth++
			}
		}
		list = append(list, at)
	case ActSend, ActBroadcast:
		for to := ID(1); int(to) <= m.s.Actors; to++ {
			if to == owner || x.Act == ActSend && to != x.To || m.scope.Network != InOrder && !slices.Contains(m.scope.Instant, to) {
				continue
			}
			at := at
			at.words = fmt.Sprintf("sends %s to %d", words.message(x.Message.Kind()), to)
			for j := range effects[:i] {
				y := &effects[j]
				if (y.Act == ActBroadcast || y.Act == ActSend && y.To == to) && y.Message.Kind() == x.Message.Kind() {
					at.nth++
				}
			}
			if x.Act == ActBroadcast && to > 1 {
				at.done, at.sent = i+1, int(to)-1
			}
			list = append(list, at)
		}
	}
	return list
}

// cut is what comes of it that an actor crashes after some effects of a handler.
func (m *model[A, M, D, P]) cut(l *localState[A, D], done []Effect[M, D], at cutAt, before []sight[M, D], crashes int) (all []Hop, err error) {
	var run localState[A, D]
	m.copyLocal(&run, l)
	if len(run.cache) == 0 {
		run.synced = slices.Clone(run.Disk)
	}
	h, seen := m.told(&run, done, at.sent, before)
	if len(seen) == len(before) && len(run.cache) == 0 {
		return nil, nil
	}
	mark := fmt.Sprintf("%d crashes before it %s", l.owner, at.words)
	if at.nth > 1 {
		mark += fmt.Sprintf(" the %s time", ordinal(at.nth))
	}
	for keep := len(run.cache); keep >= 0; keep-- {
		hops, err := m.fall(&run, keep, seen, crashes)
		if err != nil {
			return nil, err
		}
		for _, b := range hops {
			b.Sent = append(slices.Clone(h.Sent), b.Sent...)
			b.Decides = b.Decides || h.Decides
			back := strings.Join(append([]string{fmt.Sprintf("%d restarts", l.owner)}, b.Marks...), ", and ")
			b.Marks = append(append(slices.Clone(h.Marks), mark), run.keeps(keep)...)
			b.Then = append([]string{back}, b.Then...)
			all = append(all, b)
		}
	}
	return all, nil
}

// crash is what comes of a crash between two events.
func (m *model[A, M, D, P]) crash(l *localState[A, D], seen []sight[M, D], crashes int) (all []Hop, err error) {
	if len(l.cache) == 0 {
		l.synced = l.Disk
	}
	for keep := len(l.cache); keep >= 0; keep-- {
		hops, err := m.fall(l, keep, seen, crashes)
		if err != nil {
			return nil, err
		}
		for _, h := range hops {
			h.Marks = append(l.keeps(keep), h.Marks...)
			all = addHop(all, h)
		}
	}
	return all, nil
}

// fall lets an actor crash and come back, which takes one of so many crashes. Of what it
// has written and not synced, the first so many records survive. synced must say what is
// on its disk.
func (m *model[A, M, D, P]) fall(l *localState[A, D], keep int, seen []sight[M, D], crashes int) ([]Hop, error) {
	var x localState[A, D]
	m.copyLocal(&x, l)
	seen = m.flush(&x, slices.Clone(seen), keep)
	x.Disk, x.cache, x.synced = x.synced, nil, nil
	m.h.Crash(x.owner, &x.Local)
	for i := range x.clients {
		if c := &x.clients[i]; c.stage == known {
			c.stage = unasked
			if m.scope.AskOnce {
				c.stage, c.value = ended, 0
			}
		}
	}
	seen = append(seen, sight[M, D]{what: sawCrashed, id: x.owner}, sight[M, D]{what: sawRestarted, id: x.owner})
	hops, err := m.branch(&x, &Happening[M]{What: observe.Booted}, nil, seen, max(0, crashes-1))
	for i := range hops {
		hops[i].Crashes++
	}
	return hops, err
}

// write puts a record into the cache.
func (l *localState[A, D]) write(slot int, rec *D) {
	l.cache = append(l.cache, disks.Cached[D]{Slot: slot, Rec: *rec})
}

// flush moves the first so many records of the cache to the disk itself, and adds that to
// what was seen.
func (m *model[A, M, D, P]) flush(l *localState[A, D], seen []sight[M, D], n int) []sight[M, D] {
	for _, c := range l.cache[:n] {
		for len(l.synced) <= c.Slot {
			var zero D
			l.synced = append(l.synced, zero)
		}
		l.synced[c.Slot] = c.Rec
		seen = append(seen, sight[M, D]{what: sawSaved, id: l.owner, slot: c.Slot, rec: c.Rec})
	}
	l.cache = l.cache[n:]
	return seen
}

// keeps is the mark of a crash that so many records survive that were not synced.
func (l *localState[A, D]) keeps(n int) []string {
	if n == len(l.cache) {
		return nil
	}
	return []string{fmt.Sprintf("%d keeps %d of its writes", l.owner, n)}
}
