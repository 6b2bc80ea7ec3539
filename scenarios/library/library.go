// Package library is the library of scenarios of Paxos: the files, in the order in
// which they teach, the hunting ground, and files for a person to start from. Of all
// that reads scenarios only this package knows the protocol.
package library

import (
	"embed"
	"slices"
)

// Files are the scenarios, NAME.yaml.
//
//go:embed *.yaml
var Files embed.FS

// The library, a list a group, each in the order in which it teaches.
var (
	inCalm    = []string{"happy-path", "thousand-actors"}
	inNetwork = []string{
		"lossy", "lost-accepts", "lost-accepted", "duplicates", "damaged", "heavy-tail", "late-messages", "slow-link",
		"slow-accepts", "far-apart", "measured-delays", "crowded-links", "stormy-periods", "non-members",
	}
	inCuts = []string{
		"minority-cut", "majority-cut", "one-way-cut", "bridge", "ring", "chain", "isolated-leader",
		"random-halves", "clogged-link", "staggered-clogs", "calm-for-a-core",
	}
	inCrashes = []string{
		"proposer-crash", "proposer-crash-early", "proposer-crash-halfway", "acceptor-crash", "too-many-crashes",
		"restart-from-disk", "forgotten-promise", "lost-round", "power-loss", "mid-broadcast", "paused-proposer",
		"crash-anywhere", "rolling-restarts",
	}
	inContention       = []string{"self-election", "eager-proposers", "duelling-proposers", "when-lost", "livelock", "back-off", "bare-nack"}
	inMisconfiguration = []string{
		"literal-acks", "quorum-one-too-few", "half-quorum", "quorum-one-too-many", "shared-ballots", "decimal-ballots",
		"text-ballots", "counts-non-members", "forged-senders",
	}
	inSpecification = []string{"spec-2", "spec-3"}
)

// Names is the whole library, in the order of the groups.
var Names = slices.Concat(inCalm, inNetwork, inCuts, inCrashes, inContention, inMisconfiguration, inSpecification)
