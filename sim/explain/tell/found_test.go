package tell_test

import "github.com/paxsim/paxsim/actors/paxos"

// found are stories that a hunt found and sim/story made short, for what the others do
// not tell: alarms, repeated messages, refusals, ballots that two actors have, actors
// that forget.
var found = []short{
	{name: "expiring-promise", breaks: paxos.Agreement, scenario: agreement("expiring-promise", 3, 1, 2), lines: `
		client asks 2
		Prepare 1.2 reaches 2
		alarm forget of 2 goes off
		Promise 1.2 from 2 reaches 2
		client asks 1
		Prepare 1.1 reaches 2 and 3
		Prepare 1.2 reaches 3
		Promise 1.1 from 2 and 3 reaches 1
		Accept 1.1 reaches 1 and 2
		Promise 1.2 from 3 reaches 2
		Accept 1.2 reaches 1 and 2`},
	{name: "double-promise-repeated", breaks: paxos.Agreement, scenario: agreement("double-promise", 3, 1, 2), lines: `
		client asks 1
		Prepare 1.1 reaches 2 and 3
		client asks 2
		Promise 1.1 from 2 and 3 reaches 1
		alarm repeat of 2 goes off
		Accept 1.1 reaches 1 and 3
		Prepare 2.2 reaches 2
		Prepare 2.2 reaches 2
		Promise 2.2 reaches 2
		Promise 2.2 reaches 2
		Accept 2.2 reaches 1 and 2`},
	{name: "free-first-round", breaks: paxos.Agreement, scenario: agreement("free-first-round", 3, 1, 2), lines: `
		client asks 1
		client asks 2
		Accept 1.1 reaches 1 and 3
		Accept 1.2 reaches 2 and 3`},
	{name: "packed-ballot", breaks: paxos.Agreement, scenario: members(agreement("packed-ballot", 17, 17, 1), 1, 2, 3), lines: `
		client asks 17
		client asks 1
		Prepare 1.1 from 1 reaches 2 and 3
		Prepare 1.1 from 17 reaches 3 and 1
		Promise 1.1 from 1 and 3 reaches 17
		Promise 1.1 from 3 and 2 reaches 1
		Accept 1.1 from 17 reaches 2 and 3
		Accept 1.1 from 1 reaches 3
		Accepted 1.1 from 2 reaches 12
		Accepted 1.1=1a reaches 12`},
	{name: "nack-counts", breaks: paxos.Agreement, scenario: agreement("nack-counts", 3, 1, 2, 3), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		client asks 2
		Prepare 2.2 reaches 1
		Promise 2.2 reaches 2
		Accept 1.1 reaches 2 and 3
		Accepted 1.1 from 2 reaches 3
		client asks 3
		Prepare 2.3 reaches 2
		Prepare 2.2 reaches 2
		Nack 2.2 reaches 2
		Accept 2.2 reaches 1 and 3`},
	{name: "votes-of-any-round", breaks: paxos.Agreement, scenario: members(agreement("votes-of-any-round", 5, 1, 2), 2, 3, 4), lines: `
		client asks 1
		Prepare 1.1 reaches 2 and 4
		Promise 1.1 from 2 and 4 reaches 1
		client asks 2
		Prepare 2.2 reaches 2 and 4
		Promise 2.2 from 2 and 4 reaches 2
		Accept 1.1 reaches 3
		Accepted 1.1 reaches 4
		Accept 2.2 reaches 2
		Accepted 2.2 reaches 4 and 5
		Accepted 1.1 reaches 5`},
	{name: "ballot-again", breaks: paxos.Agreement, scenario: agreement("ballot-again", 3, 1), lines: `
		client asks 1
		alarm repeat of 1 goes off
		Prepare 1.1 reaches 2 and 3
		Promise 1.1 from 2 and 3 reaches 1
		Prepare 1.1 reaches 2 and 3
		Accept 1.1 reaches 1, and 1 crashes before it saves
		1 restarts
		Accept 1.1 reaches 2 and 3
		client asks 1
		Promise 1.1 from 2 and 3 reaches 1
		Accept 1.1 reaches 1 and 3`},
	{name: "late-promise", breaks: paxos.QuorumMembership, scenario: members(watched(paxos.QuorumMembership, agreement("late-promise", 3, 1)), 1, 3), lines: `
		client asks 1
		alarm repeat of 1 goes off
		Prepare 1.1 reaches 1 and 3
		Prepare 1.1 reaches 1 and 3
		Promise 1.1 from 3 reaches 1
		Promise 1.1 from 1 reaches 1, and 1 crashes before it sends Accept to 2
		1 restarts
		client asks 1
		Promise 1.1 from 1 and 3 reaches 1`},
	{name: "second-value", breaks: paxos.OneValue, scenario: watched(paxos.OneValue, agreement("second-value", 5, 1, 2)), lines: `
		client asks 1
		Prepare 1.1 reaches 5, 2 and 4
		Promise 1.1 from 2, 4 and 5 reaches 1
		client asks 2
		Prepare 2.2 reaches 1, 2 and 4
		Promise 2.2 from 1, 2 and 4 reaches 2
		Accept 1.1 reaches 3
		Prepare 2.2 reaches 3
		Promise 2.2 from 3 reaches 2
		alarm repeat of 2 goes off`},
	{name: "accept-above-accepted", breaks: paxos.Agreement, scenario: agreement("accept-above-accepted", 3, 1, 2), lines: `
		client asks 1
		Prepare 1.1 reaches 1 and 2
		Promise 1.1 from 1 and 2 reaches 1
		client asks 2
		Prepare 2.2 reaches 1 and 3
		Accept 1.1 reaches 2 and 3
		Promise 2.2 from 1 and 3 reaches 2
		Accept 2.2 reaches 2 and 3`},
}
