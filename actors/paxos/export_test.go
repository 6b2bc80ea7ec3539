package paxos

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
)

// Overheard is Paxos whose history writes down, for tests, what it is told that
// has an order of its own for each actor.
func Overheard(log *[]string) sim.Protocol {
	spec := specOf("paxos", Sound())
	spec.History = func(s *sim.Scenario, run sim.Watched) sim.History[Message, Record] {
		return &overheard{newHistory(Sound())(s, run).(*history), run, log}
	}
	return sim.Define[Actor, Message, Record](spec)
}

type overheard struct {
	*history
	names sim.Names
	log   *[]string
}

func (o *overheard) note(id sim.ID, format string, args ...any) {
	*o.log = append(*o.log, fmt.Sprintf("%d ", id)+fmt.Sprintf(format, args...))
}

func (o *overheard) Heard(to sim.ID, m Message) {
	o.note(to, "hears %s", m.Text(o.names))
	o.history.Heard(to, m)
}

func (o *overheard) Sent(from sim.ID, m Message) *sim.Violation {
	o.note(from, "sends %s %s", kindWords[m.kind], m.Text(o.names))
	return o.history.Sent(from, m)
}

func (o *overheard) Saved(id sim.ID, slot int, r Record) *sim.Violation {
	o.note(id, "saves %s", r.Text(o.names))
	return o.history.Saved(id, slot, r)
}

func (o *overheard) Crashed(id sim.ID) {
	o.note(id, "crashes")
	o.history.Crashed(id)
}
