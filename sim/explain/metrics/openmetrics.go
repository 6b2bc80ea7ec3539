package metrics

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// Mark is how every file of metrics begins.
const Mark = "# TYPE paxsim info\n"

// quantiles are those that summaries tell: in words, and in per cent.
var quantiles = []struct {
	text    string
	percent int
}{{"0.5", 50}, {"0.9", 90}, {"0.99", 99}}

// OpenMetrics writes a campaign in the text format of OpenMetrics 1.0. The error
// is that of the writer.
func (c *Campaign) OpenMetrics(w io.Writer) error {
	o := &page{bufio.NewWriter(w), label("scenario", terminal.Text(c.scenario.Name))}
	o.out.WriteString(Mark)
	o.out.WriteString("# HELP paxsim Which runs these are.\n")
	o.sample("paxsim_info", "1", label("protocol", c.scenario.Protocol.Name()), label("tool", "paxsim "+trace.Tool), label("first_seed", strconv.FormatUint(c.first, 10)))
	o.family("runs", "counter", "Runs made, by outcome.")
	for v, n := range c.outcomes {
		o.count("runs_total", n, label("outcome", observe.Verdict(v).String()))
	}
	o.family("violations", "counter", "Runs that broke an invariant, by its name and grade; those that are watched.")
	for i, inv := range c.scenario.Protocol.Invariants() {
		if c.scenario.Watches(inv.Name) {
			o.count("violations_total", c.broken[i], label("invariant", inv.Name), label("grade", inv.Grade.String()))
		}
	}
	c.messages(o)
	for i, t := range totals {
		o.family(t.name, "counter", t.help)
		o.count(t.name+"_total", c.sums[i])
	}
	for i, n := range c.scenario.Protocol.Vocabulary().Notes {
		name := metricName(n.Field)
		o.family("protocol_"+name, "counter", "How often an actor noted: "+terminal.Text(n.Name)+".")
		o.count("protocol_"+name+"_total", c.sums[len(totals)+i])
	}
	for i, which := range []string{"first", "last"} {
		o.family("learned_"+which, "counter", "Runs in which the actor was the "+which+" to learn.")
		for id := 1; id <= c.scenario.Actors; id++ {
			if n := c.learned[i][id]; n > 0 {
				o.count("learned_"+which+"_total", n, label("actor", strconv.Itoa(id)))
			}
		}
	}
	for i, m := range measures {
		c.spreads[i].write(o, m, uint64(c.scenario.Tick/1000))
	}
	o.out.WriteString("# EOF\n")
	return o.out.Flush()
}

// messages tells messages by their kind and fate.
func (c *Campaign) messages(o *page) {
	words := c.scenario.Protocol.Vocabulary().Messages
	o.family("messages", "counter", "Messages by what became of them, copies and those to oneself too.")
	each := func(tell func(kind string, f *Fates)) {
		for i, word := range words {
			if word != "" {
				tell(word, &c.total.Messages[i])
			}
		}
	}
	each(func(kind string, f *Fates) {
		for _, fate := range []struct {
			word string
			n    uint64
		}{{"arrived", f.Arrived}, {"lost", f.Lost}, {"cut", f.Cut}, {"receiver_down", f.ReceiverDown}, {"damaged", f.Damaged}, {"link_full", f.LinkFull}, {"other", f.Other}} {
			if fate.n > 0 || fate.word == "arrived" {
				o.count("messages_total", fate.n, label("kind", kind), label("fate", fate.word))
			}
		}
	})
	o.family("messages_left", "counter", "Messages that an actor let go; a broadcast is one.")
	each(func(kind string, f *Fates) { o.count("messages_left_total", f.Left, label("kind", kind)) })
	o.family("messages_doubled", "counter", "Messages that were doubled on their way.")
	each(func(kind string, f *Fates) { o.count("messages_doubled_total", f.Doubled, label("kind", kind)) })
}

// write tells a distribution.
func (s *spread) write(o *page, m measure, tickUS uint64) {
	name := m.name
	if m.time {
		name += "_seconds"
	}
	o.family(name, "summary", m.help)
	text := func(n uint64) string {
		if m.time {
			return seconds(n * tickUS)
		}
		return strconv.FormatUint(n, 10)
	}
	if s.count > 0 && s.quantiles != nil {
		for _, q := range quantiles {
			o.sample("paxsim_"+name, text(uint64(s.quantiles.Percentile(q.percent))), label("quantile", q.text))
		}
	}
	o.sample("paxsim_"+name+"_sum", text(s.sum))
	o.sample("paxsim_"+name+"_count", strconv.FormatUint(s.count, 10))
}

// page is text in the format of OpenMetrics.
type page struct {
	out      *bufio.Writer
	scenario string // the label that every sample has
}

// family begins the samples of one name. A name that ends in a unit says so.
func (p *page) family(name, kind, help string) {
	fmt.Fprintf(p.out, "# TYPE paxsim_%s %s\n", name, kind)
	if strings.HasSuffix(name, "_seconds") {
		fmt.Fprintf(p.out, "# UNIT paxsim_%s seconds\n", name)
	}
	fmt.Fprintf(p.out, "# HELP paxsim_%s %s\n", name, escape(help))
}

func (p *page) count(name string, n uint64, labels ...string) {
	p.sample("paxsim_"+name, strconv.FormatUint(n, 10), labels...)
}

func (p *page) sample(name, value string, labels ...string) {
	fmt.Fprintf(p.out, "%s{%s} %s\n", name, strings.Join(append([]string{p.scenario}, labels...), ","), value)
}

// label is a label of a sample.
func label(name, value string) string { return name + `="` + escape(value) + `"` }

// escape writes what the format asks to be escaped.
func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text)
}

// metricName makes a name of what a protocol calls a counter.
func metricName(field string) string {
	return strings.Map(func(c rune) rune {
		if c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return '_'
	}, field)
}

// seconds is a time in microseconds as seconds, with the decimals that it needs.
func seconds(us uint64) string {
	text := fmt.Sprintf("%d.%06d", us/1_000_000, us%1_000_000)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}
