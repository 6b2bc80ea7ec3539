package formulas

import (
	"math"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

const lossRuns = 3_000

// proposed counts the messages that leave until the proposer, actor 1, has
// learned the decision.
type proposed struct {
	others uint64 // actors but one
	sent   uint64
	done   bool
}

func (p *proposed) Observe(e observe.Entry) {
	switch {
	case p.done:
	case e.What == observe.Decided && e.Actor == 1:
		p.done = true
	case e.What == observe.Sent && e.Actor != e.Peer:
		p.sent++
	case e.What == observe.Broadcast:
		p.sent += p.others
	}
}

// lossPoint is what a decision costs at a loss.
type lossPoint struct {
	n        int
	percent  int    // loss
	messages sample // until the proposer has learned
	all      sample // until everybody has
}

// law is the sum of all sendings and repetitions up to the proposer's knowing,
// if it waited for everybody: for each of the N-1 others
//
//	1/(1-p)²     Prepares: each serves if neither it nor the Promise is lost
//	1/(1-p)      Promises: one for each Prepare that arrives
//	1/(1-p)²     Accepts, as Prepares
//	(N-1)/(1-p)  Accepteds: to all, for each Accept that arrives
//
// and N-1 Accepteds of its own. It waits for a quorum only, so for N > 2 this is
// a bound; of 2 actors a quorum is both. Without loss it is (N-1)(N+3).
func (p *lossPoint) law() float64 {
	others, through := float64(p.n-1), 1-float64(p.percent)/100
	return 2*others/(through*through) + others/through + others*others/through + others
}

// lossWorld is n actors, of which actor 1 proposes.
func lossWorld(n, percent int) *sim.Scenario {
	s := world(n, 10)
	s.Requests = []sim.ScriptedRequest{{Actor: 1}}
	s.Network.Loss = scheduler.Probability(percent) * (scheduler.Certain / 100)
	return s
}

var losses = once(func(t testing.TB) (out []lossPoint) {
	for _, n := range []int{2, 5} {
		for percent := 0; percent <= 60; percent += 10 {
			p := lossPoint{n: n, percent: percent}
			p.untilProposerKnows(t)
			runs(t, lossWorld(n, percent), lossRuns, func(w sim.Runner) float64 {
				o := w.Outcome()
				if o.Verdict != observe.VerdictDecided {
					t.Errorf("N = %d, %d %% loss, seed %d: %v", n, percent, o.Seed, o.End)
				}
				return float64(o.Sent)
			}, p.all.add)
			out = append(out, p)
		}
	}
	return out
})

// untilProposerKnows makes runs in which the proposer never gives up, and nobody
// else tries.
func (p *lossPoint) untilProposerKnows(t testing.TB) {
	s := lossWorld(p.n, p.percent)
	set(s, "repeats", 1000)
	set(s, "learn_timeout", never)
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	c := &proposed{others: uint64(p.n - 1)}
	w.Observe(c)
	for seed := uint64(1); seed <= lossRuns; seed++ {
		c.sent, c.done = 0, false
		w.Reset(seed, nil)
		tally.Run()
		for !c.done && w.Step() {
		}
		if !c.done {
			t.Fatalf("N = %d, %d %% loss, seed %d: the proposer never learns", p.n, p.percent, seed)
		}
		p.messages.add(float64(c.sent))
	}
}

// TestLossLaw: of 2 actors a decision costs what the law says, within 4 standard
// errors; of 5 no more; and until everybody has learned it costs more with every
// step of loss.
func TestLossLaw(t *testing.T) {
	t.Parallel()
	var before *lossPoint
	for i := range losses(t) {
		p := &losses(t)[i]
		mean, law := p.messages.mean(), p.law()
		if calm := float64((p.n - 1) * (p.n + 3)); p.percent == 0 && (mean != law || law != calm || p.all.mean() != calm) {
			t.Errorf("N = %d without loss: %g and %g messages, the law says %g", p.n, mean, p.all.mean(), law)
		}
		tolerance := 4 * p.messages.err()
		if p.n == 2 && math.Abs(mean-law) > tolerance || mean > law+tolerance {
			t.Errorf("N = %d, %d %% loss: %.3f messages, the law says %.3f ± %.3f", p.n, p.percent, mean, law, tolerance)
		}
		if before != nil && before.n == p.n {
			if p.n == 2 && mean <= before.messages.mean() {
				t.Errorf("N = 2, %d %% loss: %.3f messages, no more than before", p.percent, mean)
			}
			if p.all.mean() <= before.all.mean() {
				t.Errorf("N = %d, %d %% loss: %.3f messages until all have learned, no more than before", p.n, p.percent, p.all.mean())
			}
		}
		before = p
	}
}
