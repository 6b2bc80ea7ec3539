package view

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scheduler"
)

// In a browser, if there is one: see .ci/browser.

// saved writes a page into a file, and is its address.
func saved(t *testing.T, page string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(name, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	return "file://" + name
}

// quiet holds that the page asked for nothing but itself, and complained of
// nothing.
func (c *page) quiet(url string) {
	c.t.Helper()
	requests, errors := c.take()
	for _, r := range requests {
		if own, _, _ := strings.Cut(r, "#"); own != url && r != "data:," {
			c.t.Errorf("the page asks for %s", r)
		}
	}
	if len(errors) > 0 {
		c.t.Errorf("the page complains: %q", errors)
	}
}

func TestBrowserSteps(t *testing.T) {
	c := browser(t)
	s := read(t, rough)
	url := saved(t, write(t, []*Recorder{record(t, s, of(s, 3, 1, 0), nil, nil)}, nil))
	c.open(url)
	c.shoot("guide")
	if !eval[bool](c, "!document.getElementById('caption').hidden") {
		t.Error("the first view has no guide")
	}
	c.press("Escape")
	if eval[bool](c, "!document.getElementById('caption').hidden") {
		t.Error("the guide does not close")
	}
	// Each step tells another event and state.
	c.press("Home")
	seen := map[string]bool{}
	for range 25 {
		seen[eval[string](c, "document.getElementById('event').textContent + document.getElementById('actors').textContent")] = true
		c.press("ArrowRight")
	}
	if at := eval[int](c, "paxsim.cursor()"); len(seen) != 25 || at != 26 {
		t.Errorf("25 steps, %d states, and then event %d", len(seen), at)
	}
	live := eval[string](c, "document.getElementById('live').textContent")
	if !strings.HasPrefix(live, "Event 26, ") {
		t.Errorf("the live region says %q", live)
	}
	if hash := eval[string](c, "new Promise(r => setTimeout(() => r(location.hash), 300)).then(x => x)"); hash != "#e=26" {
		t.Errorf("the address ends in %s", hash)
	}
	// A promise shows where it is made, and on the disk only once that is done.
	states := eval[string](c, "document.getElementById('actors-body').textContent")
	if !strings.Contains(states, "1.1") {
		t.Errorf("no promise in the states: %s", states)
	}
	eval[bool](c, `document.querySelector('.e[data-i="9"]').dispatchEvent(new MouseEvent('click', { bubbles: true }))`)
	if at := eval[int](c, "paxsim.cursor()"); at != 10 {
		t.Errorf("a click on event 10 goes to event %d", at)
	}
	for _, k := range []string{"ArrowLeft", "ArrowDown", "ArrowUp", "PageDown", "PageUp", "End", "c", "d", "x", "p", "p", "t", "g", "Escape", "f", "Escape"} {
		c.press(k)
	}
	c.press("p")
	c.shoot("causes")
	faded := eval[int](c, "[...document.querySelectorAll('.e:not(.in)')].filter(e => getComputedStyle(e).opacity < 1).length")
	if faded == 0 {
		t.Error("nothing fades beside the causal past")
	}
	c.press("?")
	if !eval[bool](c, "document.getElementById('help').open") {
		t.Error("? shows no keys")
	}
	c.shoot("help")
	c.press("Escape")
	// The filters fade what does not match, and steps pass over it.
	eval[bool](c, `(() => { const s = document.getElementById('by-kind'); s.value = '2'; s.dispatchEvent(new Event('change')); document.activeElement.blur(); return true; })()`)
	c.press("Home")
	for range 8 {
		c.press("ArrowRight")
		if text := eval[string](c, "document.getElementById('event').textContent"); !strings.Contains(text, "Promise") {
			t.Errorf("a step to %q, though only promises are asked for", text)
		}
	}
	c.shoot("filter")
	c.quiet(url)
}

// TestBrowserCaptions: a caption belongs to its event. It is shown there, and
// nowhere else, however the reader gets there or leaves; the guide goes on from
// where the reader is.
func TestBrowserCaptions(t *testing.T) {
	c := browser(t)
	s := load(t, "literal-acks")
	r := record(t, s, of(s, 1, 1, 0), nil, nil)
	list := r.captions()
	url := saved(t, write(t, []*Recorder{r}, nil))
	c.open(url)
	text := func() string { return eval[string](c, "document.getElementById('caption-text').textContent") }
	hidden := func() bool { return eval[bool](c, "document.getElementById('caption').hidden") }
	at := func() uint64 { return eval[uint64](c, "paxsim.cursor()") }
	of := func(event uint64) (texts []string) {
		for _, x := range list {
			if x.event == event {
				texts = append(texts, x.text)
			}
		}
		return texts
	}
	if text() != list[0].text || at() != list[0].event || !strings.HasPrefix(text(), "This is Paxos broken on purpose") {
		t.Errorf("the first caption is %q, at event %d", text(), at())
	}
	c.shoot("caption-broken")
	// The button leads through them, each at its event.
	for _, x := range list {
		if hidden() || text() != x.text || at() != x.event {
			t.Errorf("at event %d: %q; want, at event %d: %q", at(), text(), x.event, x.text)
		}
		eval[bool](c, "document.getElementById('caption-next').click() === undefined")
	}
	if !hidden() {
		t.Error("the guide does not end after its last caption")
	}
	// By hand: at every event its own caption, or none.
	c.press("g")
	c.press("Home")
	with, without := 0, 0
	for n := range len(r.events) {
		now := text()
		switch texts := of(at()); {
		case slices.Contains(texts, now):
			with++
		case len(texts) > 0:
			t.Errorf("event %d: %q is shown, and not its own caption", at(), now)
		case !strings.HasPrefix(now, "The guide says nothing about this event. It goes on at event ") && !strings.HasPrefix(now, "The guide says nothing about this event. It ended at event "):
			t.Errorf("event %d, which has no caption: %q", at(), now)
		default:
			if without++; without == 1 {
				c.shoot("caption-none")
			}
		}
		if n == 12 { // back and on again, through the buttons
			here := at()
			eval[bool](c, "document.getElementById('caption-back').click() === undefined")
			if e := at(); e >= here || !slices.Contains(of(e), text()) {
				t.Errorf("back from event %d leads to event %d: %q", here, e, text())
			}
			for at() < here {
				c.press("ArrowRight")
			}
		}
		c.press("ArrowRight")
	}
	if with < 5 || without < 5 {
		t.Errorf("%d events with a caption and %d without: nothing was shown", with, without)
	}
	for _, key := range []string{"Home", "End", "PageUp", "c", "d", "v", "x"} {
		c.press(key)
		if now, texts := text(), of(at()); !slices.Contains(texts, now) && !strings.HasPrefix(now, "The guide says nothing") || len(texts) > 0 && !slices.Contains(texts, now) {
			t.Errorf("%s leads to event %d, where the caption is %q", key, at(), now)
		}
	}
	eval[bool](c, "(location.hash = '#e=3') !== ''")
	if texts := of(3); text() != "" && !slices.Contains(texts, text()) && !strings.HasPrefix(text(), "The guide says nothing") {
		t.Errorf("an address leads to event 3, and the caption is %q", text())
	}
	c.press("Escape")
	if !hidden() {
		t.Error("the guide does not close")
	}
	c.press("ArrowRight")
	if !hidden() {
		t.Error("the guide opens by itself")
	}
	c.quiet(url)
}

func TestBrowserDeepLink(t *testing.T) {
	c := browser(t)
	s := load(t, "lossy")
	url := saved(t, write(t, []*Recorder{record(t, s, of(s, 7, 1, 0), nil, nil)}, nil))
	for _, e := range []int{42, 1, 60} {
		c.open(fmt.Sprintf("%s#e=%d", url, e))
		if at := eval[int](c, "paxsim.cursor()"); at != e {
			t.Errorf("#e=%d shows event %d", e, at)
		}
		if head := eval[string](c, "document.getElementById('event-head').textContent"); !strings.HasPrefix(head, fmt.Sprintf("Event %d ", e)) {
			t.Errorf("#e=%d: %s", e, head)
		}
		y := eval[float64](c, "document.querySelector('.e.now').getBoundingClientRect().top")
		if y < 100 || y > 1000 {
			t.Errorf("#e=%d: the event stands at %g, where nobody sees it", e, y)
		}
	}
	// The address keeps what is shown, and gives it back.
	c.open(url + "#e=20")
	eval[bool](c, `(() => { const s = document.getElementById('by-kind'); s.value = '2'; s.dispatchEvent(new Event('change')); return true; })()`)
	eval[bool](c, `document.querySelector('.names [data-actor="3"]').click() === undefined`)
	c.press("p")
	kept := eval[string](c, "new Promise(r => setTimeout(() => r(location.hash), 300)).then(x => x)")
	if kept != "#e=20&actor=3&past=1&by-kind=Promise" {
		t.Errorf("the address is %s", kept)
	}
	c.open(url + kept)
	if got := eval[string](c, "[document.getElementById('by-kind').value, document.getElementById('past').getAttribute('aria-pressed'), document.getElementById('one-head').textContent, paxsim.cursor()].join()"); got != "2,true,Actor 3 (kept in view),20" {
		t.Errorf("the link shows %s", got)
	}
	c.open(url + "#e=4&actor=99&by-kind=Nothing&by-round=77.7&by-actor=x")
	if got := eval[string](c, "[document.getElementById('by-kind').value, document.getElementById('by-round').value, document.getElementById('by-actor').value].join()"); got != ",," {
		t.Errorf("filters that there are not: %s", got)
	}
	c.open(url + "#e=nonsense<script>")
	c.open(url + "#e=999999999")
	c.quiet(url)
}

// TestBrowserHostile: what a value is called becomes text in the page.
func TestBrowserHostile(t *testing.T) {
	c := browser(t)
	s := read(t, strings.Replace(rough, "alert(1)", "window.harm=1", 1))
	s.Name = "<img src=x onerror=harm=1>\u202e"
	url := saved(t, write(t, []*Recorder{record(t, s, of(s, 3, 1, 0), nil, nil)}, nil))
	c.open(url)
	shown := eval[int](c, `(() => {
		let n = 0;
		for (let i = 0; i < paxsim.events(); i++) { paxsim.go(i); if (document.getElementById('panel').textContent.includes('</script><script>window.harm=1</script>')) n++; }
		return n;
	})()`)
	if shown < 10 {
		t.Errorf("the value is shown at %d events", shown)
	}
	if eval[bool](c, "'harm' in window || document.images.length > 0 || document.scripts.length != 2") {
		t.Error("a name did harm")
	}
	c.quiet(url)
	// What asks for more than the page may is refused, and would be noticed here.
	eval[string](c, "fetch('http://127.0.0.1:9/').then(() => 'done', () => 'refused')")
	eval[bool](c, "document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:9/' })) === undefined")
	if requests, errors := c.take(); len(errors) < 2 {
		t.Errorf("asking for more goes unnoticed: %q, %q", requests, errors)
	}
}

// The bounds on what a page of any size draws and touches.
const (
	svgMost     = 3000 // elements of a diagram; LIMIT of diagram.js
	touchedMost = 1200 // elements made, removed or changed by a step to the next event
	pageMost    = 4500 // elements of the whole page
)

// TestBrowserBounds: however large the run, a diagram has few elements and a step
// touches few.
func TestBrowserBounds(t *testing.T) {
	c := browser(t)
	for _, x := range []struct {
		name string
		set  []string
	}{
		{"lossy", []string{"actors=21"}},
		{"lossy", []string{"actors=5", "network.loss=75%"}},
		{"thousand-actors", nil},
	} {
		s := load(t, x.name, x.set...)
		r := record(t, s, of(s, 1, 1, 4400), nil, nil)
		if len(r.events) < 4400 {
			t.Fatalf("%s: only %d events", x.name, len(r.events))
		}
		url := saved(t, write(t, []*Recorder{r}, nil))
		c.open(url)
		loaded := eval[float64](c, "Math.round(performance.getEntriesByType('navigation')[0].domComplete)")
		if limit := eval[int](c, "paxsim.limit"); limit != svgMost {
			t.Errorf("diagram.js says %d", limit)
		}
		steps := eval[[]float64](c, `(() => {
			let drawn = 0, touched = 0, page = 0, far = 0, time = 0, n = 0;
			const look = () => { drawn = Math.max(drawn, paxsim.drawn()); page = Math.max(page, paxsim.elements()); };
			for (let i = 0; i < paxsim.events(); i += 97) {
				paxsim.go(i);
				far = Math.max(far, paxsim.touched());
				look();
				const t = performance.now();
				for (let k = 0; k < 5; k++) { paxsim.move(1); touched = Math.max(touched, paxsim.touched()); n++; }
				time += performance.now() - t;
				look();
			}
			return [drawn, touched, page, far, time / n];
		})()`)
		c.press("p")
		c.shoot("large-" + x.name + "-" + strings.Join(x.set, "-"))
		t.Logf("%s %v: %d events, loaded in %.0f ms, a step %.1f ms; at most %g SVG elements, %g touched by a step and %g by a leap, %g in the page",
			x.name, x.set, len(r.events), loaded, steps[4], steps[0], steps[1], steps[3], steps[2])
		if steps[0] > svgMost || steps[1] > touchedMost || steps[2] > pageMost || steps[0] < 100 || steps[1] < 5 {
			t.Errorf("%s %v: drawn, touched, page: %v", x.name, x.set, steps[:3])
		}
		if left := eval[int](c, "paxsim.events()"); left != 4400 {
			t.Errorf("%d events", left)
		}
		c.quiet(url)
	}
}

// TestBrowserTwo: two runs stand side by side, and where they part is marked.
func TestBrowserTwo(t *testing.T) {
	c := browser(t)
	s := load(t, "lossy")
	a := record(t, s, of(s, 7, 1, 0), nil, nil)
	const choice, at = "lost Prepare 5>1 #2", 40 // the message that is lost in the one run and not in the other
	k, err := s.Protocol.Vocabulary().ParseKey(choice)
	if err != nil {
		t.Fatal(err)
	}
	b := record(t, s, of(s, 7, 1, 0), &scheduler.Edited{Answers: map[scheduler.Key]uint32{k: 0}}, nil)
	d := &Difference{A: at, B: at, Why: []string{fmt.Sprintf("caused by the choice %s, during event %d: A answers 1, B 0", choice, at)}}
	url := saved(t, write(t, []*Recorder{a, b}, d))
	c.open(url)
	if at := eval[int](c, "paxsim.cursor()"); at != int(d.A) {
		t.Errorf("opens at event %d, and they part at %d", at, d.A)
	}
	if n := eval[int](c, "document.querySelectorAll('.pane').length * 10 + document.querySelectorAll('.part').length"); n != 22 {
		t.Errorf("panes and marks: %d", n)
	}
	if text := eval[string](c, "document.getElementById('summaries').textContent"); !strings.Contains(text, fmt.Sprintf("They part at event %d. Caused by the choice %s, during event %d: A answers 1, B 0.", at, choice, at)) {
		t.Errorf("said: %s", text)
	}
	c.press("Home")
	for range 30 {
		c.press("ArrowRight")
	}
	if at := eval[string](c, "[...document.querySelectorAll('.e.now')].map(e => e.dataset.i).join()"); at != "30,30" {
		t.Errorf("before the runs part both panes are to be at event 31: %s", at)
	}
	c.open(url)
	others, alike := 0, 0
	for i := range 40 {
		c.press("ArrowRight")
		if now := eval[[]string](c, "[...document.querySelectorAll('.e.now')].map(e => e.querySelector('text').textContent + e.querySelector('text').getAttribute('x'))"); len(now) == 2 && now[0] == now[1] {
			alike++
		}
		if n := eval[int](c, "document.querySelectorAll('td .other').length"); n > 0 && others == 0 {
			c.shoot("two")
			others = i
		}
	}
	if alike < 20 {
		t.Errorf("after the runs have parted both panes are at the same event only %d times of 40", alike)
	}
	if others == 0 {
		t.Error("in 40 events the states never differ, or nothing says so")
	}
	c.press("r")
	if head := eval[string](c, "document.getElementById('event-head').textContent"); !strings.HasPrefix(head, "B: ") {
		t.Errorf("r shows %s", head)
	}
	c.quiet(url)
}

// TestBrowserReaders: what a screen reader needs is there: names of controls,
// heads of tables, a live region, a diagram that can be focused.
func TestBrowserReaders(t *testing.T) {
	c := browser(t)
	s := load(t, "literal-acks")
	url := saved(t, write(t, []*Recorder{record(t, s, of(s, 1, 1, 0), nil, nil)}, nil))
	c.open(url + "#e=31")
	nameless := eval[[]string](c, `[...document.querySelectorAll('button,select,input,[role=group],section[aria-label],aside')].filter(e =>
		!(e.getAttribute('aria-label') || e.labels && e.labels.length || e.textContent.trim())).map(e => e.outerHTML.slice(0, 80))`)
	if len(nameless) > 0 {
		t.Errorf("without a name: %q", nameless)
	}
	if n := eval[int](c, "document.querySelectorAll('#panel th:not([scope])').length"); n > 0 {
		t.Errorf("%d heads of tables without a scope", n)
	}
	if !eval[bool](c, "document.querySelector('[role=status][aria-live=polite]') && document.querySelector('.scroll').tabIndex === 0 && document.documentElement.lang === 'en'") {
		t.Error("no live region, or no diagram to focus, or no language")
	}
	if said := eval[string](c, "document.getElementById('invariants').textContent"); !strings.Contains(said, "✗ agreement") || !strings.Contains(said, "event 31") {
		t.Errorf("the invariants: %s", said)
	}
	// In contrast: text on its ground, both ways.
	for _, theme := range []string{"light", "dark"} {
		c.open(url + "#e=31&theme=" + theme)
		low := eval[[]string](c, `(() => {
			const lum = c => { const [r, g, b] = c.match(/[\d.]+/g).map(x => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
			const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)|transparent/.test(c)) return c; } return 'rgb(255,255,255)'; };
			return [...document.querySelectorAll('p,td,th,h1,h2,li,button,summary,label,.sheet text')].filter(e => e.textContent.trim() && e.getClientRects().length && !e.disabled).map(e => {
				const s = getComputedStyle(e), a = lum(e instanceof SVGElement ? s.fill : s.color), b = lum(ground(e.closest('.scroll') || e) === 'x' ? '' : ground(e instanceof SVGElement ? e.closest('.scroll') : e));
				return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), e.textContent.slice(0, 30)];
			}).filter(x => x[0] < 4.5).map(String);
		})()`)
		if len(low) > 0 {
			t.Errorf("%s: too little contrast: %q", theme, low)
		}
		c.shoot("violated-" + theme)
	}
	c.quiet(url)
}

// TestBrowserDiffers: where a rule is broken the two sides of a comparison say what
// differs, in the diagram and in the panel.
func TestBrowserDiffers(t *testing.T) {
	c := browser(t)
	s, sound := load(t, "literal-acks"), load(t, "literal-acks", "paxos.adopt=true")
	a, b := record(t, s, of(s, 1, 1, 0), nil, nil), record(t, sound, of(sound, 1, 1, 0), nil, nil)
	url := saved(t, write(t, []*Recorder{a, b}, &Difference{A: 24, B: 24, Why: []string{"the scenarios differ"}}))
	c.open(url + "#e=27")
	labels := func(n int) string {
		return eval[string](c, fmt.Sprintf("[...document.querySelectorAll('.pane')[%d].querySelectorAll('.e text')].map(e => e.textContent).join(' ')", n))
	}
	if a, b := labels(0), labels(1); !strings.Contains(a, "Promise 2.2 (nothing accepted)") || !strings.Contains(b, "Promise 2.2 (accepted 1.1=x)") {
		t.Errorf("the promises look alike:\n%s\n%s", a, b)
	}
	for range 6 {
		c.press("ArrowRight")
	}
	c.press("ArrowLeft")
	c.open(url + "#e=28")
	body := eval[string](c, "document.getElementById('event-body').textContent")
	if !strings.Contains(body, "(nothing accepted)") || !strings.Contains(body, "(accepted 1.1=x)") || !strings.Contains(body, "≠ B: Event 28") {
		t.Errorf("the panel: %s", body)
	}
	c.shoot("differs")
	c.quiet(url)
}

// TestBrowserArrows: the arrow that a pointer means is lit and told, and a click leads
// to its arrival, near its tail to its sending.
func TestBrowserArrows(t *testing.T) {
	c := browser(t)
	s := load(t, "lossy")
	url := saved(t, write(t, []*Recorder{record(t, s, of(s, 7, 1, 0), nil, nil)}, nil))
	c.open(url + "#e=5")
	// A point on an arrow of a delivery between two actors, so far along it.
	on := func(along float64) []float64 {
		return eval[[]float64](c, fmt.Sprintf(`(() => {
			const box = document.querySelector('.scroll').getBoundingClientRect();
			for (const m of document.querySelectorAll('.m.arrived')) {
				const p = m.querySelector('path'), b = p.getBoundingClientRect();
				if (b.width < 100 || b.top < box.top + 60 || b.bottom > box.bottom - 20 || b.left < box.left || b.right > box.right) continue;
				const at = p.getPointAtLength(p.getTotalLength() * %g), o = document.querySelector('.sheet').getBoundingClientRect();
				return [o.left + at.x, o.top + at.y + 3];
			}
			return [];
		})()`, along))
	}
	move := func(p []float64, click bool) { c.Point(p[0], p[1], click) }
	middle, tail := on(0.75), on(0.12)
	move(middle, false)
	if n := eval[int](c, "document.querySelectorAll('.m.lit').length"); n != 1 {
		t.Fatalf("%d arrows are lit", n)
	}
	said := eval[string](c, "document.querySelector('.tip').textContent")
	if !strings.Contains(said, " from ") || eval[bool](c, "document.querySelector('.tip').hidden") {
		t.Errorf("the arrow is told as %q", said)
	}
	c.shoot("arrow-lit")
	move(middle, true)
	arrival := eval[string](c, "document.getElementById('event').textContent")
	kind, _, _ := strings.Cut(said, " ")
	if !strings.Contains(arrival, " arrives") || !strings.Contains(arrival, kind) {
		t.Errorf("a click on %q leads to %s", said, arrival)
	}
	move(tail, true)
	if sending := eval[string](c, "document.getElementById('event').textContent"); !strings.Contains(sending, "sends "+kind) {
		t.Errorf("a click on the tail of %q leads to %s", said, sending)
	}
	c.quiet(url)
}

// TestBrowserSearched: nothing takes time in a searched run, so no time is told.
func TestBrowserSearched(t *testing.T) {
	c := browser(t)
	url := saved(t, write(t, []*Recorder{searchedRun(t)}, nil))
	c.open(url + "#e=12")
	all := ""
	for range 12 {
		all += eval[string](c, "document.body.innerText")
		c.press("ArrowRight")
	}
	if at := regexp.MustCompile(`\d ms|\d s\b`).FindString(all); at != "" {
		t.Errorf("the page tells a time: %q", at)
	}
	if clock := eval[string](c, "[...document.querySelectorAll('.sheet .time')].map(e => e.textContent).join()"); !strings.Contains(clock, "14,15,16") {
		t.Errorf("the rows bear %s", clock)
	}
	c.shoot("searched")
	c.quiet(url)
}

// TestBrowserRounds: the filter lists the rounds in their order, by the protocol's word,
// and fades what is of others; the events that a violation speaks of are ringed and a
// button leads to each.
func TestBrowserRounds(t *testing.T) {
	c := browser(t)
	s := load(t, "literal-acks")
	url := saved(t, write(t, []*Recorder{record(t, s, of(s, 1, 1, 0), nil, nil)}, nil))
	c.open(url + "#e=31")
	list := eval[string](c, "document.getElementById('rounds').textContent.trim() + ': ' + [...document.getElementById('by-round').options].map(o => o.value).join(' ')")
	if !strings.HasPrefix(list, "ballot") || !strings.HasSuffix(list, ":  1.1 2.2") {
		t.Errorf("the filter: %q", list)
	}
	if n := eval[int](c, "document.querySelectorAll('.pane .e .spoken').length"); n != 1 {
		t.Errorf("%d events are ringed", n)
	}
	lead := "[...document.querySelectorAll('#invariants button')].find(b => b.textContent === 'event 12')"
	if !eval[bool](c, "!!"+lead) || !strings.Contains(eval[string](c, "document.getElementById('invariants').textContent"), "See also event 12.") {
		t.Fatalf("nothing leads to event 12: %q", eval[string](c, "document.getElementById('invariants').textContent"))
	}
	eval[bool](c, lead+".click() === undefined")
	if at := eval[int](c, "paxsim.cursor()"); at != 12 {
		t.Errorf("it leads to event %d", at)
	}
	c.shoot("events-of-a-violation")
	faded := func() int { return eval[int](c, "document.querySelectorAll('.pane .m.dim').length") }
	if faded() != 0 {
		t.Error("arrows are faded before")
	}
	all := eval[int](c, "document.querySelectorAll('.pane .m').length")
	eval[bool](c, "(() => { const f = document.getElementById('by-round'); f.value = '2.2'; f.dispatchEvent(new Event('change')); return true; })()")
	if n := faded(); n == 0 || n >= all {
		t.Errorf("of %d arrows %d are faded", all, n)
	}
	c.quiet(url)
}

// TestBrowserAxe: axe-core finds nothing in a page, if it is there: see
// [chromium.Browser.Axe].
func TestBrowserAxe(t *testing.T) {
	c := browser(t)
	s, sound := load(t, "literal-acks"), load(t, "literal-acks", "paxos.adopt=true")
	a, b := record(t, s, of(s, 1, 1, 0), nil, nil), record(t, sound, of(sound, 1, 1, 0), nil, nil)
	for name, page := range map[string]string{"one": write(t, []*Recorder{a}, nil), "two": write(t, []*Recorder{a, b}, &Difference{A: 24, B: 24, Why: []string{"the scenarios differ"}})} {
		url := saved(t, page)
		for _, scheme := range []string{"light", "dark"} {
			c.Media(map[string]string{"prefers-color-scheme": scheme})
			for _, size := range [][2]int{{1400, 900}, {390, 844}} {
				c.Size(size[0], size[1], size[0] < 700)
				c.open(url + "#e=29")
				c.Axe(fmt.Sprint(name, " ", scheme, " ", size))
				c.shoot(fmt.Sprint("view-", name, "-", scheme, "-", size[0]))
			}
		}
		c.press("?")
		c.Axe(name + ", help")
	}
}
