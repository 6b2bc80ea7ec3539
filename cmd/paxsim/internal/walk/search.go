package walk

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
)

// searching is what a walk through a searched run has besides its answers. To
// take an event is to hold back, until it has been handled, all that would come
// before it.
type searching struct {
	budget    search.Budget
	deferrals []search.Deferral
	hand      hand
}

// Searched makes the walk one through a searched run, which it begins anew: in
// the calm order, but for what is held back.
func (w *Walk) Searched(budget search.Budget, deferrals []search.Deferral) {
	w.search = &searching{budget: budget, deferrals: slices.Clone(deferrals)}
	w.world.Search(&search.Search{Picker: &w.search.hand, Record: true, Budget: budget})
	w.restart()
}

// hand is the picker of a walk: it picks the first event that is not held back,
// and the first if all are, as the engine does without a picker. The engine then
// writes down which holds came to anything.
type hand struct {
	deferrals []search.Deferral // an event may have several: it waits until all are over
	handled   map[scheduler.Key]bool
	last      scheduler.Key   // that was picked; 0: none
	passed    []scheduler.Key // what could have been picked then
	returns   []scheduler.Key // of actors that are down: some come next whatever is picked
}

// Begin implements [search.Picker].
func (h *hand) Begin(uint64) {
	h.handled = map[scheduler.Key]bool{}
	h.last, h.passed, h.returns = 0, h.passed[:0], h.returns[:0]
}

// Born implements [search.Picker].
func (h *hand) Born(k scheduler.Key, _ uint32) uint64 {
	if observe.WhatOf(k) == observe.Restarted {
		h.returns = append(h.returns, k)
	}
	return 0
}

// Pick implements [search.Picker].
func (h *hand) Pick(p *search.Pending) search.Position {
	h.passed = h.passed[:0]
	for i := range p.Len() {
		h.passed = append(h.passed, p.Key(p.Nth(i)))
	}
	h.returned()
	next := max(0, slices.IndexFunc(h.passed, func(k scheduler.Key) bool { return h.until(k) == 0 }))
	h.last = h.passed[next]
	h.handled[h.last] = true
	return p.Nth(next)
}

// returned notes who has come back without having been picked.
func (h *hand) returned() {
	h.returns = slices.DeleteFunc(h.returns, func(k scheduler.Key) bool {
		waits := slices.Contains(h.passed, k)
		if !waits {
			h.handled[k] = true
		}
		return !waits
	})
}

// until is what an event is still held back for; 0: nothing.
func (h *hand) until(k scheduler.Key) scheduler.Key {
	for _, x := range h.deferrals {
		if x.Event == k && !h.handled[x.Until] {
			return x.Until
		}
	}
	return 0
}

// take makes an enabled event the next, and handles it. It says whether anybody
// was there.
func (w *Walk) take(k scheduler.Key) (bool, error) {
	list := w.foresee()
	if len(w.search.deferrals)+len(list) > maxAnswers {
		return false, mistake("%d events are held back already: no walk has more", len(w.search.deferrals))
	}
	before := w.remember()
	w.search.deferrals = w.search.hand.taking(list, k)
	w.restart()
	if err := w.goTo(before.at); err != nil {
		return false, err
	}
	w.past = append(w.past, before)
	return w.one(), nil
}

// taking is the holds with which an event is the next of those that are enabled.
func (h *hand) taking(list []observe.Entry, k scheduler.Key) []search.Deferral {
	deferrals := slices.Clone(h.deferrals)
	if h.until(k) != 0 { // it was held back up to here, and no longer
		deferrals = slices.DeleteFunc(deferrals, func(x search.Deferral) bool { return x.Event == k && !h.handled[x.Until] })
		if slices.Contains(h.passed, k) {
			deferrals = append(deferrals, search.Deferral{Event: k, Until: h.last})
		}
	}
	for _, e := range list {
		switch other := e.EventKey(); {
		case other == k:
			return deferrals
		case h.until(other) == 0: // and what it was held back for before is over
			deferrals = slices.DeleteFunc(deferrals, func(x search.Deferral) bool { return x.Event == other })
			deferrals = append(deferrals, search.Deferral{Event: other, Until: k})
		}
	}
	return deferrals
}
