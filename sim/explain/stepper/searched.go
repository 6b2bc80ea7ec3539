package stepper

import (
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
)

// searching is what a searched run has besides its answers. To take an event is to
// hold back, until it has been handled, all that would come before it.
type searching struct {
	budget    search.Budget
	deferrals []search.Deferral
	hand      hand
}

// Search makes the run a searched one, and goes to before its first event: nothing takes
// time, and events come in the calm order, except for what is held back.
func (s *Stepper) Search(budget search.Budget, deferrals []search.Deferral) {
	s.search = &searching{budget: budget, deferrals: slices.Clone(deferrals)}
	s.world.Search(&search.Search{Picker: &s.search.hand, Record: true, Budget: budget})
	s.restart()
}

// Searched says whether the run is a searched one, and what it may have of what could
// go on for ever.
func (s *Stepper) Searched() (budget search.Budget, searched bool) {
	if s.search == nil {
		return budget, false
	}
	return s.search.budget, true
}

// Deferrals are what is held back in a searched run.
func (s *Stepper) Deferrals() []search.Deferral {
	if s.search == nil {
		return nil
	}
	return slices.Clone(s.search.deferrals)
}

// HeldUntil is what an event of a searched run is still held back for; 0: nothing.
func (s *Stepper) HeldUntil(event scheduler.Key) scheduler.Key {
	if s.search == nil {
		return 0
	}
	return s.search.hand.until(event)
}

// hand is the picker of a stepper: it picks the first event that is not held back,
// and the first if all are, as the engine does without a picker. The engine then writes
// down which holds had an effect.
type hand struct {
	deferrals []search.Deferral // an event may have several: it waits until all are over
	handled   map[scheduler.Key]bool
	last      scheduler.Key   // that was picked; 0: none
	passed    []scheduler.Key // what could have been picked then
	returns   []scheduler.Key // of actors that are down: some come next whatever is picked

	such func(scheduler.Key) bool // what waits as long as anything else can happen; nil: nothing
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
func (h *hand) Pick(p *search.Pending) int {
	h.passed = h.passed[:0]
	for i := range p.Len() {
		h.passed = append(h.passed, p.Key(i))
	}
	h.returned()
	next := max(0, slices.IndexFunc(h.passed, h.free))
	h.last = h.passed[next]
	h.handled[h.last] = true
	return next
}

// free says whether nothing holds an event back.
func (h *hand) free(k scheduler.Key) bool { return h.until(k) == 0 && (h.such == nil || !h.such(k)) }

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

// Take makes one of the upcoming events of a searched run the next, and goes to it. An
// event has its key ([observe.Entry.EventKey]). What would have come before is held
// back until then; what was taken later still waits for its turn, as far as it can.
// there says whether anybody was there. An event that cannot be the next is a
// [*Mistake]; any other error is that of the context.
func (s *Stepper) Take(event scheduler.Key) (there bool, err error) {
	if s.search == nil {
		return false, mistake("the clock says what is next: an event can be taken in a searched run")
	}
	list := s.Upcoming()
	switch i := slices.IndexFunc(list, func(e observe.Entry) bool { return e.EventKey() == event }); {
	case i < 0:
		return false, mistake("nothing that may come now is called %q", s.words().EventText(event))
	case i > 0 && list[0].What == observe.Booted:
		return false, mistake("everybody starts before anything else happens")
	case len(s.search.deferrals)+len(list) > maxAnswers:
		return false, mistake("%d events are held back already: no walk has more", len(s.search.deferrals))
	}
	before := s.remember()
	s.search.deferrals = s.search.hand.taking(list, event)
	s.restart()
	if err := s.GoTo(before.at); err != nil {
		return false, err
	}
	s.past = append(s.past, before)
	return s.one(), nil
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
