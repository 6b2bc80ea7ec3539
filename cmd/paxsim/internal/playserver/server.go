// Package playserver serves the page of paxsim play on the loopback of the machine, and
// answers what it asks.
//
// Everybody else on the machine and in the browser is kept out. The address holds a random
// token, the names in Host and Origin must be the server's own, and no page of another
// origin may read or frame anything. The server reads no file that a page names.
package playserver

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/playhost"
	"github.com/paxsim/paxsim/sim/explain/play"
	"github.com/paxsim/paxsim/sim/explain/view"
)

// Server is a page and the sessions behind it.
type Server struct {
	listener net.Listener
	host     string // "127.0.0.1:1234"
	token    string
	opens    *play.Request
	sessions sessions
}

// Listen is a server that listens already, on a port of loopback that is free. opens is
// what its page opens first.
func Listen(opens *play.Request) (*Server, error) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	var token [16]byte
	rand.Read(token[:]) // it never fails
	return &Server{listener: listener, host: listener.Addr().String(), token: hex.EncodeToString(token[:]), opens: opens}, nil
}

// Address is that of the page. Whoever has it can play.
func (s *Server) Address() string { return "http://" + s.host + "/" + s.token + "/" }

// Serve serves until the context is done.
func (s *Server) Serve(ctx context.Context) error {
	h := &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10, BaseContext: func(net.Listener) context.Context { return ctx },
	}
	over := context.AfterFunc(ctx, func() { _ = h.Close() }) // what is under way is not worth waiting for
	defer over()
	if err := h.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// ServeHTTP implements [http.Handler].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	head := w.Header()
	head.Set("Content-Security-Policy", "frame-ancestors 'none'") // beside the one that the page has itself
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("X-Frame-Options", "DENY")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("Cross-Origin-Opener-Policy", "same-origin")
	head.Set("Cache-Control", "no-store")
	if status, why := s.refuse(r); status != 0 {
		http.Error(w, "paxsim play: "+why, status)
		return
	}
	if r.Method == http.MethodPost {
		s.answer(w, r)
		return
	}
	head.Set("Content-Type", "text/html; charset=utf-8")
	if r.Method == http.MethodGet {
		_ = view.WritePlay(w, view.Engine{Path: doPath + s.sessions.begin(), Opens: s.opens, Lessons: playhost.Lessons()}) // the browser may have left
	}
}

// doPath is where a page asks, beside itself; behind it is the name of its session.
const doPath = "do/"

// refuse says why a request is not answered, and with which status; 0: it is.
func (s *Server) refuse(r *http.Request) (status int, why string) {
	token, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	_, port, _ := net.SplitHostPort(s.host)
	origin, from := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	switch {
	case r.Host != s.host && r.Host != "localhost:"+port: // a name that somebody has pointed at this machine
		return http.StatusForbidden, "the address is not the one that was printed"
	case subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) != 1:
		return http.StatusNotFound, "the address is not the one that was printed"
	case origin != "" && origin != "http://"+r.Host, path != "" && from != "" && from != "same-origin":
		return http.StatusForbidden, "another page may not ask"
	case path == "" && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		return 0, ""
	case path == "":
		return http.StatusMethodNotAllowed, "the page is there to be read"
	case !strings.HasPrefix(path, doPath):
		return http.StatusNotFound, "there is a page, and no more"
	case r.Method != http.MethodPost:
		return http.StatusMethodNotAllowed, "requests are posted"
	case r.Header.Get("Content-Type") != "application/json":
		return http.StatusUnsupportedMediaType, "requests are application/json"
	case s.sessions.of(strings.TrimPrefix(path, doPath)) == nil:
		return http.StatusGone, fmt.Sprintf("this page is too old: %d others were opened after it. Reload it", mostSessions)
	case r.ContentLength > int64(play.Usual.Request):
		return http.StatusRequestEntityTooLarge, fmt.Sprintf("a request has at most %d bytes", play.Usual.Request)
	}
	return 0, ""
}

// answer answers a request of a session.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(play.Usual.Request)))
	if err != nil {
		http.Error(w, "paxsim play: the request cannot be read", http.StatusRequestEntityTooLarge)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), playhost.Patience)
	defer cancel()
	_, name, _ := strings.Cut(r.URL.Path, doPath)
	session := s.sessions.of(name)
	if session == nil { // it was forgotten while the request was read
		http.Error(w, "paxsim play: this page is too old", http.StatusGone)
		return
	}
	reply := session.do(ctx, body)
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(reply) // the browser may have left
}
