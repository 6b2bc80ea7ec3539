package walk

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/trace"
)

// loses is the command that answers 1 to a choice about a message.
func loses(word string) func(d *Dialogue, arg string) error {
	return func(d *Dialogue, arg string) error {
		x := wish{words: []string{word}, answer: 1}
		rest, err := d.parseMessage(&x, strings.Fields(arg), "a message such as Accept 2>3")
		if err != nil {
			return err
		}
		if len(rest) > 0 {
			return mistake("expected nothing after the message, not %q", clip(strings.Join(rest, " ")))
		}
		return d.wish(x)
	}
}

func (d *Dialogue) delay(arg string) error {
	if d.search != nil {
		return mistake("in a searched run nothing takes time: take lets other events come first")
	}
	const form = "a message and how much longer it takes, such as Accept 2>3 by 5ms"
	x := wish{words: []string{"delay"}}
	rest, err := d.parseMessage(&x, strings.Fields(arg), form)
	if err != nil {
		return err
	}
	if len(rest) != 2 || rest[0] != "by" {
		return mistake("expected %s", form)
	}
	by, err := scenarios.Ticks(d.scenario, rest[1])
	if err != nil {
		return mistake("%v", err)
	}
	x.answer = uint32(min(by, 1<<32-1))
	return d.wish(x)
}

// wish finds the choices that somebody means, and settles them.
func (d *Dialogue) wish(x wish) error {
	found, err := d.resolve(x)
	if err != nil {
		if n := d.scenario.Network; x.words[0] == "delay" && n.DelayMin == n.DelayMax {
			return mistake("the delays of this scenario are constant: give them room, as by --set network.delay=1ms..50ms")
		}
		return err
	}
	chosen := map[scheduler.Key]uint32{}
	for _, a := range found {
		if most := a.Outcomes - 1; x.words[0] == "delay" && x.answer > most {
			return mistake("it can take at most %s longer than the least", say.Span(d.scenario, sim.Time(most)))
		}
		chosen[a.Key] = x.answer
	}
	return d.settleAndTell(chosen)
}

// settleAndTell settles choices and tells what comes of it.
func (d *Dialogue) settleAndTell(chosen map[scheduler.Key]uint32) error {
	stood := d.at()
	event, asked, err := d.answer(chosen)
	if err != nil {
		return err
	}
	for _, k := range slices.Sorted(maps.Keys(chosen)) {
		d.print("  %s = %d\n", d.words().KeyText(k), chosen[k])
	}
	switch {
	case !asked:
		d.print("the run as it goes now does not ask for it\n")
	case event > stood:
		d.print("event %d will ask for it\n", event)
	case event < stood:
		d.print("back at the event that asks for it:\n")
		d.here()
	default:
		d.here()
	}
	return nil
}

func (d *Dialogue) crash(arg string) error {
	x := wish{words: []string{"crash", "crash-save", "crash-decide", "crash-answer"}, answer: 1, from: d.step.Event.Actor}
	f := strings.Fields(arg)
	var err error
	if len(f) > 0 && isNumber(f[0]) {
		if x.from, err = d.id(f[0]); err != nil {
			return err
		}
		f = f[1:]
	}
	spell := ""
	if n := len(f); n >= 2 && f[n-2] == "for" {
		spell, f = f[n-1], f[:n-2]
	}
	if len(f) > 0 && f[0] == "idle" {
		if x.words, f = idleWords, f[1:]; d.search == nil {
			return mistake("here the clock says what is next, and nobody crashes idle by chance: a fault of the scenario can take an actor down at any time")
		}
	} else if len(f) > 0 {
		if f, err = d.crashBefore(&x, f); err != nil {
			return err
		}
	}
	switch {
	case len(f) > 0:
		return mistake("expected an actor, before what, and for how long, such as crash 2 before save for 50ms, not %q", clip(strings.Join(f, " ")))
	case x.from == 0:
		return mistake("which actor? Nobody's event is under way")
	}
	return d.crashFor(x, spell)
}

// idleWords are the choices of a crash between two events.
var idleWords = []string{"crash-idle", "crash-idle-copy1", "crash-idle-copy2", "crash-idle-copy3", "crash-idle-own"}

// crashBefore reads before what an actor crashes.
func (d *Dialogue) crashBefore(x *wish, f []string) ([]string, error) {
	if f[0] != "before" || len(f) < 2 {
		return f, nil
	}
	switch f[1] {
	case "save", "decide":
		x.words = []string{"crash-" + f[1]}
		return f[2:], nil
	}
	who := x.from
	x.words = []string{"crash"}
	rest, err := d.parseMessage(x, f[1:], "save, decide or a message such as Accept 2>3")
	if err == nil && x.to == 0 {
		err = mistake("before which of the messages? A crash falls before one: name the receiver")
	}
	if err == nil && len(f) > 0 && who != 0 && who != x.from && d.step.Event.Actor != who {
		err = mistake("what actor %d sends, actor %d does not", x.from, who)
	}
	return rest, err
}

// crashFor settles a crash and, if a time is given, how long it lasts.
func (d *Dialogue) crashFor(x wish, spell string) error {
	down := sim.Time(-1)
	if spell != "" && d.search != nil {
		return mistake("in a searched run nothing takes time: who is down comes back when that is taken")
	}
	if spell != "" {
		t, err := scenarios.Ticks(d.scenario, spell)
		if err != nil {
			return mistake("%v", err)
		}
		if c := d.scenario.Crashes; t < c.DownMin || t > c.DownMax {
			return mistake("it can be down for %s to %s, not %s", say.Span(d.scenario, c.DownMin), say.Span(d.scenario, c.DownMax), clip(spell))
		}
		down = t - d.scenario.Crashes.DownMin
	}
	found, err := d.resolve(x)
	if err != nil {
		return err
	}
	chosen := map[scheduler.Key]uint32{found[0].Key: x.answer}
	if down > 0 {
		k, err := d.downKey(chosen)
		if err != nil {
			return err
		}
		chosen[k] = uint32(down)
	}
	return d.settleAndTell(chosen)
}

// downKey is the choice of how long a crash lasts, which is asked with it: the
// crash is tried.
func (d *Dialogue) downKey(crash map[scheduler.Key]uint32) (scheduler.Key, error) {
	event, _, err := d.answer(crash)
	if err != nil {
		return 0, err
	}
	err = d.goTo(event)
	found := d.those(func(a scheduler.Asked) bool { return strings.HasPrefix(d.words().KeyText(a.Key), "down ") })
	if uerr := d.undo(); err == nil {
		err = uerr
	}
	if err == nil && len(found) == 0 {
		err = mistake("the time down is not left to chance here")
	}
	if err != nil {
		return 0, err
	}
	return found[len(found)-1].Key, nil
}

// maxListed is how many lines a list has at most.
const maxListed = 40

// choose lists what the event asked of chance, or settles a choice by its name.
func (d *Dialogue) choose(arg string) error {
	if arg != "" {
		key, x, whole, err := d.parseKey(arg)
		if err != nil {
			return err
		}
		if !whole {
			return d.wish(x)
		}
		return d.settleAndTell(map[scheduler.Key]uint32{key: x.answer})
	}
	if len(d.asked.List) == 0 {
		d.print("this event asks nothing of chance\n")
	}
	for i, a := range d.asked.List {
		if i == maxListed {
			d.print("  … and %s\n", say.Plural(uint64(len(d.asked.List)-i), "more choice"))
			break
		}
		chosen := ""
		if _, ok := d.answers[a.Key]; ok {
			chosen = ", chosen"
		}
		d.print("  %s = %d  (0 to %d%s)\n", d.words().KeyText(a.Key), a.Answer, a.Outcomes-1, chosen)
	}
	return nil
}

func (d *Dialogue) takeBack(string) error {
	if len(d.past) == 0 {
		return mistake("nothing has been chosen that could be taken back")
	}
	if err := d.undo(); err != nil {
		return err
	}
	d.here()
	return nil
}

func (d *Dialogue) list(string) error {
	d.print("  the rest: %s\n", d.base)
	lines := make([]string, 0, len(d.answers))
	for k, answer := range d.answers {
		lines = append(lines, fmt.Sprintf("%s = %d", d.words().KeyText(k), answer))
	}
	slices.Sort(lines)
	lines = append(lines, d.heldBack()...)
	for i, line := range lines {
		if i == maxListed {
			d.print("  … and %s\n", say.Plural(uint64(len(lines)-i), "more answer"))
			break
		}
		d.print("  %s\n", line)
	}
	return nil
}

func (d *Dialogue) write(arg string) error {
	if arg == "" {
		return mistake("save to which file?")
	}
	f, unused, err := d.File()
	if err != nil {
		return err
	}
	if err := d.save(arg, f); err != nil {
		return err
	}
	for _, k := range unused {
		d.print("not saved, since the run does not ask for it: %s = %d\n", d.words().KeyText(k), d.answers[k])
	}
	if v := f.Violation; v != nil {
		d.print("saved: %s, %s at event %d, digest %s\n", f.Outcome, v.Broke(), v.Event, trace.Hex(f.Digest))
	} else {
		d.print("saved: %s after %s, digest %s\n", f.Outcome, say.Plural(f.Events, "event"), trace.Hex(f.Digest))
	}
	return nil
}
