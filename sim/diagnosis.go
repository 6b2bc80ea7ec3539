package sim

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/sim/abilities"
)

// maxStuck is how many actors Stuck tells of.
const maxStuck = 5

// Diagnosis implements [Runner].
func (w *World[M, D]) Diagnosis() []string {
	if w.unlearned <= 0 && w.clients.open == 0 {
		return nil
	}
	var out []string
	more := 0
	for id := ID(1); int(id) <= w.n; id++ {
		e := &w.actors[id]
		if e.gone || w.faults.core.Len() > 0 && !w.faults.core.Has(id) || !w.awaits(e) && !w.clients.waits(id) || e.missing == 0 && e.slow&dead == 0 && !w.clients.waits(id) {
			continue
		}
		if len(out) == maxStuck {
			more++
			continue
		}
		out = append(out, fmt.Sprintf("actor %d %s", id, w.stuckAt(e)))
	}
	switch more {
	case 0:
	case 1:
		out = append(out, "so does 1 other")
	default:
		out = append(out, fmt.Sprintf("so do %d others", more))
	}
	return out
}

// waits says whether a client of an actor waits.
func (c *clients) waits(id ID) bool {
	for _, r := range c.of(id) {
		if r.open {
			return true
		}
	}
	return false
}

// stuckAt is what one actor waits for.
func (w *World[M, D]) stuckAt(e *Env[M, D]) string {
	if why := w.disabled(e.self); why != "" {
		return "is " + why
	}
	var parts []string
	if x, ok := w.states.member(e.self).(abilities.Waiter); ok {
		if what, from := x.Waits(); what != "" {
			parts = append(parts, "waits for "+what+w.fromWhom(e.self, from))
		}
	}
	if e.slow&waiting != 0 {
		parts = append(parts, "waits for its disk")
	}
	for kind := range e.timers {
		if al := &e.timers[kind]; al.handle != 0 {
			parts = append(parts, fmt.Sprintf("waits for its alarm %q at %s", w.spec.vocabulary.Timer(uint8(kind)), w.clock(al.at)))
		}
	}
	if w.clients.waits(e.self) {
		parts = append(parts, "its client has no answer yet")
	}
	if len(parts) == 0 {
		parts = append(parts, "waits for a message; no alarm of its own will go off")
	}
	if w.instances.goal > 1 && e.missing > 0 {
		parts = append([]string{w.lacks(e)}, parts...)
	}
	return strings.Join(parts, "; ")
}

// lacks says which instances of several an actor has not learned.
func (w *World[M, D]) lacks(e *Env[M, D]) string {
	for i := range w.instances.goal {
		if !w.knows(e, i) {
			text := fmt.Sprintf("has not learned instance %d", i)
			if e.missing > 1 {
				text += fmt.Sprintf(" and %d more", e.missing-1)
			}
			return text
		}
	}
	return ""
}

// knows says whether an actor has learned the decision of an instance.
func (w *World[M, D]) knows(e *Env[M, D], i Instance) bool {
	if i == 0 {
		return e.learned != 0
	}
	for k := range w.instances.list {
		if l := &w.instances.list[k]; l.Instance == i {
			return l.values[e.self] != 0
		}
	}
	return false
}

// clock tells a time: "12.5 ms".
func (w *World[M, D]) clock(t Time) string {
	us := int64(t) * (w.scenario.Tick / 1000)
	text := fmt.Sprintf("%d.%03d", us/1000, us%1000)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + " ms"
}

// fromWhom lists actors, and why each of them cannot answer.
func (w *World[M, D]) fromWhom(self ID, from []ID) string {
	var list []string
	for _, id := range from {
		text := itoa(int(id))
		if why := w.unreachable(self, id); why != "" {
			text += " (" + why + ")"
		}
		list = append(list, text)
	}
	if len(list) == 0 {
		return ""
	}
	return " from " + strings.Join(list, ", ")
}

// disabled says why an actor does nothing; "": it could.
func (w *World[M, D]) disabled(id ID) string {
	switch e := &w.actors[id]; {
	case e.gone:
		return "down for good"
	case e.slow&dead != 0 && e.restart != 0:
		return "down until " + w.clock(e.restarts)
	case e.slow&dead != 0:
		return "down until a fault is over"
	case e.slow&paused != 0:
		return "paused"
	}
	return ""
}

// unreachable says why nothing comes back from an actor; "": it could.
func (w *World[M, D]) unreachable(self, id ID) string {
	if why := w.disabled(id); why != "" || id == self {
		return why
	}
	s := w.scenario
	there, back := w.faults.separated(s, self, id), w.faults.separated(s, id, self)
	if there || back {
		for _, i := range w.faults.cuts {
			if st := &w.faults.list[i]; there && st.parts(self, id) || back && st.parts(id, self) {
				return "cut off by " + s.FaultAt(i).Name
			}
		}
		return "outside the core"
	}
	for _, i := range w.faults.clogs {
		if st := &w.faults.list[i]; st.side.Covers(nil, self, id, 0) || st.side.Covers(nil, id, self, 0) {
			return "behind the clog " + s.FaultAt(i).Name
		}
	}
	return ""
}
