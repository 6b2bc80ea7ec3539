package anyscenario

import "github.com/paxsim/paxsim/scenarios"

// drawExpect draws what is expected of the runs, so that some runs could be so.
// Nothing is held to it: it must be read, and must change nothing.
func (d *draft) drawExpect(f *field) {
	if !d.outOf100(15) {
		return
	}
	say := func(path string, often int64) (v value) {
		if d.outOf100(often) {
			v = d.say(&d.tree, path, row(path))
		}
		return v
	}
	d.tree.at("expect").text = ""
	always := "held"
	if v := say("expect.always", 70); v.text != "" {
		always = v.text
	}
	watched := d.tree.under["invariants"]
	if always == "anything" && (watched == nil || watched.text == "all") {
		say("expect.some.violated", 30)
	}
	decides, all := always != "undecided", always != "undecided" && always != "partial"
	by := int64(0) // 0: nothing is said of by when anybody decides or learns
	if all {
		say("expect.some.decided", 20)
		by += say("expect.learned_within", 30).n
	}
	if always != "decided" && always != "partial" {
		say("expect.some.undecided", 20)
	}
	if always != "decided" && decides {
		say("expect.some.partial", 20)
	}
	if d.somethingOfSome() {
		say("expect.some.in", 50)
	}
	if decides {
		by += say("expect.decided_within", 30).n
	}
	if all {
		if v := say("expect.learned", 30); v.text != "" && v.text != "any" {
			by += say("expect.within", 50).n
		}
	}
	never := int64(0)
	if by == 0 {
		never = say("expect.never_decided_before", 30).n
	}
	if watched == nil || watched.text != "none" {
		say("expect.chosen_within", 30)
	}
	say("expect.messages.at_most", 20)
	if watched == nil || watched.text != "none" {
		say("expect.marks", 30)
	}
	say("expect.runs", 30)
	d.drawInstances(decides, all, by, never)
	if len(d.tree.at("expect").keysBelow()) == 0 {
		d.say(&d.tree, "expect.always", row("expect.always"))
	}
}

// drawInstances draws what is expected of the one instance that Paxos decides, out
// of numbers of its own: what is drawn after it stays what it is without it. by and
// never are the times that the run is held to, or 0.
func (d *draft) drawInstances(decides, all bool, by, never int64) {
	kept := d.numbers
	defer func() { d.numbers = kept }()
	d.numbers = numbersOf(kept.state)
	if d.outOf100(60) {
		if d.outOf100(10) {
			d.say(&d.tree, "expect.instances", row("expect.instances"))
		}
		return
	}
	say := func(name string) value {
		v := row("expect.instances.N." + name).draw(d)
		d.tree.put("expect.instances.0."+name, v.text)
		d.note("expect.instances.N."+name, v)
		return v
	}
	if never == 0 && decides && d.outOf100(40) {
		by += say("decided_within").n
	}
	if never == 0 && all && d.outOf100(40) {
		by += say("learned_within").n
	}
	if all && d.outOf100(50) {
		if v := say("learned"); v.text != "any" && never == 0 && d.outOf100(50) {
			by += say("within").n
		}
	}
	if by == 0 && d.outOf100(40) {
		say("never_decided_before")
	}
	if watched := d.tree.under["invariants"]; (watched == nil || watched.text != "none") && d.outOf100(40) {
		say("chosen_within")
	}
	if b := d.tree.at("expect").tree; b != nil && b.under["instances"] != nil && !saysOfInstance(b.under["instances"].tree.under["0"].tree) {
		b.under["instances"].tree, b.under["instances"].text = nil, "none"
	}
}

// saysOfInstance says whether anything is expected of an instance.
func saysOfInstance(t *tree) bool {
	for _, b := range t.under {
		if b.text != "any" {
			return true
		}
	}
	return false
}

func (x *branch) keysBelow() []string {
	if x.tree == nil {
		return nil
	}
	return x.tree.keys
}

// somethingOfSome says whether something is expected of some run.
func (d *draft) somethingOfSome() bool {
	some := d.tree.at("expect").tree
	if some == nil || some.under["some"] == nil {
		return false
	}
	for _, b := range some.under["some"].tree.under {
		if b.text != "false" {
			return true
		}
	}
	return false
}

// drawPremise draws what the scenario rests on, if it expects something.
func (d *draft) drawPremise(f *field) {
	says := d.says4()
	if len(says) == 0 || d.below(2) == 0 {
		return
	}
	d.tree.at("premise").text = ""
	some := false
	for _, path := range []string{"premise.set", "premise.calm", "premise.mutant"} {
		if d.below(2) == 0 {
			d.say(&d.tree, path, row(path))
			some = true
		}
	}
	if !some {
		d.say(&d.tree, "premise.calm", row("premise.calm"))
	}
	if d.below(2) == 0 {
		v := lists(says...)(d)
		d.put("premise.breaks", v.text)
		d.note("premise.breaks", v)
	}
}

// says4 are the clauses that the expectation has for sure.
func (d *draft) says4() (clauses []string) {
	b := d.tree.under["expect"]
	if b == nil || b.tree == nil {
		return nil
	}
	if a := b.tree.under["always"]; a != nil && a.text != "anything" {
		clauses = append(clauses, "always")
	}
	for _, name := range []string{"chosen_within", "decided_within", "learned_within", "learned", "never_decided_before"} {
		if a := b.tree.under[name]; a != nil && a.text != "any" {
			clauses = append(clauses, name)
		}
	}
	if a := b.tree.under["instances"]; a != nil && a.tree != nil {
		for _, name := range scenarios.InstanceClauses {
			if c := a.tree.under["0"].tree.under[name]; c != nil && c.text != "any" {
				clauses = append(clauses, scenarios.InstanceClause(0, name))
			}
		}
	}
	return clauses
}

// drawGroup draws a group: one that is not calm needs a premise.
func (d *draft) drawGroup(f *field) {
	if d.below(8) > 0 {
		return
	}
	v := f.draw(d)
	if p := d.tree.under["premise"]; v.text != "calm" && (p == nil || p.tree == nil) {
		return
	}
	d.put("group", v.text)
	d.note("group", v)
}
