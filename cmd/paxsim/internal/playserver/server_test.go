package playserver

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/explain/play"
)

// served is a server that serves as long as the test.
func served(t *testing.T) *Server {
	t.Helper()
	s, err := Listen(&play.Request{Do: "open", Scenario: "lossy", Seed: "7"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan error)
	go func() { over <- s.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-over; err != nil {
			t.Error(err)
		}
	})
	return s
}

// page opens the page, and is where it asks.
func page(t *testing.T, s *Server) (path, text string, head http.Header) {
	t.Helper()
	status, text, head := ask(t, s, "", "", func(r *http.Request) {
		r.Method, r.Body, r.ContentLength = http.MethodGet, nil, 0
		r.Header = http.Header{"Sec-Fetch-Site": {"none"}}
	})
	m := regexp.MustCompile(`"path":"(do/[0-9a-f]{32})"`).FindStringSubmatch(text)
	if status != 200 || m == nil {
		t.Fatalf("%d %s", status, text)
	}
	return m[1], text, head
}

// ask sends a request as a page does, but for what change does to it.
func ask(t *testing.T, s *Server, path, body string, change func(*http.Request)) (status int, text string, head http.Header) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.Address()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", "http://"+r.Host)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if change != nil {
		change(r)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(b), answer.Header
}

// TestServes: the page is there, and its requests are answered, each session for itself.
func TestServes(t *testing.T) {
	s := served(t)
	path, text, head := page(t, s)
	if !strings.HasPrefix(text, "<!DOCTYPE html>") || !strings.Contains(text, `"opens":{"do":"open","scenario":"lossy","seed":"7"}`) || head.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%v\n%s", head, text)
	}
	for name, want := range map[string]string{"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store"} {
		if head.Get(name) != want {
			t.Errorf("%s: %q", name, head.Get(name))
		}
	}
	if policy := head.Get("Content-Security-Policy"); policy != "frame-ancestors 'none'" || !strings.Contains(text, `content="default-src 'none'; script-src 'sha256-`) || strings.Contains(text, "unsafe-eval") {
		t.Error(policy)
	}
	_, text, _ = ask(t, s, path, `{"do":"library"}`, nil)
	var r play.Reply
	if err := json.Unmarshal([]byte(text), &r); err != nil || r.Library == nil || r.Library.First != "happy-path" {
		t.Errorf("%v: %s", err, text)
	}
	open := `{"do":"open","scenario":"lossy"}`
	other, _, _ := page(t, s)
	for _, path := range []string{path, other} {
		if _, text, _ := ask(t, s, path, open, nil); !strings.Contains(text, `"run":1,`) {
			t.Error(text)
		}
	}
	for range mostSessions { // then those two are the ones that were not used
		page(t, s)
	}
	if status, text, _ := ask(t, s, path, open, nil); status != 410 || !strings.Contains(text, "Reload it") {
		t.Error(text)
	}
}

// TestKeepsOut: whoever is not the page gets no answer.
func TestKeepsOut(t *testing.T) {
	s := served(t)
	path, _, _ := page(t, s)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for _, c := range []struct {
		name, path string
		change     func(*http.Request)
		status     int
	}{
		{"another token", "../" + strings.Repeat("0", 32) + "/" + path, nil, 404},
		{"no token", "../", nil, 404},
		{"a name that points here", path, func(r *http.Request) {
			r.Host = "evil.example:80"
			r.Header.Set("Origin", "http://evil.example:80")
		}, 403},
		{"a page elsewhere", path, header("Origin", "https://evil.example"), 403},
		{"a file", path, header("Origin", "null"), 403},
		{"another port", path, header("Origin", "http://127.0.0.1:1"), 403},
		{"another site", path, header("Sec-Fetch-Site", "cross-site"), 403},
		{"the same site", path, header("Sec-Fetch-Site", "same-site"), 403},
		{"a form", path, header("Content-Type", "text/plain"), 415},
		{"no session", "do/", nil, 410},
		{"another session", "do/" + strings.Repeat("0", 32), nil, 410},
		{"a read", path, func(r *http.Request) { r.Method = http.MethodGet }, 405},
		{"a post of the page", "", nil, 405},
		{"what is not there", "../" + s.token + "/etc/passwd", nil, 404},
	} {
		if status, text, _ := ask(t, s, c.path, `{"do":"library"}`, c.change); status != c.status || strings.Contains(text, "library\":") {
			t.Errorf("%s: %d %s", c.name, status, text)
		}
	}
	if status, _, _ := ask(t, s, path, strings.Repeat(" ", play.Usual.Request+1), nil); status != 413 {
		t.Errorf("a large request: %d", status)
	}
	endless := func(r *http.Request) { r.ContentLength = -1 }
	if status, _, _ := ask(t, s, path, strings.Repeat(" ", play.Usual.Request+1), endless); status != 413 {
		t.Errorf("a large request of no length: %d", status)
	}
	if _, text, _ := ask(t, s, path, `{"do":"library"}`, header("Origin", "http://"+s.host)); !strings.Contains(text, "scenarios") {
		t.Errorf("the page itself: %s", text)
	}
}
