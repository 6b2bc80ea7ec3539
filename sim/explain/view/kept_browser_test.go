package view

import "testing"

// TestBrowserKept: what stays in the page from step to step is what a page that is drawn
// anew shows: to and fro, with one run and with two, and what its buttons do too.
func TestBrowserKept(t *testing.T) {
	c := browser(t)
	one, other := load(t, "literal-acks"), read(t, rough)
	for _, runs := range [][]*Recorder{
		{record(t, one, of(one, 1, 1, 0), nil, nil)},
		{record(t, other, of(other, 3, 1, 0), nil, nil)},
		{record(t, other, of(other, 3, 1, 0), nil, nil), record(t, other, of(other, 4, 1, 0), nil, nil)},
	} {
		var d *Difference
		if len(runs) > 1 {
			d = &Difference{A: 1, B: 1}
		}
		url := saved(t, write(t, runs, d))
		c.open(url)
		wrong := eval[[]string](c, `(() => {
			const parts = ['board-body', 'event-body', 'actors-body', 'one-body'].map(id => document.getElementById(id)), wrong = [];
			const shown = () => parts.map(p => p.closest('[hidden]') ? '' : p.innerHTML);
			for (let k = 0, at = 0; k < 60; k++) {
				at = (at * 7 + 13 * k) % paxsim.events();
				paxsim.go(at);
				const kept = shown();
				for (const p of parts) p.replaceChildren();
				paxsim.go(at);
				const drawn = shown();
				for (const n of kept.keys()) if (kept[n] !== drawn[n]) wrong.push(parts[n].id + ' at ' + paxsim.cursor() + ': ' + kept[n] + ' and drawn anew ' + drawn[n]);
				paxsim.go(at = (at + 1) % paxsim.events());
				const link = parts[1].querySelector('.link'), to = link && /\d+/.exec(link.textContent)[0];
				if (link) link.click();
				if (link && String(paxsim.cursor()) !== to) wrong.push('the link to event ' + to + ' leads to ' + paxsim.cursor());
			}
			return wrong;
		})()`)
		for _, s := range wrong {
			t.Errorf("%.600s", s)
		}
		c.quiet(url)
	}
}
