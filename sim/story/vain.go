package story

import (
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// observed plays the best draft, and tells what happens in it.
func (x *shrinker) observed() ([]observe.Entry, error) {
	w, err := x.best.s.Protocol.New(x.best.s)
	if err != nil {
		return nil, err
	}
	var seen trace.Recorder
	w.Observe(&seen)
	x.player.reset(x.best.schedule)
	w.Search(&search.Search{Picker: &x.player, Budget: x.best.budget()})
	w.Reset(0, &x.player)
	w.Run()
	x.work.Replays++
	x.work.Events += w.Outcome().Events
	return seen.Entries, nil
}

// vain leaves out the steps in which nothing happens: messages and requests for actors
// that are down, and messages that a cut stops. A minimal schedule has none.
func (x *shrinker) vain() error {
	for {
		entries, err := x.observed()
		if err != nil {
			return err
		}
		happened := map[uint64]bool{}
		for i := range entries {
			switch e := &entries[i]; e.What {
			case observe.Dropped:
				if i > 0 && entries[i-1].What == observe.Delivered && entries[i-1].Event == e.Event {
					happened[e.Event] = false
				}
			default:
				happened[e.Event] = true
			}
		}
		out := map[int]bool{}
		for _, c := range x.player.came {
			if !happened[c.event] {
				out[c.step] = true
			}
		}
		if len(out) == 0 {
			return nil
		}
		h, ok, err := x.replay(x.best.s, x.best.without(func(i int, _ *step) bool { return out[i] }))
		if err != nil || !ok {
			return err
		}
		x.best.schedule = h
	}
}
