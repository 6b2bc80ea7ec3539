package playserver

import (
	"context"
	"slices"
	"sync"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/playhost"
	"github.com/paxsim/paxsim/sim/explain/play"
)

// mostSessions is how many pages can be open at once. With one more, the one that was
// not used for the longest time begins anew.
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

// do answers a request of a session, which begins with its first.
func (s *sessions) do(ctx context.Context, name string, request []byte) []byte {
	x := s.of(name)
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.play.Do(ctx, request)
}

// of is the session of a name.
func (s *sessions) of(name string) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.open, func(x *session) bool { return x.name == name })
	var x *session
	if i >= 0 {
		x = s.open[i]
		s.open = slices.Delete(s.open, i, i+1)
	} else {
		x = &session{name: name, play: play.New(&playhost.Host{}, play.Usual)}
	}
	if len(s.open) == mostSessions {
		s.open = slices.Delete(s.open, 0, 1)
	}
	s.open = append(s.open, x)
	return x
}
