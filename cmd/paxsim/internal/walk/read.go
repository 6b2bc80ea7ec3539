package walk

import (
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// Next goes on by one event and says whether there was one. The walk ends also
// where its context does.
func (w *Walk) Next() bool { return w.next() }

// Step is the last event, and what happened during it. It is good until the
// next.
func (w *Walk) Step() trace.Step { return w.step }

// Asked is what the last event asked of chance; before the first, what the run
// asked at its start. It is good until the next.
func (w *Walk) Asked() []scheduler.Asked { return w.asked.List }

// Outcome is how the run stands.
func (w *Walk) Outcome() sim.Outcome { return w.world.Outcome() }
