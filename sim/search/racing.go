package search

// top is the first of those of the highest tag; the zero Tagged: there is none.
func top(events []Tagged) Tagged {
	tag := uint64(0)
	for i := range events {
		tag = max(tag, events[i].Tag)
	}
	for i := range events {
		if events[i].Tag == tag {
			return events[i]
		}
	}
	return Tagged{}
}

// higher is, of two of the same tag, the first in the calm order.
func (p *Pending) higher(s, t Tagged) Tagged {
	switch {
	case t.Position == 0:
		return s
	case s.Position == 0:
		return t
	}
	if x, y := p.list[s.Position].class, p.list[t.Position].class; x < y || x == y && s.Position < t.Position {
		return s
	}
	return t
}

// refresh looks for the highest of those whose tags a picker may have changed.
func (p *Pending) refresh() {
	if p.raced != 0 {
		p.tops[p.raced-1] = top(p.at[p.raced-1].events)
		p.raced = 0
	}
}

// index begins, in this run, to keep account of what waits for whom.
func (p *Pending) index() {
	p.indexed, p.raced = true, 0
	for i := range p.at {
		p.at[i].events, p.at[i].late = p.at[i].events[:0], 0
	}
	clear(p.tops)
	for at := range p.all(Late) {
		p.await(at, &p.list[at])
	}
}

// await makes an event, which is x, one of those that wait for its actor.
func (p *Pending) await(at Position, x *enabled) {
	actor := x.key.To()
	w := &p.at[actor]
	new := Tagged{x.tag, at}
	w.events = append(w.events, new)
	if x.class == Late {
		w.late++
	} else if w.late > 0 {
		events := w.events
		i := len(events) - 1
		for ; i >= len(events)-w.late; i-- {
			events[i] = events[i-1]
		}
		events[i] = new
	}
	t := &p.tops[actor]
	if x.tag > t.Tag {
		*t = new
	} else if x.tag == t.Tag {
		*t = p.higher(*t, new)
	}
}

// leave makes it none any more.
func (p *Pending) leave(at Position, x *enabled) {
	actor := x.key.To()
	w := &p.at[actor]
	events := w.events
	i := 0
	for events[i].Position != at {
		i++
	}
	for i++; i < len(events); i++ {
		events[i-1] = events[i]
	}
	w.events = events[:len(events)-1]
	if x.class == Late {
		w.late--
	}
	if p.raced == int(actor)+1 {
		p.refresh()
	} else if t := &p.tops[actor]; t.Position == at {
		*t = top(w.events)
	}
}
