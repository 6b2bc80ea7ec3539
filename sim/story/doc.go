// Package story makes a story of a run that broke an invariant: the few events that
// matter, in their order.
//
//	find ──record──▶ schedule ──player──▶ searched run ──▶ does it still break?
//	                    ▲                                        │
//	                    └── cut, fewer, renumber, scenarios ◀────┘
//
// A schedule says what happens; whatever it does not list never does. So a story is
// shorter than a run with few surprises: there is no successful run around the bug.
//
// Where the order of the events does not break the invariant, time did. Then the story keeps
// the clock: it is a timed run in which all goes well, except for the answers that it gives
// ([Story].Clock). What shrinks are these answers, faults, requests, actors and times.
package story
