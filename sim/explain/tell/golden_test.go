package tell_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/paxsim/paxsim/sim"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden holds a text against testdata/name.txt.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s is told as:\n%s", path, text)
	}
}

// The guest: who is asked tells everybody, and everybody decides the first value that
// they hear of.

type proposal struct{ value sim.Value }

func (proposal) Kind() uint8               { return 0 }
func (p proposal) Hash(d *sim.Digest)      { d.Mix(uint64(p.value)) }
func (p proposal) Text(n sim.Names) string { return n.ValueName(p.value) }

type believer struct {
	sim.Base[proposal, sim.NoRecord]
	learned sim.Value
}

func (b *believer) Request(env *sim.Env[proposal, sim.NoRecord], r sim.Request) {
	env.Broadcast(proposal{r.Value})
}

func (b *believer) Receive(env *sim.Env[proposal, sim.NoRecord], _ sim.ID, p proposal) {
	if b.learned == 0 {
		b.learned = p.value
		env.Decide(0, p.value, 0)
	}
	env.AnswerAll(b.learned)
}

var first = sim.Define(sim.Spec[believer, proposal, sim.NoRecord]{
	Name:       "first",
	Vocabulary: sim.Vocabulary{Messages: []string{"Proposal"}},
	Invariants: sim.ConsensusInvariants(),
	History:    sim.WatchConsensus[proposal, sim.NoRecord],
})
