package simtest_test

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/sim/simtest"
)

// printed is a test whose failures are printed. In a test of your own it is the t
// that the test is given.
type printed struct{ told }

func (p *printed) Errorf(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	head, _, _ := strings.Cut(text, "\n\n") // below that is the run, and how to see it again
	fmt.Println(head)
}

// A promise that does not report what was accepted: the first run that shows it.
func Example() {
	m, _ := mutants.Find("silent-promise")
	simtest.Run(&printed{}, simtest.Of(m.Protocol(), 3), simtest.Keep(""))
	// Output:
	// simtest: lemma truthful-promise (send Promise): actor 2 promises 3.3, reports -, and has voted for 2b in 3.2
	// seed 3 by feedback: 93 events, 57 held back, 8 surprises
}
