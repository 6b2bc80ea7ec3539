package playhost

import (
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
)

// TestBrowserPlaySpeed logs how fast the page in a file is with a processor a quarter as
// fast. It has no bounds: what else the machine is at would move them.
func TestBrowserPlaySpeed(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	url := filed(t)
	p.Call("Emulation.setCPUThrottlingRate", map[string]any{"rate": 4}, nil)
	p.Open(url)
	p.ready()
	ready := text[float64](p, "paxsim.readyAt()")
	paint := text[float64](p, "performance.getEntriesByName('first-contentful-paint')[0].startTime")
	// A run of about 300 events, and an act in its middle.
	acts := text[[]float64](p, `(async () => {
		await paxsim.open({ scenario: 'minority-cut' });
		const n = paxsim.events(), times = [];
		for (let k = 0; k < 3; k++) {
			paxsim.go(n >> 1);
			const m = (await paxsim.ask({ do: 'moment', run: paxsim.standing().run, at: paxsim.cursor(), event: 7 })).moment;
			const t = performance.now();
			await paxsim.act(m.acts.find(a => a.kind === 'lose'));
			times.push(performance.now() - t);
			await paxsim.undo();
		}
		return [n, ...times];
	})()`)
	frames := text[[]float64](p, `(async () => {
		let worst = 0, last = performance.now(), n = 0;
		while (n < 300) {
			await new Promise(requestAnimationFrame);
			const now = performance.now();
			worst = Math.max(worst, now - last);
			last = now;
			if (!paxsim.move(1)) paxsim.go(0);
			n++;
		}
		return [worst, n];
	})()`)
	t.Logf("painted after %.0f ms, ready after %.0f ms; acts on %v events: %.0f ms; the longest of %v steps %.0f ms", paint, ready, acts[0], acts[1:], frames[1], frames[0])
	if acts[0] < 200 || len(acts) != 4 {
		t.Errorf("%v acts", acts)
	}
}
