package playhost

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/paxsim/paxsim/internal/chromium"
)

// slow is how much slower than here the processor of a reader may be.
const slow = 4

// TestBrowserPlaySpeed holds what the page in a file costs, with a processor a quarter as
// fast. What is judged is the time that its threads had a processor: what else the
// machine is at does not move that. What the clock says beside it is only logged.
func TestBrowserPlaySpeed(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	url := filed(t)
	begin := p.Trace(func() { p.Open(url); p.ready() })
	t.Logf("opened: painted after %v of the page's thread; %s; by the clock, at full speed: painted after %.0f ms, ready after %.0f ms", begin.First.Round(time.Millisecond), told(begin), text[float64](p, "performance.getEntriesByName('first-contentful-paint')[0].startTime"), text[float64](p, "paxsim.readyAt()"))
	if slow*begin.First > time.Second || begin.First == 0 {
		t.Errorf("until it paints anything the page's thread uses %v", slow*begin.First)
	}
	// The page waits for the worker, and that for the code, which two threads at least compile.
	if ready := slow * (sum(begin) + begin.Worker + begin.Others/2); ready > 2*time.Second {
		t.Errorf("the page is ready after %v", ready)
	}
	for _, run := range []struct {
		what, open string
		events     int
		longest    time.Duration
	}{
		{"more than 1,000 events", "{ scenario: 'eager-proposers', seed: '7' }", 1000, 100 * time.Millisecond},
		{"9 actors", "{ scenario: 'lossy', seed: '7', set: ['actors=9'] }", 500, 100 * time.Millisecond},
		{"what a board shows most of", "{ scenario: 'minority-cut' }", 200, 100 * time.Millisecond},
		{"as many actors as there may be", "{ scenario: 'thousand-actors', set: ['actors=64'], seed: '3' }", 2000, 200 * time.Millisecond},
	} {
		text[bool](p, fmt.Sprintf("paxsim.open(%s).then(() => true)", run.open))
		p.ready()
		if n := text[int](p, "paxsim.events()"); n < run.events {
			t.Errorf("%s: the run has %d events", run.what, n)
		}
		most := 0
		steps := p.Trace(func() {
			for range 10 { // a busy machine takes its time for each
				most = max(most, text[int](p, `(async () => {
					let most = 0;
					for (let n = 0; n < 25; n++) {
						await new Promise(requestAnimationFrame);
						if (!paxsim.move(1)) paxsim.go(0);
						most = Math.max(most, paxsim.touched());
					}
					return most;
				})()`))
			}
		})
		t.Logf("%s: 250 steps: %s; a step touches up to %d elements", run.what, told(steps), most)
		// The longest of all may be one in which the system, and not the page, was at work.
		if longest := slow * steps.Page[2].CPU; longest > run.longest {
			t.Errorf("%s: the longest piece of a step takes %v on the page's thread", run.what, longest)
		}
		if each := slow * (sum(steps) + steps.Others) / 250; each > 2*run.longest {
			t.Errorf("%s: a step takes %v", run.what, each)
		}
	}
	speedOfActs(t, p)
}

// speedOfActs holds what an act on a run of about 300 events costs.
func speedOfActs(t *testing.T, p *player) {
	t.Helper()
	text[bool](p, "paxsim.open({ scenario: 'minority-cut', seed: '1' }).then(() => true)")
	p.ready()
	if n := text[int](p, "paxsim.events()"); n < 250 || n > 400 {
		t.Errorf("the run for acts has %d events", n)
	}
	text[bool](p, "(paxsim.go(paxsim.events() >> 1), true)")
	p.ready()
	text[bool](p, `(async () => {
		for (let event = paxsim.cursor(); !window.lose; event--) window.lose = (await paxsim.ask({ do: 'moment', run: paxsim.standing().run, at: paxsim.cursor(), event })).moment.acts.find(a => a.kind === 'lose');
		return true;
	})()`)
	best := time.Hour
	for range 3 { // the worker's code gets faster
		engine := p.Trace(func() {
			text[bool](p, "(async () => { const { name, answer } = window.lose, run = paxsim.standing().run; await paxsim.ask({ do: 'act', run, at: paxsim.cursor(), act: { name, answer } }); await paxsim.ask({ do: 'undo', run }); return true; })()")
		})
		clock := 0.0
		act := p.Trace(func() {
			clock = text[float64](p, "(async () => { const t = performance.now(); await paxsim.act(window.lose); return performance.now() - t; })()")
			p.ready()
		})
		t.Logf("an act on %d events: %s; of that the engine's about %v; by the clock, at full speed: %.0f ms", text[int](p, "paxsim.events()"), told(act), engine.Worker/2, clock)
		best = min(best, slow*(sum(act)+act.Worker)) // with what follows it: the moment, and the run file for the link
		p.click("#undo")
		p.ready()
	}
	if best > 300*time.Millisecond {
		t.Errorf("an act takes %v", best)
	}
}

// sum is what the page's own thread used.
func sum(x chromium.Traced) (all time.Duration) {
	for _, task := range x.Page {
		all += task.CPU
	}
	return all
}

// told says what was used, the longest piece first and with its parts.
func told(x chromium.Traced) string {
	slices.SortFunc(x.Page, func(a, b chromium.Task) int { return int(b.CPU - a.CPU) })
	parts := map[string]time.Duration{}
	for _, task := range x.Page {
		for name, used := range task.Parts {
			parts[name] += used.Round(10 * time.Microsecond)
		}
	}
	return fmt.Sprintf("the page's thread %v (%v), worker %v, others %v; the longest piece %v", sum(x).Round(time.Millisecond), parts, x.Worker.Round(time.Millisecond), x.Others.Round(time.Millisecond), x.Page[0].CPU.Round(10*time.Microsecond))
}
