package dialogue

import (
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/trace"
)

// takeBack takes back what was chosen, taken or done last.
func (d *Dialogue) takeBack(string) error {
	if err := d.run.Undo(); err != nil {
		return err
	}
	d.renew()
	d.here()
	return nil
}

// list tells what was chosen and done so far.
func (d *Dialogue) list(string) error {
	d.print("  the rest: %s\n", d.run.Base())
	answers := d.run.Answers()
	lines := make([]string, 0, len(answers))
	for k, answer := range answers {
		lines = append(lines, fmt.Sprintf("%s = %d", d.words().KeyText(k), answer))
	}
	slices.Sort(lines)
	lines = append(append(lines, d.edited()...), d.heldBack()...)
	for i, line := range lines {
		if i == maxListed {
			d.print("  … and %s\n", say.Plural(uint64(len(lines)-i), "more answer"))
			break
		}
		d.print("  %s\n", line)
	}
	return nil
}

// write writes the run as a file.
func (d *Dialogue) write(arg string) error {
	if arg == "" {
		return mistake("save to which file?")
	}
	f, unused, err := d.run.File()
	if err != nil {
		return err
	}
	if err := d.save(arg, f); err != nil {
		return err
	}
	answers := d.run.Answers()
	for _, k := range unused {
		d.print("not saved, since the run does not ask for it: %s = %d\n", d.words().KeyText(k), answers[k])
	}
	for _, text := range d.edited() {
		if !slices.Contains(f.Edits, text) {
			d.print("not saved, since the run ends before: %s\n", text)
		}
	}
	if v := f.Violation; v != nil {
		d.print("saved: %s, %s at event %d, digest %s\n", f.Outcome, v.Broke(), v.Event, trace.Hex(f.Digest))
	} else {
		d.print("saved: %s after %s, digest %s\n", f.Outcome, say.Plural(f.Events, "event"), trace.Hex(f.Digest))
	}
	return nil
}
