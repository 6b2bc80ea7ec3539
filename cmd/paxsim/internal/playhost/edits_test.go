package playhost

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/play"
	"github.com/paxsim/paxsim/sim/trace"
)

// onlyTried are the refusals of listed edits that nobody can know before trying: the rest
// of the run is another one, and that is too long, or cannot be.
var onlyTried = []string{"more than 20,000 events"}

// TestListedEdits tries edits that moments list, over the library, seeds and both
// engines: what is listed is done, or it is one of the refusals that only trying tells.
func TestListedEdits(t *testing.T) {
	tried, refused := map[string]int{}, map[string]int{}
	for i, name := range scenarios.Names() {
		for seed := range gate.Of(1, 3) {
			for _, engine := range []string{trace.Timed, trace.Searched} {
				c, r := newClient(t), rand.New(rand.NewPCG(uint64(seed), uint64(i)))
				q := play.Request{Do: "open", Scenario: name, Engine: engine, Seed: fmt.Sprint(seed + i)}
				if name == "thousand-actors" {
					q.Set = []string{"actors=9"}
				}
				opened := c.try(q)
				if opened.Mistakes != nil {
					continue // TestWalks holds why
				}
				actors := actorsOf(opened.Page)
				for range 3 {
					state := c.do(play.Request{Do: "page", Run: opened.State.Run}).State
					at := r.Uint64N(state.Events + 1)
					for _, a := range listed(c, r, opened.State.Run, at, actors) {
						tried[engine+" "+a.Kind]++
						done := c.try(play.Request{Do: "act", Run: opened.State.Run, At: at, Act: &a})
						if done.Mistakes == nil {
							if r.IntN(4) == 0 {
								break // it stays: there is something to heal, and to come back from
							}
							c.do(play.Request{Do: "undo", Run: opened.State.Run})
							continue
						}
						refused[engine+" "+a.Kind]++
						if said := done.Mistakes[0].Text; !tells(said, onlyTried) {
							t.Errorf("%s, seed %d, %s, after event %d: %q is listed, and refused: %s", name, seed+i, engine, at, a.Edit, said)
						}
					}
				}
			}
		}
	}
	t.Logf("tried %v, refused %v", tried, refused)
	for _, what := range []string{"timed cut", "timed clog", "timed pause", "timed crash", "timed restart", "timed heal", "searched clog", "searched pause", "searched restart", "searched heal"} {
		if tried[what] == 0 || refused[what] > tried[what]/4 {
			t.Errorf("%s: tried %d times, refused %d times", what, tried[what], refused[what])
		}
	}
}

// listed are the edits that can be done at a place to each actor, and to some links.
func listed(c *client, r *rand.Rand, run int, at uint64, actors int) (list []play.Act) {
	seen := map[string]bool{}
	for actor := 1; actor <= actors; actor++ {
		for _, peer := range []int{0, 1 + (actor+r.IntN(max(actors-1, 1)))%actors} {
			if peer == actor {
				continue
			}
			for _, a := range c.do(play.Request{Do: "moment", Run: run, At: at, Actor: actor, Peer: peer}).Moment.Acts {
				if a.Edit != "" && !seen[a.Edit] {
					seen[a.Edit] = true
					list = append(list, a)
				}
			}
		}
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:min(len(list), 12)]
}

// actorsOf is how many actors the run of a page has.
func actorsOf(d *data) (n int) {
	_, _ = fmt.Sscan(string(d.About["actors"]), &n)
	return n
}

// tells says whether a text has any of some parts.
func tells(text string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}
