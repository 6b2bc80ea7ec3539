package dialogue

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
)

// wish is what a person wants of chance: which choices, and their answer.
type wish struct {
	words  []string // of the choice, the first of those that are asked: crash, crash-save, …
	kind   string   // of the message, as it was written; "": whatever
	from   sim.ID   // 0: whoever
	to     sim.ID   // 0: whoever, each
	pair   bool     // from and to are a link
	count  uint32   // 0: the one that is asked now, or else next
	answer uint32
}

// wanted says whether a choice is one that a wish is about.
func (d *Dialogue) wanted(x wish, k scheduler.Key) bool {
	f := strings.Fields(d.words().KeyText(k))
	if !slices.Contains(x.words, f[0]) || x.count != 0 && k.Count() != x.count {
		return false
	}
	if x.kind != "" && (len(f) < 3 || !strings.EqualFold(f[1], x.kind)) {
		return false
	}
	if x.pair && !strings.Contains(f[len(f)-2], ">") {
		return false
	}
	if !x.pair && k.To() != 0 && slices.Contains(idleWords, f[0]) {
		return x.from == 0 || sim.ID(k.To()) == x.from // it is the receiver that crashes
	}
	return (x.from == 0 || sim.ID(k.From()) == x.from) && (x.to == 0 || sim.ID(k.To()) == x.to)
}

// resolve finds the choices that a wish is about. It tries the choices that the last event
// asks; then those about a message that is on its way; then the next that the run will
// ask; then the last that it has asked. With a count, it takes them wherever they are
// asked. Of one event it takes them all if the wish is about each receiver, else the
// first.
func (d *Dialogue) resolve(x wish) (found []scheduler.Asked, err error) {
	each := func(a scheduler.Asked) bool { return d.wanted(x, a.Key) }
	is := each
	n := x.count
	if n == 0 && !slices.ContainsFunc(d.run.Asked(), each) {
		n = d.onItsWay(x)
	}
	if n != 0 {
		is = func(a scheduler.Asked) bool { return each(a) && a.Key.Count() == n }
	} else {
		found, err = d.run.NextAsking(is)
	}
	if err == nil && found == nil {
		found, err = d.run.LastAsking(is)
	}
	if err == nil && found == nil && n != 0 {
		found, err = d.run.NextAsking(is)
	}
	switch {
	case err != nil:
		return nil, err
	case found == nil:
		return nil, mistake("the run as it goes now asks no such thing")
	}
	if found = those(found, each); x.pair && x.to == 0 {
		return found, nil
	}
	return found[:1], nil
}

// those are the choices for which is returns true.
func those(asked []scheduler.Asked, is func(scheduler.Asked) bool) (list []scheduler.Asked) {
	for _, a := range asked {
		if is(a) {
			list = append(list, a)
		}
	}
	return list
}

// follow is which of its sender's messages of a kind it is that a wish is
// about and that is on its way, the last sent; 0: none is.
func (d *Dialogue) onItsWay(x wish) (n uint32) {
	if !x.pair || x.words[0] == "crash" {
		return 0
	}
	for _, e := range d.run.Upcoming() {
		if e.What == observe.Delivered && e.Peer == x.from && (x.to == 0 || e.Actor == x.to) && strings.EqualFold(d.words().Messages[e.Kind], x.kind) {
			n = max(n, e.N)
		}
	}
	return n
}
