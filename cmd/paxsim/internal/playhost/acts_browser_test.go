package playhost

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// TestBrowserEdits: an actor is paused for a time, a link is cut, and what lasts is
// healed, all through the menus of actors.
func TestBrowserEdits(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	url := served(t, view.Engine{})
	p.Open(url + "#e=6")
	p.ready()
	calm := p.digest()
	p.click(".names [data-actor='3']")
	p.Shoot("menu-actor")
	p.pick("pause actor 3")
	p.Until("document.getElementById('menu-number')")
	text[bool](p, "(document.getElementById('menu-number').value = '5', document.querySelector('#menu form').requestSubmit(), true)")
	p.Until("paxsim.digest() !== '" + calm + "' && !document.body.classList.contains('busy')")
	p.ready()
	paused := p.digest()
	if n := text[int](p, "document.querySelectorAll('.pane .pause').length"); n != 1 {
		t.Errorf("%d actors are paused", n)
	}
	p.Shoot("paused")
	if said := text[string](p, "document.getElementById('chosen-body').textContent"); !strings.Contains(said, "pause") {
		t.Errorf("chosen: %s", said)
	}
	p.click(".names [data-actor='1']")
	p.pick("the link to another actor")
	p.Shoot("menu-links")
	p.pick("actor 2")
	p.Until("document.getElementById('menu-head').textContent.startsWith('Between actors 1 and 2')")
	p.Shoot("menu-link")
	p.pick("cut")
	if text[bool](p, "!!document.getElementById('menu-number')") {
		text[bool](p, "(document.querySelector('#menu form').requestSubmit(), true)")
	}
	p.Until("paxsim.digest() !== '" + paused + "' && !document.body.classList.contains('busy')")
	p.ready()
	p.Shoot("cut")
	for range 2 {
		p.click("#undo")
		p.ready()
	}
	if got := p.digest(); got != calm {
		t.Errorf("after two undos the digest is %s, was %s", got, calm)
	}
	p.Quiet(url)
}

// pick clicks the line of the open menu that begins with a text, which may lead on.
func (p *player) pick(begins string) {
	p.t.Helper()
	p.Until("!document.getElementById('menu').hidden && document.querySelector('#menu [role=menuitem]')")
	if !text[bool](p, fmt.Sprintf("(() => { const b = [...document.querySelectorAll('#menu [role=menuitem]')].find(b => b.firstChild.textContent.startsWith(%q)); if (b) b.click(); return !!b; })()", begins)) {
		p.t.Fatalf("the menu has no %q: %q", begins, text[[]string](p, "[...document.querySelectorAll('#menu [role=menuitem]')].map(b => b.firstChild.textContent)"))
	}
}

// TestBrowserWrite: a scenario that is written has its mistakes told with their places,
// and opens once it has none; seeds are tried, and a row opens its run.
func TestBrowserWrite(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	url := served(t, view.Engine{})
	p.Open(url)
	p.ready()
	p.Press("o")
	p.Until("document.getElementById('opener').open")
	write := func(s string) {
		text[bool](p, fmt.Sprintf("(() => { const a = document.getElementById('scenario-text'); a.value = %q; a.dispatchEvent(new Event('input')); return true; })()", s))
		text[bool](p, "(document.getElementById('opener-form').requestSubmit(), true)")
		p.Until("!document.body.classList.contains('busy')")
	}
	write("paxsim: 1\nactors: 3\nnetwrk: {loss: 5%}\nrequests: by-chance\n")
	p.Shoot("mistakes")
	said := text[string](p, "document.getElementById('mistakes').textContent")
	if !strings.Contains(said, "line 3, column 1") || !strings.Contains(said, "did you mean network?") {
		t.Errorf("mistakes: %s", said)
	}
	if at := text[int](p, "document.getElementById('scenario-text').selectionStart"); at != 20 {
		t.Errorf("the mistake is shown at %d", at)
	}
	write("paxsim: 1\nteaches: something\nactors: 3\nnetwork: {delay: 1ms..9ms, loss: 30%}\nrequests: by-chance\n")
	p.ready()
	if text[bool](p, "document.getElementById('opener').open") {
		t.Fatalf("the scenario does not open: %s", text[string](p, "document.getElementById('mistakes').textContent"))
	}
	if n := text[int](p, "document.querySelectorAll('.names button').length"); n != 3 {
		t.Errorf("%d actors", n)
	}
	p.Press("o")
	p.click("#try-seeds")
	p.Until("document.querySelectorAll('#seeds tbody tr').length === 12 && !document.body.classList.contains('busy')")
	p.Shoot("seeds")
	p.click("#seeds tbody tr:nth-child(7) button")
	p.Until("!document.getElementById('opener').open && !document.body.classList.contains('busy')")
	if base := text[string](p, "paxsim.standing().base"); base != "seed 7" {
		t.Errorf("the row opens %s", base)
	}
	p.Quiet(url)
}

// TestBrowserKeys: a message is lost, and the loss taken back, by the keyboard alone.
func TestBrowserKeys(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	url := served(t, view.Engine{Lessons: Lessons()})
	p.Open(url)
	p.ready()
	calm := p.digest()
	for range 13 {
		p.Press("ArrowRight")
	}
	p.ready()
	p.Press("Enter")
	p.Until("!document.getElementById('menu').hidden")
	focused := func() string { return text[string](p, "document.activeElement.textContent") }
	for n := 0; !strings.HasPrefix(focused(), "lose Accept 1.1 to 2"); n++ {
		if n > 30 {
			t.Fatal("no line of the menu loses the Accept")
		}
		p.Press("ArrowDown")
	}
	p.Press("Enter")
	p.Until("paxsim.digest() !== '" + calm + "'")
	p.ready()
	if said := text[string](p, "document.getElementById('live').textContent"); !strings.Contains(said, "Accept 1.1 to 2 is lost") {
		t.Errorf("a screen reader hears %q", said)
	}
	p.Press("Enter")
	p.Until("!document.getElementById('menu').hidden")
	p.Press("Escape")
	if !text[bool](p, "document.getElementById('menu').hidden") {
		t.Error("the menu does not close")
	}
	p.Press("u")
	p.Until("paxsim.digest() === '" + calm + "'")
	p.Quiet(url)
}
