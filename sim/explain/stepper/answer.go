package stepper

import (
	"maps"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/search"
)

// maxAnswers is how many answers can be chosen in one run, and how many events held
// back.
const maxAnswers = 10_000

// past is a stepper as it was before an answer was chosen, an event taken or an edit made.
type past struct {
	answers   map[scheduler.Key]uint32
	deferrals []search.Deferral
	edits     []faults.Edit
	at        uint64
}

// remember keeps what is needed to come back here, for Undo.
func (s *Stepper) remember() past {
	p := past{answers: s.answers, edits: s.scenario.Edits, at: s.At()}
	if s.search != nil {
		p.deferrals = s.search.deferrals
	}
	return p
}

// Answers are those that are chosen.
func (s *Stepper) Answers() map[scheduler.Key]uint32 { return maps.Clone(s.answers) }

// Choose is [Stepper.Answer] of one choice, by the name that run files give it:
// "lost Accept 2>3 #1". 0 is the calm answer. A name that is none is a [*Mistake].
func (s *Stepper) Choose(name string, answer uint32) (event uint64, asked bool, err error) {
	k, err := s.words().ParseKey(name)
	if err != nil {
		return 0, false, mistake("%v", err)
	}
	return s.Answer(map[scheduler.Key]uint32{k: answer})
}

// Answer chooses answers, and goes back to the first event that asks for one of them.
// If that is later than the place of the stepper, or none asks, it stays there. It says
// which event asks first, 0 if before the first, and whether any does at all. An answer
// that is no outcome of its choice is a [*Mistake]; any other error is that of the
// context.
func (s *Stepper) Answer(chosen map[scheduler.Key]uint32) (event uint64, asked bool, err error) {
	before := s.remember()
	s.answers = maps.Clone(before.answers)
	maps.Copy(s.answers, chosen)
	if len(s.answers) > maxAnswers {
		s.answers = before.answers
		return 0, false, mistake("there are %d answers already: no walk has more", len(s.answers))
	}
	s.restart()
	for {
		if asked, err = s.outcomes(chosen); err != nil {
			if e := s.comeBack(before); e != nil {
				err = e
			}
			return 0, false, err
		}
		if asked {
			event = s.At()
			break
		}
		if !s.Next() {
			break
		}
	}
	if err := s.Err(); err != nil {
		return 0, false, err
	}
	s.past = append(s.past, before)
	if asked && event <= before.at {
		return event, true, nil
	}
	s.restart()
	return event, asked, s.GoTo(before.at)
}

// outcomes says whether the last event asks for any of the answers that are chosen.
// One that is no outcome is a mistake.
func (s *Stepper) outcomes(chosen map[scheduler.Key]uint32) (asked bool, err error) {
	for _, a := range s.asked.List {
		answer, ok := chosen[a.Key]
		if !ok {
			continue
		}
		if answer >= a.Outcomes {
			return false, mistake("%s: %d is no outcome of it: expected 0 to %d", s.words().KeyText(a.Key), answer, a.Outcomes-1)
		}
		asked = true
	}
	return asked, nil
}

// Undo takes back what [Stepper.Answer], [Stepper.Take] or [Stepper.Edit] did last, and goes
// back to where the stepper was then. If there is nothing to take back that is a [*Mistake];
// any other error is that of the context.
func (s *Stepper) Undo() error {
	if len(s.past) == 0 {
		return mistake("nothing has been chosen that could be taken back")
	}
	last := s.past[len(s.past)-1]
	s.past = s.past[:len(s.past)-1]
	return s.comeBack(last)
}

// sameList says whether two lists of edits are the same one: none is ever changed.
func sameList(a, b []faults.Edit) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// comeBack makes all as it was.
func (s *Stepper) comeBack(p past) error {
	s.answers = p.answers
	if s.search != nil {
		s.search.deferrals = p.deferrals
	}
	if !sameList(s.scenario.Edits, p.edits) {
		if err := s.setEdits(p.edits); err != nil {
			return err
		}
	}
	s.restart()
	return s.GoTo(p.at)
}

// NextAsking looks for the first event, from the last one on, that asks a choice for which
// is returns true. It returns all that this event asks of chance; nil: there is no such
// event. The stepper stays where it is. The error is that of the context.
func (s *Stepper) NextAsking(is func(scheduler.Asked) bool) (asked []scheduler.Asked, err error) {
	stood := s.At()
	for {
		if slices.ContainsFunc(s.asked.List, is) {
			asked = slices.Clone(s.asked.List)
			break
		}
		if !s.Next() {
			break
		}
	}
	return asked, s.GoTo(stood)
}

// LastAsking looks for the last event, up to here, that asked a choice for which is
// returned true. It returns all that this event asked of chance; nil: there is no such
// event. The stepper stays where it is. The error is that of the context.
func (s *Stepper) LastAsking(is func(scheduler.Asked) bool) (asked []scheduler.Asked, err error) {
	stood := s.At()
	for s.restart(); ; {
		if slices.ContainsFunc(s.asked.List, is) {
			asked = slices.Clone(s.asked.List)
		}
		if s.At() >= stood || !s.Next() {
			break
		}
	}
	return asked, s.GoTo(stood)
}
