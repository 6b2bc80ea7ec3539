package dialogue

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
)

// takeNext makes an enabled event the next: by its number in the queue, or by its
// name.
func (d *Dialogue) takeNext(arg string) error {
	if !d.searched {
		return mistake("here the clock says what is next: take is for paxsim step --engine searched")
	}
	list := d.run.Upcoming()
	if len(list) == 0 {
		d.ending()
		return nil
	}
	i, err := d.which(list, arg)
	if err != nil {
		return err
	}
	there, err := d.run.Take(list[i].EventKey())
	if err != nil {
		return err
	}
	if there {
		d.here()
		return nil
	}
	d.print("nobody was there: %s\n", d.words().EventText(list[i].EventKey()))
	d.ending()
	return nil
}

// which is the position of the event that is meant. A name may lack its end: then
// it is the oldest that begins so.
func (d *Dialogue) which(list []observe.Entry, arg string) (int, error) {
	if arg == "" {
		return 0, mistake("which one? Expected its number in the queue, or its name, such as deliver %s 2>3 #1", d.exampleMessage())
	}
	if isNumber(arg) {
		n, err := strconv.ParseUint(arg, 10, 32)
		if err != nil || n < 1 || n > uint64(len(list)) {
			return 0, mistake("there is no event %s in the queue: expected 1 to %d", words.Clip(arg), len(list))
		}
		return int(n) - 1, nil
	}
	name := strings.Join(strings.Fields(arg), " ")
	for _, is := range []func(text string) bool{
		func(text string) bool { return text == name },
		func(text string) bool {
			rest, ok := strings.CutPrefix(text, name)
			return ok && strings.ContainsAny(rest[:1], " >-")
		},
	} {
		if i := slices.IndexFunc(list, func(e observe.Entry) bool { return is(d.words().EventText(e.EventKey())) }); i >= 0 {
			return i, nil
		}
	}
	if _, err := d.words().ParseEvent(name); err != nil && strings.Contains(name, "#") {
		return 0, mistake("%s", err)
	}
	return 0, mistake("nothing that may come now is called %q: queue lists what may", words.Clip(name))
}

// enabled lists what may be next, numbered in the calm order.
func (d *Dialogue) enabled(list []observe.Entry) {
	for i, e := range list {
		if i == maxListed {
			d.print("  … and %s\n", say.Plural(uint64(len(list)-i), "more event"))
			break
		}
		k := e.EventKey()
		held := ""
		if u := d.run.HeldUntil(k); u != 0 {
			held = ", held back until " + d.words().EventText(u)
		}
		d.print("  %3d  %s%s%s\n", i+1, d.words().EventText(k), said(e), held)
	}
}

// said is what an event to come says, where its name does not tell.
func said(e observe.Entry) string {
	if e.Text == "" {
		return ""
	}
	return ": " + terminal.Text(e.Text)
}

// heldBack tells, a line each, what is held back.
func (d *Dialogue) heldBack() (lines []string) {
	for _, h := range d.run.Deferrals() {
		lines = append(lines, fmt.Sprintf("%s is held back until %s", d.words().EventText(h.Event), d.words().EventText(h.Until)))
	}
	return lines
}

// budgetText tells what a searched run may have of what could go on for ever.
func budgetText(b search.Budget) string {
	text := ""
	for _, part := range []struct {
		n    int
		word string
	}{{b.Events, "event"}, {b.Alarms, "alarm"}, {b.Losses, "loss"}, {b.Duplicates, "duplicate"}, {b.Crashes, "crash"}} {
		if text != "" {
			text += ", "
		}
		text += say.Plural(uint64(part.n), part.word)
	}
	return text
}
