package playserver

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
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

const name = "0123456789abcdef0123456789abcdef"

// ask sends a request as a page does, but for what change does to it.
func ask(t *testing.T, s *Server, path, body string, change func(*http.Request)) (status int, text string, head http.Header) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.Address()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Paxsim-Session", name)
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
	get := func(r *http.Request) {
		r.Method, r.Body, r.ContentLength = http.MethodGet, nil, 0
		r.Header = http.Header{"Sec-Fetch-Site": {"none"}}
	}
	status, page, head := ask(t, s, "", "", get)
	if status != 200 || !strings.HasPrefix(page, "<!DOCTYPE html>") || !strings.Contains(page, `{"loopback":true,"opens":{"do":"open","scenario":"lossy","seed":"7"}}`) || head.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%d %q %v", status, page, head)
	}
	for name, want := range map[string]string{"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store"} {
		if head.Get(name) != want {
			t.Errorf("%s: %q", name, head.Get(name))
		}
	}
	if policy := head.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; script-src 'sha256-") || !strings.HasSuffix(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
		t.Error(policy)
	}
	_, text, _ := ask(t, s, "do", `{"do":"library"}`, nil)
	var r play.Reply
	if err := json.Unmarshal([]byte(text), &r); err != nil || r.Library == nil || r.Library.First != "happy-path" {
		t.Errorf("%v: %s", err, text)
	}
	open := `{"do":"open","scenario":"lossy"}`
	other := func(r *http.Request) { r.Header.Set("Paxsim-Session", strings.Repeat("0", 32)) }
	for _, change := range []func(*http.Request){nil, other} {
		if _, text, _ := ask(t, s, "do", open, change); !strings.Contains(text, `"run":1,`) {
			t.Error(text)
		}
	}
	for i := range mostSessions { // then those two are the ones that were not used
		ask(t, s, "do", open, func(r *http.Request) { r.Header.Set("Paxsim-Session", fmt.Sprintf("%032x", 100+i)) })
	}
	if _, text, _ := ask(t, s, "do", `{"do":"moment","run":1}`, nil); !strings.Contains(text, "no run 1 is open") {
		t.Error(text)
	}
}

// TestKeepsOut: whoever is not the page gets no answer.
func TestKeepsOut(t *testing.T) {
	s := served(t)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	for _, c := range []struct {
		name, path string
		change     func(*http.Request)
		status     int
	}{
		{"another token", "../" + strings.Repeat("0", 32) + "/do", nil, 404},
		{"no token", "../", nil, 404},
		{"a name that points here", "do", func(r *http.Request) { r.Host = "evil.example:80" }, 403},
		{"a page elsewhere", "do", header("Origin", "https://evil.example"), 403},
		{"a file", "do", header("Origin", "null"), 403},
		{"another port", "do", header("Origin", "http://127.0.0.1:1"), 403},
		{"another site", "do", header("Sec-Fetch-Site", "cross-site"), 403},
		{"the same site", "do", header("Sec-Fetch-Site", "same-site"), 403},
		{"a form", "do", header("Content-Type", "text/plain"), 415},
		{"no session", "do", header("Paxsim-Session", ""), 400},
		{"a strange session", "do", header("Paxsim-Session", strings.Repeat("X", 32)), 400},
		{"a read", "do", func(r *http.Request) { r.Method = http.MethodGet }, 405},
		{"a post of the page", "", nil, 405},
		{"what is not there", "../" + s.token + "/etc/passwd", nil, 404},
	} {
		if status, text, _ := ask(t, s, c.path, `{"do":"library"}`, c.change); status != c.status || strings.Contains(text, "library\":") {
			t.Errorf("%s: %d %s", c.name, status, text)
		}
	}
	if status, _, _ := ask(t, s, "do", strings.Repeat(" ", play.Usual.Request+1), nil); status != 413 {
		t.Errorf("a large request: %d", status)
	}
	endless := func(r *http.Request) { r.ContentLength = -1 }
	if status, _, _ := ask(t, s, "do", strings.Repeat(" ", play.Usual.Request+1), endless); status != 413 {
		t.Errorf("a large request of no length: %d", status)
	}
	if _, text, _ := ask(t, s, "do", `{"do":"library"}`, header("Origin", "http://"+s.host)); !strings.Contains(text, "scenarios") {
		t.Errorf("the page itself: %s", text)
	}
}
