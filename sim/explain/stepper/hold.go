package stepper

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
)

// In a searched run nothing takes time, so an act cannot last for a time. A pause of
// an actor is that all events at it are held back until another event has been
// handled, and a clog is that of the messages on its links. Both are plain deferrals, of
// what waits here and of what will have begun to wait by then. To take them back, write
// them to a file or play them, nothing else need be known.

// untilWord is between an act and the event that ends it.
const untilWord = " until "

// hold does an act in a searched run.
func (s *Stepper) hold(act string) (there bool, err error) {
	act, name, lasts := strings.Cut(act, untilWord)
	e, err := s.scenario.ParseAct(act)
	if err != nil {
		return false, mistake("%v", err)
	}
	if s.over {
		return false, mistake("the run is over here")
	}
	if e.Fault.For != nil {
		return false, mistake("in a searched run nothing takes time: say until which event, such as pause 3 until deliver %s 2>3 #1", s.words().ExampleMessage())
	}
	if lasts && (e.Restart != 0 || e.Heal != "") {
		return false, mistake("it does not last: expected no until")
	}
	switch {
	case e.Restart != 0:
		return s.takeRestart(e.Restart)
	case e.Heal != "":
		h, err := s.scenario.ParseAct(e.Heal)
		if err != nil || held(&h) == nil {
			return false, mistake("heal: expected a pause or a clog, such as heal pause 3")
		}
		return false, s.Release(held(&h))
	case held(&e) == nil:
		return false, mistake("a %s has no meaning in a searched run, in which nothing takes time: a clog holds messages back, lose loses one, crash takes an actor down", strings.Fields(act)[0])
	}
	var until scheduler.Key
	if lasts {
		if until, err = s.words().ParseEvent(strings.TrimSpace(name)); err != nil {
			return false, mistake("%v", err)
		}
	}
	return false, s.Hold(held(&e), until)
}

// held is which events an act holds back in a searched run; nil: it has no meaning
// there.
func held(e *faults.Edit) func(scheduler.Key) bool {
	means := func(t *aims.Target, id uint16) bool {
		return t.Group == aims.Everyone || slices.ContainsFunc(t.IDs, func(x sim.ID) bool { return uint16(x) == id })
	}
	switch f := &e.Fault; {
	case !f.Pause.IsZero():
		return func(k scheduler.Key) bool { return means(&f.Pause, k.To()) }
	case f.Clog != nil:
		return func(k scheduler.Key) bool {
			return observe.WhatOf(k) == observe.Delivered && k.From() != k.To() && means(&f.Clog.From, k.From()) && means(&f.Clog.To, k.To())
		}
	}
	return nil
}

// Hold holds back all events of a searched run for which such is true, also those that
// begin to wait meanwhile. It holds them until another event has been handled; 0: as long
// as anything else can happen. The stepper stays where it is. An event that does not come
// without those that are held back is a [*Mistake]; any other error is that of the
// context.
func (s *Stepper) Hold(such func(scheduler.Key) bool, until scheduler.Key) error {
	list := s.Upcoming()
	switch {
	case s.search == nil:
		return mistake("the clock says what is next: events are held back in a searched run")
	case len(list) > 0 && list[0].What == observe.Booted:
		return mistake("everybody starts before anything else happens")
	case s.search.hand.handled[until]:
		return mistake("%s has been already", s.words().EventText(until))
	case until != 0 && such(until):
		return mistake("%s is held back itself", s.words().EventText(until))
	}
	before := s.remember()
	last, err := s.without(such, until)
	if err == nil {
		var deferrals []search.Deferral
		if deferrals, err = s.deferring(such, last); err == nil {
			s.search.deferrals = deferrals
		}
	}
	if e := s.comeBackWith(before); e != nil {
		return e
	}
	if err == nil {
		s.past = append(s.past, before)
	}
	return err
}

// without goes on as long as anything else can happen than events that are such, or
// to an event. It is the last that is handled.
func (s *Stepper) without(such func(scheduler.Key) bool, until scheduler.Key) (last scheduler.Key, err error) {
	hand := &s.search.hand
	hand.such = such
	defer func() { hand.such = nil }()
	for s.Err() == nil && slices.ContainsFunc(s.Upcoming(), func(e observe.Entry) bool { return hand.free(e.EventKey()) }) {
		was := s.At()
		if s.one(); s.over && s.At() == was {
			break
		}
		if last = hand.last; hand.handled[until] {
			return until, s.Err()
		}
	}
	switch {
	case s.Err() != nil:
		return 0, s.Err()
	case until != 0:
		return 0, mistake("%s does not come before the run ends or nothing else can happen", s.words().EventText(until))
	case last == 0:
		return 0, mistake("nothing else can happen")
	}
	return last, nil
}

// deferring is the deferrals, with all events that waited when the last was picked and
// are such held back until another.
func (s *Stepper) deferring(such func(scheduler.Key) bool, until scheduler.Key) ([]search.Deferral, error) {
	if !slices.ContainsFunc(s.search.hand.passed, such) {
		return nil, mistake("nothing comes up to then that this could hold back")
	}
	deferrals := slices.Clone(s.search.deferrals)
	for _, k := range s.search.hand.passed {
		if !such(k) {
			continue
		}
		deferrals = slices.DeleteFunc(deferrals, func(x search.Deferral) bool { return x.Event == k && s.search.hand.handled[x.Until] })
		deferrals = append(deferrals, search.Deferral{Event: k, Until: until})
	}
	if len(deferrals) > maxAnswers {
		return nil, mistake("%d events are held back: no walk has more", len(deferrals))
	}
	return deferrals, nil
}

// comeBackWith goes back to where the stepper was, with what is held back now.
func (s *Stepper) comeBackWith(p past) error {
	s.restart()
	return s.GoTo(p.at)
}

// Release ends here that events of a searched run are held back that are such. The
// stepper stays where it is. If none is held back that is a [*Mistake]; any other
// error is that of the context.
func (s *Stepper) Release(such func(scheduler.Key) bool) error {
	if s.search == nil {
		return mistake("the clock says what is next: events are held back in a searched run")
	}
	hand := &s.search.hand
	var waits []scheduler.Key
	for _, e := range s.Upcoming() {
		if k := e.EventKey(); such(k) && hand.until(k) != 0 {
			waits = append(waits, k)
		}
	}
	before := s.remember()
	deferrals := slices.DeleteFunc(slices.Clone(before.deferrals), func(x search.Deferral) bool { return such(x.Event) && !hand.handled[x.Until] })
	if len(deferrals) == len(before.deferrals) {
		return mistake("nothing of that is held back here")
	}
	for _, k := range waits {
		if slices.Contains(hand.passed, k) {
			deferrals = append(deferrals, search.Deferral{Event: k, Until: hand.last})
		}
	}
	s.search.deferrals = deferrals
	if err := s.comeBackWith(before); err != nil {
		return err
	}
	s.past = append(s.past, before)
	return nil
}

// takeRestart takes the event at which an actor comes back.
func (s *Stepper) takeRestart(id sim.ID) (there bool, err error) {
	for _, e := range s.Upcoming() {
		if e.What == observe.Restarted && e.Actor == id {
			return s.Take(e.EventKey())
		}
	}
	if err := s.mayRestart(id); err != nil {
		return false, err
	}
	return false, mistake("actor %d comes back with the end of the fault that took it down, and not before", id)
}

// MayReturn says whether an actor can be made to come back here by hand.
func (s *Stepper) MayReturn(id sim.ID) bool {
	if s.search == nil {
		return s.mayRestart(id) == nil
	}
	return slices.ContainsFunc(s.Upcoming(), func(e observe.Entry) bool { return e.What == observe.Restarted && e.Actor == id })
}
