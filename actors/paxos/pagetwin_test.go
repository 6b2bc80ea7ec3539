package paxos_test

import (
	"cmp"
	"container/heap"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestTwinOfThePage: a simulator that was written from docs/protocol.md alone agrees
// with paxsim in distribution: the mean of all that is counted differs by less than 4.5
// standard errors, and so does the mean of its square.
func TestTwinOfThePage(t *testing.T) {
	t.Parallel()
	request := func(actor sim.ID, at sim.Time) sim.ScriptedRequest { return sim.ScriptedRequest{Actor: actor, At: at} }
	for name, w := range map[string]*twinWorld{
		"by chance":    {n: 5, least: 10, most: 100, loss: .2, double: .1, chance: true, onNack: "give-up", learn: "propose", fanOut: "ackers"},
		"when lost":    {n: 3, least: 1, most: 60, loss: .3, chance: true, onNack: "when-lost", learn: "propose", fanOut: "all"},
		"asking":       {n: 5, least: 10, most: 50, loss: .4, double: .2, requests: []sim.ScriptedRequest{request(2, 0)}, onNack: "give-up", learn: "ask", fanOut: "quorum"},
		"duel":         {n: 3, least: 5, most: 40, loss: .05, save: 8, requests: []sim.ScriptedRequest{request(1, 0), request(3, 10)}, onNack: "retry", learn: "propose", fanOut: "ackers"},
		"climb":        {n: 4, least: 10, most: 40, loss: .5, requests: []sim.ScriptedRequest{request(1, 0), request(2, 0), request(3, 0), request(4, 0)}, onNack: "retry", learn: "propose", fanOut: "ackers"},
		"crashes":      {n: 5, least: 10, most: 60, loss: .1, crash: .01, downLeast: 50, downMost: 400, chance: true, onNack: "give-up", learn: "propose", fanOut: "ackers"},
		"slow crashes": {n: 3, least: 10, most: 60, crash: .08, downLeast: 50, downMost: 200, save: 60, requests: []sim.ScriptedRequest{request(1, 0), request(2, 100)}, onNack: "give-up", learn: "propose", fanOut: "ackers"},
	} {
		runs := gate.Of(2_000, 20_000)
		var ours, theirs twinSums
		r := newRunner(t, w.scenario())
		w.dice = rand.New(rand.NewPCG(1, 2))
		for seed := range uint64(runs) {
			r.Reset(seed, nil)
			tally.Run()
			ours.add(countsOf(r.Run()))
			theirs.add(w.run())
		}
		ours.compare(t, name, &theirs)
	}
}

// scenario is the same for paxsim.
func (w *twinWorld) scenario() *sim.Scenario {
	part := func(p float64) scheduler.Probability {
		return scheduler.Probability(math.Round(p * float64(scheduler.Certain)))
	}
	s := &sim.Scenario{
		Name: "twin", Tick: 100_000, Actors: w.n, Protocol: paxos.Protocol(), ByChance: w.chance, Requests: w.requests,
		Network: weather.Network{DelayMin: sim.Time(w.least), DelayMax: sim.Time(w.most), Loss: part(w.loss), Duplicate: part(w.double)},
		Disk:    disks.Disk{Sync: sim.Time(w.save)},
		Crashes: faults.Crashes{Chance: part(w.crash), DownMin: sim.Time(w.downLeast), DownMax: sim.Time(w.downMost)},
	}
	setting(s, "fan_out", int64(slices.Index([]string{"ackers", "all", "quorum"}, w.fanOut)))
	setting(s, "on_nack", int64(slices.Index([]string{"give-up", "when-lost", "retry"}, w.onNack)))
	setting(s, "learn", int64(slices.Index([]string{"propose", "ask"}, w.learn)))
	return s
}

func countsOf(o sim.Outcome) twinCounts {
	n := o.Notes
	return twinCounts{
		decided: float64(o.DecideTime), ended: float64(o.Ended), sent: float64(o.Sent), dropped: float64(o.Dropped), doubled: float64(o.Duplicated), crashes: float64(o.Crashes),
		attempts: float64(n[0]), repeats: float64(n[1]), nacks: float64(n[2]), giveUps: float64(n[3]), asks: float64(n[4]),
	}
}

// twinSums are the sums of the first four powers of what is counted.
type twinSums struct {
	n   float64
	sum [11][4]float64
}

func (s *twinSums) add(c twinCounts) {
	s.n++
	for i, x := range []float64{c.decided, c.ended, c.sent, c.dropped, c.doubled, c.crashes, c.attempts, c.repeats, c.nacks, c.giveUps, c.asks} {
		for p, v := 0, x; p < 4; p, v = p+1, v*x {
			s.sum[i][p] += v
		}
	}
}

func (s *twinSums) compare(t *testing.T, name string, u *twinSums) {
	for i, what := range []string{"decided", "ended", "sent", "dropped", "doubled", "crashes", "attempts", "repeats", "nacks", "give_ups", "asks"} {
		for p := range 2 {
			a, b := s.sum[i][p]/s.n, u.sum[i][p]/u.n
			variance := func(s *twinSums, mean float64) float64 { return s.sum[i][2*p+1]/s.n - mean*mean }
			err := math.Sqrt((variance(s, a) + variance(u, b)) / s.n)
			if math.Abs(a-b) > 4.5*err {
				t.Errorf("%s: %s, power %d: paxsim has %.3f in the mean and the twin %.3f, which is %.1f standard errors", name, what, p+1, a, b, math.Abs(a-b)/err)
			}
			t.Logf("%s: %s, power %d: %.2f, %.2f", name, what, p+1, a, b)
		}
	}
}

// A second simulator, written from docs/protocol.md alone: a heap, an ordinary random
// number generator, and none of the code of this module. See TestTwinOfThePage.

// twinWorld is what a scenario says, and a run of it.
type twinWorld struct {
	n                     int
	least, most           int64
	loss, double, crash   float64
	downLeast, downMost   int64
	save                  int64
	chance                bool // requests by chance
	requests              []sim.ScriptedRequest
	onNack, learn, fanOut string

	dice    *rand.Rand
	queue   twinQueue
	now     int64
	filed   int
	actors  []*twinActor // from 1 on
	decided int64        // when the first did; -1
	open    int          // scripted requests without an answer
	counts  twinCounts
}

type twinCounts struct{ decided, ended, sent, dropped, doubled, crashes, attempts, repeats, nacks, giveUps, asks float64 }

type twinBallot struct{ round, actor int }

func (b twinBallot) below(c twinBallot) bool {
	return cmp.Or(cmp.Compare(b.round, c.round), cmp.Compare(b.actor, c.actor)) < 0
}

type twinRecord struct {
	promised, accepted twinBallot
	value, round       int
}

type twinActor struct {
	w                                *twinWorld
	id                               int
	disk, written                    twinRecord // what is on it; what is on its way there
	down                             bool
	life                             int // how often it has begun; what was set in another is void
	waits                            []func()
	saving                           bool
	twinRecord                           // as it has it in memory
	own, knows, learned              int // what it wants; has learned; has made known
	openWork                         bool
	unanswered, scripted             bool // its client waits for an answer
	phase                            int
	ballot, seen                     twinBallot
	proposes, repeated, lost, asked  int
	promisedBy, refusedBy, heardFrom map[int]bool
	highest                          twinBallot
	reported                         int
	tallies                          map[twinBallot]map[int]bool
	alarms                           map[string]int // the number of the one that is set
	alarmsSet                        int
}

type twinEvent struct {
	at    int64
	order int
	do    func()
}

type twinQueue []twinEvent

func (q twinQueue) Len() int { return len(q) }
func (q twinQueue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].at, q[j].at), cmp.Compare(q[i].order, q[j].order)) < 0
}
func (q twinQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *twinQueue) Push(x any)   { *q = append(*q, x.(twinEvent)) }
func (q *twinQueue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

func (w *twinWorld) file(after int64, do func()) {
	w.filed++
	heap.Push(&w.queue, twinEvent{w.now + after, w.filed, do})
}

func (w *twinWorld) hits(p float64) bool { return p > 0 && w.dice.Float64() < p }

// between is uniform over whole numbers, both ends included.
func (w *twinWorld) between(a, b int64) int64 { return a + w.dice.Int64N(b-a+1) }

// meanIdle, repeatWait and roundLimit are the defaults of the settings.
func (w *twinWorld) meanIdle() int64 {
	return max(2, max(2, w.least+w.most+2*w.save)*int64(w.n-1))
}
func (w *twinWorld) repeatWait() int64 { return 2*w.most + 2*w.save + 1 }
func (w *twinWorld) roundLimit() int64 { return 4*w.most + 3*w.save + 1 }

const twinRepeats = 3

// idleSpell is the number of failures before the first success.
func (w *twinWorld) idleSpell() (k int64) {
	for p := 1 / float64(w.meanIdle()); !w.hits(p); {
		k++
	}
	return k
}

// run plays the scenario to its end.
func (w *twinWorld) run() twinCounts {
	w.decided, w.counts, w.queue, w.now, w.open = -1, twinCounts{}, nil, 0, len(w.requests)
	w.actors = make([]*twinActor, w.n+1)
	for id := 1; id <= w.n; id++ {
		a := &twinActor{w: w, id: id}
		w.actors[id] = a
		w.file(0, a.start)
	}
	if w.chance {
		for _, a := range w.actors[1:] {
			w.file(0, a.request)
		}
	}
	for _, r := range w.requests {
		a := w.actors[r.Actor]
		w.file(int64(r.At), func() { a.scripted = true; a.request() })
	}
	for len(w.queue) > 0 && !w.over() {
		e := heap.Pop(&w.queue).(twinEvent)
		w.now = e.at
		e.do()
	}
	w.counts.decided, w.counts.ended = float64(w.decided), float64(w.now)
	return w.counts
}

func (w *twinWorld) over() bool {
	return w.open == 0 && !slices.ContainsFunc(w.actors[1:], func(a *twinActor) bool { return a.learned == 0 || a.openWork })
}

// quorum is a majority.
func (w *twinWorld) quorum(n int) bool { return 2*n > w.n }
