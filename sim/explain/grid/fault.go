package grid

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/weather"
)

// fault tells a fault that begins: by chance it is named by the other one of the
// entry, counted from 1, else by the number.
func (w words) fault(e observe.Entry) string {
	i := e.N // of a trace, in which it may be any number
	if e.What == observe.FaultBegins && e.Peer != 0 {
		i = uint32(e.Peer) - 1
	}
	if uint64(i) >= uint64(w.s.FaultCount()) {
		return e.Text
	}
	f, lasts := w.s.FaultAt(int(i)), ""
	if int(i) < len(w.s.Faults) || f.For != nil { // else it lasts until somebody heals it
		lasts = w.lasts(f)
	}
	return e.Text + ": " + w.gist(f) + lasts
}

// gist says what a fault is.
func (w words) gist(f *faults.Fault) string {
	switch {
	case f.Split != nil:
		return "the network is cut into " + w.parts(f)
	case f.Cut != nil:
		return w.cut(f.Cut)
	case f.Clog != nil:
		return "messages stand still" + w.links(f.Clog)
	case f.Weather != nil:
		return "another weather" + w.links(&f.On) + ": " + w.weather(f.Weather)
	case !f.Crash.IsZero():
		return "crash of " + w.target(&f.Crash)
	}
	return "pause of " + w.target(&f.Pause)
}

func (w words) cut(c *partitions.Cut) string {
	switch c.Shape {
	case partitions.Isolate:
		return "cut off is " + w.target(&c.Who)
	case partitions.OneWay:
		return "nothing gets from " + w.target(&c.From) + " to " + w.target(&c.To)
	case partitions.Ring:
		return "reaching only their neighbours in a ring: " + w.target(&c.Who)
	case partitions.Chain:
		return "reaching only their neighbours in a chain: " + w.target(&c.Who)
	case partitions.Bridge:
		return "the network is cut into halves with a bridge: " + w.target(&c.Who)
	}
	return "the network is cut into two parts, drawn by chance"
}

// parts is the parts of a split.
func (w words) parts(f *faults.Fault) string {
	parts := make([]string, len(f.Split))
	for i, part := range f.Split {
		parts[i] = list(part)
	}
	if rest := w.rest(f); len(rest) > 0 {
		parts = append(parts, list(rest))
	}
	return strings.Join(parts, " | ")
}

// target tells whom a fault strikes.
func (w words) target(t *aims.Target) string {
	switch t.Group {
	case aims.Everyone:
		return "everybody"
	case aims.AtRandom:
		return fmt.Sprintf("%d drawn by chance", t.Many)
	case aims.InRole:
		return "the " + at(w.protocol().Roles, t.Role)
	case aims.Majority:
		return "the majority"
	case aims.Minority:
		return "the minority"
	}
	return list(t.IDs)
}

// links tells on which links a fault is, and for which messages.
func (w words) links(l *aims.Links) string {
	text := ""
	if l.Kinds != nil {
		var kinds []string
		for _, k := range l.Kinds {
			kinds = append(kinds, at(w.protocol().Messages, k))
		}
		text = " for " + strings.Join(kinds, ", ")
	}
	if !l.From.IsZero() {
		text += " from " + w.target(&l.From)
	}
	if !l.To.IsZero() {
		text += " to " + w.target(&l.To)
	}
	return text
}

// weather tells how a weather differs from the general one.
func (w words) weather(x *weather.Weather) string {
	var parts []string
	if x.Delay != nil {
		parts = append(parts, "delay "+w.delay(x.Delay))
	}
	for _, p := range []struct {
		name string
		p    scheduler.Probability
	}{{"loss", x.Loss}, {"duplicate", x.Duplicate}, {"corrupt", x.Corrupt}, {"forge", x.Forge}} {
		if p.p != weather.Same {
			parts = append(parts, p.name+" "+say.Percent(p.p))
		}
	}
	return strings.Join(parts, ", ")
}

func (w words) delay(d *delays.Delay) string {
	if d.Min == d.Max {
		return say.Span(w.s, d.Min)
	}
	return say.Span(w.s, d.Min) + " to " + say.Span(w.s, d.Max)
}

// lasts tells how long a fault holds.
func (w words) lasts(f *faults.Fault) string {
	text := ""
	if f.For != nil {
		text = ", for " + w.delay(f.For)
	}
	if f.UntilWhen != nil {
		text += ", until " + w.protocol().MomentText(*f.UntilWhen)
	}
	switch {
	case f.Until < faults.Forever && f.Every == nil:
		text += ", until " + say.Span(w.s, f.Until)
	case text == "":
		text = ", for ever"
	}
	return text
}

// period tells a period that begins, which the entry numbers from 0.
func (w words) period(e observe.Entry) string {
	text := fmt.Sprintf("period %d", e.N+1)
	if uint64(e.N) >= uint64(len(w.s.Periods)) {
		return text
	}
	x := &w.s.Periods[e.N]
	told := w.weather(&x.Weather)
	if x.Crashes != weather.Same {
		if told != "" {
			told += ", "
		}
		told += "crashes " + say.Percent(x.Crashes)
	}
	if told == "" {
		told = "the general weather"
	}
	return text + ": " + told + ", for " + say.Span(w.s, x.For)
}
