package playwasm

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim/explain/play"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/trace"
)

// In a browser, if there is one: see .ci/browser.

// The most that an engine and a page may have, in bytes.
const (
	mostWasm = 2_700_000
	mostPage = 4_000_000
)

// paged is a page in a file with the engine that is built of a main package, and where
// the file is.
func paged(t *testing.T, main string, opens *play.Request) string {
	t.Helper()
	e, err := build(t.Context(), main)
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := view.WritePlay(&page, view.Engine{Wasm: e.Wasm, Glue: string(e.Exec), Opens: opens}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: the engine has %d bytes, the page %d", main, len(e.Wasm), page.Len())
	if page.Len() > mostPage {
		t.Errorf("the page may have %d bytes", mostPage)
	}
	if guest := main != "../.."; !guest && len(e.Wasm) > mostWasm { // a guest's protocol is made beside ours
		t.Errorf("the engine may have %d bytes", mostWasm)
	}
	name := filepath.Join(t.TempDir(), "play.html")
	if err := os.WriteFile(name, page.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return "file://" + name
}

// opened opens a page, and waits until its first run is there.
func opened(b *chromium.Browser, url string) {
	b.Open(url)
	b.Until("document.body.classList.contains('ready')")
}

// TestBrowserFile: the page in a file asks for nothing and complains of nothing, and its
// engine makes the runs that the command makes, to the digest: all scenarios of the
// library under 20 seeds. What is done in it is undone; a fork is another run; a run
// that is saved here is opened there, and the other way round.
func TestBrowserFile(t *testing.T) {
	b := chromium.New(t)
	url := paged(t, "../..", &play.Request{Do: "open", Scenario: "lossy", Seed: "7"})
	opened(b, url)
	if got, want := chromium.Eval[string](b, "paxsim.digest()"), digest(t, "lossy", 7); got != want {
		t.Errorf("the page opens with %s, want %s", got, want)
	}
	runs := 0
	for _, name := range scenarios.Names() {
		if name == "thousand-actors" {
			continue
		}
		got := chromium.Eval[[]string](b, fmt.Sprintf(`(async () => {
			const list = [];
			for (let seed = 0; seed < 20; seed++) {
				const { state } = await paxsim.ask({ do: 'open', scenario: %q, seed: String(seed) });
				list.push(state.digest);
				await paxsim.ask({ do: 'close', run: state.run });
			}
			return list;
		})()`, name))
		for seed, digestThere := range got {
			if want := digest(t, name, uint64(seed)); digestThere != want {
				t.Errorf("%s, seed %d: %s in the page, %s in the command", name, seed, digestThere, want)
			}
			runs++
		}
	}
	if want := 20 * (len(scenarios.Names()) - 1); runs != want {
		t.Errorf("%d runs, want %d", runs, want)
	}
	acts(t, b)
	b.Quiet(url, "blob:")
}

// digest is that of a run as the command makes it.
func digest(t *testing.T, name string, seed uint64) string {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	o, err := load.Of(s, trace.Base{Seed: seed}).Play()
	if err != nil {
		t.Fatal(err)
	}
	return trace.Hex(o.Digest)
}

// acts holds acts in a page against a run file that is played here.
func acts(t *testing.T, b *chromium.Browser) {
	t.Helper()
	list := chromium.Eval[[]string](b, `(async () => {
		const open = (await paxsim.ask({ do: 'open', scenario: 'literal-acks' })).state;
		const act = { do: 'act', run: open.run, at: 9, act: { name: 'lost Accept 1>2 #2', answer: 1 } };
		const lost = (await paxsim.ask(act)).state, fork = (await paxsim.ask({ do: 'fork', run: open.run })).state;
		const saved = (await paxsim.ask({ do: 'save', run: fork.run })).saved;
		const undone = (await paxsim.ask({ do: 'undo', run: open.run })).state;
		const again = (await paxsim.ask({ do: 'open', file: saved.text })).state;
		return [open.digest, lost.digest, fork.digest, saved.digest, undone.digest, again.digest, saved.text];
	})()`)
	open, lost := list[0], list[1]
	if want := []string{open, lost, lost, lost, open, lost}; !slices.Equal(list[:6], want) || open == lost {
		t.Errorf("opened, lost, forked, saved, undone, opened again: %q", list[:6])
	}
	r, err := load.Decode("saved", []byte(list[6]))
	if err != nil {
		t.Fatal(err)
	}
	if o, err := r.Play(); err != nil || trace.Hex(o.Digest) != lost {
		t.Errorf("%v: the file of the page plays as %x, want %s", err, o.Digest, lost)
	}
}

// TestBrowserGuest: the main of a guest is the engine of a page too, and has the guest's
// scenarios before those of paxsim.
func TestBrowserGuest(t *testing.T) {
	b := chromium.New(t)
	url := paged(t, "../../../../examples/register/cmd/register", nil)
	opened(b, url)
	if got := chromium.Eval[[]string](b, "(async () => { const l = (await paxsim.ask({ do: 'library' })).library; return [l.scenarios[0].protocol, l.first, l.scenarios[0].name]; })()"); got[0] != "register" || got[1] != got[2] {
		t.Errorf("the library begins with %q", got)
	}
	b.Quiet(url, "blob:")
}

// TestBrowserEngineEnds: an engine that is ended in the middle costs the page nothing: the
// next request begins another one.
func TestBrowserEngineEnds(t *testing.T) {
	b := chromium.New(t)
	url := paged(t, "../..", nil)
	opened(b, url)
	before := chromium.Eval[string](b, "paxsim.digest()")
	text := chromium.Eval[string](b, `(async () => {
		const slow = paxsim.ask({ do: 'open', scenario: 'eager-proposers', seed: '7' }).then(() => 'it was quick', e => e.message);
		setTimeout(() => document.getElementById('stop').click(), 1);
		return slow;
	})()`)
	if text != "stopped" && text != "it was quick" {
		t.Errorf("what was asked says %q", text)
	}
	b.Press("u") // whatever it does, it asks the engine
	b.Until("!document.body.classList.contains('busy')")
	if got := chromium.Eval[string](b, "paxsim.digest()"); got != before {
		t.Errorf("the run is %s, and was %s", got, before)
	}
	if said := chromium.Eval[string](b, "document.getElementById('toast').textContent"); strings.Contains(said, "does not start") {
		t.Error(said)
	}
}
