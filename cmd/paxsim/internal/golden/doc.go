// Package golden holds runs against what they were when they were last looked
// at. It is tests alone; what they compare with is in testdata/ at the root of
// the module, and testdata/README.md tells why it is there.
//
//	testdata/runs/*.txt     --read--> Scenario, Source --Run--> grid     compared, or rewritten
//	testdata/digests/*.txt  --------> seeds 1, 2, 3, … --Run--> digests  compared, or rewritten
//	testdata/any/*.yaml     --read--> seeds 1, 2, 3, … --Run--> digests  compared, condensed, or rewritten
//
// Flags of these tests, given after the package (and after -args, if need be):
//
//	-update    rewrite what differs; read the difference before it is committed
//	-seeds N   compare the first N seeds of each scenario; -short: a few
//	-many N    compare the digests of N seeds more, a thousand condensed to one
//	-choose N  choose the generated scenarios anew among the first N, with -update
//	-workers   by how many workers the many are run, each number in turn: 1,2
package golden
