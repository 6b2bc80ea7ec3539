package dialogue

import (
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/explain/grid"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/trace"
)

// edits is the command that does an act here.
func edits(word string) func(d *Dialogue, arg string) error {
	return func(d *Dialogue, arg string) error { return d.edit(word + " " + arg) }
}

// heal ends a fault that is in force, the one that began last if none is named.
func (d *Dialogue) heal(arg string) error {
	if names := d.run.InForce(); arg == "" && len(names) > 0 {
		arg = names[len(names)-1]
	}
	if arg == "" && !d.searched {
		return mistake("nothing is in force here that could be healed")
	}
	return d.edit(strings.TrimSpace("heal " + arg))
}

// edit does an act here, and tells what comes of it.
func (d *Dialogue) edit(act string) error {
	there, err := d.run.Edit(act)
	if err != nil {
		return err
	}
	d.renew()
	switch {
	case there:
		d.here()
	case !d.searched:
		d.print("nobody was there\n")
	case strings.HasPrefix(act, "heal"):
		d.print("no longer held back\n")
	default:
		d.print("held back: %s in all; queue and answers tell until when\n", say.Plural(uint64(len(d.run.Deferrals())), "event"))
	}
	return nil
}

// renew takes note of the scenario of the run: an edit makes another.
func (d *Dialogue) renew() {
	if s := d.run.Scenario(); s != d.scenario {
		d.scenario, d.tell = s, grid.Tell(s)
	}
}

// edited tells, a line each, what is done by hand.
func (d *Dialogue) edited() (lines []string) {
	for _, text := range trace.EditTexts(d.scenario) {
		lines = append(lines, terminal.Text(text))
	}
	return lines
}
