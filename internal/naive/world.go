package naive

import (
	"fmt"
	"reflect"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

// What is read of the world, by the names that its fields have in sim.

// world is a world that can be read. Its values are the world's own, as they are now.
type world struct {
	slab, chunks           reflect.Value // what waits
	states, envs           reflect.Value // actors, and what is kept for them
	timers, disks, started []reflect.Value
	requests, left         reflect.Value
	history                reflect.Value // not valid: there is none
}

// open finds them. A run must have begun.
func open(r sim.Runner) *world {
	w := reflect.ValueOf(r).Elem()
	search := w.FieldByName("search").Elem()
	x := &world{
		slab: w.FieldByName("queue").FieldByName("slab"), chunks: search.FieldByName("pending").FieldByName("chunks"),
		states: w.FieldByName("states").Elem().Elem().FieldByName("actors"), envs: w.FieldByName("actors"),
		requests: w.FieldByName("clients").FieldByName("requests"), left: search.FieldByName("left").FieldByName("Crashes"),
	}
	for id := range x.envs.Len() {
		e := x.envs.Index(id)
		x.timers = append(x.timers, e.FieldByName("timers"))
		x.disks = append(x.disks, e.FieldByName("disk").FieldByName("Store"))
		x.started = append(x.started, e.FieldByName("started"))
	}
	if h := w.FieldByName("history"); !h.IsNil() && !w.FieldByName("checks").IsNil() {
		x.history = h.Elem().Elem()
	}
	return x
}

// messageOf is what the message says that waits under a key.
func (w *world) messageOf(k scheduler.Key) []byte {
	for i := range w.chunks.Len() {
		c := w.chunks.Index(i).Elem()
		events := c.FieldByName("events")
		for j := range int(c.FieldByName("n").Int()) {
			if x := events.Index(j); scheduler.Key(x.Field(0).Uint()) == k {
				ev := w.slab.Index(int(x.FieldByName("slot").Uint())).FieldByName("event")
				return appendValue(nil, ev.FieldByName("msg"), "")
			}
		}
	}
	panic("naive: no message waits under " + fmt.Sprint(k))
}

// appendTo writes all but what waits. crashes: actors may be down, and what is left of
// the budget matters.
func (w *world) appendTo(b []byte, crashes bool) []byte {
	for id := 1; id < w.envs.Len(); id++ {
		b = fmt.Appendf(b, "actor %d ", id)
		if crashes && !w.started[id].Bool() {
			b = append(b, "is down"...)
		} else {
			b = appendValue(b, w.states.Index(id), "")
		}
		b = append(appendValue(append(b, "\ndisk "...), w.disks[id], ""), '\n')
		for kind := range w.timers[id].Len() {
			if al := w.timers[id].Index(kind); al.Field(0).Uint() != 0 {
				b = fmt.Appendf(b, "alarm %d for %d\n", kind, al.FieldByName("set").Uint())
			}
		}
	}
	if crashes {
		b = fmt.Appendf(b, "crashes left %d\n", w.left.Int())
	}
	for i := range w.requests.Len() {
		x := w.requests.Index(i)
		b = fmt.Appendf(b, "request %d known %v ended %v\n", i, x.FieldByName("known").Bool(), x.FieldByName("ended").Bool())
	}
	if w.history.IsValid() {
		b = append(appendValue(append(b, "history "...), w.history, ""), '\n')
	}
	return b
}
