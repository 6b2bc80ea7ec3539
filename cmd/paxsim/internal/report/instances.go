package report

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/table"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// Instance is how one instance of a run came out.
type Instance struct {
	sim.Decision
	Value, Round string // what was decided, or what is chosen if nobody knows it
}

// instancesOf are the instances of a run, if there may be others than 0.
func instancesOf(o *sim.Outcome, w sim.Runner) (list []Instance) {
	add := func(d sim.Decision) {
		x := Instance{Decision: d, Value: w.ValueName(d.Value), Round: w.RoundText(d.Under)}
		if d.Value == 0 {
			x.Value, x.Round = w.ValueName(d.Chosen.Value), w.RoundText(d.Chosen.Under)
		}
		x.LearnedAt = nil // the world's
		list = append(list, x)
	}
	if d, ok := o.Decision(0); ok {
		add(d)
	}
	for i := range o.Instances {
		add(o.Instances[i])
	}
	return list
}

// byInstance tells something of each instance: "0: 1a, 2: 3b".
func byInstance(list []Instance, of func(x *Instance) string) string {
	parts := make([]string, len(list))
	for i := range list {
		parts[i] = fmt.Sprintf("%d: %s", list[i].Instance, of(&list[i]))
	}
	return strings.Join(parts, ", ")
}

// mostInstances is how many instances a cell of a table for people tells of, and
// how many lines their own table has.
const (
	mostInstances = 3
	mostLines     = 20
)

// fewInstances is byInstance in a cell for people: of very many the first ones, and
// the last.
func fewInstances(list []Instance, of func(x *Instance) string) string {
	n := len(list)
	if n <= mostInstances {
		return byInstance(list, of)
	}
	return byInstance(list[:mostInstances-1], of) + ", … " + byInstance(list[n-1:], of)
}

// instancesField is what programs read of each instance: a list of objects.
var instancesField = Field{Name: "instances", Of: func(r *Row) string {
	if len(r.ByInstance) == 0 {
		return ""
	}
	b := []byte{'['}
	for i := range r.ByInstance {
		x := &r.ByInstance[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '{')
		for _, f := range instanceFields(r.Scenario.Protocol) {
			b = appendMember(b, f.name, f.of(r, x), f.text)
		}
		b = append(b, '}')
	}
	return string(append(b, ']'))
}}

// instanceField is one thing that is shown of an instance.
type instanceField struct {
	name string
	text bool
	of   func(r *Row, x *Instance) string // "": there is none
}

// instanceFields are shown of each instance of a protocol.
func instanceFields(p sim.Protocol) []instanceField {
	return []instanceField{
		{"instance", false, func(_ *Row, x *Instance) string { return number(x.Instance) }},
		{"value", true, func(_ *Row, x *Instance) string { return x.Value }},
		{speechOf(p).round, true, func(_ *Row, x *Instance) string { return x.Round }},
		{"chosen_ms", false, func(r *Row, x *Instance) string { return since(r, x.ChosenTime, x.Chosen.Value != 0) }},
		{"decided_ms", false, func(r *Row, x *Instance) string { return since(r, x.DecideTime, x.Decision.Value != 0) }},
		{"learned_ms", false, func(r *Row, x *Instance) string { return since(r, x.LearnedTime, x.AllLearned) }},
		{"learned", true, func(r *Row, x *Instance) string {
			return number(uint64(x.Learned)) + "/" + number(uint64(r.Awaited))
		}},
	}
}

func since(r *Row, t sim.Time, known bool) string {
	if !known {
		return ""
	}
	return say.Millis(r.Scenario, t)
}

// drawInstances draws the table of the instances of a run.
func (t *tableSink) drawInstances(b *bytes.Buffer, r *Row) {
	var columns []table.Column
	fields := instanceFields(r.Scenario.Protocol)
	for _, f := range fields {
		columns = append(columns, table.Column{Name: f.name, Right: !f.text || f.name == "learned"})
	}
	var cells [][]string
	list := r.ByInstance[:min(len(r.ByInstance), mostLines)]
	for i := range list {
		row := make([]string, len(columns))
		for k, f := range fields {
			if row[k] = f.of(r, &list[i]); f.name == "chosen_ms" && !r.Counted {
				row[k] = "-" // nobody knows
			}
		}
		cells = append(cells, row)
	}
	if t.markdown {
		b.Write(table.Markdown(columns, cells))
	} else {
		b.Write(table.Fit(columns, cells, t.page.Width))
	}
	if more := len(r.ByInstance) - len(list); more > 0 {
		terminal.Fprintf(b, "... and %s: --format json tells of all.\n", say.Plural(uint64(more), "instance"))
	}
	b.WriteByte('\n')
}
