package play

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/trace"
)

// fork opens a second run, equal to the first.
func (s *Session) fork(q *Request, reply *Reply) error {
	r, err := s.run(q.Run)
	if err == nil {
		err = s.room()
	}
	if err != nil {
		return err
	}
	r.step.Under(s.ctx)
	step, err := r.step.Fork()
	if err != nil {
		return err
	}
	x := *r
	x.step = step
	s.add(&x)
	reply.State = x.state()
	return nil
}

// parting tells where two runs part.
func (s *Session) parting(q *Request, reply *Reply) error {
	a, err := s.run(q.Run)
	if err != nil {
		return err
	}
	b, err := s.run(q.Other)
	if err != nil {
		return err
	}
	if x, y := a.scenario().Actors, b.scenario().Actors; x != y {
		return mistake("two runs side by side: the first has %d actors, and the second %d", x, y)
	}
	for _, r := range []*run{a, b} {
		if r.from != 1 {
			if err := s.page(&Request{Run: r.number, From: 1}, &Reply{}); err != nil {
				return err
			}
		}
	}
	p := &Parting{Why: []string{}}
	p.A, p.B = view.First(a.seen.page, b.seen.page)
	mine, its := a.chosen(), b.chosen()
	p.Why = append(p.Why, only("the first run", mine, its)...)
	p.Why = append(p.Why, only("the second run", its, mine)...)
	reply.Parting = p
	return nil
}

// only lists what is chosen in one run and not in the other.
func only(which string, list, other []Chosen) (lines []string) {
	for _, c := range list {
		if !slices.ContainsFunc(other, func(x Chosen) bool { return x.Name == c.Name && x.Answer == c.Answer && x.Until == c.Until }) {
			lines = append(lines, fmt.Sprintf("in %s %s", which, c.Text))
		}
	}
	return lines
}

// save writes the run as a file.
func (s *Session) save(q *Request, reply *Reply) error {
	r, err := s.run(q.Run)
	if err != nil {
		return err
	}
	r.step.Under(s.ctx)
	f, unused, err := r.step.File()
	if err != nil {
		return err
	}
	x := &Saved{Name: terminal.Text(r.name) + ".run.json", Text: string(f.Encode()), Digest: trace.Hex(f.Digest)}
	for _, k := range unused {
		x.Unused = append(x.Unused, r.words().KeyText(k))
	}
	reply.Saved = x
	return nil
}
