package paxos_test

import (
	"flag"
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
)

var update = flag.Bool("update", false, "rewrite the tables of docs/liveness.md")

const (
	enough  = -9  // a sound run may miss its limit with a probability of 10 to this
	spells  = 120 // of which limits.time: auto is made
	leg     = 100 // mean delay of a message, in ticks
	farther = 60  // mean idle spells that are looked at
)

// TestLivenessPage holds the tables of docs/liveness.md: what the sum comes to,
// and what was measured. By the latter no sound run misses its limit more often
// than the page says.
func TestLivenessPage(t *testing.T) {
	const file = "../../docs/liveness.md"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]string{"sum": sumTable(), "tail": tailTable(t)}
	made := regexp.MustCompile(`(?s)(<!-- made by go test ./actors/paxos -run Liveness -update: (\w+) -->\n).*?(<!-- end of \w+ -->)`)
	used := 0
	want := made.ReplaceAllStringFunc(string(page), func(part string) string {
		m := made.FindStringSubmatch(part)
		used++
		return m[1] + tables[m[2]] + m[3]
	})
	if used != len(tables) {
		t.Errorf("the page has %d tables of %d", used, len(tables))
	}
	if want == string(page) {
		return
	}
	if !*update {
		t.Fatalf("docs/liveness.md is not what comes out: go test ./actors/paxos -run Liveness -update rewrites it. It should be:\n%s", want)
	}
	if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// sums are what docs/liveness.md derives for one actor with a request among n,
// a delay of d for every message and no time for saves.
type sums struct {
	spell, limit float64 // in ticks, counted from the calm
	p            float64 // that an attempt is left alone
	miss         float64 // the limit, as a power of ten; at most
	factor       float64 // in place of that, with which it would be enough
}

func sumFor(n int, d float64) sums {
	others := float64(n - 1)
	x := 1 / (2 * d * others)
	s := sums{spell: 1 / x, p: math.Pow(1-x, (3*d+1)*others)}
	unit := max(32*d, s.spell) // the back-off cap or the spell
	s.limit = spells * unit
	// theta solves (1-p) e^(7d theta) / (1 - theta/x) = 1; both sides are 1-p at
	// 0, and the left one rises.
	low, high := 0.0, x
	for range 200 {
		theta := (low + high) / 2
		if (1-s.p)*math.Exp(7*d*theta) < 1-theta/x {
			low = theta
		} else {
			high = theta
		}
	}
	first := math.Log(1/(1-s.p))*2 + low*20*d // the storm's rest and two attempts that are not counted
	s.miss = (first - low*s.limit) / math.Ln10
	s.factor = (first - enough*math.Ln10) / low / unit
	return s
}

func sumTable() string {
	var b strings.Builder
	b.WriteString("| N | mean idle spell | limit, in spells | an attempt is left alone | misses the limit, at most | factor for 1e-9 |\n|---|---|---|---|---|---|\n")
	for _, n := range []int{2, 3, 5, 9, 13, 15, 17, 19, 25, 33, 65, 257, 1001} {
		s := sumFor(n, leg)
		fmt.Fprintf(&b, "| %d | %.0f d | %.0f | %.3f | %s | %.0f |\n", n, s.spell/leg, s.limit/s.spell, s.p, power(s.miss), math.Ceil(s.factor))
	}
	first, last, worst, s := 0, 0, 2, sumFor(2, leg)
	for n := 2; n <= 2000; n++ { // from there on it only goes down
		at := sumFor(n, leg)
		if at.miss > enough {
			if first == 0 {
				first = n
			}
			last = n
		}
		if at.miss > s.miss {
			worst, s = n, at
		}
	}
	if first != 0 {
		fmt.Fprintf(&b, "\n**From %d to %d actors the sum does not reach 1e-9.** It is worst for %d: %s. A factor of %.0f in place of %d would do for all.\n",
			first, last, worst, power(s.miss), math.Ceil(s.factor), spells)
		return b.String()
	}
	fmt.Fprintf(&b, "\nUp to 2,000 actors it is worst for %d: %s. A factor of %.0f in place of %d would do for all.\n", worst, power(s.miss), math.Ceil(s.factor), spells)
	return b.String()
}

// power writes a power of ten.
func power(exponent float64) string {
	if exponent < -99 {
		return "below 1e-99"
	}
	whole := math.Floor(exponent)
	return fmt.Sprintf("%.1fe%.0f", math.Pow(10, exponent-whole), whole)
}

// TestSumIsAboutTheSettings holds that the sum has the spell and the limit that
// the settings have.
func TestSumIsAboutTheSettings(t *testing.T) {
	for _, n := range []int{2, 5, 17, 65} {
		s := stormFor(tail{n: n, most: leg, least: leg})
		want := sumFor(n, leg)
		plan, problems := s.Protocol.Resolve(s)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		if got := float64(plan.TimeLimit - s.Until); math.Abs(got/want.limit-1) > .01 { // a round limit has a tick more
			t.Errorf("N = %d: the limit is %.0f ticks after the calm, in the sum %.0f", n, got, want.limit)
		}
		if text := fmt.Sprintf("1/%.0f", want.spell); plan.Lines[0].Text != text {
			t.Errorf("N = %d: x is %s, in the sum %s", n, plan.Lines[0].Text, text)
		}
	}
}

// tail is a world in which nothing gets through at first and then all does.
type tail struct {
	who         string
	n           int
	least, most sim.Time
	all         bool // have a request, each its own
	runs        uint64
}

func (c tail) spell() sim.Time { return (c.least + c.most) * sim.Time(c.n-1) }

func stormFor(c tail) *sim.Scenario {
	s := &sim.Scenario{Name: "tail", Tick: 100_000, Actors: c.n, Protocol: paxos.Protocol(), Invariants: []string{},
		Network: weather.Network{DelayMin: c.least, DelayMax: c.most, Loss: scheduler.Certain}, Until: 8*c.most + 2*c.spell()}
	if c.all {
		s.ByChance = true
	} else {
		s.Requests = []sim.ScriptedRequest{{Actor: 1}}
	}
	return s
}

// tailTable measures how long a decision takes after the calm.
func tailTable(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("| who has a request | delay | N | runs | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | a spell more | limit, in spells | misses the limit, about |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, c := range []tail{
		{"one", 2, leg, leg, false, 10_000}, {"one", 3, leg, leg, false, 10_000}, {"one", 5, leg, leg, false, 10_000},
		{"one", 9, leg, leg, false, 5_000}, {"one", 17, leg, leg, false, 2_000}, {"one", 33, leg, leg, false, 1_000},
		{"one", 2, 1, 2*leg - 1, false, 10_000}, {"one", 3, 1, 2*leg - 1, false, 10_000}, {"one", 17, 1, 2*leg - 1, false, 2_000},
		{"all", 2, leg, leg, true, 10_000}, {"all", 3, leg, leg, true, 10_000}, {"all", 5, leg, leg, true, 10_000},
		{"all", 2, 1, 2*leg - 1, true, 10_000}, {"all", 3, 1, 2*leg - 1, true, 10_000}, {"all", 5, 1, 2*leg - 1, true, 10_000},
	} {
		later, limit := measure(t, c)
		from := 3 // spells after which the tail is a tail
		for from > 0 && later[from] < 30 {
			from--
		}
		at, above := 0.0, 0.0
		for k := from; k < farther; k++ {
			at += later[k]
			if k > from {
				above += later[k]
			}
		}
		decay := above / at
		most := decay + 2*math.Sqrt(decay)*(1-decay)/math.Sqrt(later[from]) // two standard errors up
		miss := math.Log10(later[from]/float64(c.runs)) + (limit-float64(from))*math.Log10(most)
		if miss > enough {
			t.Errorf("%+v: misses its limit with about %s", c, power(miss))
		}
		model := "always d"
		if c.least < c.most {
			model = "uniform, 0 to 2d"
		}
		fmt.Fprintf(&b, "| %s | %s | %d | %d |", c.who, model, c.n, c.runs)
		for k := 1; k <= 8; k++ {
			fmt.Fprintf(&b, " %.2f%% |", 100*later[k]/float64(c.runs))
		}
		fmt.Fprintf(&b, " × %.2f | %.0f | %s |\n", decay, limit, power(miss))
	}
	return b.String()
}

// measure counts the runs that need more than so many mean idle spells from the
// calm to the decision. limit is how many a run has.
func measure(t *testing.T, c tail) (later [farther]float64, limit float64) {
	t.Helper()
	s := stormFor(c)
	plan, _ := s.Protocol.Resolve(s)
	r := newRunner(t, s)
	for seed := range c.runs {
		r.Reset(seed+1, nil)
		tally.Run()
		o := r.Run()
		if o.Verdict != observe.VerdictDecided {
			t.Fatalf("%+v, seed %d: %v", c, seed+1, o.Verdict)
		}
		for k := range later {
			if o.DecideTime-s.Until > sim.Time(k)*c.spell() {
				later[k]++
			}
		}
	}
	return later, float64(plan.TimeLimit-s.Until) / float64(c.spell())
}
