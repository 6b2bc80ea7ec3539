package mutants

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
)

// named is how a violation of agreement names those who voted: "1a in 2.3 by 1, 2",
// "1a is chosen in 2.3 by 1, 2".
var named = regexp.MustCompile(`(\S+) (?:is chosen )?in (\d+\.\d+) by ((?:\d+, )*\d+)`)

// ballots sees, in a trace, who was asked for a vote and then saved it or told of it.
type ballots struct{ asked, cast map[string]bool } // by "2 1.3=3a"

// Observe implements [observe.Observer].
func (v *ballots) Observe(x observe.Entry) {
	text := fmt.Sprintf("%d %s", x.Actor, x.Text)
	switch {
	case x.What == observe.Delivered && paxos.Kind(x.Kind) == paxos.Accept:
		v.asked[strings.TrimSpace(strings.SplitN(text, " as if", 2)[0])] = true
	case x.What == observe.Broadcast && paxos.Kind(x.Kind) == paxos.Accepted:
		v.cast[text] = true
	case x.What == observe.Saved:
		for part := range strings.SplitSeq(x.Text, ", ") {
			if vote, ok := strings.CutPrefix(part, "accepted "); ok {
				v.cast[fmt.Sprintf("%d %s", x.Actor, vote)] = true
			}
		}
	}
}

// TestVotersWereAsked: whom a violation of agreement names as a voter has had the
// Accept of that ballot and value, and has saved the vote or told of it. That is
// walked after in the traces of finds, of every mutant that can break agreement, by
// the clock and by an adversary.
func TestVotersWereAsked(t *testing.T) {
	most, runs := gate.Of(10, 40), gate.Of[uint64](1000, 4000)
	held := 0
	for _, m := range All() {
		if !m.Splits {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			p := m.Protocol()
			for _, engine := range []string{"timed", "searched"} {
				finds := 0
				for seed := uint64(0); seed < runs && finds < most; seed++ {
					s := storm(p, m.Scope, seed)
					s.Invariants = []string{paxos.Agreement}
					how := func() *search.Search {
						if engine == "timed" {
							return nil
						}
						return &search.Search{Picker: new(search.Walk), Budget: search.Budget{Events: 400, Alarms: 8, Losses: 3, Duplicates: 3, Crashes: 2}}
					}
					r, err := p.New(s)
					if err != nil {
						t.Fatal(err)
					}
					r.Search(how())
					r.Reset(seed, nil)
					if r.Run().Violation == nil {
						continue
					}
					seen := &ballots{map[string]bool{}, map[string]bool{}}
					r.Observe(seen)
					r.Reset(seed, nil)
					v := r.Run().Violation
					if v == nil || v.Invariant != paxos.Agreement {
						t.Fatalf("%s, seed %d: the second time %+v", engine, seed, v)
					}
					finds++
					for _, of := range named.FindAllStringSubmatch(v.Text, -1) {
						for id := range strings.SplitSeq(of[3], ", ") {
							vote := id + " " + of[2] + "=" + of[1]
							if held++; !seen.asked[vote] || !seen.cast[vote] {
								t.Fatalf("%s, seed %d: %s: %s: had the Accept: %v, saved or told: %v", engine, seed, v.Text, vote, seen.asked[vote], seen.cast[vote])
							}
						}
					}
				}
				t.Logf("%s: %d finds", engine, finds)
			}
		})
	}
	if held < gate.Of(200, 1000) {
		t.Errorf("only %d voters were named", held)
	}
}
