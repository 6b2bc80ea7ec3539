package playhost

import (
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// TestBrowserPlayAxe: axe-core finds nothing in the states that a page of play comes to,
// if it is there: see [chromium.Browser.Axe].
func TestBrowserPlayAxe(t *testing.T) {
	p := &player{chromium.New(t), t}
	url := served(t, view.Engine{Lessons: Lessons()})
	for _, scheme := range []string{"light", "dark"} {
		p.Media(map[string]string{"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"})
		for _, size := range [][2]int{{1400, 900}, {390, 844}} {
			what := scheme
			if size[0] < 700 {
				what += ", phone"
			}
			p.Size(size[0], size[1], size[0] < 700)
			p.Open("about:blank")
			p.Open(url)
			p.ready()
			p.Axe(what)
			p.click("#lessons")
			p.Axe(what + ", lessons")
			p.click("#lesson-list li:nth-child(4) button")
			p.Until("!document.getElementById('lesson').hidden")
			p.ready()
			p.Press("End")
			p.ready()
			p.Axe(what + ", a lesson that is done")
			p.Press("a")
			p.Until("!document.getElementById('menu').hidden")
			p.Axe(what + ", menu")
			p.Press("Escape")
			p.click("#fork")
			p.Until("paxsim.panes() === 2 && !document.body.classList.contains('busy')")
			p.ready()
			p.Axe(what + ", two futures")
			p.click("#open-run")
			p.Axe(what + ", opener")
			p.Shoot("opener-" + what)
		}
	}
}
