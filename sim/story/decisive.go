package story

import (
	"context"
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/search"
)

// Decisive is the number of the decisive event of the run: the last before which the
// rule can still be kept, if all goes well from there on. All goes well means that the
// oldest event is always next, and that nothing is lost and nobody crashes. 0: before no
// event does that keep it.
func (p *Played) Decisive(ctx context.Context) (uint64, error) {
	if p.Outcome.Violation == nil {
		return 0, nil
	}
	w, err := p.Scenario.Protocol.New(p.Scenario)
	if err != nil {
		return 0, err
	}
	if p.clock {
		return p.decisiveByClock(ctx, w)
	}
	for i := len(p.told) - 1; i >= 0; i-- {
		at := p.told[i].event
		holds, err := p.holdsFrom(ctx, w, at)
		if err != nil {
			return 0, err
		}
		if holds {
			return at, nil
		}
	}
	return 0, nil
}

// holdsFrom says whether the rule holds if the run goes on calmly in place of an event.
func (p *Played) holdsFrom(ctx context.Context, w sim.Runner, event uint64) (bool, error) {
	c := &calmFrom{event: event, answers: p.answers}
	for _, x := range p.picks {
		if x.event < event {
			c.keys = append(c.keys, x.key)
		}
	}
	b := p.budget
	b.Events, b.Alarms = calmEvents, calmAlarms
	w.Search(&search.Search{Picker: c, Budget: b})
	w.Reset(0, c)
	if err := campaign.Finish(ctx, w); err != nil {
		return false, err
	}
	v := w.Outcome().Violation
	return v == nil || v.Invariant != p.Outcome.Violation.Invariant, nil
}

// How long a run goes on calmly.
const (
	calmEvents = 2000
	calmAlarms = 1000
)

// calmFrom plays the events of a run up to one, and from there on the oldest event is
// next.
type calmFrom struct {
	event   uint64
	keys    []key
	answers map[key]uint32
	now     uint64
}

// Begin implements [search.Picker].
func (c *calmFrom) Begin(uint64) {}

// Born implements [search.Picker].
func (c *calmFrom) Born(key, uint32) uint64 { return 0 }

// Pick implements [search.Picker].
func (c *calmFrom) Pick(q *search.Pending) int {
	c.now = uint64(q.Number) + 1
	if c.now >= c.event {
		return 0
	}
	k := c.keys[0]
	c.keys = c.keys[1:]
	for at := range q.Len() {
		if q.Key(at) == k {
			return at
		}
	}
	panic(fmt.Sprintf("story: event %d does not come again", c.now))
}

// Answer implements [scheduler.Source].
func (c *calmFrom) Answer(k scheduler.Key, _, _ uint32) uint32 {
	if c.now < c.event {
		return c.answers[k]
	}
	return 0
}
