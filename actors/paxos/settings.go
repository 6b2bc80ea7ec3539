package paxos

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/ids"
	"github.com/paxsim/paxsim/sim/quorums"
)

// Fan-outs of Accept.
const (
	fanOutAckers = iota // to each that has acked, when a majority has, and to each later one
	fanOutAll
	fanOutQuorum // to those that had acked when they became a majority
)

// What a proposer does on a nack.
const (
	onNackGiveUp   = iota // gives the role up
	onNackWhenLost        // gives it up when no quorum can be had any more
	onNackRetry           // tries again above it, after a back-off
)

// How an actor learns late.
const (
	learnPropose = iota // by a round of its own
	learnAsk            // by asking the acceptors, and if that does not help by a round
)

var settingList = []sim.Setting{
	{Name: "x", Kind: sim.Chance, Default: sim.Auto, Min: 1, Max: int64(scheduler.Certain),
		Doc: "chance that an idle actor takes the proposer role, each tick"},
	{Name: "adopt", Kind: sim.Bool, Default: 1,
		Doc:    "positive acks carry what was accepted, and the proposer proposes the highest of it; false: unsafe",
		Unsafe: "promises do not report what was accepted, and a proposer always proposes its own value"},
	{Name: "fan_out", Kind: sim.Word, Words: []string{"ackers", "all", "quorum"},
		Doc: "to whom Accept is sent: each actor that has acked, all, or the first quorum only"},
	{Name: "on_nack", Kind: sim.Word, Words: []string{"give-up", "when-lost", "retry"},
		Doc: "on a negative ack: give the role up; only when no quorum can be had; try again after a back-off"},
	{Name: "learn", Kind: sim.Word, Words: []string{"propose", "ask"},
		Doc: "how an actor that has not learned in time finds out: by a round of its own, or by asking first"},
	{Name: "save_learned", Kind: sim.Bool,
		Doc: "what was learned is saved, and known again after a restart"},
	{Name: "repeat", Kind: sim.Duration, Default: sim.Auto, Min: 1, Max: maxWait,
		Doc: "how long a proposer waits for a quorum before it repeats"},
	{Name: "repeats", Kind: sim.Count, Default: 3, Min: 0, Max: 1000,
		Doc: "how often it repeats in a phase before it gives the role up"},
	{Name: "round_limit", Kind: sim.Duration, Default: sim.Auto, Min: 1, Max: maxWait,
		Doc: "how long a round takes at most if nothing is lost; in calm, actors take turns so far apart"},
	{Name: "learn_timeout", Kind: sim.Duration, Default: sim.Auto, Min: 1, Max: maxWait,
		Doc: "how long an actor waits for a decision before it finds out itself"},
	{Name: "backoff", Kind: sim.Duration, Default: sim.Auto, Min: 1, Max: maxWait,
		Doc: "the first window from which on_nack: retry draws its wait; it doubles with every failure"},
	{Name: "backoff_cap", Kind: sim.Duration, Default: sim.Auto, Min: 1, Max: maxWait,
		Doc: "the greatest such window"},
}

const maxWait = 1 << 31

// settings is what an actor works by. It never changes during a run.
type settings struct {
	rules        Rules
	members      ids.Set // who counts
	promises     quorums.Quorum
	accepts      quorums.Quorum
	accepters    int // how many a quorum of acceptances has at least, if that is more than one of promises; else 0
	idle         *scheduler.Geometric
	fanOut       int
	onNack       int
	learn        int
	saveLearned  bool
	repeat       sim.Time
	repeats      int
	roundLimit   sim.Time
	learnTimeout sim.Time
	backoffs     []scheduler.Weights // by failures in a row, up to the cap
}

// timing is what is computed where the scenario leaves it open.
type timing struct {
	x            scheduler.Fraction
	meanIdle     sim.Time // 1/x
	repeat       sim.Time
	roundLimit   sim.Time
	learnTimeout sim.Time
	backoff      sim.Time
	backoffCap   sim.Time
}

// patience is how long a proposer waits for a quorum in a phase.
func (t *timing) patience(s *sim.Scenario) sim.Time {
	return t.repeat * sim.Time(s.Setting("repeats")+1)
}

// longestBackoff is the greatest back-off with which a limit on time leaves room
// for a hundred after the last scripted event; 0: any, since there is no limit, or
// it comes before that event anyhow.
func longestBackoff(s *sim.Scenario, limit sim.Time) sim.Time {
	left := limit - lastByScript(s)
	if limit == 0 || left <= 0 {
		return 0
	}
	return max(left/100, 1)
}

// computeTiming does the sums.
func computeTiming(s *sim.Scenario) timing {
	delay, save := s.Network.DelayMax+s.Network.Added(), s.Disk.Sync
	or := func(name string, computed sim.Time) sim.Time {
		if v := s.Setting(name); v != sim.Auto {
			return sim.Time(v)
		}
		return computed
	}
	var t timing
	t.x, t.meanIdle = idleChance(s)
	t.repeat = or("repeat", 2*delay+2*save+1)
	t.roundLimit = or("round_limit", 4*delay+3*save+1)
	t.learnTimeout = or("learn_timeout", 4*delay+3*save+1)
	t.backoffCap = or("backoff_cap", 8*t.roundLimit)
	if allowed := longestBackoff(s, s.Limits.Time); allowed > 0 && s.Setting("backoff_cap") == sim.Auto {
		t.backoffCap = min(t.backoffCap, allowed)
	}
	t.backoff = min(or("backoff", t.roundLimit), t.backoffCap)
	return t
}

// idleChance is x and its reciprocal. Left open it is
// min(1/2, 1/(2·max(d,1)·max(N-1,1))) with d the mean delay in ticks and a save:
// a round of another actor takes 2d ticks to be heard of, so that a round then
// mostly ends undisturbed. From four actors on the mean decide time is within 5 %
// of the best; docs/numbers.md has where it is not.
func idleChance(s *sim.Scenario) (scheduler.Fraction, sim.Time) {
	if v := s.Setting("x"); v != sim.Auto {
		return scheduler.FractionOf(uint64(v), uint64(scheduler.Certain)), sim.Time(int64(scheduler.Certain) / v)
	}
	twice := max(s.Network.TwiceMean()+2*s.Disk.Sync, 2)
	den := max(twice*sim.Time(max(s.Actors-1, 1)), 2)
	return scheduler.FractionOf(1, uint64(den)), den
}

// lastByScript is when the last scripted fault is over and the last scripted
// request made.
func lastByScript(s *sim.Scenario) sim.Time {
	last := s.LastFault()
	for _, r := range s.Requests {
		last = max(last, r.Latest())
	}
	return last
}

// resolve is [sim.Spec].Resolve.
func resolve(s *sim.Scenario) (sim.Plan, []sim.Problem) {
	t := computeTiming(s)
	p := promiseOf(s, &t)
	var problems []sim.Problem
	if allowed := longestBackoff(s, p.time); allowed > 0 && t.backoffCap > allowed {
		problems = append(problems, sim.Problem{Path: "paxos.backoff_cap", Text: fmt.Sprintf(
			"%d ticks is more than 1/100 of the time that is left after the last scripted event, %d ticks: the run could end while an actor backs off", t.backoffCap, allowed)})
	}
	plan := sim.Plan{TimeLimit: p.time, EventLimit: p.events, NoGuarantee: p.none, Lines: []sim.PlanLine{
		{Name: "x", Text: fmt.Sprintf("1/%d", t.meanIdle), How: "1/(2 (mean delay + save) × the other actors), at most 1/2, a tick"},
		{Name: "repeat", Ticks: t.repeat, How: "2 greatest delays + 2 saves + 1 tick"},
		{Name: "round_limit", Ticks: t.roundLimit, How: "4 greatest delays + 3 saves + 1 tick"},
		{Name: "learn_timeout", Ticks: t.learnTimeout, How: "4 greatest delays + 3 saves + 1 tick"},
		{Name: "backoff", Ticks: t.backoff, How: "1 round limit, at most the cap"},
		{Name: "backoff_cap", Ticks: t.backoffCap, How: "8 round limits, at most 1/100 of the time limit"},
		limitLine(&p),
	}}
	if s.Core != nil && s.Core.Group == aims.Everyone && s.Quorums != nil {
		plan.Lines = append(plan.Lines, sim.PlanLine{
			Name: "core", Text: fmt.Sprintf("%d of %d members", s.LeastAble(), s.MemberCount()), How: "as many as are a quorum of every phase",
		})
	}
	if s.Core != nil {
		plan.Bound, _ = boundAfterStorm(s, &t)
		plan.Lines = append(plan.Lines, boundLine(s, &t))
	}
	return plan, problems
}

// newSettings makes what the actors of a scenario work by.
func newSettings(s *sim.Scenario, rules Rules) *settings {
	t := computeTiming(s)
	if s.Setting("adopt") == 0 {
		rules.Report, rules.PickValue = reportNothing, pickOwn
	}
	set := &settings{
		rules:        withLifetime(rules, t.roundLimit),
		idle:         scheduler.NewGeometric(t.x),
		fanOut:       int(s.Setting("fan_out")),
		onNack:       int(s.Setting("on_nack")),
		learn:        int(s.Setting("learn")),
		saveLearned:  s.Setting("save_learned") != 0,
		repeat:       t.repeat,
		repeats:      int(s.Setting("repeats")),
		roundLimit:   t.roundLimit,
		learnTimeout: t.learnTimeout,
	}
	set.members = membersOf(s)
	set.promises, set.accepts = s.QuorumOf(promisePhase), s.QuorumOf(acceptPhase)
	if n := set.members.Len(); set.accepts.Least(n) > set.promises.Least(n) {
		set.accepters = set.accepts.Least(n)
	}
	for w := t.backoff; ; w *= 2 {
		w = min(w, t.backoffCap)
		set.backoffs = append(set.backoffs, window(w))
		if w == t.backoffCap {
			return set
		}
	}
}

// membersOf is the set of actors that count.
func membersOf(s *sim.Scenario) ids.Set {
	var set ids.Set
	for _, id := range s.Members {
		set.Add(id)
	}
	if s.Members == nil {
		for id := 1; id <= s.Actors; id++ {
			set.Add(sim.ID(id))
		}
	}
	return set
}

// window is a wait of 0..window-1 ticks, all as likely. Outcome 0 is set apart
// as the calm one: the actor's turn by number.
type window uint32

// Outcomes implements [scheduler.Weights].
func (w window) Outcomes() uint32 { return uint32(w) + 1 }

// Seeded implements [scheduler.Weights].
func (w window) Seeded(u uint64) uint32 { return 1 + scheduler.Uniform(w).Seeded(u) }

// reportNothing and pickOwn are the founding text taken literally, the setting
// adopt: false: acks carry nothing, and the proposer adopts nothing.
func reportNothing(*Record) (Ballot, sim.Value) { return 0, 0 }

func pickOwn(own sim.Value, _ *Promises) sim.Value { return own }
