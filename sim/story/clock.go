package story

import (
	"context"
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/observe"
)

// Stories that keep the clock. Where time is what breaks the rule, the order of the
// events alone does not. Such a story is a timed run: all goes well in it, except for the
// answers that it gives.

// answers is the source of such a run.
type answers struct {
	given    map[key]uint32
	asked    []key  // those of given that were asked, in their order
	wrong    key    // the first that has no such answer; else 0
	outcomes uint32 // how many answers there are to that
	calm     bool   // from here on all goes well
}

// Answer implements [scheduler.Source].
func (g *answers) Answer(k key, outcomes, _ uint32) uint32 {
	a := g.given[k]
	switch {
	case a == 0 || g.calm:
		return 0
	case a >= outcomes:
		if g.outcomes == 0 {
			g.wrong, g.outcomes = k, outcomes
		}
		return 0
	}
	g.asked = append(g.asked, k)
	return a
}

// checkClock finds what is wrong with a story that keeps the clock, before it is played.
func (st *Story) checkClock() error {
	if len(st.Lines) > 0 {
		return &Mistake{Line: 1, Text: "this story keeps the clock, so its answers say what happens: it has no lines"}
	}
	_, err := st.given()
	return err
}

// playTimed plays a story that keeps the clock.
func (st *Story) playTimed(ctx context.Context, observers []observe.Observer) (*Played, error) {
	if err := st.checkClock(); err != nil {
		return nil, err
	}
	given, err := st.given()
	if err != nil {
		return nil, err
	}
	w, err := st.Scenario.Protocol.New(st.Scenario)
	if err != nil {
		return nil, err
	}
	p := &Played{Scenario: st.Scenario, words: st.Scenario.Protocol.Vocabulary(), answers: given, clock: true}
	for _, o := range observers {
		w.Observe(o)
	}
	w.Observe(&counter{st.Scenario.Protocol.Actions(st.Scenario), &p.Actions})
	g := &answers{given: given}
	w.Reset(0, g)
	if err := campaign.Finish(ctx, w); err != nil {
		return nil, err
	}
	p.Outcome = w.Outcome()
	if g.outcomes != 0 {
		return nil, &Mistake{Text: fmt.Sprintf("%s is %d here, and its answers are 0 to %d", p.words.KeyText(g.wrong), given[g.wrong], g.outcomes-1), Played: true}
	}
	was := map[key]bool{}
	for _, k := range g.asked {
		was[k] = true
	}
	for _, k := range sortedKeys(given) {
		if !was[k] {
			return nil, &Mistake{Text: "nobody asks here: " + p.words.KeyText(k), Played: true}
		}
	}
	return p, nil
}

// decisiveByClock is [Played.Decisive] of a run that keeps the clock. Without an answer
// that is not calm, to go on calmly changes nothing: so such an event decides.
func (p *Played) decisiveByClock(ctx context.Context, w sim.Runner) (uint64, error) {
	g := &answers{given: p.answers}
	w.Reset(0, g)
	var events []uint64
	for n, more := len(g.asked), true; more; n = len(g.asked) {
		if more = w.Steps(1); len(g.asked) > n {
			events = append(events, w.Outcome().Events)
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
	}
	for i := len(events) - 1; i >= 0; i-- {
		g := &answers{given: p.answers}
		w.Reset(0, g)
		w.Steps(int(events[i] - 1))
		g.calm = true
		if err := campaign.Finish(ctx, w); err != nil {
			return 0, err
		}
		if v := w.Outcome().Violation; v == nil || v.Invariant != p.Outcome.Violation.Invariant {
			return events[i], nil
		}
	}
	return 0, nil
}
