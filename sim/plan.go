package sim

// Plan is what a protocol makes of a scenario.
type Plan struct {
	TimeLimit  Time       // the limit on virtual time: the scenario's, or computed
	EventLimit uint64     // that on events; 0: see [Plan.Events]
	Lines      []PlanLine // what was computed, for people

	// NoGuarantee says why the protocol does not promise that every run decides
	// within its limits. "": it does, for a sound run with a chance of failing
	// below 1e-9.
	NoGuarantee string

	// Bound is how long a core needs at most until all of it have learned. It counts from the
	// moment when all has arrived that was on its way, or asked for, when the weather calmed.
	// saves is how many saves one of its disks has still to do then, at most. nil: the
	// protocol promises nothing.
	Bound func(saves int) Time
}

// PlanLine tells one computed figure.
type PlanLine struct {
	Name  string
	Ticks Time   // if it is a time
	Text  string // if it is not
	How   string // the sum
}

// Events is the limit on events for n actors if the scenario names none. It is that of the
// plan, or else a hundred rounds in which everybody tells everybody, plus a million.
func (p *Plan) Events(n int) uint64 {
	if p.EventLimit > 0 {
		return p.EventLimit
	}
	return min(1_000_000+100*uint64(n)*uint64(n), MaxEvents)
}
