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
	writer
	slab, chunks   reflect.Value // what waits
	states         reflect.Value // actors
	timers, disks  []reflect.Value
	caches         []reflect.Value
	requests, asks reflect.Value
	history        reflect.Value // not valid: there is none
}

// open finds them. A run must have begun.
func open(r sim.Runner) *world {
	w := reflect.ValueOf(r).Elem()
	search := w.FieldByName("search").Elem()
	clients := w.FieldByName("clients")
	x := &world{
		writer: writer{operations: clients.FieldByName("operations")},
		slab:   w.FieldByName("queue").FieldByName("slab"), chunks: search.FieldByName("pending").FieldByName("chunks"),
		states: w.FieldByName("states").Elem().Elem().FieldByName("actors"), requests: clients.FieldByName("requests"),
		asks: clients.FieldByName("asks"),
	}
	envs := w.FieldByName("actors")
	for id := range envs.Len() {
		e := envs.Index(id)
		x.timers = append(x.timers, e.FieldByName("timers"))
		x.disks = append(x.disks, e.FieldByName("disk").FieldByName("Records"))
		x.caches = append(x.caches, e.FieldByName("disk").FieldByName("Cache"))
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
				return w.appendValue(nil, ev.FieldByName("msg"), "")
			}
		}
	}
	panic("naive: no message waits under " + fmt.Sprint(k))
}

// isUnasked says whether a client has still to ask, first or again.
func (w *world) isUnasked(request int) bool {
	x := w.requests.Index(request)
	return !x.FieldByName("known").Bool() && !x.FieldByName("ended").Bool()
}

// text is all but what waits. A client that gave up counts as one that has its answer.
func (w *world) text(gaveUp func(request int) bool) string {
	var b []byte
	for id := 1; id < w.states.Len(); id++ {
		b = w.appendValue(fmt.Appendf(b, "actor %d ", id), w.states.Index(id), "")
		b = append(w.appendValue(append(b, "\ndisk "...), w.disks[id], ""), '\n')
		if w.caches[id].Len() > 0 {
			b = append(w.appendValue(append(b, "not synced "...), w.caches[id], ""), '\n')
		}
		for kind := range w.timers[id].Len() {
			if al := w.timers[id].Index(kind); al.Field(0).Uint() != 0 {
				b = fmt.Appendf(b, "alarm %d for %d\n", kind, al.FieldByName("set").Uint())
			}
		}
	}
	for i := range w.requests.Len() {
		x := w.requests.Index(i)
		b = fmt.Appendf(b, "request %d known %v ended %v\n", i, x.FieldByName("known").Bool(), x.FieldByName("ended").Bool() || gaveUp(i))
	}
	b = append(w.appendValue(append(b, "asks "...), w.asks, ""), '\n')
	if w.history.IsValid() {
		b = append(w.appendValue(append(b, "history "...), w.history, ""), '\n')
	}
	return string(b)
}
