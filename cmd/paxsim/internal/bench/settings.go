// Package bench measures how soon each adversary finds each mutant: strategy by
// mutant, some repetitions of a hunt that ends with its first find.
//
//	Settings --Jobs--> Job --Run--> Row, appended to a file --Read--> Table --> text, CSV, picture
//
// How many runs a hunt makes until then follows from its seeds, so a row is the
// same whoever makes it, and however often the bench was stopped. Only what the clock says
// is not; that is in fields that begin with wall_.
package bench

import (
	"crypto/sha256"
	_ "embed" // of the usual settings
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/search"
)

// Usual is the text of the usual settings.
//
//go:embed settings.yaml
var Usual string

// UsualName is the name of the file in mistakes of [Usual].
const UsualName = "settings.yaml"

// The oracles: what counts as a find.
const (
	Earliest  = "earliest"  // the invariant that breaks first, of all that the protocol has
	Agreement = "agreement" // two values are decided; nothing else is watched
)

// Oracles lists them.
func Oracles() []string { return []string{Earliest, Agreement} }

// All is the strategy that takes those of the rotation in turn, by seed.
const All = "all"

// swarmOff is the end of the word for a strategy whose runs have all of their
// budgets, as by --swarm=false.
const swarmOff = "-swarm-off"

// Strategies are the words for columns of the table.
func Strategies() []string {
	list := append(campaign.Strategies(), All)
	for _, s := range list {
		list = append(list, s+swarmOff)
	}
	return list
}

// Settings are what a bench measures. They are read from a file by [Parse].
type Settings struct {
	Hash string // of the file, in 16 hexadecimal digits

	Least, Most uint64   // repetitions of a cell
	CellRuns    uint64   // as many as fit into so many runs, if there are not fewer than Least
	Runs        uint64   // of a repetition, at most
	HardRuns    uint64   // the same, of those that are hard
	Hard        []string // names of mutants
	Oracles     []string
	Strategies  []string      // the columns
	Rotation    []string      // what [All] is
	Against     string        // the strategy that the others are held against
	Depth       uint64        // of pct
	Seed        uint64        // what all seeds follow from
	Budget      search.Budget // of a run
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// Limit is how many runs a repetition makes at most.
func (s *Settings) Limit(mutant string) uint64 {
	if slices.Contains(s.Hard, mutant) {
		return s.HardRuns
	}
	return s.Runs
}

// First is the first seed of a repetition: a hash of its name, so that the results of two
// cells are as independent as those of two repetitions of one.
func (s *Settings) First(j Job) uint64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %s %d", s.Seed, j.Oracle, j.Mutant, j.Strategy, j.Repetition))
	return binary.BigEndian.Uint64(sum[:]) >> 1 // so that there are as many seeds after it as anybody may need
}

// hunt is one repetition, in a ground.
func (s *Settings) hunt(j Job, ground []campaign.Variant) *campaign.Hunt {
	strategy, steady := strings.CutSuffix(j.Strategy, swarmOff)
	h := &campaign.Hunt{
		Ground: ground, Strategies: []string{strategy}, Steady: steady, Depth: int(s.Depth), Budget: s.Budget,
		First: s.First(j), Runs: s.Limit(j.Mutant), StopAtFirst: true, Workers: 1,
	}
	if strategy == All {
		h.Strategies = s.Rotation
	}
	return h
}
