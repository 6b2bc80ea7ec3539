package paxos

import "github.com/paxsim/paxsim/sim"

// The invariants. A quorum here is always a majority, whatever the rules of a
// mutant say.
const (
	// Agreement: at most one value is chosen; a value is chosen if a majority
	// has accepted it in one ballot (PMS 2.1; "Inv" of Consensus.tla).
	Agreement = "agreement"

	// Validity: only a value that a client asked for is proposed or accepted,
	// and so chosen (PMS 2.1: "only a value that has been proposed may be
	// chosen").
	Validity = "validity"

	// Integrity: what an actor has decided never changes, also over restarts.
	Integrity = "integrity"

	// OneValue: the Accepts and the votes of one ballot have one value
	// (VInv3 of VoteProof.tla).
	OneValue = "one-value-a-ballot"

	// PromiseRises: the ballot that an acceptor has promised never goes back,
	// also over restarts (PMS 2.2, P1a).
	PromiseRises = "promise-rises"

	// AcceptedRises: nor does the ballot in which it accepted last.
	AcceptedRises = "accepted-rises"
)

var invariantList = []sim.Invariant{
	{Name: Agreement, Doc: "at most one value is chosen: accepted by a majority in one ballot"},
	{Name: Validity, Doc: "only values that a client asked for are proposed"},
	{Name: Integrity, Doc: "what an actor has decided never changes"},
	{Name: OneValue, Doc: "all requests and votes of a ballot have the same value"},
	{Name: PromiseRises, Doc: "the ballot that an acceptor has promised never goes back"},
	{Name: AcceptedRises, Doc: "the ballot in which an acceptor accepted last never goes back"},
}

// watching says which invariants are switched on.
type watching struct {
	agreement, validity, integrity, oneValue, promiseRises, acceptedRises bool
}

func newWatching(s *sim.Scenario) watching {
	return watching{
		agreement:     s.Watches(Agreement),
		validity:      s.Watches(Validity),
		integrity:     s.Watches(Integrity),
		oneValue:      s.Watches(OneValue),
		promiseRises:  s.Watches(PromiseRises),
		acceptedRises: s.Watches(AcceptedRises),
	}
}
