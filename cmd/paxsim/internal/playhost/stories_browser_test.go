package playhost

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// events notes the names of the events of a run.
type events struct {
	words *sim.Vocabulary
	names []string
}

func (e *events) Observe(x observe.Entry) {
	if x.What.IsEvent() {
		e.names = append(e.names, e.words.EventText(x.EventKey()))
	}
}

// clicks is what is done in the page to play a story: each event is taken from the list,
// and what chance answers otherwise than calmly is chosen in the menu of the event.
const clicks = `(async () => {
	const names = %s, answers = new Map(Object.entries(%s)), $ = id => document.getElementById(id);
	const until = async (is, why) => { for (let k = 0; k < 400; k++) { const x = is(); if (x) return x; await new Promise(r => setTimeout(r, 15)); } throw new Error(why); };
	const rest = () => !document.body.classList.contains('busy') && !document.querySelector('#acts-body.stale');
	for (const name of names) {
		await until(rest, 'no rest before ' + name);
		const at = paxsim.cursor(), find = () => rest() && [...document.querySelectorAll('#next-body button')].find(b => b.lastChild.textContent === name || name.endsWith(' #0') && b.lastChild.textContent.startsWith(name.slice(0, -1)));
		(await until(find, 'nothing next is ' + name + ': ' + $('next-body').textContent)).click();
		await until(() => paxsim.cursor() > at && rest(), 'not taken: ' + name + ': ' + $('toast').textContent);
		if (!answers.size) continue;
		document.querySelector('.scroll').dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
		await until(() => !$('menu').hidden, 'no menu');
		const line = [...document.querySelectorAll('#menu [role=menuitem]')].find(b => b.lastChild.localName === 'small' && answers.has(b.lastChild.textContent) && !b.classList.contains('chosen'));
		if (!line) { document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })); $('menu').hidden = true; continue; }
		answers.delete(line.lastChild.textContent);
		const before = paxsim.digest();
		line.click();
		const form = document.querySelector('#menu form');
		if (form && !$('menu').hidden) form.requestSubmit();
		await until(() => paxsim.digest() !== before && rest(), 'the answer changes nothing: ' + line.textContent);
	}
	return paxsim.standing().broke + ' ' + paxsim.standing().broke_at + ' ' + [...answers.keys()].join();
})()`

// TestBrowserStories: each mutant that can split agreement is split in the page, by the
// clicks that its story asks for.
func TestBrowserStories(t *testing.T) {
	files, err := filepath.Glob("../../../../testdata/stories/*.agreement.story.yaml")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d stories: %v", len(files), err)
	}
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	url := served(t, view.Engine{})
	p.Open(url)
	p.ready()
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		st, err := scenarios.ReadStory(name, string(data))
		if err != nil {
			t.Fatal(err)
		}
		seen := &events{words: st.Scenario.Protocol.Vocabulary()}
		played, err := st.Story().Play(t.Context(), seen)
		if err != nil {
			t.Fatal(err)
		}
		s := *st.Scenario
		s.Scenario = *played.Scenario
		s.Teaches, s.Invariants = "a story", []string{"agreement"}
		names := slices.DeleteFunc(seen.names, func(n string) bool { return len(n) > 4 && n[:4] == "boot" })
		list, _ := json.Marshal(names)
		answers, _ := json.Marshal(played.File("").Answers)
		opens, _ := json.Marshal(map[string]string{"text": scenarios.Text(&s), "engine": trace.Searched})
		if said := text[string](p, fmt.Sprintf("paxsim.open(%s).then(() => { paxsim.go(%d); return ''; }, x => x.message)", opens, s.Actors-1)); said != "" {
			t.Errorf("%s: %s", filepath.Base(name), said)
			continue
		}
		got := text[string](p, fmt.Sprintf(clicks+".catch(x => x.message)", list, answers))
		if want := fmt.Sprintf("agreement %d ", played.Outcome.Violation.Event); got != want {
			t.Errorf("%s: %q, want %q", filepath.Base(name), got, want)
		}
	}
	p.Quiet(url)
}
