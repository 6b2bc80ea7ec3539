package playhost

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/sim/explain/play"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// TestBrowserStarting: while the engine starts the page says so, before any script of it
// has run; an engine that does not start is told and stays told; and a run that does not
// open leads to others.
func TestBrowserStarting(t *testing.T) {
	p := &player{chromium.New(t), t}
	p.Size(1400, 900, false)
	said := func() string { return text[string](p, "document.getElementById('starting').textContent") }
	page := func(e view.Engine) string {
		var b bytes.Buffer
		if err := view.WritePlay(&b, e); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), `<p id="starting" role="status">Starting the engine…</p>`) {
			t.Error("the page does not say that the engine starts")
		}
		name := filepath.Join(t.TempDir(), "play.html")
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return "file://" + name
	}
	for _, engine := range []view.Engine{
		{Wasm: []byte("this is no wasm"), Glue: "class Go {}"},
		{Wasm: []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0}, Glue: "class Go {}"},
		{Wasm: []byte("x"), Glue: "}"},
	} {
		p.Open(page(engine))
		p.Until("document.getElementById('starting').className === 'bad'")
		if s := said(); !strings.HasPrefix(s, "The engine does not start: ") || len(s) < 35 {
			t.Errorf("the page says %q", s)
		}
		p.Press("ArrowRight") // nothing is there to act on, and nothing fails
		p.Press("o")
	}
	p.Shoot("engine-broken")

	silent := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/do" {
			http.Error(w, "no", http.StatusTeapot)
			return
		}
		_ = view.WritePlay(w, view.Engine{Path: "do"})
	}))
	defer silent.Close()
	p.Open(silent.URL + "/")
	p.Until("document.getElementById('starting').className === 'bad'")
	if s := said(); !strings.Contains(s, "answers 418") {
		t.Errorf("the page says %q", s)
	}

	url := served(t, view.Engine{Opens: &play.Request{Do: "open", Scenario: "no-such-thing"}})
	p.Open(url)
	p.Until("document.getElementById('opener').open && !document.body.classList.contains('busy')")
	if s := said(); !strings.HasPrefix(s, `The run does not open: there is no scenario "no-such-thing"`) {
		t.Errorf("the page says %q", s)
	}
	p.Shoot("run-broken")
	text[bool](p, "(document.getElementById('opener-form').requestSubmit(), true)")
	p.ready()
	if !text[bool](p, "document.getElementById('starting').hidden && !document.getElementById('opener').open") {
		t.Error("another run does not open")
	}
}
