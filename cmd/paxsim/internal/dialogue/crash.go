package dialogue

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// crash takes an actor down before something that it does, or between two events.
func (d *Dialogue) crash(arg string) error {
	x := wish{words: []string{"crash", "crash-save", "crash-decide", "crash-answer"}, answer: 1, from: d.run.Step().Event.Actor}
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
		x.words, f = idleWords, f[1:]
		if !d.searched && len(f) == 0 && x.from != 0 { // no choice: it is done by hand
			return d.edit(strings.TrimSpace(fmt.Sprintf("crash %d %s", x.from, lasting(spell))))
		}
	} else if len(f) > 0 {
		if f, err = d.crashBefore(&x, f); err != nil {
			return err
		}
	}
	switch {
	case len(f) > 0:
		return mistake("expected an actor, before what, and for how long, such as crash 2 before save for 50ms, not %q", words.Clip(strings.Join(f, " ")))
	case x.from == 0:
		return mistake("which actor? Nobody's event is under way")
	}
	return d.crashFor(x, spell)
}

// lasting is how an act says for how long it lasts; "": until it is ended.
func lasting(spell string) string {
	if spell == "" {
		return ""
	}
	return "for " + spell
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
	rest, err := d.parseMessage(x, f[1:], "save, decide or a message such as "+d.exampleMessage()+" 2>3")
	if err == nil && x.to == 0 {
		err = mistake("before which of the messages? A crash falls before one: name the receiver")
	}
	if err == nil && len(f) > 0 && who != 0 && who != x.from && d.run.Step().Event.Actor != who {
		err = mistake("what actor %d sends, actor %d does not", x.from, who)
	}
	return rest, err
}

// crashFor chooses a crash and, if a time is given, how long it lasts.
func (d *Dialogue) crashFor(x wish, spell string) error {
	down := sim.Time(-1)
	if spell != "" && d.searched {
		return mistake("in a searched run nothing takes time: an actor that is down comes back when that event is taken")
	}
	if spell != "" {
		t, err := scenarios.Ticks(d.scenario, spell)
		if err != nil {
			return mistake("%v", err)
		}
		if c := d.scenario.Crashes; t < c.DownMin || t > c.DownMax {
			return mistake("it can be down for %s to %s, not %s", say.Span(d.scenario, c.DownMin), say.Span(d.scenario, c.DownMax), words.Clip(spell))
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
	return d.answer(chosen)
}

// downKey is the choice of how long a crash lasts, which is asked with it: the
// crash is tried.
func (d *Dialogue) downKey(crash map[scheduler.Key]uint32) (scheduler.Key, error) {
	event, _, err := d.run.Answer(crash)
	if err != nil {
		return 0, err
	}
	err = d.run.GoTo(event)
	found := those(d.run.Asked(), func(a scheduler.Asked) bool { return strings.HasPrefix(d.words().KeyText(a.Key), "down ") })
	if uerr := d.run.Undo(); err == nil {
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
