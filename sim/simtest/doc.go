// Package simtest looks for bugs of a protocol from a Go test. The runs are those
// of the searched engine, in which an adversary picks what happens next.
//
//	func TestMine(t *testing.T) {
//		simtest.Run(t, simtest.Of(mine.Protocol(), 3))
//	}
//
// # What fails, and what is kept
//
// A run that breaks an invariant fails the test. The failure tells the invariant,
// the last 40 lines of the run in words, its story, where both are kept, and a command
// that shows them again from any folder. The story has only those events of the run
// without which nothing breaks, in numbered sentences: see packages story and tell. Runs
// that show nothing fail the test as well.
//
// The run is kept as a run file under testdata/paxsim/ of the package, in a folder
// of the test. Its name is the signature and a digest of the run, so no find takes
// the place of another. Its story is kept beside it. From then on both are played first,
// each time, the run only if the story holds. Commit them with the fix. What a fuzz
// target finds is kept under the name of the target, whatever the input was.
//
// # Stories that are kept
//
// A story is a text that a person reads and may edit:
//
//	breaks: agreement
//	story:
//	  - client asks 3
//	  - Proposal 3a reaches 3
//
// The scenario is the test's. A line that cannot be read fails the test, which tells the
// file and the line. A line may also no longer apply: the protocol has changed, or the
// scenario. Then the run beside the story says whether the bug is still there. If there
// is no run, the test fails. Delete a story, and the next failure of its run makes it
// anew.
//
// # Defaults
//
//	runs          2,000, from seed 1 on; with go test -short at most 200
//	strategies    walk, pct, pos and feedback, by seed in rotation
//	depth of pct  3
//	budget        400 events, 8 alarms, 3 losses, 3 duplicates, 4 crashes
//	marks         none is required
//	kept          testdata/paxsim/NAME OF THE TEST/SIGNATURE-DIGEST.run.json
//	              and .story.yaml
//	workers       as many as GOMAXPROCS; the result is the same for any number
//
// # The environment
//
// These variables change all tests of a go test. An empty one counts as not set. A
// wrong value fails the test, and the message names the variable.
//
//	PAXSIM_RUNS      how many runs; 0: what is kept is played, and nothing else
//	PAXSIM_SEED      the first seed
//	PAXSIM_FOR       make runs for so long in place of a number: 90s, 10m
//	PAXSIM_STRATEGY  the adversaries: walk,pos or all
//	PAXSIM_EXPLORE   1: a first seed from the clock; a failure says which, and so
//	                 does the log of go test -v
//	PAXSIM_OUT       a folder, by its absolute path, for the failures of this
//	                 go test: a run file and a page for a browser of each
//
// The environment comes before -short, -short before options, options before the
// defaults. PAXSIM_SEED and PAXSIM_EXPLORE replace [Repetition] too. PAXSIM_FOR and
// PAXSIM_RUNS exclude each other, and so do PAXSIM_EXPLORE and PAXSIM_SEED. [Play]
// and [Again] use PAXSIM_OUT alone. Write go test -count=1 with PAXSIM_EXPLORE: a
// test that passed may be answered from the cache.
//
// Some tests fail because no run reached a mark, or because the runs show nothing. With
// fewer runs than the code asks for, with PAXSIM_FOR and with PAXSIM_STRATEGY, that is
// written to the log instead.
//
// docs/ci.md has a workflow: the same seeds on every change, fresh ones at night.
//
// # Fuzzing, and rapid
//
// [Fuzz] is a whole fuzz target, in which the bytes of go test -fuzz take the place
// of chance and of the adversary:
//
//	func FuzzMine(f *testing.F) { simtest.Fuzz(f, simtest.Of(mine.Protocol(), 3)) }
//
// For others there is [Play]. With rapid (pgregory.net/rapid):
//
//	func TestMineByRapid(t *testing.T) {
//		s := simtest.Of(mine.Protocol(), 3)
//		simtest.Again(t, s)
//		rapid.Check(t, func(t *rapid.T) {
//			simtest.Play(t, s, simtest.Drawn(s, func(label string, outcomes uint32) uint32 {
//				return rapid.Uint32Range(0, outcomes-1).Draw(t, label)
//			}))
//		})
//	}
//
// Both make a failing run smaller in their own way, and the last one is kept. The story
// beside it is the shortest of those that were made of these runs.
package simtest
