package chance_test

import (
	"fmt"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/chance"
)

// asked is one question that a source was asked.
type asked struct {
	key              scheduler.Key
	outcomes, seeded uint32
}

// source notes what it is asked, and answers by a function; nil: as the seed does.
type source struct {
	list   []asked
	answer func(outcomes uint32) uint32
}

func (s *source) Answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	s.list = append(s.list, asked{k, outcomes, seeded})
	if s.answer != nil {
		return s.answer(outcomes)
	}
	return seeded
}

// coin falls on true one time in 4.
const coin = scheduler.Coin(1 << 30)

// questions are the ways to ask a door, each with how many outcomes it has.
var questions = []struct {
	name     string
	outcomes uint32
	ask      func(d *chance.Door, k scheduler.Key) uint32
}{
	{"pick 1", 1, func(d *chance.Door, k scheduler.Key) uint32 { return d.Pick(k, 1) }},
	{"pick 2", 2, func(d *chance.Door, k scheduler.Key) uint32 { return d.Pick(k, 2) }},
	{"pick 7", 7, func(d *chance.Door, k scheduler.Key) uint32 { return d.Pick(k, 7) }},
	{"choose 1", 1, func(d *chance.Door, k scheduler.Key) uint32 { return d.Choose(k, scheduler.Uniform(1)) }},
	{"choose 5", 5, func(d *chance.Door, k scheduler.Key) uint32 { return d.Choose(k, scheduler.Uniform(5)) }},
	{"flip", 2, func(d *chance.Door, k scheduler.Key) uint32 {
		if d.Flip(k, coin) {
			return 1
		}
		return 0
	}},
}

// TestSourceIsAsked: a source is asked once for each choice of 2 outcomes or more, by
// its name, and told what the seed would answer. A choice of one outcome asks nothing.
func TestSourceIsAsked(t *testing.T) {
	for _, q := range questions {
		differ := false
		for n := range uint32(100) {
			k := scheduler.MakeKey(chance.Victim, 0, 1, 2, n)
			plain := chance.Door{Seed: scheduler.NewSeed(4)}
			seeded := q.ask(&plain, k)
			differ = differ || seeded != 0
			src := &source{}
			door := chance.Door{Seed: scheduler.NewSeed(4), Source: src}
			if got := q.ask(&door, k); got != seeded || got >= q.outcomes {
				t.Fatalf("%s: %d with a source that agrees, want %d of %d", q.name, got, seeded, q.outcomes)
			}
			want := fmt.Sprint([]asked{{k, q.outcomes, seeded}})
			if q.outcomes < 2 {
				want = "[]"
			}
			if got := fmt.Sprint(src.list); got != want {
				t.Fatalf("%s: the source is asked %s, want %s", q.name, got, want)
			}
			src.answer = func(outcomes uint32) uint32 { return outcomes - 1 }
			if got := q.ask(&door, k); got != q.outcomes-1 {
				t.Fatalf("%s: %d, and the source says %d", q.name, got, q.outcomes-1)
			}
		}
		if q.outcomes > 1 && !differ {
			t.Errorf("%s: the seed says 0 in every case: this tries too little", q.name)
		}
	}
}

// TestAnswerOutOfRange: a source that answers with an outcome that there is not is a
// bug of the source. The panic names the choice, the answer and the range.
func TestAnswerOutOfRange(t *testing.T) {
	for _, q := range questions[1:] {
		if q.outcomes < 2 {
			continue
		}
		func() {
			defer func() {
				want := fmt.Sprintf("sim: choice 50.0 3>2 #9 answered %d of 0..%d", q.outcomes, q.outcomes-1)
				if got := recover(); got != want {
					t.Errorf("%s: the panic is %v, want %s", q.name, got, want)
				}
			}()
			d := chance.Door{Source: &source{answer: func(outcomes uint32) uint32 { return outcomes }}}
			t.Errorf("%s: %d", q.name, q.ask(&d, scheduler.MakeKey(50, 0, 3, 2, 9)))
		}()
	}
}

// TestSeededAnswersAreFair: over many names the seed gives each outcome its share,
// within 4 standard errors.
func TestSeededAnswersAreFair(t *testing.T) {
	const n = 40_000
	for _, q := range questions {
		counts := make([]int, q.outcomes)
		d := chance.Door{Seed: scheduler.NewSeed(7)}
		for i := range uint32(n) {
			counts[q.ask(&d, scheduler.MakeKey(chance.Pick, 0, uint16(i%50), 0, i))]++
		}
		for outcome, got := range counts {
			p := 1 / float64(q.outcomes)
			if q.name == "flip" {
				p = [...]float64{0.75, 0.25}[outcome]
			}
			if off := float64(got) - n*p; off*off > 16*n*p*(1-p) {
				t.Errorf("%s: outcome %d comes %d times of %d", q.name, outcome, got, n)
			}
		}
	}
}
