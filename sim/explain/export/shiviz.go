package export

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

const (
	// shivizParser is the expression by which ShiViz reads the log. It is in the first line,
	// where ShiViz looks for it; the second, empty, says that the log holds one run.
	shivizParser = `(?<event>.*)\n(?<host>\S*) (?<clock>{.*})`
	shivizMark   = shivizParser + "\n\n"

	// shivizActors bounds the clocks: every line holds one.
	shivizActors = 100

	// world is the host of what happens at no actor: the script's faults, and
	// messages that arrive at nobody.
	world = "world"
)

// shiviz is a log for ShiViz: an event a pair of lines, in words, then the host
// and its vector clock. Hosts are the actors and the world.
type shiviz struct {
	noMeasure
	run    *Run
	tell   text
	out    *bufio.Writer
	clocks [][]uint32 // by host: 0 the world, then the actors
	book   *flights.Book[[]uint32]
}

func newShiViz(r *Run) Exporter {
	x := &shiviz{run: r, tell: telling(r), book: flights.NewBook[[]uint32](r.Scenario.Actors)}
	x.clocks = make([][]uint32, r.Scenario.Actors+1)
	for i := range x.clocks {
		x.clocks[i] = make([]uint32, r.Scenario.Actors+1)
	}
	return x
}

func (x *shiviz) Begin(w io.Writer) {
	x.out = bufio.NewWriter(w)
	x.out.WriteString(shivizMark)
}

func (x *shiviz) Step(s trace.Step) {
	e := s.Event
	said := fmt.Sprintf("event %d, %s ms: ", e.Event, say.Millis(x.run.Scenario, e.At))
	host, p := e.Actor, flights.Split(s)
	switch {
	case p.Refused != "":
		host = 0
		said += x.refused(e, p.Refused)
	case p.Held != "":
		host = 0
		said += fmt.Sprintf("%s from actor %d to actor %d must wait (%s)", x.tell.tell.Message(e), e.Peer, e.Actor, terminal.Text(p.Held))
	default:
		said += x.tell.event(e)
	}
	if e.What == observe.Delivered && p.Held == "" {
		x.arrive(host, e)
	}
	x.clocks[host][host]++
	own, others := p.Apart(e.Actor)
	x.line(host, said+x.effects("; ", own, host))
	for _, list := range others { // a crash by a fault: the actor's own affair, caused by the world's
		at := list[0].Actor
		x.learn(at, x.clocks[host])
		x.clocks[at][at]++
		x.line(at, fmt.Sprintf("in event %d: ", e.Event)+x.effects("", list, at))
	}
	for _, g := range p.Gone {
		x.arrive(0, g.Entry)
		x.clocks[0][0]++
		x.line(0, fmt.Sprintf("in event %d: %s", e.Event, x.refused(g.Entry, g.Why)))
	}
}

// effects tells what happened at a host, and notes what the host knew with each message
// that left. before is written in front of the first.
func (x *shiviz) effects(before string, list []observe.Entry, host sim.ID) (said string) {
	var now []uint32
	for _, f := range list {
		said += before + x.tell.effect(f)
		before = "; "
		if now == nil && (f.What == observe.Sent || f.What == observe.Broadcast) {
			now = slices.Clone(x.clocks[host])
		}
		x.book.Effect(f, now)
	}
	return said
}

// refused tells of a message that came and did not reach its receiver.
func (x *shiviz) refused(e observe.Entry, why string) string {
	return fmt.Sprintf("%s from actor %d to actor %d is dropped (%s)", x.tell.tell.Message(e), e.Peer, e.Actor, terminal.Text(why))
}

// arrive lets a host know what the sender of a message knew.
func (x *shiviz) arrive(host sim.ID, e observe.Entry) {
	if sent, ok := x.book.Arrives(e); ok {
		x.learn(host, sent)
	}
}

// learn lets a host know all that a clock knows.
func (x *shiviz) learn(host sim.ID, clock []uint32) {
	mine := x.clocks[host]
	for i, n := range clock {
		mine[i] = max(mine[i], n)
	}
}

// line writes an event of a host.
func (x *shiviz) line(host sim.ID, said string) {
	x.out.WriteString(said + "\n" + hostName(int(host)) + " {")
	comma := ""
	for i, n := range x.clocks[host] {
		if n > 0 {
			x.out.WriteString(comma + `"` + hostName(i) + `":` + strconv.FormatUint(uint64(n), 10))
			comma = ", "
		}
	}
	x.out.WriteString("}\n")
}

func hostName(i int) string {
	if i == 0 {
		return world
	}
	return "actor" + strconv.Itoa(i)
}

func (x *shiviz) End(*trace.Trailer) error { return x.out.Flush() }
