package play

// Limits are what a session takes. What is more is refused with a message.
type Limits struct {
	Actors  int    `json:"actors"`  // of a run
	Events  uint64 `json:"events"`  // of a run: one that goes on is refused
	Window  uint64 `json:"window"`  // events that a page holds at once
	Runs    int    `json:"runs"`    // that are open at once
	Acts    int    `json:"acts"`    // that can be taken back
	Request int    `json:"request"` // bytes
}

// Usual are the limits of a session.
var Usual = Limits{Actors: 64, Events: 20_000, Window: 5_000, Runs: 8, Acts: 1_000, Request: 4 << 20}
