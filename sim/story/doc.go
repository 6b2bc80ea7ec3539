// Package story makes a story of a run that broke an invariant: the few events that
// matter, in their order.
//
//	find ──record──▶ schedule ──player──▶ searched run ──▶ does it still break?
//	                    ▲                                        │
//	                    └── cut, fewer, renumber, scenarios ◀────┘
//
// A schedule says what happens; whatever it does not list never does. So a story is
// shorter than a run with few surprises: there is no successful run around the bug.
package story
