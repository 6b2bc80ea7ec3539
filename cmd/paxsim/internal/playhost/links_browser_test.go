package playhost

import (
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// TestBrowserLinks: a link is cut from the menu of an arrow, by a click between the lines
// of two actors, and by the keyboard alone.
func TestBrowserLinks(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	url := served(t, view.Engine{})
	p.Open(url + "#e=6")
	p.ready()
	calm := p.digest()
	took := func(what string) {
		t.Helper()
		p.Until("paxsim.digest() !== '" + calm + "' && !document.body.classList.contains('busy')")
		p.ready()
		if said := text[string](p, "document.getElementById('chosen-body').textContent"); !strings.Contains(said, what) {
			t.Errorf("chosen is %q, want %q", said, what)
		}
		p.Press("u")
		p.Until("paxsim.digest() === '" + calm + "' && !document.body.classList.contains('busy')")
		p.ready()
	}
	p.arrow(0, "Accept 1.1=1a from 1 to 2")
	p.Until("!document.getElementById('menu').hidden && document.querySelector('#menu [role=menuitem]')")
	p.Shoot("menu-arrow")
	p.pick("cut the link from 1 to 2, after event 6")
	took("cut 1 > 2")

	// Between two lines, where nothing else is near.
	spot := text[[]float64](p, `(() => {
		const pane = document.querySelector('.pane'), box = pane.querySelector('.scroll').getBoundingClientRect();
		const x = [2, 3].map(a => pane.querySelector(`+"`[data-actor='${a}']`"+`).getBoundingClientRect()).reduce((n, b) => n + (b.left + b.right) / 4, 0);
		for (let y = Math.min(box.bottom, pane.querySelector(".sheet").getBoundingClientRect().bottom) - 12; y > box.top + 40; y -= 4) {
			pane.querySelector('.sheet').dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: y, pointerType: 'mouse' }));
			if (pane.querySelector('.tip').textContent === 'the link between actors 2 and 3') return [x, y];
		}
		return [0, 0];
	})()`)
	if spot[0] == 0 {
		t.Fatal("nowhere between actors 2 and 3 the link is meant")
	}
	p.Point(spot[0], spot[1], true)
	p.pick("cut the link from 3 to 2")
	p.Until("document.getElementById('menu-number')")
	text[bool](p, "(document.getElementById('menu-number').value = '2.5', document.querySelector('#menu form').requestSubmit(), true)")
	took("cut 3 > 2 for 2.5 ms")

	// A click beside an open menu closes it, and no more.
	p.Point(spot[0], spot[1], true)
	p.Until("!document.getElementById('menu').hidden")
	p.Point(spot[0], spot[1]-1, true)
	if !text[bool](p, "document.getElementById('menu').hidden") {
		t.Error("a click beside the menu opens another")
	}

	// By keys, at an event where a message arrives.
	text[bool](p, "(document.querySelector('.scroll').focus(), true)")
	for n := 0; !text[bool](p, "(() => { const from = /from (actor .*) arrives/.exec(document.getElementById('event-body').textContent); return !!from && !document.getElementById('event-head').textContent.endsWith(from[1]); })()"); n++ {
		if n > 20 {
			t.Fatal("nothing arrives from another actor")
		}
		p.Press("ArrowRight")
	}
	p.ready()
	p.Press("Enter")
	to := func(begins string) {
		t.Helper()
		p.Until("!document.getElementById('menu').hidden && document.querySelector('#menu [role=menuitem]')")
		for n := 0; !strings.HasPrefix(text[string](p, "document.activeElement.textContent"), begins); n++ {
			if n > 30 {
				t.Fatalf("no line begins with %q", begins)
			}
			p.Press("ArrowDown")
		}
		p.Press("Enter")
	}
	to("the link between")
	p.Until("document.getElementById('menu-head').textContent.startsWith('Between actors')")
	to("hold up all messages from")
	p.Until("document.getElementById('menu-number')")
	p.Press("Enter")
	took("clog ")
	p.Quiet(url)
}
