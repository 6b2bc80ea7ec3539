package metrics

import "github.com/paxsim/paxsim/sim"

// Campaign is the results of many runs of one scenario. What it holds does not grow with
// their number, except for its [Quantiles]. The zero Campaign is not usable: see
// [NewCampaign].
type Campaign struct {
	scenario *sim.Scenario
	first    uint64    // seed
	outcomes [4]uint64 // by verdict
	broken   []uint64  // by invariant of the protocol: runs that broke it
	total    Counts
	learned  [2][]uint64 // by actor: how often it was the first, the last
	sums     []uint64    // by total
	spreads  []*spread   // by measure
}

// A measure is a number that a run has; its percentiles are shown.
type measure struct {
	name, help string
	time       bool // ticks; else a count
	of         func(o *sim.Outcome, c *Counts) (int64, bool)
}

// Quantiles keep the numbers of many runs, to say how they are spread. What they tell must
// not depend on the order of the runs.
type Quantiles interface {
	// Add takes a number, which is not negative.
	Add(n int64)
	// Percentile is the least number that so many per cent of the numbers do not exceed,
	// from 1 to 100. It is asked only if there is one.
	Percentile(percent int) int64
}

// spread is how a measure is spread over the runs.
type spread struct {
	count, sum uint64
	quantiles  Quantiles // nil: there are none
}

func (s *spread) add(n int64) {
	s.count++
	s.sum += uint64(n)
	if s.quantiles != nil {
		s.quantiles.Add(n)
	}
}

// measures are those of every protocol.
var measures = []measure{
	{"chosen_time", "Virtual time at which a value was chosen: a quorum had voted for it.", true, func(o *sim.Outcome, _ *Counts) (int64, bool) {
		at, ok := o.FirstChosen()
		return int64(at), ok
	}},
	{"decided_time", "Virtual time of the first decision.", true, func(o *sim.Outcome, _ *Counts) (int64, bool) {
		at, _, ok := o.FirstDecided()
		return int64(at), ok
	}},
	{"learned_time", "Virtual time since when all had learned that the run waited for.", true, func(o *sim.Outcome, _ *Counts) (int64, bool) {
		return int64(o.LearnedTime), o.AllLearned()
	}},
	{"run_learned", "Actors that had learned at the end of a run, of those that it waited for.", false, func(o *sim.Outcome, _ *Counts) (int64, bool) {
		return int64(o.Learned), true
	}},
	{"delays", "Messages on the longest causal chain to the first decision.", false, func(o *sim.Outcome, _ *Counts) (int64, bool) {
		_, delays, ok := o.FirstDecided()
		return int64(delays), ok
	}},
	{"run_sent", "Messages sent in a run, from one actor to another.", false, func(o *sim.Outcome, _ *Counts) (int64, bool) { return int64(o.Sent), true }},
	{"run_events", "Events of a run.", false, func(o *sim.Outcome, _ *Counts) (int64, bool) { return int64(o.Events), true }},
	{"run_saves", "Records that reached a disk in a run.", false, func(_ *sim.Outcome, c *Counts) (int64, bool) { return int64(c.Saves), true }},
	{"run_on_the_way", "Messages on their way at once in a run, at most.", false, func(_ *sim.Outcome, c *Counts) (int64, bool) { return int64(c.Most), true }},
	{"run_on_the_way_to_one", "Messages on their way at once to one actor in a run, at most.", false, func(_ *sim.Outcome, c *Counts) (int64, bool) { return int64(c.MostTo), true }},
}

// A total is a number whose sum over all runs is shown.
type total struct {
	name, help string
	of         func(o *sim.Outcome, c *Counts) uint64
}

// totals are those of every protocol; then come its own counters.
var totals = []total{
	{"events", "Events handled.", func(o *sim.Outcome, _ *Counts) uint64 { return o.Events }},
	{"sent", "Messages handed to the network by one actor for another, copies not counted.", func(o *sim.Outcome, _ *Counts) uint64 { return o.Sent }},
	{"crashes", "How often an actor went down.", func(o *sim.Outcome, _ *Counts) uint64 { return o.Crashes }},
	{"restarts", "How often an actor came back.", func(_ *sim.Outcome, c *Counts) uint64 { return c.Restarts }},
	{"saves", "Records that reached a disk.", func(_ *sim.Outcome, c *Counts) uint64 { return c.Saves }},
	{"alarms", "Alarms that went off.", func(_ *sim.Outcome, c *Counts) uint64 { return c.Alarms }},
	{"decisions", "Decisions that actors made known, one an actor and life.", func(o *sim.Outcome, _ *Counts) uint64 { return uint64(o.Decisions) }},
}

// NewCampaign is the campaign of no runs yet, from a seed on. quantiles makes what keeps
// the numbers of one measure; nil: there are sums and counts, and no quantiles.
func NewCampaign(s *sim.Scenario, first uint64, quantiles func() Quantiles) *Campaign {
	c := &Campaign{scenario: s, first: first, broken: make([]uint64, len(s.Protocol.Invariants())), sums: make([]uint64, len(totals)+len(s.Protocol.Vocabulary().Notes))}
	for range measures {
		x := &spread{}
		if quantiles != nil {
			x.quantiles = quantiles()
		}
		c.spreads = append(c.spreads, x)
	}
	for i := range c.learned {
		c.learned[i] = make([]uint64, s.Actors+1)
	}
	return c
}

// Add counts a run, by its outcome and by what was counted while it was made. It keeps
// neither.
func (c *Campaign) Add(o *sim.Outcome, n *Counts) {
	c.outcomes[o.Verdict]++
	for i, inv := range c.scenario.Protocol.Invariants() {
		if o.Violation != nil && o.Violation.Invariant == inv.Name {
			c.broken[i]++
		}
	}
	for i := range n.Messages {
		c.total.Messages[i].add(&n.Messages[i])
	}
	c.learned[0][n.First]++
	c.learned[1][n.Last]++
	for i, t := range totals {
		c.sums[i] += t.of(o, n)
	}
	for i, noted := range o.Notes {
		c.sums[len(totals)+i] += noted
	}
	for i, m := range measures {
		if v, ok := m.of(o, n); ok {
			c.spreads[i].add(v)
		}
	}
}
