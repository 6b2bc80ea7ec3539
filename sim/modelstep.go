package sim

// Step is that of [Model].
func (m *model[A, M, D, P]) Step(history, trail uint32) (uint32, *Violation) {
	if trail == 0 {
		return history, nil
	}
	list := m.trails.list[trail]
	if m.pristine == nil {
		return history, panicked(list[0].text)
	}
	x := m.copyHistory(m.histories.list[history])
	for i := range list {
		if v := tellHistory(x, &list[i]); v != nil {
			return history, v
		}
	}
	m.plans.history.Share(x, m.histories.list[history])
	return m.historyOf(x), nil
}

// panicked is the violation of a handler that panics.
func panicked(text string) *Violation { return &Violation{Invariant: PanicInvariant, Text: text} }

// tellHistory lets a history see one thing.
func tellHistory[M Message, D Record](x History[M, D], s *sight[M, D]) *Violation {
	switch s.what {
	case sawRequested:
		return x.Requested(s.id, s.request)
	case sawCrashed:
		x.Crashed(s.id)
	case sawRestarted:
		x.Restarted(s.id)
	case sawHeard:
		x.(Hearer[M]).Heard(s.id, s.msg)
	case sawSent:
		return x.Sent(s.id, s.msg)
	case sawSaved:
		return x.Saved(s.id, s.slot, s.rec)
	case sawDecided:
		return x.Decided(s.id, s.instance, s.value, s.under)
	case sawAnswered:
		return x.Answered(s.id, s.request.ID, s.value)
	case sawPanic:
		return panicked(s.text)
	}
	return nil
}
