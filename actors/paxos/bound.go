package paxos

import (
	"fmt"
	"math/bits"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
)

// A core that has calm learns within a bound, if one of it keeps the role. It is counted
// from the time at which all has arrived that the storm left, on the links and behind the
// disks. docs/liveness.md has the proof, step by step.

// calm is a core after the storm: what its bound is made of.
type calm struct {
	d, least   sim.Time // the greatest delay and the least
	save       sim.Time
	core       sim.Time // actors of it
	repeat     sim.Time
	patience   sim.Time // how long a proposer waits for a quorum before it gives a phase up
	wait       sim.Time // of a proposer that is refused, before it tries again
	anyone     bool     // Accepts also go to those who have not promised
	spare      bool     // Accepts go to a quorum, and the core is larger
	saveOnce   sim.Time // 1 if an actor saves what it has learned
	askedLater bool     // clients may ask the leader again, after the calm
}

// calmOf is the core of a scenario that has one.
func calmOf(s *sim.Scenario, t *timing) calm {
	c := calm{
		d: s.Network.DelayMax + s.Network.Added(), least: s.Network.DelayMin, save: s.Disk.Sync,
		repeat: t.repeat, patience: t.patience(s),
		anyone: s.Setting("fan_out") == fanOutAll, saveOnce: sim.Time(s.Setting("save_learned")),
	}
	c.core = sim.Time(s.LeastAble())
	if s.Core.Group == aims.Listed {
		c.core = sim.Time(len(s.Core.IDs))
	}
	accepters := sim.Time(max(s.QuorumOf(promisePhase).Least(s.MemberCount()), s.QuorumOf(acceptPhase).Least(s.MemberCount())))
	c.spare = c.core > accepters && s.Setting("fan_out") == fanOutQuorum
	if c.core == 1 {
		c.d = c.least // it talks to itself alone
	}
	switch s.Setting("on_nack") {
	case onNackRetry:
		c.wait = max(t.backoffCap, sim.Time(s.Actors-1)*t.roundLimit)
	case onNackWhenLost: // it hopes for those outside the core, in vain
		c.wait = c.patience
	}
	for _, r := range s.Requests {
		c.askedLater = c.askedLater || r.Latest() > s.CalmTime()
	}
	return c
}

// round is how long a round takes if no disk has anything else to do: Prepare,
// Promise, Accept, Accepted, and a save before each answer and each Prepare.
func (c *calm) round() sim.Time { return 4*c.d + 3*c.save }

// inTime says whether the answers of a phase can be there before the leader gives it up,
// if so much other work comes before the saves.
func (c *calm) inTime(work sim.Time) bool { return c.patience > 2*c.d+2*c.save+work }

// work is how long the saves take, at most, that the last round may have to wait for.
// First there are those that are left. Then there is a vote in each round of another, at
// two disks. Last is what the leader's rounds save that are refused: three at its own disk
// and one at another, once for each of the others.
func (c *calm) work(saves int) sim.Time {
	if c.save == 0 {
		return 0
	}
	work := sim.Time(saves) + 5*c.core + 2 + 2*c.saveOnce
	if c.anyone {
		work += 4 * c.core
	}
	return work * c.save
}

// refusals is how long messages are on their way until a round begins that is
// above all that others have promised or will, and until that is over. The least
// delay is no part of it: somebody promised the leader's ballot, then another's.
//
//   - 2d   promises and Accepts of the others' rounds, if they go to all
//   - 4d   all of the core have answered the round under way or, if one of them
//     refused it early, the next: now the leader knows of all
//   - 2d   a round begun just before that is refused
//   - 4d   the next is not
//
// Where Accepts go to a quorum only and the core is larger, the first of these
// may end without an answer from all: 2d more.
func (c *calm) refusals() sim.Time {
	legs := 10 * c.d
	if c.spare {
		legs += 2 * c.d
	}
	if c.core > 1 {
		legs -= c.least
	}
	if c.anyone {
		legs += 2 * c.d
	}
	if c.askedLater { // when the run was all but over
		legs += c.round()
	}
	return legs
}

// bound is the whole. The disks may have so much to do that the leader gives rounds up
// which nobody refuses. Then each such round adds two saves to what is to be done, and the
// disks work off what is left of its patience: see drain.
func (c *calm) bound(saves int) sim.Time {
	if work := c.work(saves); c.inTime(work) {
		return c.refusals() + work + 2*c.wait
	}
	saved := 10 * c.save
	return c.repeat + c.d + c.drain(saves) + c.drain(0) + 4*c.patience + c.refusals() + saved + max(c.core-1, 2)*c.wait
}

// drain is how long it takes until a round begins while a disk has nothing else
// to do. In each round before, the disk rests for a save and a delay at most and
// gets two saves more.
func (c *calm) drain(saves int) sim.Time {
	perRound := 2*c.save + c.d
	work := sim.Time(saves)*c.save + (c.core+c.saveOnce)*c.save + 2*c.core*perRound
	return times(work, c.patience, c.patience-perRound)
}

// slowest is by how much longer than its work a backlog may take to drain.
const slowest = 1000

// boundAfterStorm is [sim.Plan].Bound, or says why there is none.
func boundAfterStorm(s *sim.Scenario, t *timing) (bound func(saves int) sim.Time, none string) {
	c := calmOf(s, t)
	switch {
	case !c.inTime(0):
		return nil, "a proposer gives up before the answers can be there"
	case c.save > 0 && !c.inTime(c.work(0)) && c.patience/(c.patience-2*c.save-c.d) > slowest:
		return nil, "a proposer hardly waits for longer than the saves of its own round take"
	}
	return c.bound, ""
}

// boundLine tells the bound to people.
func boundLine(s *sim.Scenario, t *timing) sim.PlanLine {
	bound, none := boundAfterStorm(s, t)
	if none != "" {
		return sim.PlanLine{Name: "bound", Text: "none", How: none}
	}
	how := "after the storm: 2 waits of a proposer that is refused + 10 to 14 delays + what is to be saved"
	if s.Disk.Sync > 0 {
		how += fmt.Sprintf("; with 10 saves still to do %s", span(s, bound(10)))
	}
	return sim.PlanLine{Name: "bound", Ticks: bound(0), How: how}
}

// times is a·b/c rounded up, or the greatest time there is. c is above 0.
func times(a, b, c sim.Time) sim.Time {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	if hi >= uint64(c) {
		return sim.MaxTime
	}
	q, r := bits.Div64(hi, lo, uint64(c))
	if r > 0 {
		q++
	}
	return sim.Time(min(q, uint64(sim.MaxTime)))
}
