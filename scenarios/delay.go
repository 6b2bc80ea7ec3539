package scenarios

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/delays"
)

// delayKind are how long messages are on their way: a span, or a model by its
// parameters.
func delayKind() kind[delays.Delay] {
	plain := spans()
	plain.takes = "a time such as 20ms, two, 1ms..20ms, or a model such as {least: 1ms, exponential: 10ms, most: 500ms}"
	k := kind[delays.Delay]{takes: plain.takes, bounds: plain.bounds, schema: schema{AnyOf: slices.Clone(plain.schema.AnyOf)}}
	for _, m := range delayModels {
		k.schema.AnyOf = append(k.schema.AnyOf, object(about{parts: abouts(delayFields(m))}))
	}
	k.read = func(l *loader, n *yaml.Node, path string) (delays.Delay, bool) {
		if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
			v, ok := plain.value(l, n, path)
			return delays.Delay{Min: v.least, Max: v.greatest}, ok
		}
		m, ok := l.delayModel(n, path)
		if !ok {
			return delays.Delay{}, false
		}
		d := delays.Delay{Shape: delays.Shape{Model: m}}
		readFields(l, n, path, delayFields(m), &d)
		return d, !l.wrong(path)
	}
	k.text = func(g given, d delays.Delay) string {
		if d.Shape.Model == delays.Uniform {
			return plain.text(g, span{d.Min, d.Max})
		}
		return record(g, delayFields(d.Shape.Model), &d)
	}
	return k
}

// delayModels are those that have a name in a file.
var delayModels = []delays.Model{delays.Exponential, delays.Normal, delays.LogNormal, delays.Pareto, delays.Table}

// delayFields are what a file says of delays by a model. One of them has the
// model's name.
func delayFields(m delays.Model) []field[delays.Delay] {
	type D = delays.Delay
	scale := func(doc string) field[D] {
		return required(m.String(), doc, duration(1, maxDelay), whole(func(d *D) *sim.Time { return &d.Shape.Scale }))
	}
	fields := []field[D]{required("least", "the least delay", duration(0, maxDelay), whole(func(d *D) *sim.Time { return &d.Min }))}
	switch m {
	case delays.Exponential:
		fields = append(fields, scale("the mean of what is added to the least delay"))
	case delays.Normal:
		fields = append(fields, required(m.String(), "the mean of the delay", duration(0, maxDelay), whole(func(d *D) *sim.Time { return &d.Shape.Mean })),
			required("deviation", "its standard deviation", duration(0, maxDelay), whole(func(d *D) *sim.Time { return &d.Shape.Deviation })))
	case delays.LogNormal:
		fields = append(fields, scale("the median of what is added to the least delay"),
			required("sigma", "the standard deviation of its logarithm", thousandths(0, delays.MaxSigma),
				whole(func(d *D) *uint32 { return &d.Shape.Sigma })))
	case delays.Pareto:
		fields = append(fields, scale("the scale of what is added to the least delay"),
			required("alpha", "how steep its tail falls", thousandths(delays.MinAlpha, delays.MaxAlpha),
				whole(func(d *D) *uint32 { return &d.Shape.Alpha })))
	case delays.Table:
		return []field[D]{required(m.String(), "the chances that a delay is at most so long", delayTable(), lens[D, []delays.Point]{
			func(d *D) []delays.Point { return d.Shape.Table },
			func(d *D, v []delays.Point) { d.Shape.Table, d.Min, d.Max = v, v[0].At, v[len(v)-1].At },
		})}
	}
	return append(fields, required("most", "the greatest delay: what would be longer takes so long", duration(0, maxDelay),
		whole(func(d *D) *sim.Time { return &d.Max })))
}

// delayModel is the model that a mapping means: the one that it names, or, so
// that the rest can be checked, the one that is most likely meant.
func (l *loader) delayModel(n *yaml.Node, path string) (m delays.Model, ok bool) {
	var models, all []string
	for _, m := range delayModels {
		models = append(models, m.String())
		for _, f := range delayFields(m) {
			all = append(all, f.name)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	var first string
	var others []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch key := n.Content[i]; {
		case key.Kind != yaml.ScalarNode || key.Value == first:
		case !slices.Contains(models, key.Value):
			others = append(others, key)
		case first == "":
			first = key.Value
		default:
			l.fail(key, join(path, key.Value), "a second model, beside %s: expected one", first)
			return 0, false
		}
	}
	if first != "" {
		return delayModels[slices.Index(models, first)], true
	}
	for _, key := range others {
		switch near := Nearest(key.Value, all); {
		case slices.Contains(models, near):
			return delayModels[slices.Index(models, near)], true
		case near == "sigma":
			return delays.LogNormal, true
		case near == "deviation":
			return delays.Normal, true
		case near == "alpha":
			return delays.Pareto, true
		case near != key.Value:
			l.fail(key, join(path, key.Value), "there is no such key%s", orAll(key.Value, all))
		}
	}
	l.fail(n, path, "names no model: expected %s; all times from 1ms to 20ms alike are 1ms..20ms", strings.Join(models, ", "))
	return 0, false
}

// maxPoints is how many points a table of delays may have.
const maxPoints = 1000

// delayTable are points such as [50%, 1ms].
func delayTable() kind[[]delays.Point] {
	part, time := anyChance(), duration(0, maxDelay)
	return list("a list such as [[50%, 1ms], [90%, 5ms], [100%, 200ms]]", kind[delays.Point]{
		schema: schema{Type: "array", Items: &schema{AnyOf: []schema{part.schema, time.schema}}, MinItems: 2, MaxItems: 2},
		read: func(l *loader, n *yaml.Node, path string) (p delays.Point, ok bool) {
			const takes = "a chance and a time, such as [90%, 5ms]"
			both, ok := l.elements(n, path, takes, 2)
			if !ok {
				return p, false
			}
			if len(both) < 2 {
				l.fail(n, path, "expected %s", takes)
				return p, false
			}
			chance, good := part.value(l, both[0], path)
			at, fine := time.value(l, both[1], path)
			return delays.Point{Chance: scheduler.Probability(chance), At: sim.Time(at)}, good && fine
		},
		text: func(g given, p delays.Point) string {
			return "[" + part.text(g, int64(p.Chance)) + ", " + time.text(g, int64(p.At)) + "]"
		},
	}, maxPoints)
}

// thousandths is a number with up to three decimals, as so many thousandths.
func thousandths(least, most int64) kind[int64] {
	k := kind[int64]{takes: "a number such as 1.5", bare: true}
	k.schema = schema{Type: "number", Minimum: bound(least / 1000), Maximum: bound(most / 1000)}
	k.parse = func(g given, text string) (int64, error) {
		v, unit, ok := Number(text)
		if !ok || unit != "" {
			return 0, errForm
		}
		v.Mul(v, big.NewRat(1000, 1))
		switch {
		case v.Cmp(big.NewRat(least, 1)) < 0 || v.Cmp(big.NewRat(most, 1)) > 0:
			return 0, fmt.Errorf("%s is out of range: expected %s to %s", clip(text), k.text(g, least), k.text(g, most))
		case !v.IsInt():
			return 0, errors.New("too fine: expected at most three decimals")
		}
		return v.Num().Int64(), nil
	}
	k.text = func(_ given, v int64) string { return decimal(uint64(v/1000), fmt.Sprintf("%03d", v%1000)) }
	k.bounds = k.text(given{}, least) + " to " + k.text(given{}, most)
	return k
}

// leastDelay makes the least delay of what a file says of delays. It leaves alone what is
// no delay: the reader of the file reports that.
func leastDelay(n *yaml.Node) {
	least := n
	if n.Kind == yaml.MappingNode {
		least = child(n, "least")
		if table := child(n, delays.Table.String()); table != nil {
			least = child(table, "1")
			if least != nil {
				least = child(least, "2")
			}
		}
	}
	if least == nil || least.Kind != yaml.ScalarNode {
		return
	}
	text, _, _ := strings.Cut(least.Value, spanDots)
	*n = yaml.Node{Kind: yaml.ScalarNode, Tag: least.Tag, Style: least.Style, Value: strings.TrimSpace(text), Line: n.Line, Column: n.Column}
}
