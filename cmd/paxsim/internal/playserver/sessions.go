package playserver

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"sync"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/playhost"
	"github.com/paxsim/paxsim/sim/explain/play"
)

// mostSessions is how many pages can be open at once. With one more, the one that was
// not used for the longest time is forgotten.
const mostSessions = 8

// sessions are those of the pages that are open.
type sessions struct {
	mu   sync.Mutex
	open []*session // the last used last
}

// session is that of a page. It answers one request at a time.
type session struct {
	name string
	mu   sync.Mutex
	play *play.Session
}

// begin begins a session, and gives its name, which nobody can guess.
func (s *sessions) begin() string {
	var name [16]byte
	rand.Read(name[:]) // it never fails
	x := &session{name: hex.EncodeToString(name[:]), play: play.New(&playhost.Host{}, play.Usual)}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) == mostSessions {
		s.open = slices.Delete(s.open, 0, 1)
	}
	s.open = append(s.open, x)
	return x.name
}

// of is the session of a name, and then the last used; nil: there is none.
func (s *sessions) of(name string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.open, func(x *session) bool { return x.name == name })
	if i < 0 {
		return nil
	}
	x := s.open[i]
	s.open = append(slices.Delete(s.open, i, i+1), x)
	return x
}

// do answers a request of a session.
func (s *session) do(ctx context.Context, request []byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.play.Do(ctx, request)
}
