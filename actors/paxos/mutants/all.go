package mutants

var all = []Mutant{
	// They break what must always hold.
	noAdoption,
	silentPromise,
	adoptFirst,
	adoptLowest,
	adoptLast,
	adoptMostCommon,
	acceptAnything,
	acceptAboveAccepted,
	promiseAboveAccepted,
	unsavedPromise,
	unsavedVote,
	amnesia,
	ballotAgain,
	doublePromise,
	latePromise,
	nackCounts,
	brooker,
	keepsBallot,
	keepsFirst,
	tornVote,
	oneBallot,
	secondValue,
	freeFirstRound,
	votesByValue,
	votesOfAnyRound,
	doubleVote,
	reportedMajority,
	halfQuorum,
	lowAcceptQuorum,
	lowFlexibleQuorum,
	reachableMajority,
	sharedBallot,
	decimalBallot,
	packedBallot,
	expiringPromise,
	nonMembers,

	// Safe controls.
	acceptAtPromise,
	strictPromise,
	halfAcceptQuorum,
	lateReport,

	// Safe variants: they break a lemma, and nothing that users rely on.
	guardedVote,
	writtenDecision,
	freeLowestBallot,

	// They decide late or never.
	bareNack,
	noSecondAccept,
	highQuorum,
	acceptAbovePromise,
	textBallot,
}
