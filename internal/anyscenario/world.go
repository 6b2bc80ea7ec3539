package anyscenario

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/links"
	"github.com/paxsim/paxsim/sim/triggers"
)

// bases are scenarios of the library that a file may be like. What they say
// beside what every file says is taken out or said anew.
var bases = []string{"happy-path", "duelling-proposers", "slow-link"}

// baseDelay is the greatest delay of these, in ticks of 100us.
const baseDelay = 100

func (d *draft) drawBase(f *field) {
	if d.below(16) > 0 {
		return
	}
	d.say(&d.tree, "base", f)
	for _, section := range []string{"expect", "premise"} {
		d.put(section, "none") // said otherwise later, if at all
	}
	if d.tree.under["base"].text == "slow-link" {
		d.put("faults.slow", "none")
	}
}

func (d *draft) based() bool { return d.tree.under["base"] != nil }

// ticks draws the length of a tick, a whole number of microseconds. n is in
// nanoseconds.
func ticks() kind {
	return func(d *draft) value {
		us, end := d.bounded(1, 1_000_000)
		return value{text: nanoText(&d.numbers, us*1000), n: us * 1000, end: end}
	}
}

func (d *draft) drawTick(f *field) {
	d.tick = 100_000
	if !d.based() && d.below(2) == 0 { // what a base says is in ticks of 100us
		d.tick = d.say(&d.tree, "tick", f).n
	}
	d.most = min(maxTime, century/d.tick)
	d.pace = d.spread(1, min(10_000_000, d.most))
}

// numbersOfActors draws how many actors there are: few as a rule.
func numbersOfActors() kind {
	return func(d *draft) value {
		n, end := d.bounded(1, sim.MaxActors)
		if d.below(64) > 0 {
			n, end = d.spread(1, 9), 0
			if d.below(4) == 0 {
				n = 1 + d.below(7)
			}
			if n == 1 {
				end = low
			}
		}
		return value{text: strconv.FormatInt(n, 10), n: n, end: end}
	}
}

func (d *draft) drawActors(f *field) {
	d.actors = d.say(&d.tree, "actors", f).n
	if d.actors > 100 && d.below(8) > 0 { // or it has more work than it may
		d.eventLimit, d.timeLimit = true, true
	}
}

func actorNumbers() kind {
	return func(d *draft) value {
		n, end := d.bounded(1, d.actors)
		return value{text: strconv.FormatInt(n, 10), n: n, end: end}
	}
}

func (d *draft) drawPeriods(f *field) {
	if !d.outOf100(20 * d.density / 100) {
		return
	}
	n := d.few(1, 1000, 4, 512)
	left := d.most
	var list []*tree
	for range n {
		period := new(tree)
		length := d.time(1, max(left/n, 1))
		if length.n > left {
			break
		}
		period.put("for", length.text)
		d.note("periods.N.for", value{n: length.n, end: length.end & low})
		if n == 1 && length.n == d.most {
			d.drawn[len(d.drawn)-1].end |= high
		}
		left -= length.n
		d.entry(period, "periods.N.")
		list = append(list, period)
	}
	d.at("periods").list = list
	d.note("periods", value{n: int64(len(list)), end: entries(int64(len(list)), 1, 1000)})
	d.as["calm"] = d.most - left
	d.last = d.as["calm"]
}

func (d *draft) drawUntil(f *field) {
	if d.as["calm"] > 0 || !d.outOf100(60) && !d.hopeful || d.below(4) == 0 {
		return
	}
	if v := d.say(&d.tree, "until", f); v.n > 0 {
		d.as["calm"], d.last = v.n, v.n
	}
}

// ending draws a chance that keeps anything from happening for as long as it
// lasts: where it never ends, and the scenario is to decide, it is none.
func ending(k kind) kind {
	return func(d *draft) value {
		if d.hopeful && d.as["calm"] == 0 && d.below(24) > 0 {
			return value{text: "0%", end: low}
		}
		return k(d)
	}
}

// paired draws what is kept for every pair of actors: the calm value where there
// are too many.
func paired(calm string, k kind) kind {
	return func(d *draft) value {
		if d.actors > links.MaxPaired {
			return value{text: calm, form: calm}
		}
		return k(d)
	}
}

// members is how many members there are; which says whether one is among them.
func (d *draft) members() (n int64, list []int64) {
	if d.as["members"] == 0 {
		return d.actors, nil
	}
	return d.as["members"], readIDs(d.tree.under["members"].text)
}

// drawQuorums draws how many members are a quorum of each phase, so that they meet.
func (d *draft) drawQuorums(f *field) {
	huge := d.actors == sim.MaxActors // which is rare, and the one number at which a quorum can be as large as may be
	if !d.outOf100(15) && !huge {
		return
	}
	n, _ := d.members()
	draw := func(path string, least int64) int64 {
		if d.below(6) == 0 && n/2+1 >= least {
			d.put(path, "majority")
			d.note(path, value{form: "majority"})
			return n/2 + 1
		}
		v, _ := d.bounded(least, n)
		if huge && d.below(2) == 0 {
			v = n
		}
		d.put(path, strconv.FormatInt(v, 10))
		d.note(path, value{text: strconv.FormatInt(v, 10), n: v, end: entries(v, 1, n)})
		return v
	}
	promises := draw("quorums.promises", 1)
	accepts := draw("quorums.accepts", n+1-promises)
	d.quorum = max(promises, accepts)
}

// able is how many members are needed for every phase.
func (d *draft) able() int64 {
	n, _ := d.members()
	return cmp.Or(d.quorum, n/2+1)
}

func readIDs(text string) (list []int64) {
	n := int64(0)
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int64(r-'0')
		case n > 0:
			list, n = append(list, n), 0
		}
	}
	return list
}

func (d *draft) drawCore(f *field) {
	if d.as["calm"] == 0 || !d.outOf100(35) {
		return
	}
	v := f.draw(d)
	if v.form == "list" {
		members, list := d.members()
		if list == nil {
			list = d.some(d.actors, d.actors)
		}
		k := d.able() + d.below(members-d.able()+1)
		var core []int64
		for _, i := range d.some(members, k) {
			core = append(core, list[i-1])
		}
		for range d.below(3) { // and some who are no members
			if id := 1 + d.below(d.actors); !slices.Contains(core, id) {
				core = append(core, id)
			}
		}
		v = value{text: ids(core), n: int64(len(core)), form: "list", end: entries(int64(len(core)), 1, d.actors)}
	}
	d.put("core", v.text)
	if v.form != "all" {
		v.n = max(v.n, 1)
	}
	d.note("core", v)
}

func (d *draft) drawRequests(f *field) {
	form := d.below(100)
	switch {
	case d.hopeful && form < 3 && d.below(4) > 0, d.anyone:
		form = 20
	}
	switch {
	case form < 3:
		d.put("requests", "none")
		d.note("requests", value{form: "none"})
		return
	case form < 25:
		d.put("requests", "by-chance")
		d.note("requests", value{form: "by-chance"})
		return
	}
	n := d.few(1, 10_000, 5, 4096)
	var list []*tree
	for i := range n {
		r := new(tree)
		d.as["requests.N.actor"], d.as["requests.N.at"] = 0, 0
		d.entry(r, "requests.N.")
		if i == 0 && len(d.gone) > 0 { // somebody who stays wants something
			d.requestOf(r, d.stays())
		}
		if len(r.keys) == 0 {
			r.put("actor", "any")
			d.note("requests.N.actor", value{form: "any"})
		}
		d.last = max(d.last, d.as["requests.N.at"])
		list = append(list, r)
	}
	d.at("requests").list = list
	d.note("requests", value{n: n, form: "list", end: entries(n, 1, 10_000)})
}

// askingTimes draws when a client asks: mostly at a time; or from a span or by a model,
// out of numbers of its own. n is the latest.
func askingTimes() kind {
	one, drawn := times(0, maxTime), anyDelays()
	return func(d *draft) value {
		v := one(d)
		kept := d.numbers
		defer func() { d.numbers = kept }()
		d.numbers = numbersOf(kept.state ^ 0xa5c)
		if d.below(6) == 0 {
			return drawn(d)
		}
		return v
	}
}

// requestOf makes a request that of an actor.
func (d *draft) requestOf(r *tree, id int64) { r.put("actor", strconv.FormatInt(id, 10)) }

// stays is an actor that does not go down for good.
func (d *draft) stays() int64 {
	for id := int64(1); id <= d.actors; id++ {
		if !slices.Contains(d.gone, id) {
			return id
		}
	}
	return 1
}

// drawLinger draws how long a run goes on, out of numbers of its own.
func (d *draft) drawLinger(f *field) {
	kept := d.numbers
	defer func() { d.numbers = kept }()
	d.numbers = numbersOf(kept.state ^ 0x11e6e4)
	if core := d.tree.under["core"]; core != nil && core.text != "all" || !d.outOf100(10*d.density/100) {
		return
	}
	if d.last += d.say(&d.tree, "limits.linger", f).n; d.last > d.most {
		d.last, d.timeLimit = d.most, true
	}
}

func (d *draft) drawTimeLimit(f *field) {
	if !d.timeLimit && d.limitTooFar() {
		d.timeLimit = true
	}
	if !d.timeLimit {
		if d.below(32) == 0 {
			d.put("limits.time", "auto")
			d.note("limits.time", value{form: "auto"})
		}
		return
	}
	v := times(1, maxTime)(d)
	d.put("limits.time", v.text)
	d.note("limits.time", v)
}

// limitTooFar says whether the limit that would be computed may be later than can
// be written.
func (d *draft) limitTooFar() bool {
	wait := 10 * max(d.round(), d.as["paxos.round_limit"])
	spell := (d.round() + 1) * d.actors
	if x := d.as["paxos.x"]; x > 0 {
		spell = certain / x
	}
	wait = max(wait, spell)
	return wait > d.most/150 || d.last+150*wait > d.most
}

func (d *draft) drawEventLimit(f *field) {
	if !d.eventLimit {
		if d.below(32) == 0 {
			d.put("limits.events", "auto")
			d.note("limits.events", value{form: "auto"})
		}
		return
	}
	v := counts(1, sim.MaxEvents)(d)
	if v.end == 0 && d.below(2) == 0 { // where it matters
		v.n = d.spread(1, 20_000)
		v.text = strconv.FormatInt(v.n, 10)
	}
	d.put("limits.events", v.text)
	d.note("limits.events", v)
}

// round is how long a round takes at most, in calm.
func (d *draft) round() int64 {
	delay := d.as["network.delay"] + d.as["network.bias"] + d.as["farthest"]
	if d.based() {
		delay = max(delay, baseDelay)
	}
	return 4*delay + 3*d.as["disk.sync"] + 1
}

// calmX draws a chance to propose that leaves others the time for a round.
func calmX() kind {
	return func(d *draft) value {
		return chances(1, max(certain/(d.round()*max(d.actors-1, 1)), 1))(d)
	}
}

// patience draws a time-out within which answers can be there.
func patience() kind {
	return func(d *draft) value { return times(min(d.round(), maxWait), maxWait)(d) }
}

// atLeastARound draws a time in which a round is over.
func atLeastARound() kind { return patience() }

// backoffCap draws the greatest back-off window: at least some rounds, and where
// the limit on time is stated a small part of what it leaves.
func backoffCap() kind {
	return func(d *draft) value {
		most := int64(maxWait)
		if limit := d.as["limits.time"]; limit > 0 {
			most = min(most, (limit-d.last)/100)
		} else {
			most = min(most, (d.most-d.last)/200)
		}
		least := int64(1)
		if d.hopeful && d.below(16) > 0 {
			least = 8 * d.round()
		}
		if most < least || d.below(6) == 0 {
			return value{text: "auto", form: "auto"}
		}
		return times(least, most)(d)
	}
}

// invariantLists draws what is watched.
func invariantLists() kind {
	some := lists(invariants...)
	return func(d *draft) value {
		if w := pick(&d.numbers, "all", "none", "list", "list"); w != "list" {
			return value{text: w, form: w}
		}
		return some(d)
	}
}

// moments draws a moment: somebody does something, so often.
func moments() kind {
	return func(d *draft) value {
		who := "any"
		if d.below(2) == 0 {
			who = actorNumbers()(d).text
		}
		does := pick(&d.numbers, "sends", "receives", "saves", "decides", "crashes", "returns")
		text, link := who+" "+does, "by"
		switch does {
		case "sends":
			text, link = text+" "+pick(&d.numbers, messages...), "to"
		case "receives":
			text, link = text+" "+pick(&d.numbers, messages...), "from"
		case "saves":
			text += " " + pick(&d.numbers, used(protocol.Vocabulary().Saves)...)
		}
		switch d.below(3) {
		case 0:
			text += " " + link + " " + pick(&d.numbers, "majority", "quorum")
		case 1:
			n := d.spread(1, 8)
			if d.below(16) == 0 {
				n, _ = d.bounded(1, triggers.MaxTimes)
			}
			text += fmt.Sprintf(" %d times", n)
		}
		return value{text: text, form: does}
	}
}
