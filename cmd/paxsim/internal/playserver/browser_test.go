package playserver

import (
	"slices"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
)

// In a browser, if there is one: see .ci/browser.

// TestBrowserLoopback: the page that is served opens what it was called with, acts, and
// takes acts back. It asks at its own address alone, and complains of nothing. A page that
// is loaded again has a session of its own.
func TestBrowserLoopback(t *testing.T) {
	s := served(t)
	b := chromium.New(t)
	for range 2 {
		b.Open(s.Address())
		b.Until("document.body.classList.contains('ready')")
		list := chromium.Eval[[]string](b, `(async () => {
			const open = paxsim.standing(), moment = (await paxsim.ask({ do: 'moment', run: open.run, at: 20 })).moment;
			const act = (await paxsim.ask({ do: 'act', run: open.run, at: 20, act: { edit: 'crash 3' } })).state;
			const undone = (await paxsim.ask({ do: 'undo', run: open.run })).state;
			return [String(open.run), open.name + ', ' + open.base, open.digest, act.digest, undone.digest, String(moment.actors.length)];
		})()`)
		open, acted := list[2], list[3]
		if want := []string{"1", "lossy, seed 7", open, acted, open, "5"}; !slices.Equal(list, want) || open == acted {
			t.Errorf("%q", list)
		}
		b.Quiet("http://" + s.host + "/" + s.token + "/")
	}
}
