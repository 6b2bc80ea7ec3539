package anyscenario_test

import (
	"flag"
	"fmt"
	"testing"

	"github.com/paxsim/paxsim/internal/anyscenario"
)

var howMany = flag.Uint64("scenarios", 2000, "how many scenarios are drawn")

func TestAnyScenario(t *testing.T) {
	count := map[string]int{}
	faults := 0
	for i := range *howMany {
		s := anyscenario.Draw(i)
		e := anyscenario.Explain(s.Text, s.Seed)
		count[fmt.Sprint(e.Came, e.Why)]++
		if e.Came == anyscenario.Fault {
			if faults++; faults < 20 {
				t.Errorf("%d: %s %s\n%s", i, e.Why, e.Text, s.Text)
			}
		}
		if e.Outcome.Events > 300_000 {
			t.Logf("%d: %d events", i, e.Outcome.Events)
		}
	}
	t.Log(count)
}
