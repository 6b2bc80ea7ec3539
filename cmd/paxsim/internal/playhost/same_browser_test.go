package playhost

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/internal/chromium"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/play"
)

// TestBrowserSame: over the library the engine in a page replies as the command does, to
// the letter: when a run is opened, looked at, acted on and saved.
func TestBrowserSame(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 17))
	p := &player{chromium.New(t), t}
	p.Open(filed(t))
	p.ready()
	replies := 0
	for i, name := range scenarios.Names() {
		s := same{player: p, session: play.New(&Host{}, play.Usual)}
		q := play.Request{Do: "open", Scenario: name, Engine: []string{"timed", "searched"}[i%2], Seed: fmt.Sprint(r.Uint32())}
		if name == "thousand-actors" {
			q.Set = []string{"actors=11"}
		}
		opened := s.both(q)
		if opened.Mistakes == nil {
			state := opened.State
			for range 2 {
				at := r.Uint64N(state.Events + 1)
				acts := s.both(play.Request{Do: "moment", Run: state.Run, At: at, Actor: 1 + r.IntN(3)}).Moment.Acts
				if len(acts) == 0 {
					continue
				}
				if x := s.both(play.Request{Do: "act", Run: state.Run, At: at, Act: &acts[r.IntN(len(acts))]}); x.State != nil {
					state = x.State
				}
			}
			s.both(play.Request{Do: "save", Run: state.Run})
			s.both(play.Request{Do: "close", Run: state.Run})
		}
		replies += s.replies
	}
	if least := 4 * len(scenarios.Names()); replies < least {
		t.Errorf("%d replies were compared, want %d", replies, least)
	}
}

// same asks the engine of a page and a session here.
type same struct {
	*player
	session *play.Session
	there   int // the number that the run has in the page
	replies int
}

// both asks both, and holds that they reply the same.
func (s *same) both(q play.Request) (here reply) {
	s.t.Helper()
	encoded := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			s.t.Fatal(err)
		}
		return string(b)
	}
	mine := s.session.Do(context.Background(), []byte(encoded(q)))
	if q.Run != 0 {
		q.Run = s.there
	}
	theirs := text[string](s.player, fmt.Sprintf("paxsim.ask(JSON.parse(%q)).then(r => JSON.stringify(r), e => JSON.stringify({ mistakes: e.mistakes }))", encoded(q)))
	var got, want map[string]any
	if err := errors.Join(json.Unmarshal([]byte(theirs), &got), json.Unmarshal(mine, &want), json.Unmarshal(mine, &here)); err != nil {
		s.t.Fatal(err)
	}
	if state, ok := got["state"].(map[string]any); ok { // the page has opened runs before
		s.there = int(state["run"].(float64))
		state["run"] = float64(here.State.Run)
	}
	s.replies++
	if g, w := encoded(got), encoded(want); g != w {
		s.t.Errorf("%s: the page replies\n%.400s\nand the command\n%.400s", encoded(q), g, w)
	}
	return here
}
