package playhost

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// take clicks the line of the list of what may happen next that begins with a text.
func (p *player) take(begins string) {
	p.t.Helper()
	p.ready()
	list := text[[]string](p, "[...document.querySelectorAll('#next-body button')].map(b => b.firstChild.textContent)")
	for i, line := range list {
		if strings.HasPrefix(line, begins) {
			at := text[int](p, "paxsim.cursor()")
			text[bool](p, fmt.Sprintf("document.querySelectorAll('#next-body button')[%d].click() === undefined", i))
			p.Until(fmt.Sprintf("paxsim.cursor() > %d", at))
			p.ready()
			return
		}
	}
	p.t.Fatalf("nothing next begins with %q: %q", begins, list)
}

// TestBrowserLessons: each lesson can be done, and tells then what one should have seen.
func TestBrowserLessons(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	list := Lessons()
	url := served(t, view.Engine{Lessons: list})
	p.Open(url)
	p.ready()
	toEnd := func() { p.Press("End"); p.ready() }
	solutions := []func(){
		toEnd,
		func() { p.arrow(0, "Accept 1.1=1a from 1 to 2"); p.choose("lose Accept 1.1 to 2") },
		func() {
			for _, next := range []string{
				"a client asks actor 1", "Prepare 1.1 from 1 arrives at 1", "Prepare 1.1 from 1 arrives at 2", "Promise 1.1 from 1 arrives at 1", "Promise 1.1 from 2 arrives at 1",
				"Accept 1.1 from 1 arrives at 1", "Accept 1.1 from 1 arrives at 2", "a client asks actor 2", "Prepare 2.2 from 2 arrives at 2", "Prepare 2.2 from 2 arrives at 3",
			} {
				p.take(next)
			}
			p.Shoot("lesson-beat-it")
			p.click("#lesson-seen")
		},
		toEnd,
		func() {
			p.Shoot("lesson-forgotten")
			p.take("Accepted 2.2 from 1 arrives at 3")
			p.Press("a")
			p.choose("crash actor 3 after Accepted 2.2 from 1")
			p.take("actor 3 comes back")
			p.take("Accept 1.1 from 1 arrives at 3")
		},
		func() {
			for _, next := range []string{
				"Accept 2.2 from 2 arrives at 2", "Accept 1.1 from 1 arrives at 2", "Accept 2.2 from 2 arrives at 3", "a client asks actor 3", "Prepare 3.3 from 3 arrives at 1",
				"Prepare 3.3 from 3 arrives at 2", "Promise 3.3 from 1 arrives at 3", "Promise 3.3 from 2 arrives at 3", "Accept 3.3 from 3 arrives at 1", "Accept 3.3 from 3 arrives at 3",
			} {
				p.take(next)
			}
		},
	}
	const six = 6
	if len(solutions) != six || len(list) != six+1 || len(list[six].Mutants) < 25 {
		t.Fatalf("%d lessons", len(list))
	}
	for n, solve := range solutions {
		p.click("#lessons")
		p.click(fmt.Sprintf("#lesson-list li:nth-child(%d) button", n+1))
		p.Until(fmt.Sprintf("document.getElementById('lesson-name').textContent.startsWith('Lesson %d of %d')", n+1, len(list)))
		p.ready()
		if said := text[string](p, "document.getElementById('lesson-told').textContent"); said != "" {
			t.Errorf("lesson %d is done before it begins: %s", n+1, said)
		}
		solve()
		said := text[string](p, "document.getElementById('lesson-told').textContent")
		if !strings.Contains(said, list[n].Seen) {
			t.Errorf("lesson %d, %s: not done: %q", n+1, list[n].Name, said)
		}
		if n == 2 && !strings.Contains(said, "In 2.2 only x is safe") {
			t.Errorf("lesson 3 does not say what stopped the reader: %s", said)
		}
		if at := text[[]float64](p, "(() => { const [a, b] = ['.scroll', '.e.now .p, .e.now .star'].map(s => document.querySelector(s).getBoundingClientRect()); return [a.top, a.bottom, b.bottom]; })()"); at[2] < at[0] || at[2] > at[1] {
			t.Errorf("lesson %d: the chosen event is at %g, and the diagram from %g to %g", n+1, at[2], at[0], at[1])
		}
		p.Shoot(fmt.Sprintf("lesson-%d", n+1))
	}
	// Break it: the one that is chosen, in as few events as its story has.
	p.click("#lessons")
	text[bool](p, "(document.getElementById('bug').value = 'free-first-round') !== ''")
	p.click("#lesson-list li:nth-child(7) button")
	p.Until("document.getElementById('lesson-name').textContent.startsWith('Lesson 7 of 7') && !document.body.classList.contains('busy')")
	for _, next := range []string{"a client asks actor 1", "Accept 1.1 from 1 arrives at 1", "Accept 1.1 from 1 arrives at 2", "a client asks actor 3", "Accept 1.3 from 3 arrives at 2", "Accept 1.3 from 3 arrives at 3"} {
		p.take(next)
	}
	if said := text[string](p, "document.getElementById('lesson-told').textContent"); !strings.Contains(said, "It is free-first-round: ") || !strings.Contains(said, "You took 6 events; the shortest story known has 6.") {
		t.Errorf("broken: %q", said)
	}
	p.Shoot("break-it")
	// And one whose name is hidden: nothing on the page tells it.
	p.click("#lessons")
	text[bool](p, "(document.getElementById('bug').value = '') === ''")
	p.click("#lesson-list li:nth-child(7) button")
	p.Until("document.getElementById('lesson-told').textContent === '' && !document.body.classList.contains('busy')")
	p.ready()
	shown := text[string](p, "document.body.innerText")
	for _, m := range list[six].Mutants {
		if strings.Contains(shown, m.Name) {
			t.Errorf("the page tells %s", m.Name)
		}
	}
	p.Quiet(url)
}
