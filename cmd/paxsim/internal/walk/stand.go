package walk

import (
	"slices"

	"github.com/paxsim/paxsim/sim"
)

// stand is how an actor stands, as far as the trace tells it.
type stand struct {
	status  string // "": it has not started
	saved   []slot // what its disk holds
	learned string // since its last start; "": nothing
}

type slot struct {
	number uint32
	text   string
}

// see notes an entry that is about the actor.
func (s *stand) see(e sim.Entry) {
	switch e.What {
	case sim.Booted, sim.Restarted:
		s.status, s.learned = "up", ""
	case sim.Crashed:
		s.status, s.learned = "down", ""
	case sim.Paused:
		s.status = "paused"
	case sim.Resumed:
		s.status = "up"
	case sim.Decided:
		s.learned = e.Text
	case sim.Saved:
		i := slices.IndexFunc(s.saved, func(x slot) bool { return x.number == e.N })
		if i < 0 {
			s.saved = append(s.saved, slot{number: e.N})
			i = len(s.saved) - 1
		}
		s.saved[i].text = e.Text
	}
}
