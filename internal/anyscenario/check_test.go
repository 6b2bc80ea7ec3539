package anyscenario_test

import (
	"flag"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paxsim/paxsim/internal/anyscenario"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/tally"
)

var (
	howMany = flag.Uint64("scenarios", 0, "how many scenarios TestAnyScenario draws; 0: as many as take a few seconds")
	from    = flag.Uint64("from", 1, "the number of the first")
	some    = flag.Int("finds", 10, "how many finds are told of one kind")
)

// TestMain tells how many runs the tests made.
func TestMain(m *testing.M) { tally.Main(m) }

// TestAnyScenario holds that every sound scenario is explained: each run decides,
// or is stopped at a limit that its scenario states, or its plan had said that
// nothing is promised, of which there are few. More of them, and what they cover:
//
//	go test ./internal/anyscenario -run AnyScenario -scenarios 1000000 -timeout 0 -v
func TestAnyScenario(t *testing.T) {
	n := *howMany
	if n == 0 {
		n = gate.Of[uint64](1000, 3000)
	}
	begin := time.Now()
	all := check(*from, n)
	for _, why := range slices.Sorted(keys(all.faults)) {
		finds := all.faults[why]
		slices.SortFunc(finds, func(a, b find) int { return len(a.Text) - len(b.Text) })
		for _, f := range finds[:min(len(finds), *some)] {
			text, seed := reduced(f)
			e := anyscenario.Explain(text, seed)
			t.Errorf("%s (scenario %d, one of %d)\n%s\nthe same, smaller, seed %d:\n%s\n%s", why, f.Number, len(finds), f.Text, seed, text, e.Text)
		}
	}
	ran := all.came[anyscenario.Decided] + all.came[anyscenario.AtItsLimit] + all.came[anyscenario.NotPromised]
	if 20*all.came[anyscenario.NotPromised] > ran {
		t.Errorf("of %d scenarios nothing was promised in %d: expected fewer than 5 %%", ran, all.came[anyscenario.NotPromised])
	}
	if 4*all.came[anyscenario.Decided] < ran {
		t.Errorf("%d of %d scenarios decided: too few to show anything", all.came[anyscenario.Decided], ran)
	}
	if n >= 1_000_000 {
		for _, text := range all.cover.Missing() {
			t.Errorf("of the scenarios that ran: %s", text)
		}
	}
	if testing.Verbose() {
		fmt.Print(all.report())
		fmt.Printf("%.0f s\n", time.Since(begin).Seconds())
	}
}

type find struct {
	anyscenario.Scenario
	why string
}

// checked is what became of scenarios.
type checked struct {
	drawn   uint64
	came    [anyscenario.Fault + 1]uint64
	reasons [anyscenario.Fault + 1]map[string]uint64
	faults  map[string][]find
	cover   anyscenario.Coverage // of those that ran
	events  uint64
}

// check draws so many scenarios and runs them, on all processors.
func check(from, n uint64) *checked {
	const batch = 64
	var next atomic.Uint64
	var wait sync.WaitGroup
	parts := make([]checked, runtime.GOMAXPROCS(0))
	for i := range parts {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for {
				first := next.Add(batch) - batch
				if first >= n {
					return
				}
				for number := first; number < min(first+batch, n); number++ {
					parts[i].one(from + number)
				}
			}
		}()
	}
	wait.Wait()
	all := &checked{}
	for i := range parts {
		all.add(&parts[i])
	}
	return all
}

// one draws a scenario and runs it.
func (c *checked) one(number uint64) {
	s := anyscenario.Draw(number)
	e := anyscenario.Explain(s.Text, s.Seed)
	c.drawn++
	c.came[e.Came]++
	if c.reasons[e.Came] == nil {
		c.reasons[e.Came] = map[string]uint64{}
	}
	c.reasons[e.Came][e.Why]++
	if e.Came != anyscenario.TooMuch {
		tally.Run()
		c.cover.Add(&s)
		c.events += e.Outcome.Events
	}
	if e.Came == anyscenario.Fault {
		if c.faults == nil {
			c.faults = map[string][]find{}
		}
		c.faults[e.Why] = append(c.faults[e.Why], find{s, e.Why})
	}
}

func (c *checked) add(x *checked) {
	c.drawn += x.drawn
	c.events += x.events
	c.cover.Merge(&x.cover)
	for i := range x.came {
		c.came[i] += x.came[i]
		for why, n := range x.reasons[i] {
			if c.reasons[i] == nil {
				c.reasons[i] = map[string]uint64{}
			}
			c.reasons[i][why] += n
		}
	}
	for why, list := range x.faults {
		if c.faults == nil {
			c.faults = map[string][]find{}
		}
		c.faults[why] = append(c.faults[why], list...)
	}
}

// report is the table of what became of the scenarios.
func (c *checked) report() string {
	var b strings.Builder
	ran := c.drawn - c.came[anyscenario.TooMuch]
	fmt.Fprintf(&b, "%d scenarios drawn, %d rejected by the cap, %d run, %d events\n", c.drawn, c.came[anyscenario.TooMuch], ran, c.events)
	for _, x := range []struct {
		came anyscenario.Came
		text string
		of   uint64
	}{
		{anyscenario.TooMuch, "rejected by the cap", c.drawn},
		{anyscenario.Decided, "decided", ran},
		{anyscenario.AtItsLimit, "stopped at a limit that they state", ran},
		{anyscenario.NotPromised, "nothing promised", ran},
		{anyscenario.Fault, "unexplained", ran},
	} {
		fmt.Fprintf(&b, "%9d  %6.2f %%  %s\n", c.came[x.came], 100*float64(c.came[x.came])/float64(max(x.of, 1)), x.text)
		for _, why := range slices.Sorted(keys(c.reasons[x.came])) {
			if why != "" {
				fmt.Fprintf(&b, "%9d             %s\n", c.reasons[x.came][why], why)
			}
		}
	}
	return b.String() + c.cover.String()
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// reduced is the smallest scenario that is found to fail in the same way.
func reduced(f find) (text string, seed uint64) {
	tries, events := 0, uint64(0)
	seed = f.Seed
	fails := func(text string) bool {
		if tries++; tries > 3000 || events > 20_000_000 {
			return false
		}
		for _, s := range []uint64{seed, 1, 2, 3} {
			e := anyscenario.Explain(text, s)
			events += e.Outcome.Events
			if e.Came == anyscenario.Fault && e.Why == f.why {
				seed = s
				return true
			}
		}
		return false
	}
	return anyscenario.Reduce(f.Text, fails), seed
}
