package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

const perfettoMark = `{"displayTimeUnit":"ms","otherData":{"tool":"paxsim`

// perfetto is Chrome's trace event format: a track an actor, a slice an event,
// arrows for messages, instants for what catches the eye. Times are virtual, in
// microseconds.
//
// An event takes no time in a run. To be seen it needs some: those of a tick
// share the tick out among them, in their order, so that a message that leaves
// and arrives within one still points forward.
type perfetto struct {
	run   *Run
	tell  text
	out   *bufio.Writer
	ticks []tick // in the order of time
	tick  int    // the one that is being written
	seen  int    // events in it so far
	comma string
	flows uint64
	book  *flights.Book[place]
	down  []int64         // by actor: since when it is down, in nanoseconds; 0: it is up
	cuts  map[int]opening // faults of the network that have begun
}

// tick is how many events happen in one.
type tick struct {
	at     sim.Time
	events int64
}

// place is a point of a track.
type place struct {
	track sim.ID
	ns    int64
}

type opening struct {
	ns   int64
	name string
}

func newPerfetto(r *Run) Exporter {
	n := r.Scenario.Actors
	return &perfetto{run: r, tell: text{run: r, tell: grid.Tell(r.Scenario)}, book: flights.NewBook[place](n), down: make([]int64, n+1), cuts: map[int]opening{}}
}

func (p *perfetto) Measure(s trace.Step) {
	if n := len(p.ticks); n == 0 || p.ticks[n-1].at != s.Event.At {
		p.ticks = append(p.ticks, tick{at: s.Event.At})
	}
	p.ticks[len(p.ticks)-1].events++
}

func (p *perfetto) Begin(w io.Writer) {
	p.out = bufio.NewWriter(w)
	fmt.Fprintf(p.out, `%s %s","run":%s},"traceEvents":[`+"\n", perfettoMark, trace.Tool, quoted(p.run.Name()))
	p.event(`"ph":"M","name":"process_name","pid":1,"tid":0,"args":{"name":%s}`, quoted(p.run.Name()))
	for id := 0; id <= p.run.Scenario.Actors; id++ {
		name := world
		if id > 0 {
			name = fmt.Sprintf("actor %d", id)
		}
		p.event(`"ph":"M","name":"thread_name","pid":1,"tid":%d,"args":{"name":%s}`, id, quoted(name))
		p.event(`"ph":"M","name":"thread_sort_index","pid":1,"tid":%d,"args":{"sort_index":%d}`, id, id)
	}
}

// event writes an object of the list.
func (p *perfetto) event(format string, args ...any) {
	p.out.WriteString(p.comma)
	fmt.Fprintf(p.out, "{"+format+"}", args...)
	p.comma = ",\n"
}

// slot is when the next event is drawn, and how long it takes, in nanoseconds.
func (p *perfetto) slot(at sim.Time) (from, long int64) {
	for p.ticks[p.tick].at != at {
		p.tick++
		p.seen = 0
	}
	length, n := p.run.Head.TickUS*1000, p.ticks[p.tick].events
	from = int64(at)*length + length*int64(p.seen)/n
	p.seen++
	return from, max(1, length/n)
}

func (p *perfetto) Step(s trace.Step) {
	e := s.Event
	from, long := p.slot(e.At)
	parts := flights.Split(s)
	name := p.tell.event(e)
	if e.What == observe.Delivered {
		name = p.tell.tell.Message(e)
	}
	if parts.Refused != "" {
		name = "dropped: " + name + " (" + terminal.Text(parts.Refused) + ")"
	} else if parts.Held != "" {
		name = "waits: " + name + " (" + terminal.Text(parts.Held) + ")"
	}
	own, others := parts.Apart(e.Actor)
	p.event(`"ph":"X","cat":%s,"name":%s,"pid":1,"tid":%d,"ts":%s,"dur":%s,"args":{"event":%d,"cause":%d,"effects":%s}`,
		quoted(e.What.String()), quoted(name), e.Actor, micros(from), micros(long), e.Event, e.Cause, quoted(p.said(own)))
	for _, list := range others {
		said := p.said(list)
		p.event(`"ph":"X","cat":"aside","name":%s,"pid":1,"tid":%d,"ts":%s,"dur":%s,"args":{"event":%d,"effects":%s}`,
			quoted(said[0]), list[0].Actor, micros(from), micros(long), e.Event, quoted(said))
	}
	if e.What == observe.Delivered && parts.Held == "" {
		if sent, ok := p.book.Arrives(e); ok {
			p.arrow(e, sent, place{e.Actor, from})
		}
	}
	p.span(e, from)
	for _, f := range parts.Effects {
		p.span(f, from)
		p.book.Effect(f, place{f.Actor, from})
		switch f.What {
		case observe.Sent, observe.Broadcast, observe.Saved, observe.Doubled, observe.Noted, observe.Synced:
		case observe.Crashed:
			p.instant(f, from)
			p.down[f.Actor] = from + long
		default:
			p.instant(f, from)
		}
	}
	for _, g := range parts.Gone {
		p.book.Arrives(g.Entry)
		p.event(`"ph":"i","cat":"gone","name":%s,"pid":1,"tid":%d,"ts":%s,"s":"t"`, quoted("dropped: "+p.tell.tell.Message(g.Entry)+" ("+terminal.Text(g.Why)+")"), g.Actor, micros(from))
	}
}

// said tells effects.
func (p *perfetto) said(list []observe.Entry) []string {
	said := []string{}
	for _, f := range list {
		said = append(said, p.tell.effect(f))
	}
	return said
}

// arrow joins the slices of a message's leaving and of its arrival.
func (p *perfetto) arrow(e observe.Entry, from, to place) {
	p.flows++
	name := quoted(p.tell.tell.Kind(e))
	p.event(`"ph":"s","cat":"message","name":%s,"id":%d,"pid":1,"tid":%d,"ts":%s`, name, p.flows, from.track, micros(from.ns))
	p.event(`"ph":"f","bp":"e","cat":"message","name":%s,"id":%d,"pid":1,"tid":%d,"ts":%s`, name, p.flows, to.track, micros(to.ns))
}

// instant marks a point of an actor's track, or of all if it is nobody's.
func (p *perfetto) instant(e observe.Entry, ns int64) {
	scope := "t"
	if e.Actor == 0 {
		scope = "g"
	}
	p.event(`"ph":"i","cat":%s,"name":%s,"pid":1,"tid":%d,"ts":%s,"s":"%s"`, quoted(e.What.String()), quoted(p.tell.effect(e)), e.Actor, micros(ns), scope)
}

// span draws what lasts, once it is over: an actor that was down, a cut.
func (p *perfetto) span(e observe.Entry, ns int64) {
	switch e.What {
	case observe.Restarted:
		p.wasDown(e.Actor, ns)
	case observe.FaultBegins, observe.FaultStruck:
		if i := flights.Fault(p.run.Scenario, e); i >= 0 && flights.Lasts(p.run.Scenario.FaultAt(i)) {
			p.cuts[i] = opening{ns, e.Text}
		}
	case observe.FaultEnds, observe.FaultHealed:
		i := flights.Fault(p.run.Scenario, e)
		if o, ok := p.cuts[i]; ok {
			p.wasCut(i, o, ns)
		}
	}
}

func (p *perfetto) wasDown(id sim.ID, until int64) {
	if since := p.down[id]; since != 0 && since < until {
		p.event(`"ph":"X","cat":"down","name":"down","pid":1,"tid":%d,"ts":%s,"dur":%s`, id, micros(since), micros(until-since))
	}
	p.down[id] = 0
}

func (p *perfetto) wasCut(n int, o opening, until int64) {
	for _, end := range []struct {
		ph string
		ns int64
	}{{"b", o.ns}, {"e", until}} {
		p.event(`"ph":"%s","cat":"fault","name":%s,"id":%d,"pid":1,"tid":0,"ts":%s`, end.ph, quoted(terminal.Text(o.name)), n, micros(end.ns))
	}
	delete(p.cuts, n)
}

func (p *perfetto) End(f *trace.Trailer) error {
	end := f.TimeUS*1000 + p.run.Head.TickUS*1000
	for id := range p.down {
		p.wasDown(sim.ID(id), end)
	}
	for i := range p.run.Scenario.FaultCount() { // one that holds to the end
		if o, ok := p.cuts[i]; ok {
			p.wasCut(i, o, end)
		}
	}
	p.out.WriteString("\n]}\n")
	return p.out.Flush()
}

// micros is a time in microseconds with nanoseconds behind the point.
func micros(ns int64) string { return fmt.Sprintf("%d.%03d", ns/1000, ns%1000) }

// quoted is a text or a list of texts as JSON. What tells entries has spelled out what
// cannot be printed; what a page could take for a tag is escaped.
func quoted(v any) string {
	if s, ok := v.(string); ok {
		v = terminal.Text(s)
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic("export: " + err.Error()) // texts cannot fail
	}
	return string(text)
}
