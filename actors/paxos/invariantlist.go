package paxos

import "github.com/paxsim/paxsim/sim"

// invariantList is in the order of the checks.
var invariantList = []sim.Invariant{
	{
		Name: Agreement, Doc: "at most one value is chosen (voted for by a quorum in one ballot) or decided",
		Why:    "Consensus exists to prevent this. With two values, two actors may act on different decisions, and data is lost.",
		Source: `Paxos Made Simple, section 2.1 ("only a single value is chosen"); Inv of Consensus.tla, chosen of Voting.tla`,
	},
	{
		Name: DecidedIsChosen, Doc: "what an actor decides is chosen when it does",
		Why:    "An actor that decides what no quorum has accepted only guesses. Another value can still be chosen, and then two decisions differ.",
		Source: "Paxos Made Simple, section 2.3 (learning a chosen value)",
	},
	{
		Name: Integrity, Doc: "what an actor has decided never changes",
		Why:    "Its client may have acted on the first decision already.",
		Source: "[][decision = none]_decision, PaxosConsistency of Paxos.tla in SimplifiedFastPaxos",
	},
	{
		Name: Validity, Doc: "only values that a client asked for are proposed",
		Why:    "A value that nobody asked for is of no use, even if all agree on it.",
		Source: `Paxos Made Simple, section 2.1 ("only a value that has been proposed may be chosen")`,
	},
	{
		Name: OneVote, Grade: sim.Lemma, Doc: "an acceptor votes for one value at most in a ballot",
		Why:    "The proof counts the votes of a ballot. If one acceptor counts for two values, two quorums of that ballot may disagree.",
		Source: "VInv1 of VoteProof.tla, OneVote of Voting.tla",
	},
	{
		Name: OneValue, Grade: sim.Lemma, Doc: "all requests and votes of a ballot have the same value",
		Why:    "A promise that names a ballot names its value by that. With two values in one ballot, whoever adopts the value of the highest ballot may adopt the wrong one.",
		Source: `Paxos Made Simple, section 2.2 ("different proposals have different numbers"); VInv3 of VoteProof.tla, OneValuePerBallot of Voting.tla`,
	},
	{
		Name: SafeAt, Grade: sim.Lemma, Doc: "a value is proposed only where no other can be chosen in a lower ballot",
		Why:    "This is what makes Paxos safe. Once another value can be chosen in a lower ballot, it takes only a few more messages until both are.",
		Source: "Paxos Made Simple, section 2.2 (P2c); SafeAt and VotesSafe of Voting.tla",
	},
	{
		Name: TruthfulPromise, Grade: sim.Lemma, Doc: "a promise reports the highest vote of its sender below it",
		Why:    "A proposer knows only from promises which value may be chosen already. If a promise hides a vote, the proposer may propose another value.",
		Source: "Paxos Made Simple, section 2.2 (phase 1b); ShowsSafeAt of Voting.tla, the conjunct on 1b messages in Inv of Paxos.tla",
	},
	{
		Name: PromiseRises, Grade: sim.Lemma, Doc: "the ballot that an acceptor has promised never goes back",
		Why:    "A proposer relies on each promise: what is not chosen below its ballot stays unchosen there. An acceptor that forgets its promise may still vote below it.",
		Source: "Paxos Made Simple, sections 2.2 and 2.5 (P1a; what must outlast a restart)",
	},
	{
		Name: AcceptedRises, Grade: sim.Lemma, Doc: "the ballot in which an acceptor voted last never goes back",
		Why:    "Its next promise would report an old vote, and hide the newer one, which may have made a value chosen.",
		Source: "Paxos Made Simple, sections 2.2 and 2.5 (phases 1b and 2b; what must outlast a restart)",
	},
	{
		Name: VoteWithinPromise, Grade: sim.Lemma, Doc: "no acceptor votes above what it has promised",
		Why:    "A vote must also raise the promise. Otherwise a late request of a lower ballot can overwrite the vote.",
		Source: "Paxos Made Simple, section 2.2 (phase 2b); maxBal >= maxVBal in Inv of Paxos.tla",
	},
	{
		Name: AcceptedIsHighestVote, Grade: sim.Lemma, Doc: "what an acceptor holds as accepted is its highest vote, cast in answer to an Accept",
		Why:    "Promises report what the acceptor holds as accepted. If that is no vote, or not the highest, a proposer adopts the wrong value.",
		Source: "Paxos Made Simple, section 2.2 (phase 1b: the highest-numbered proposal that it has accepted)",
	},
	{
		Name: DurableBeforeVisible, Grade: sim.Lemma, Doc: "what a message implies is on disk before it leaves",
		Why:    "Others rely on the message at once. After a crash its sender no longer knows what it said, and may do the opposite.",
		Source: `Paxos Made Simple, section 2.5 ("before actually sending the response")`,
	},
	{
		Name: BallotRises, Grade: sim.Lemma, Doc: "each actor's ballots bear its number and rise, also over restarts",
		Why:    "Ballots must be unique. If two proposals share a ballot, nobody can tell their promises and votes apart.",
		Source: "Paxos Made Simple, sections 2.2 and 2.5 (a higher proposal number than any it has already used)",
	},
	{
		Name: QuorumMembership, Grade: sim.Lemma, Doc: "a value is proposed only after a quorum of distinct members has promised",
		Why:    "Fewer promises may miss every member that accepted another value. Then the proposer does not learn of that value.",
		Source: "Paxos Made Simple, section 2.2 (phase 2a: responses from a majority of acceptors)",
	},
	{
		Name: QuorumIntersection, Grade: sim.Lemma, Doc: "any two sets that count as quorums meet",
		Why:    "Two quorums without a common member can choose two values, and no actor sees both.",
		Source: "QuorumAssumption of Paxos.tla; Howard, Malkhi and Spiegelman, Flexible Paxos, 2016",
	},
}
