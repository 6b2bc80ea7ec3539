package anyscenario

import (
	"math/bits"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/weather"
)

// MaxWork is how many events a run of a scenario may be expected to have.
const MaxWork = 100_000

// Work is about how many events a run of a scenario has, and what most of them
// are for. It is a sum of what is said in the scenario, and no run is made for
// it: a run that has far more is one that something keeps from its end.
func Work(s *sim.Scenario) (events uint64, reason string) {
	w := newWork(s)
	parts := []struct {
		reason string
		events uint64
	}{
		{"rounds while nothing can be decided", times3(w.stuck(), w.attempt(), 1)},
		{"rounds of many actors", times3(w.free(), w.attempt(), 1)},
		{"faults that strike again and again", w.strikes()},
		{"periods, requests and faults", uint64(len(s.Periods) + 2*len(s.Requests) + 2*len(s.Faults) + 2*s.Actors)},
	}
	most := uint64(0)
	for _, p := range parts {
		events = plus(events, p.events)
		if p.events > most {
			most, reason = p.events, p.reason
		}
	}
	if limit := s.Limits.Events; limit > 0 {
		events = min(events, limit)
	}
	return events, reason
}

// work is what the sum is made of.
type work struct {
	s                   *sim.Scenario
	n                   uint64
	arrivals            uint64 // of a message, at most, in 16ths
	delay               int64  // the greatest in calm
	least               int64  // the least in any weather
	sync                int64
	spell               int64 // the mean idle spell
	repeat              int64
	backoff, backoffCap int64
	repeats             uint64
	end                 int64 // when the run is over at the latest
}

func newWork(s *sim.Scenario) *work {
	w := &work{s: s, n: uint64(s.Actors), delay: int64(s.Network.DelayMax + s.Network.Added()), least: int64(s.Network.DelayMin), sync: int64(s.Disk.Sync)}
	dup := uint64(0)
	more := func(p scheduler.Probability) {
		if p != weather.Same {
			dup = max(dup, uint64(p))
		}
	}
	more(s.Network.Duplicate)
	w.weathers(func(x *weather.Weather) {
		more(x.Duplicate)
		if x.Delay != nil {
			w.least = min(w.least, int64(x.Delay.Min))
		}
	})
	w.arrivals = 16 + 16*dup*uint64(max(s.Network.Copies, 1))/uint64(scheduler.Certain)
	w.spell = max(2*(w.delay/2+w.sync), 2) * int64(max(s.Actors-1, 1))
	if x := s.Setting("x"); x != sim.Auto {
		w.spell = max(int64(scheduler.Certain)/x, 1)
	}
	w.repeats = uint64(s.Setting("repeats"))
	plan, _ := s.Protocol.Resolve(s)
	w.end = int64(plan.TimeLimit)
	for _, line := range plan.Lines {
		switch line.Name {
		case "repeat":
			w.repeat = max(int64(line.Ticks), 1)
		case "backoff":
			w.backoff = int64(line.Ticks)
		case "backoff_cap":
			w.backoffCap = int64(line.Ticks)
		}
	}
	return w
}

// weathers goes through all weathers but the general one.
func (w *work) weathers(each func(*weather.Weather)) {
	for i := range w.s.Periods {
		each(&w.s.Periods[i].Weather)
	}
	for i := range w.s.Faults {
		if x := w.s.Faults[i].Weather; x != nil {
			each(x)
		}
	}
}

// attempt is how many events a round has: in the worst case everybody tells
// everybody that it has accepted, once and with each repetition.
func (w *work) attempt() uint64 {
	once := times3(w.n+3, w.n, w.arrivals*w.arrivals) / 256
	repeats := w.repeats
	if !w.rough() {
		repeats = min(repeats, uint64((2*w.delay+2*w.sync*int64(w.n))/w.repeat))
	}
	return times3(once, 1+repeats, 1)
}

// rough says whether anything goes wrong at some time.
func (w *work) rough() bool {
	s := w.s
	return len(s.Faults) > 0 || len(s.Periods) > 0 || s.Network.Loss > 0 || s.Network.Corrupt > 0 || s.Crashes.Chance > 0 || s.Network.Capacity > 0
}

// stuck is how many rounds are begun while nothing can be decided, or not by all.
func (w *work) stuck() uint64 {
	cycle := w.spell + min(2*w.least, w.repeat*int64(1+w.repeats)) // refused, or given up
	switch w.s.Setting("on_nack") {
	case onNackRetry: // who is refused waits for a part of a window
		if cycle = min(cycle, w.backoff/2+2*w.least); cycle == 0 && w.n > 1 {
			return 1 << 40 // they refuse one another at one moment, for ever
		}
	}
	if w.s.Core != nil { // the core's leader tries again at once
		cycle = min(cycle, w.repeat*int64(1+w.repeats))
	}
	again := uint64(1)
	if down := w.crashes(); down >= 0 { // the client of an actor that comes back asks at once
		if cycle = min(cycle, down); down == 0 {
			again = w.crashesAtOnce()
		}
	}
	return times3(w.n, uint64(w.blocked())/uint64(max(cycle, 1)), again)
}

// onNackRetry is the word of paxos.on_nack by which a refused proposer tries
// again at once.
const onNackRetry = 2

// crashes is how long an actor is down in the mean that crashes by chance; -1: few
// do, or none.
func (w *work) crashes() int64 {
	if times3(w.crashChance(), w.n*(w.n+3), 1) <= uint64(scheduler.Certain)/4 {
		return -1
	}
	return int64(w.s.Crashes.DownMin+w.s.Crashes.DownMax) / 2
}

// crashChance is the greatest chance of a crash in any weather.
func (w *work) crashChance() uint64 {
	crash := uint64(w.s.Crashes.Chance)
	for i := range w.s.Periods {
		if c := w.s.Periods[i].Crashes; c != weather.Same {
			crash = max(crash, uint64(c))
		}
	}
	return crash
}

// crashesAtOnce is how often an actor crashes and is back, all in one tick, before
// it does so much without a crash that time goes on: a few things, or all of a
// round where that takes no time.
func (w *work) crashesAtOnce() uint64 {
	stays := uint64(scheduler.Certain) - w.crashChance()
	if stays == 0 {
		return 1 << 40
	}
	things := uint64(6)
	if w.least == 0 && w.sync == 0 {
		things = max(things, w.n*(w.n+3))
	}
	lives := uint64(100) // in hundredths
	for range things {
		if lives = times3(lives, uint64(scheduler.Certain), 1) / stays; lives > 1<<40 {
			return 1 << 40
		}
	}
	return lives / 100
}

// blocked is for how long nothing can be decided, or not by all.
func (w *work) blocked() int64 {
	if w.hopeless() {
		return w.end
	}
	total := w.firstRequest() // before, actors that want to learn find nothing
	if w.rough() {            // the others find nothing until what was lost is repeated
		total = min(total+w.repeat*int64(1+w.repeats), w.end)
	}
	if times3(w.crashChance(), w.n*(w.n+3), 1) > uint64(scheduler.Certain)/1000 { // nor as long as an actor that wants something is down
		total = min(total+int64(w.s.Crashes.DownMax), w.end)
	}
	if w.s.Setting("on_nack") == onNackRetry { // nor while who wants something backs off, and the others do not
		total = min(total+w.backoff, w.end)
	}
	if w.s.Network.FIFO { // nor as long as all that is sent waits behind what was sent in a slow weather
		total = min(total+max(w.slowest()-w.delay, 0), w.end)
	}
	if w.severe() {
		if calm := int64(w.s.CalmTime()); calm > 0 {
			total = max(total, min(calm, w.end))
		} else {
			return w.end
		}
	}
	for i := range w.s.Faults {
		total = min(total+w.lasts(&w.s.Faults[i]), w.end)
	}
	return total
}

// slowest is the greatest delay in any weather.
func (w *work) slowest() int64 {
	slowest := w.delay
	w.weathers(func(x *weather.Weather) {
		if x.Delay != nil {
			slowest = max(slowest, int64(x.Delay.Max+w.s.Network.Added()))
		}
	})
	return slowest
}

// firstRequest is when somebody first wants something.
func (w *work) firstRequest() int64 {
	if w.s.ByChance || len(w.s.Requests) == 0 {
		return 0
	}
	first := w.s.Requests[0].Latest()
	for _, r := range w.s.Requests {
		first = min(first, r.Latest())
	}
	return min(int64(first), w.end)
}

// lasts is how long a fault holds, all its spells together.
func (w *work) lasts(f *faults.Fault) int64 {
	from, to := min(int64(f.At), w.end), w.end
	if f.Until < faults.Forever {
		to = min(to, int64(f.Until))
	}
	if f.Every != nil {
		if calm := int64(w.s.CalmTime()); calm > 0 {
			to = min(to, calm)
		}
	} else if f.For != nil {
		to = min(to, from+int64(f.For.Max))
	}
	return max(to-from, 0)
}

// severe says whether the weather keeps most rounds from being decided by all.
func (w *work) severe() bool {
	s := w.s
	lost := max(uint64(s.Network.Loss), uint64(s.Network.Corrupt))
	slow := false
	some := func(p scheduler.Probability, of *uint64) {
		if p != weather.Same {
			*of = max(*of, uint64(p))
		}
	}
	w.weathers(func(x *weather.Weather) {
		some(x.Loss, &lost)
		some(x.Corrupt, &lost)
		slow = slow || x.Delay != nil && int64(x.Delay.Max) > w.delay
	})
	return slow || lost > uint64(scheduler.Certain)/5 || w.crashes() >= 0 || s.Network.Capacity > 0 && s.Network.Capacity < s.Actors
}

// hopeless says whether rounds can keep one another from being decided for as
// long as the run lasts, or never can be.
func (w *work) hopeless() bool {
	s := w.s
	wants := s.ByChance || len(s.Requests) > 0
	eager := s.Actors > 1 && w.spell < 2*(w.delay+w.sync)*int64(s.Actors-1)/2
	duel := s.Setting("on_nack") == onNackRetry && w.backoffCap < 8*(4*w.delay+3*w.sync)
	return !wants || eager || w.impatient() || duel
}

// impatient says whether a proposer may give up before answers can be there.
func (w *work) impatient() bool {
	return w.repeat*int64(1+w.repeats) < 2*w.delay+2*w.sync*int64(w.n)
}

// free is how many rounds are begun in calm until all have learned.
func (w *work) free() uint64 {
	return uint64(len(w.s.Requests)) + 8*w.n + 8
}

// strikes is how many events there are since faults strike again and again: each
// crash makes an actor learn again.
func (w *work) strikes() (events uint64) {
	for i := range w.s.Faults {
		f := &w.s.Faults[i]
		if f.Every == nil {
			continue
		}
		apart := max((int64(f.Every.TwiceMean())+int64(f.For.TwiceMean()))/2, 1)
		n := uint64(w.lasts(f) / apart)
		each := uint64(2)
		if !f.Crash.IsZero() {
			each = plus(each, times3(w.n, w.attempt(), 1))
		}
		events = plus(events, times3(n, each, 1))
	}
	return events
}

// times3 multiplies, and stops at the greatest number there is.
func times3(a, b, c uint64) uint64 {
	for _, x := range []uint64{b, c} {
		hi, lo := bits.Mul64(a, x)
		if hi != 0 {
			return 1<<64 - 1
		}
		a = lo
	}
	return a
}

func plus(a, b uint64) uint64 {
	if a+b < a {
		return 1<<64 - 1
	}
	return a + b
}
