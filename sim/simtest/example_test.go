package simtest_test

import (
	"fmt"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim/simtest"
)

// printed is a test whose failures are printed. In a test of your own it is the t
// that the test is given.
type printed struct{ told }

func (p *printed) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// A promise that does not report what was accepted: the first run that shows it.
func Example() {
	m, _ := mutants.Find("silent-promise")
	simtest.Run(&printed{}, simtest.Of(m.Protocol(), 3), simtest.Keep(""))
	// Output: simtest: lemma truthful-promise (send Promise): seed 1 by pct, 42 events, 16 held back, 2 surprises: actor 3 promises 3.2, reports -, and has voted for 2a in 2.2
}
