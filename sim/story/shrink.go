package story

import (
	"context"
	"errors"
	"fmt"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/search"
)

// Options says how a find is shrunk. The zero Options has no limit but [DefaultCap].
type Options struct {
	// Cap is the most events that are played to shrink a find; 0: [DefaultCap]. Where very
	// many wait, it takes longer to find the next of them, and fewer are played. Where it
	// ends, what is left is still a story of the find, and may not be minimal.
	Cap uint64
	// Fixed leaves the scenario as it is: its actors, requests and settings. It is for
	// tests, whose scenario is code.
	Fixed bool
}

// DefaultCap is the usual limit on the events that are played to shrink a find: about
// half a second.
const DefaultCap = 3_000_000

// looksAnEvent is how many events can be looked at in the time in which one is played.
const looksAnEvent = 64

// mostLooks is how many events are looked at to play one schedule: there a run ends in
// which too many wait.
const mostLooks = 1 << 26

// Work is what it took to shrink a find.
type Work struct {
	Before  Size
	Replays uint64 // how many runs were played
	Events  uint64 // how many events these had
	Capped  bool   // it ended at Options.Cap: the story may not be minimal
}

// Size is how long a run is.
type Size struct {
	Events  uint64
	Actions int // of the protocol: see [sim.Protocol]
	Actors  int
}

// ErrHolds says that the run of a find breaks no invariant.
var ErrHolds = errors.New("the run breaks no invariant")

// shrinker makes a find smaller: it holds the smallest story so far.
type shrinker struct {
	ctx    context.Context
	cap    uint64
	fixed  bool
	given  *sim.Scenario
	breaks *sim.Violation // by what all must break
	best   draft
	timed  timed // the best that keeps the clock
	work   Work
	looks  uint64     // how many events were looked at, see player
	world  sim.Runner // of scenario
	of     *sim.Scenario
	player player
}

// draft is a schedule and the scenario in which it is played.
type draft struct {
	s *sim.Scenario
	*schedule
}

// least is how small a draft is, the most important first.
func (d *draft) least() [5]int {
	members := len(d.s.Members)
	if d.s.Members == nil {
		members = d.s.Actors
	}
	return [5]int{d.size(), d.s.Actors, members, weight(d.s) + d.copies(), d.disorder()}
}

// smaller says whether a draft is smaller than another.
func (d *draft) smaller(than *draft) bool {
	a, b := d.least(), than.least()
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// errCapped ends the work at its limit.
var errCapped = errors.New("the limit on events is reached")

// play plays a schedule in a scenario, and tells what came of it if it breaks the same
// invariant as the find.
func (x *shrinker) play(s *sim.Scenario, c *schedule) (*schedule, bool, error) {
	if x.work.Events+x.looks/looksAnEvent >= x.cap {
		x.work.Capped = true
		return nil, false, errCapped
	}
	return x.replay(s, c)
}

// replay does the same, whatever was played before.
func (x *shrinker) replay(s *sim.Scenario, c *schedule) (*schedule, bool, error) {
	if x.of != s {
		w, err := s.Protocol.New(s)
		if err != nil {
			return nil, false, nil //nolint:nilerr // there is no such scenario: so it is not tried
		}
		x.world, x.of = w, s
	}
	x.player.reset(c)
	x.player.most = mostLooks
	x.world.Search(&search.Search{Picker: &x.player, Budget: c.budget()})
	x.world.Reset(0, &x.player)
	if err := campaign.Finish(x.ctx, x.world); err != nil {
		return nil, false, err
	}
	o := x.world.Outcome()
	x.work.Replays++
	x.work.Events += o.Events
	x.looks += x.player.looks
	if !x.same(o.Violation) {
		return nil, false, nil
	}
	return x.player.happened(), true, nil
}

// budget is what the run of a schedule may have. What it does not need is off, and
// then nobody is asked about it.
func (s *schedule) budget() search.Budget {
	const many = 1 << 30
	b := search.Budget{Events: 1000 + 10*len(s.steps), Alarms: many, Crashes: s.count(crashes)}
	if s.count(copies) > 0 {
		b.Duplicates = many
	}
	return b
}

// try plays a draft, and keeps what came of it if that is smaller than what there is.
func (x *shrinker) try(s *sim.Scenario, c *schedule) (bool, error) {
	h, ok, err := x.play(s, c)
	if err != nil || !ok {
		return false, err
	}
	d := draft{s: s, schedule: h}
	if !d.smaller(&x.best) {
		return false, nil
	}
	x.best = d
	return true, nil
}

// begin plays the find as a schedule, and says whether that breaks the same invariant.
func (x *shrinker) begin(f *Find) (bool, error) {
	s, o, actions, err := record(x.ctx, f)
	if err != nil {
		return false, err
	}
	if o.Violation == nil {
		return false, ErrHolds
	}
	v := *o.Violation
	x.breaks = &v
	if x.work.Replays == 0 {
		x.work.Before = Size{o.Events, actions, f.Scenario.Actors}
	}
	x.work.Events += o.Events
	x.work.Replays++
	for _, d := range candidates(f.Scenario, s, x.breaks.Invariant, x.fixed) {
		h, ok, err := x.replay(d.s, d.c)
		if err != nil {
			return false, err
		}
		if x.player.tired() {
			return false, &TooLong{mostEvents}
		}
		if ok {
			x.best = draft{s: d.s, schedule: h}
			return true, nil
		}
	}
	return false, nil
}

// shrink makes the draft as small as it gets. What is tidied may be put in another
// order, in which more can be cut.
func (x *shrinker) shrink() error {
	for {
		before := x.best
		for _, pass := range []func() error{x.crowds, x.originals, x.groups, x.cut, x.scenarios, x.fewer, x.renumber, x.handOver, x.pairs} {
			if err := pass(); err != nil {
				return err
			}
		}
		if x.best.smaller(&before) {
			continue
		}
		for _, pass := range []func() error{x.others, x.tidy, x.cut} {
			if err := pass(); err != nil {
				return err
			}
		}
		if !x.best.smaller(&before) {
			return nil
		}
	}
}

// Shrink makes a story of a find. The story breaks the same invariant, of the same
// grade; the effect that breaks it may be another. Where the order of the events of a
// timed run does not break it, the story keeps the clock. If it ends early, because ctx is
// done, there is no story.
func Shrink(ctx context.Context, f Find, o Options) (*Story, Work, error) {
	x := &shrinker{ctx: ctx, cap: o.Cap, fixed: o.Fixed, given: f.Scenario}
	if x.cap == 0 {
		x.cap = DefaultCap
	}
	ok, err := x.begin(&f)
	if err != nil {
		return nil, x.work, err
	}
	if !ok && f.Search != nil {
		return nil, x.work, &ByTheClock{x.breaks.Invariant}
	}
	if !ok {
		if st, err := x.byClock(&f); st != nil || err != nil {
			return st, x.work, err
		}
	}
	if err := x.shrink(); err != nil && !errors.Is(err, errCapped) {
		return nil, x.work, err
	}
	st, err := x.write()
	if err != nil || x.work.Capped {
		return st, x.work, err
	}
	st, _, err = x.settle(st)
	return st, x.work, err
}

// ByTheClock says that neither the events of a find in their order alone break the
// invariant, nor its times: there is no story of it.
type ByTheClock struct{ Invariant string }

// Error tells it.
func (b *ByTheClock) Error() string {
	return fmt.Sprintf("there is no story of this: %s does not break again if the events of the run happen in their order alone", b.Invariant)
}
