package tell_test

import (
	"slices"

	"github.com/paxsim/paxsim/actors/paxos"
)

// stories are all that are told in testdata, each in a file of its name.
var stories = slices.Concat(written, found)

// written are written by hand.
var written = []short{
	{name: "no-adoption", breaks: paxos.Agreement, scenario: agreement("no-adoption", 3, 1, 2), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		Accept 1.1 reaches 1 and 2
		client asks 2
		Prepare 2.2 reaches 2 and 3
		Promise 2.2 from 2 and 3 reaches 2
		Accept 2.2 reaches 2 and 3`},
	{name: "silent-promise", breaks: paxos.Agreement, scenario: agreement("silent-promise", 3, 1, 2), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		Accept 1.1 reaches 1 and 2
		client asks 2
		Prepare 2.2 reaches 2 and 3
		Promise 2.2 from 2 and 3 reaches 2
		Accept 2.2 reaches 2 and 3`},
	{name: "unsaved-promise", breaks: paxos.Agreement, scenario: agreement("unsaved-promise", 3, 1, 2), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 3
		Promise 1.1 from 1 and 3 reaches 1
		client asks 2
		Prepare 1.2 reaches 2
		Prepare 1.2 reaches 3, and 3 crashes afterwards
		Promise 1.2 from 2 and 3 reaches 2
		Accept 1.1 reaches 1 and 3
		Accept 1.2 reaches 2 and 3`},
	{name: "brooker", breaks: paxos.Agreement, scenario: agreement("brooker", 3, 1, 2, 3), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		client asks 2
		Prepare 2.2 reaches 1 and 2
		Promise 2.2 from 1 and 2 reaches 2
		Accept 2.2 reaches 2 and 3
		Accept 1.1 reaches 3
		client asks 3
		Prepare 3.3 reaches 1 and 3
		Promise 3.3 from 1 and 3 reaches 3
		Accept 3.3 reaches 1 and 3`},
	{name: "one-ballot", breaks: paxos.Agreement, scenario: agreement("one-ballot", 3, 1, 2, 3), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		Accept 1.1 reaches 2
		client asks 2
		Prepare 2.2 reaches 1, 2 and 3
		Promise 2.2 from 1 and 3 reaches 2
		Accept 2.2 reaches 1 and 3
		client asks 3
		Prepare 3.3 reaches 2 and 3
		Promise 3.3 from 2 and 3 reaches 3
		Accept 3.3 reaches 2 and 3`},
	{name: "votes-by-value", breaks: paxos.Agreement, scenario: members(agreement("votes-by-value", 4, 1, 2, 3, 4), 1, 2, 3), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		Accept 1.1 reaches 1
		client asks 2
		Prepare 2.2 reaches 2 and 3
		Promise 2.2 from 2 and 3 reaches 2
		Accept 2.2 reaches 3
		client asks 3
		Prepare 3.3 reaches 1, 2 and 4
		Promise 3.3 from 1 and 2 reaches 3
		Accept 3.3 reaches 2
		Accepted 1.1 from 1 reaches 3
		Accepted 3.3 from 2 reaches 3
		client asks 4
		Prepare 4.4 reaches 1 and 3
		Promise 4.4 from 1 and 3 reaches 4
		Accept 4.4 reaches 1 and 3`},
	{name: "votes-by-value-early", breaks: paxos.DecidedIsChosen, scenario: safety("votes-by-value", 3, 1, 2, 3), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		Accept 1.1 reaches 1
		client asks 3
		Prepare 1.3 reaches 1 and 2
		Promise 1.3 from 1 and 2 reaches 3
		Accept 1.3 reaches 2
		Accepted 1.1 from 1 reaches 3
		Accepted 1.3 from 2 reaches 3`},
	{name: "double-promise", breaks: paxos.Agreement, scenario: agreement("double-promise", 3, 1, 2), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		Accept 1.1 reaches 1 and 2
		client asks 2
		Prepare 2.2 reaches 3
		Promise 2.2 from 3 reaches 2
		Promise 2.2 from 3 reaches 2 again
		Accept 2.2 reaches 2 and 3`},
	{name: "crash-cut", scenario: crashCut, lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		Accept 1.1 reaches 2, and 2 crashes before it sends Accepted to 1
		2 restarts
		Prepare 1.1 reaches 3
		alarm repeat of 1 goes off, and 1 crashes before it sends Accept to 3
		1 restarts
		Accept 1.1 reaches 3
		client asks 1
		Prepare 2.1 reaches 2, and 2 crashes before it saves
		2 restarts`},
	{name: "non-member", scenario: members(safety("non-members", 4, 4), 1, 2, 3), lines: `
		client asks 4
		Prepare 1.4 reaches 1, 4 and 2
		Promise 1.4 from 1, 4 and 2 reaches 4
		Accept 1.4 reaches 1, 4 and 3
		Accepted 1.4 from 1, 4 and 3 reaches 4`},
	{name: "guest", breaks: "agreement", scenario: guest, lines: `
		client asks 1
		client asks 2
		Proposal from 1 reaches 1
		Proposal from 2 reaches 3`},
	{name: "slow-disk", scenario: slowDisk, lines: `
		client asks 1
		Prepare 1.1 reaches 2
		Prepare 1.1 reaches 1
		Promise 1.1 from 1 and 2 reaches 1
		Accept 1.1 reaches 2`},
}
