package anyscenario

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim/partitions"
)

// shapes are the keys that say what a fault is; it has one of them.
var shapes = []string{"split", "isolate", "one_way", "ring", "chain", "bridge", "clog", "weather", "crash", "pause"}

// maxRing is the greatest number of actors of a world with a ring or a chain.
const maxRing = partitions.MaxRing

func (d *draft) drawFaults(*field) {
	if !d.outOf100(45 * d.density / 100) {
		return
	}
	n := d.few(1, 1000, 4, 2048)
	if d.actors > 1000 {
		n = min(n, 3)
	}
	for i := range n {
		name := pick(&d.numbers, "f", "Cut", "storm-", "a_b", "crash") + strconv.FormatInt(i, 10)
		d.fault("faults." + name)
	}
	d.note("faults", value{n: n, end: entries(n, 1, 1000)})
}

// fault draws one fault.
func (d *draft) fault(at string) {
	t := new(tree)
	shape := d.shape()
	d.shapeOf(t, shape)
	good := shape == "crash" && d.forGood(t)
	if !good {
		d.when(t, shape)
	}
	for i := range table { // what has no rule here
		f := &table[i]
		name, below := strings.CutPrefix(f.path, "faults.NAME.")
		if below && f.said != own && !strings.Contains(name, ".") && d.says(f) { // no part of a shape
			d.say(t, name, f)
		}
	}
	d.tree.at(at).tree = t
}

// shape draws what kind of fault it is, of those that so many actors can have.
func (d *draft) shape() string {
	for {
		s := pick(&d.numbers, shapes...)
		if s == "split" && d.actors < 2 || (s == "ring" || s == "chain") && d.actors > maxRing {
			continue
		}
		return s
	}
}

// shapeOf says what a fault is.
func (d *draft) shapeOf(t *tree, shape string) {
	above := "faults.NAME." + shape
	switch shape {
	case "one_way":
		d.say(t, "one_way.from", row(above+".from"))
		d.say(t, "one_way.to", row(above+".to"))
	case "clog":
		inside := new(tree)
		if d.below(4) == 0 || !d.entry(inside, above+".") {
			d.say(t, shape, row(above))
			return
		}
		t.at(shape).tree = inside
	case "weather":
		inside := new(tree)
		for !changes(inside) {
			*inside = tree{}
			d.entry(inside, above+".")
		}
		t.at(shape).tree = inside
	default:
		d.say(t, shape, row(above))
	}
}

// changes says whether a weather says what happens to messages, and not only to which
// ones.
func changes(t *tree) bool {
	return slices.ContainsFunc(t.keys, func(key string) bool { return key != "from" && key != "to" && key != "messages" })
}

// ForGood says, for a crash, now and then that nobody comes back, where enough
// actors stay. It says whether it did.
func (d *draft) forGood(t *tree) bool {
	if d.below(3) > 0 {
		return false
	}
	who := t.under["crash"].text
	total, members := d.members()
	if strings.HasPrefix(who, "[") {
		gone := slices.Clone(d.gone)
		for _, id := range readIDs(who) {
			if !slices.Contains(gone, id) {
				gone = append(gone, id)
			}
		}
		in := int64(0)
		for _, id := range gone {
			if members == nil || slices.Contains(members, id) {
				in++
			}
		}
		if total-in < d.able() || d.anyone && d.as["spare"] == 0 {
			return false
		}
		d.gone = gone
	} else {
		if d.as["spare"] == 0 || d.as["core"] != 0 {
			return false
		}
		d.anyone = true
	}
	d.begins(t)
	if d.below(2) == 0 {
		t.put("until", "never")
		d.note("faults.NAME.until", value{form: "never"})
	}
	return true
}

// begins says when a fault begins: at a time, or at a moment. at is the time, 0
// for a moment.
func (d *draft) begins(t *tree) (at int64) {
	if d.below(3) == 0 {
		d.say(t, "when", row("faults.NAME.when"))
		return 0
	}
	if d.below(4) > 0 {
		at = d.say(t, "at", row("faults.NAME.at")).n
	}
	d.last = max(d.last, at)
	return at
}

// when says when a fault begins and is over.
func (d *draft) when(t *tree, shape string) {
	if d.below(3) == 0 {
		d.again(t)
		return
	}
	at := d.begins(t)
	lasts := false // it is known to be over at some time
	if d.below(3) == 0 {
		n := d.say(t, "for", row("faults.NAME.for")).n
		d.last = max(d.last, min(at+n, d.most))
		lasts = true
	}
	if d.below(3) == 0 {
		d.say(t, "until_when", row("faults.NAME.until_when"))
	}
	mayStay := !d.hopeful || shape == "weather" && d.as["calm"] > 0 || d.as["core"] > 0 || d.below(24) == 0
	if shape == "crash" { // that is one for good, which has a rule
		mayStay = !d.hopeful && d.as["spare"] == 0
	}
	if lasts && d.below(2) == 0 || mayStay && d.below(4) == 0 {
		return
	}
	if d.until(t, at) == 0 && !lasts { // it begins when no time is left to be over by
		d.say(t, "for", row("faults.NAME.for"))
	}
}

// until says when a fault is over that begins at a time.
func (d *draft) until(t *tree, at int64) int64 {
	if at >= d.most {
		return 0
	}
	v := d.time(1, d.most-at)
	until := at + v.n
	if v.end&high != 0 {
		v.end = high
	} else if until != 1 {
		v.end = 0
	}
	t.put("until", d.timeText(until))
	d.note("faults.NAME.until", value{n: until, end: v.end})
	d.last = max(d.last, until)
	return until
}

// again says that a fault strikes again and again by chance.
func (d *draft) again(t *tree) {
	every := d.say(t, "every", row("faults.NAME.every"))
	f := row("faults.NAME.for")
	v := f.draw(d)
	for every.n == 0 && v.n == 0 {
		v = f.draw(d)
	}
	t.put("for", v.text)
	d.note("faults.NAME.for", v)
	at := int64(0)
	if d.below(3) == 0 {
		at = d.say(t, "at", row("faults.NAME.at")).n
		d.last = max(d.last, at)
	}
	if d.hopeful && d.as["calm"] == 0 || d.below(3) == 0 {
		d.until(t, at)
	}
}

// maxParts is the greatest number of parts of a split.
const maxParts = 254

// splits draws the parts of a split, or any.
func splits() kind {
	return func(d *draft) value {
		if d.below(4) == 0 {
			return value{text: "any", form: "any"}
		}
		k := d.spread(1, min(d.actors, 12))
		if d.below(4) == 0 {
			k = d.actors
		}
		if k == 1 && d.actors < 2 {
			return value{text: "any", form: "any"}
		}
		who := d.some(d.actors, k)
		parts := d.few(1, min(k, maxParts), min(k, 3), 1024)
		if k > maxParts && d.below(4) == 0 {
			parts = maxParts
		}
		if k == d.actors && parts < 2 {
			parts = 2
		}
		var texts []string
		for i := range parts {
			texts = append(texts, ids(who[i*k/parts:(i+1)*k/parts]))
		}
		return value{text: "[" + strings.Join(texts, ", ") + "]", n: parts, form: "list", end: entries(parts, 1, maxParts)}
	}
}
