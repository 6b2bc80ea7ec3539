package view

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestBrowserModules: the modules run as modules too, with what each imports and
// no more in sight. An import that is missing shows where its name is used, so
// every key is pressed.
func TestBrowserModules(t *testing.T) {
	c := browser(t)
	s := load(t, "literal-acks")
	page := write(t, []*Recorder{record(t, s, of(s, 1, 1, 0), nil, nil), record(t, s, of(s, 2, 1, 0), nil, nil)}, &Difference{A: 5, B: 5, Why: []string{"x"}})
	before, _, _ := strings.Cut(page, "<script>")
	head, policy, _ := strings.Cut(before, `<meta http-equiv="Content-Security-Policy"`)
	_, rest, _ := strings.Cut(policy, ">")
	asModules := head + rest + `<script type="module" src="main.js"></script></body></html>`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name, ok := strings.CutSuffix(strings.TrimPrefix(r.URL.Path, "/"), ".js"); ok {
			w.Header().Set("Content-Type", "text/javascript")
			w.Write([]byte(moduleText(name)))
			return
		}
		w.Write([]byte(asModules))
	}))
	defer server.Close()
	c.open(server.URL)
	for _, k := range []string{"g", "Escape", "Home", "ArrowRight", "j", "ArrowLeft", "ArrowDown", "ArrowUp", "PageDown", "PageUp", "End", "c", "d", "x", "v", "p", "p", "r", "t", " ", " ", "f", "Escape", "?", "Escape", "Escape"} {
		c.press(k)
	}
	if n := eval[int](c, "paxsim.events()"); n < 20 {
		t.Errorf("%d events", n)
	}
	if requests, errors := c.take(); len(errors) > 0 || len(requests) < len(modules)+1 {
		t.Errorf("%d requests, and the page complains: %q", len(requests), errors)
	}
}
