package sim

import "github.com/paxsim/paxsim/sim/observe"

// Actions implements [Protocol].
func (p *protocol[A, M, D, P]) Actions(s *Scenario) observe.Actions {
	if p.actions == nil {
		return &usualActions{kinds: p.vocabulary.Actions}
	}
	return p.actions(s)
}

// usualActions are the actions of a protocol that does not say: the arrival of each
// message that carries it forward, each decision, and each crash.
type usualActions struct {
	kinds uint64 // Vocabulary.Actions
}

// IsAction implements [observe.Actions].
func (u *usualActions) IsAction(e observe.Entry) bool {
	switch e.What {
	case observe.Delivered:
		return e.Copy == 0 && (u.kinds == 0 || u.kinds>>e.Kind&1 != 0)
	case observe.Decided, observe.Crashed:
		return true
	}
	return false
}
