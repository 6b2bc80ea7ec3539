package campaign

import (
	"context"
	"errors"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/abilities"
	"github.com/paxsim/paxsim/sim/search"
)

// Islands is how many islands there are. Feedback learns from earlier runs. A run must not
// depend on which worker made those, so each island learns from its own runs, one after
// the other. The islands take the blocks of a hunt in turn.
const Islands = 64

// island is what feedback has learned in one of the parts of a hunt. It goes back
// to a state that it was in and goes on from there in another way (Ecoffet,
// Huizinga, Lehman, Stanley and Clune, "First return, then explore", Nature 590,
// 2021), in the states of [abilities.Abstracter].
type island struct {
	States []state `json:"states"`
	Ways   []way   `json:"ways"`

	at    map[uint64]int32 // by the number of a state, where it is in States
	turns []search.Turn    // scratch: those of the run under way
}

// state is an abstract state that the island was in.
type state struct {
	State uint64  `json:"state"`
	Seen  uint32  `json:"seen"`  // how often runs reached it
	Tries uint32  `json:"tries"` // how often it was gone back to
	Ways  []int32 `json:"ways"`  // a few that lead there, drawn from all that came
}

// way leads to a state: to where another way leads, and from there on under a seed.
type way struct {
	From int32  `json:"from"` // the other way; -1: none, the run began so
	Seed uint64 `json:"seed"` // of the run that went it
	At   uint64 `json:"at"`   // the event after which it was there
}

// What feedback is tuned by. What else was tried is in docs/hunt.md.
const (
	freshIn  = 4       // one of so many runs goes back to nothing
	ofStates = 8       // are drawn; it takes the one it went back to least
	ofWays   = 8       // are kept of a state
	maxWays  = 8 << 10 // of an island; then nothing is learned any more
)

// course is how a run is made.
type course struct {
	Draw
	from  int32         // the way of its island that it goes first; -1: none
	begin uint64        // the seed that it begins with
	turns []search.Turn // where it leaves that, and for which
}

// course says how the run of a seed is made. It is one of its own, unless feedback goes
// back to a state that another run reached.
func (x *hunter) course(seed uint64) course {
	c := course{Draw: x.Draw(seed), from: -1, begin: seed}
	switch c.Strategy {
	case Feedback:
		x.islandOf(seed).plan(x.Hunt, &c)
	case "pct":
		c.Budget.Events = x.lengths[c.Variant]
	}
	return c
}

// plan makes a run one that goes back to a state, or leaves it a fresh one.
func (l *island) plan(h *Hunt, c *course) {
	dice := drawing{seed: scheduler.NewSeed(c.Seed ^ 0x151a4d)}
	if len(l.States) == 0 || dice.below(freshIn) == 0 {
		return
	}
	least := &l.States[dice.below(uint32(len(l.States)))]
	for range ofStates - 1 {
		if s := &l.States[dice.below(uint32(len(l.States)))]; s.Tries < least.Tries {
			least = s
		}
	}
	least.Tries++
	l.back(h, c, least.Ways[dice.below(uint32(len(least.Ways)))])
}

// back makes a run one that goes a way first. It is of the variant and has the
// budget of the run with which the way begins.
func (l *island) back(h *Hunt, c *course, to int32) {
	c.from = to
	w := &l.Ways[to]
	c.turns = append(l.turns[:0], search.Turn{After: w.At, Seed: c.Seed})
	for w.From >= 0 {
		from := &l.Ways[w.From]
		c.turns = append(c.turns, search.Turn{After: from.At, Seed: w.Seed})
		w = from
	}
	slices.Reverse(c.turns)
	l.turns = c.turns
	c.begin = w.Seed
	first := h.Draw(c.begin)
	c.Variant, c.Budget = first.Variant, first.Budget
}

// watch makes a run that has begun go on to its end, and notes the states that it reaches.
// Its error is that of ctx.
func (l *island) watch(ctx context.Context, w sim.Runner, c *course) error {
	back := uint64(0)
	if c.from >= 0 {
		back = l.Ways[c.from].At
	}
	before := uint64(0)
	for n := uint64(1); ; n++ {
		more := w.Step()
		if n > back {
			if s := w.(abilities.Abstracter).Abstract(); s != before {
				before = s
				l.reached(s, way{From: c.from, Seed: c.Seed, At: n})
			}
		}
		if !more {
			return nil
		}
		if n%lookEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
	}
}

// reached notes that a way has led to a state. Of all ways that ever did, each is
// as likely to be kept.
func (l *island) reached(number uint64, w way) {
	i, known := l.at[number]
	if !known {
		if l.at == nil {
			l.at = map[uint64]int32{}
		}
		if len(l.Ways) == maxWays {
			return
		}
		i = int32(len(l.States))
		l.at[number] = i
		l.States = append(l.States, state{State: number})
	}
	s := &l.States[i]
	s.Seen++
	switch dice := (drawing{seed: scheduler.NewSeed(w.Seed ^ w.At<<32)}); {
	case len(l.Ways) == maxWays:
		return
	case len(s.Ways) < ofWays:
		s.Ways = append(s.Ways, int32(len(l.Ways)))
	case dice.below(s.Seen) < ofWays:
		s.Ways[dice.below(ofWays)] = int32(len(l.Ways))
	default:
		return
	}
	l.Ways = append(l.Ways, w)
}

// index finds the states of an island that was read.
func (l *island) index() error {
	if len(l.States) > maxWays || len(l.Ways) > maxWays {
		return errors.New("an island has more states or ways than one may have")
	}
	l.at = map[uint64]int32{}
	for i := range l.States {
		if n := len(l.States[i].Ways); n < 1 || n > ofWays {
			return errors.New("a state has too few ways, or too many")
		}
		l.at[l.States[i].State] = int32(i)
		for _, w := range l.States[i].Ways {
			if w < 0 || int(w) >= len(l.Ways) {
				return errors.New("a state has a way that is not there")
			}
		}
	}
	for i, w := range l.Ways {
		if w.From < -1 || w.From >= int32(i) {
			return errors.New("a way begins with none that came before")
		}
	}
	return nil
}
