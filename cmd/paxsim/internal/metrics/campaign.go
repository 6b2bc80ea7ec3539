package metrics

import (
	hdr "github.com/HdrHistogram/hdrhistogram-go"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/sim"
)

// Campaign is what many runs of one scenario come to. What it holds does not
// grow with their number.
type Campaign struct {
	scenario *sim.Scenario
	first    uint64 // seed
	runs     uint64
	outcomes [4]uint64 // by verdict
	broken   []uint64  // by invariant of the protocol: runs that broke it
	total    Counts
	learned  [2][]uint64 // by actor: how often it was the first, the last
	sums     []uint64    // by total
	spreads  []*spread   // by measure
}

// A measure is a number that a run has, of which percentiles are told.
type measure struct {
	name, help string
	time       bool // ticks; else a count
	of         func(r *report.Row, c *Counts) (int64, bool)
}

// spread is the distribution of a measure: to three digits, as an HDR histogram
// keeps it, and the same whatever the order of the runs.
type spread struct {
	values *hdr.Histogram // nil: no value yet, and no room is taken
	sum    uint64
}

// greatest bounds what a histogram counts; what is above counts as this.
const greatest = 1 << 50

func (s *spread) add(v int64) {
	s.sum += uint64(v)
	if s.values == nil {
		s.values = hdr.New(1, greatest, 3)
	}
	if err := s.values.RecordValue(min(v, greatest)); err != nil {
		panic("metrics: " + err.Error()) // it is within bounds
	}
}

// measures are those of every protocol.
var measures = []measure{
	{"chosen_time", "Virtual time at which a value was chosen: a quorum had voted for it.", true, func(r *report.Row, _ *Counts) (int64, bool) {
		at, ok := r.FirstChosen()
		return int64(at), ok
	}},
	{"decided_time", "Virtual time of the first decision.", true, func(r *report.Row, _ *Counts) (int64, bool) {
		at, _, ok := r.FirstDecided()
		return int64(at), ok
	}},
	{"learned_time", "Virtual time since when all had learned that the run waited for.", true, func(r *report.Row, _ *Counts) (int64, bool) {
		return int64(r.LearnedTime), r.AllLearned()
	}},
	{"run_learned", "Actors that had learned at the end of a run, of those that it waited for.", false, func(r *report.Row, _ *Counts) (int64, bool) {
		return int64(r.Learned), true
	}},
	{"delays", "Messages on the longest causal chain to the first decision.", false, func(r *report.Row, _ *Counts) (int64, bool) {
		_, delays, ok := r.FirstDecided()
		return int64(delays), ok
	}},
	{"run_sent", "Messages sent in a run, from one actor to another.", false, func(r *report.Row, _ *Counts) (int64, bool) { return int64(r.Sent), true }},
	{"run_events", "Events of a run.", false, func(r *report.Row, _ *Counts) (int64, bool) { return int64(r.Events), true }},
	{"run_saves", "Records that reached a disk in a run.", false, func(_ *report.Row, c *Counts) (int64, bool) { return int64(c.Saves), true }},
	{"run_on_the_way", "Messages on their way at once in a run, at most.", false, func(_ *report.Row, c *Counts) (int64, bool) { return int64(c.Most), true }},
	{"run_on_the_way_to_one", "Messages on their way at once to one actor in a run, at most.", false, func(_ *report.Row, c *Counts) (int64, bool) { return int64(c.MostTo), true }},
}

// A total is a number of which the sum over all runs is told.
type total struct {
	name, help string
	of         func(r *report.Row, c *Counts) uint64
}

// totals are those of every protocol; then come its own counters.
var totals = []total{
	{"events", "Events handled.", func(r *report.Row, _ *Counts) uint64 { return r.Events }},
	{"sent", "Messages handed to the network by one actor for another, copies not counted.", func(r *report.Row, _ *Counts) uint64 { return r.Sent }},
	{"crashes", "How often an actor went down.", func(r *report.Row, _ *Counts) uint64 { return r.Crashes }},
	{"restarts", "How often an actor came back.", func(_ *report.Row, c *Counts) uint64 { return c.Restarts }},
	{"saves", "Records that reached a disk.", func(_ *report.Row, c *Counts) uint64 { return c.Saves }},
	{"alarms", "Alarms that went off.", func(_ *report.Row, c *Counts) uint64 { return c.Alarms }},
	{"decisions", "Decisions that actors made known, one an actor and life.", func(r *report.Row, _ *Counts) uint64 { return uint64(r.Decisions) }},
}

// NewCampaign is the campaign of no runs yet, from a seed on.
func NewCampaign(s *sim.Scenario, first uint64) *Campaign {
	c := &Campaign{scenario: s, first: first, broken: make([]uint64, len(s.Protocol.Invariants())), sums: make([]uint64, len(totals)+len(s.Protocol.Vocabulary().Notes))}
	for range measures {
		c.spreads = append(c.spreads, new(spread))
	}
	for i := range c.learned {
		c.learned[i] = make([]uint64, s.Actors+1)
	}
	return c
}

// Add counts a run.
func (c *Campaign) Add(r *report.Row, n *Counts) {
	c.runs++
	c.outcomes[r.Verdict]++
	for i, inv := range c.scenario.Protocol.Invariants() {
		if r.Violation != nil && r.Violation.Invariant == inv.Name {
			c.broken[i]++
		}
	}
	for i := range n.Messages {
		c.total.Messages[i].add(&n.Messages[i])
	}
	c.learned[0][n.First]++
	c.learned[1][n.Last]++
	for i, t := range totals {
		c.sums[i] += t.of(r, n)
	}
	for i, noted := range r.Notes {
		c.sums[len(totals)+i] += noted
	}
	for i, m := range measures {
		if v, ok := m.of(r, n); ok {
			c.spreads[i].add(v)
		}
	}
}
