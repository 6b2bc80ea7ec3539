package sim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/abilities"
	"github.com/paxsim/paxsim/sim/observe"
)

// TestAbstract: of a protocol that says nothing of its abstract states, two are the
// same where the same is on the disks, is learned and is down, whoever it is; and
// asking changes nothing.
func TestAbstract(t *testing.T) {
	texts, numbers := map[uint64]string{}, map[string]uint64{}
	for seed := range uint64(200) {
		s := rough(3)
		plain := runner(t, s)
		plain.Reset(seed, nil)
		want := plain.Run()
		w := runner(t, s)
		l := &lines{}
		w.Observe(l)
		w.Reset(seed, nil)
		learned := map[sim.ID]string{}
		for more, done := true, 0; more; {
			more = w.Step()
			for ; done < len(l.list); done++ {
				switch e := l.list[done]; e.What {
				case observe.Decided:
					learned[e.Actor] = e.Text
				case observe.Crashed:
					delete(learned, e.Actor)
				}
			}
			var each []string
			for id := sim.ID(1); id <= 3; id++ {
				look := w.(observe.Inspector).Inspect(id)
				each = append(each, fmt.Sprint(look.Disk, learned[id], look.Status == observe.StatusDown || look.Status == observe.StatusGone))
			}
			slices.Sort(each)
			text, number := strings.Join(each, "; "), w.(abilities.Abstracter).Abstract()
			if was, known := numbers[text]; known && was != number {
				t.Fatalf("seed %d: %s is %x, and was %x", seed, text, number, was)
			}
			if was, known := texts[number]; known && was != text {
				t.Fatalf("seed %d: %s and %s are the same state", seed, text, was)
			}
			texts[number], numbers[text] = text, number
		}
		if got := w.Outcome(); got.Digest != want.Digest {
			t.Fatalf("seed %d: who asks for states makes another run", seed)
		}
	}
	t.Logf("%d states", len(texts))
	if len(texts) < 20 {
		t.Errorf("only %d states", len(texts))
	}
}
