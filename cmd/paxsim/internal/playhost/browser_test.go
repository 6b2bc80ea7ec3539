package playhost

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/sim/explain/play"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// In a browser, if there is one: see .ci/browser.

// served is a page of play over loopback, and its address.
func served(t *testing.T, e view.Engine) string {
	t.Helper()
	session := play.New(&Host{}, play.Usual)
	var one sync.Mutex
	e.Path = "do"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/do" {
			if err := view.WritePlay(w, e); err != nil {
				t.Error(err)
			}
			return
		}
		request, _ := io.ReadAll(r.Body)
		one.Lock()
		defer one.Unlock()
		w.Write(session.Do(context.Background(), request))
	}))
	t.Cleanup(server.Close)
	return server.URL + "/"
}

// player is a page of play in a browser.
type player struct {
	*chromium.Browser
	t *testing.T
}

func text[T any](p *player, expression string) T {
	p.t.Helper()
	return chromium.Eval[T](p.Browser, expression)
}

// ready waits until the page has a run, and its moment.
func (p *player) ready() {
	p.t.Helper()
	p.Until("document.body.classList.contains('ready') && !document.body.classList.contains('busy')")
	p.Until("!document.querySelector('#acts-body.stale')")
}

func (p *player) digest() string { p.t.Helper(); return text[string](p, "paxsim.digest()") }

// click clicks an element.
func (p *player) click(selector string) {
	p.t.Helper()
	if !text[bool](p, fmt.Sprintf("!!document.querySelector(%q)", selector)) {
		p.t.Fatalf("there is no %s", selector)
	}
	text[bool](p, fmt.Sprintf("document.querySelector(%q).click() === undefined", selector))
}

// choose clicks the line of the open menu that begins with a text.
func (p *player) choose(begins string) {
	p.t.Helper()
	p.Until("!document.getElementById('menu').hidden")
	list := text[[]string](p, "[...document.querySelectorAll('#menu [role=menuitem] span')].map(s => s.textContent)")
	for i, line := range list {
		if strings.HasPrefix(line, begins) {
			text[bool](p, fmt.Sprintf("document.querySelectorAll('#menu [role=menuitem]')[%d].click() === undefined", i))
			p.ready()
			return
		}
	}
	p.t.Fatalf("the menu has no %q: %q", begins, list)
}

// arrow clicks the arrow of a message, by what its tip says, in the diagram of a number.
func (p *player) arrow(pane int, says string) {
	p.t.Helper()
	text[bool](p, fmt.Sprintf("(document.querySelectorAll('.pane')[%d].querySelector('.scroll').focus(), true)", pane))
	spots := text[[][]float64](p, fmt.Sprintf(`(() => {
		const pane = document.querySelectorAll('.pane')[%d], box = pane.querySelector('.scroll').getBoundingClientRect(), o = pane.querySelector('.sheet').getBoundingClientRect();
		return [...pane.querySelectorAll('.m > path:first-child')].flatMap(p => [.3, .5, .8].map(f => { const a = p.getPointAtLength(p.getTotalLength() * f); return [o.left + a.x, o.top + a.y]; }))
			.filter(([x, y]) => y > box.top + 30 && y < box.bottom - 8 && x > box.left && x < box.right);
	})()`, pane))
	for _, at := range spots {
		p.Point(at[0], at[1], false)
		if strings.HasPrefix(text[string](p, fmt.Sprintf("[...document.querySelectorAll('.tip')].map(t => t.hidden ? '' : t.textContent)[%d]", pane)), says) {
			p.Point(at[0], at[1], true)
			return
		}
	}
	p.t.Fatalf("of %d arrows none is %q", len(spots), says)
}

// TestBrowserPlay: open, click an arrow to lose its message, see another outcome, undo,
// fork, share the link and open it.
func TestBrowserPlay(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	url := served(t, view.Engine{})
	p.Open(url)
	p.ready()
	p.Shoot("play")
	calm := p.digest()

	p.arrow(0, "Accept 1.1=1a from 1 to 2")
	p.Shoot("play-menu")
	p.choose("lose Accept 1.1 to 2")
	p.Shoot("play-lost")
	lost := p.digest()
	if lost == calm {
		t.Fatal("a message is lost, and the run is the same")
	}
	if n := text[int](p, "document.querySelectorAll('.m.lost').length"); n != 1 {
		t.Errorf("%d messages are lost", n)
	}
	if said := text[string](p, "document.getElementById('chosen-body').textContent"); !strings.Contains(said, "lost Accept 1>2") {
		t.Errorf("chosen: %s", said)
	}
	// Undo, by its key; and once more, where there is nothing left.
	p.Press("u")
	p.ready()
	if got := p.digest(); got != calm {
		t.Errorf("after undo the digest is %s, and was %s", got, calm)
	}
	if !text[bool](p, "document.getElementById('undo').disabled") {
		t.Error("there is something left to undo")
	}
	// Two futures.
	p.click("#fork")
	p.ready()
	if n := text[int](p, "paxsim.panes()"); n != 2 {
		t.Fatalf("%d runs after a fork", n)
	}
	p.arrow(1, "Accept 1.1=1a from 1 to 3")
	p.choose("lose Accept 1.1 to 3")
	p.Until("document.querySelectorAll('.part').length === 2")
	p.Shoot("play-fork")
	if said := text[string](p, "document.getElementById('summaries').textContent"); !strings.Contains(said, "They part at event ") || !strings.Contains(said, "Accept 1.1 to 3 is lost") {
		t.Errorf("where they part: %s", said)
	}
	other := p.digest()
	p.click("#fork")
	p.ready()
	if n := text[int](p, "paxsim.panes()"); n != 1 || p.digest() != other {
		t.Errorf("%d runs, digest %s, want the chosen one, %s", n, p.digest(), other)
	}
	// The link is the run.
	p.Until("paxsim.link()")
	text[bool](p, "new Promise(r => setTimeout(() => r(true), 400))")
	link := text[string](p, "location.href")
	if !strings.Contains(link, "run=") {
		t.Fatalf("the address is %s", link)
	}
	p.Open("about:blank")
	p.Open(link)
	p.ready()
	if got := p.digest(); got != other {
		t.Errorf("the link opens %s, want %s", got, other)
	}
	p.Open(url + "#run=nonsense")
	p.ready()
	if got := p.digest(); got != calm {
		t.Errorf("a damaged link opens %s", got)
	}
	p.Quiet(url)
}

// TestBrowserPhone: on a phone the board is on top, the diagram below it, a bar to act
// below that, and the state is one swipe away.
func TestBrowserPhone(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(390, 844, true)
	url := served(t, view.Engine{Lessons: Lessons()})
	p.Open(url)
	p.ready()
	p.Press("End")
	p.ready()
	for _, scheme := range []string{"light", "dark"} {
		p.Media(map[string]string{"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"})
		p.Shoot("phone-" + scheme)
	}
	box := func(id string) []float64 {
		return text[[]float64](p, fmt.Sprintf("(() => { const b = document.getElementById(%q).getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })()", id))
	}
	top, board, panes, bar, panel := box("playbar"), box("board"), box("panes"), box("actbar"), box("panel")
	if h := top[3] - top[1]; h != 56 || top[1] != 0 {
		t.Errorf("the bar is %v", top)
	}
	if board[1] < top[3] || panes[1] < board[3] || bar[1] < panes[3] || bar[3] > 844 || panes[3]-panes[1] < 280 {
		t.Errorf("bar %v, board %v, diagram %v, bar to act %v", top, board, panes, bar)
	}
	if panel[0] != 390 || panel[2] != 780 {
		t.Errorf("the state is at %v", panel)
	}
	if y := text[float64](p, "document.querySelector('.e.now .p, .e.now .star').getBoundingClientRect().top"); y < panes[1] || y > panes[3] {
		t.Errorf("the chosen event is at %g, and the diagram from %g to %g", y, panes[1], panes[3])
	}
	if wide := text[bool](p, "document.scrollingElement.scrollWidth > innerWidth || document.scrollingElement.scrollHeight > innerHeight"); wide {
		t.Error("the page itself scrolls")
	}
	p.click("#bar-state")
	p.Until("document.getElementById('panel').getBoundingClientRect().left === 0")
	p.Shoot("phone-state")
	p.click("#bar-state")
	p.Press("Home")
	for range 7 {
		p.click("#bar-next")
	}
	p.ready()
	p.click("#bar-act")
	p.Until("!document.getElementById('menu').hidden")
	p.Shoot("phone-menu")
	small := text[[]string](p, `[...document.querySelectorAll('#playbar button, #actbar button, #menu button')].filter(b => b.offsetHeight && b.offsetHeight < 44).map(b => b.textContent)`)
	if len(small) > 0 {
		t.Errorf("too small for a finger: %q", small)
	}
	before := p.digest()
	p.choose("lose ")
	if p.digest() == before {
		t.Error("nothing is lost")
	}
	p.click("#bar-undo")
	p.Until("paxsim.digest() === '" + before + "'")
	p.click("#lessons")
	p.click("#lesson-list li:nth-child(4) button")
	p.Until("!document.getElementById('lesson').hidden")
	p.ready()
	p.Press("End")
	p.Shoot("phone-lesson")
	p.Quiet(url)
}
