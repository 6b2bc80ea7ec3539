package dialogue

import (
	"maps"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// loses is the command that answers 1 to a choice about a message.
func loses(word string) func(d *Dialogue, arg string) error {
	return func(d *Dialogue, arg string) error {
		x := wish{words: []string{word}, answer: 1}
		rest, err := d.parseMessage(&x, strings.Fields(arg), "a message such as "+d.exampleMessage()+" 2>3")
		if err != nil {
			return err
		}
		if len(rest) > 0 {
			return mistake("expected nothing after the message, not %q", words.Clip(strings.Join(rest, " ")))
		}
		return d.wish(x)
	}
}

func (d *Dialogue) delay(arg string) error {
	if d.searched {
		return mistake("in a searched run nothing takes time: take lets other events come first")
	}
	form := "a message and how much longer it takes, such as " + d.exampleMessage() + " 2>3 by 5ms"
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

// wish finds the choices that somebody means, and answers them.
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
	return d.answer(chosen)
}

// answer answers choices and tells what comes of it.
func (d *Dialogue) answer(chosen map[scheduler.Key]uint32) error {
	stood := d.run.At()
	event, asked, err := d.run.Answer(chosen)
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

// maxListed is how many lines a list has at most.
const maxListed = 40

// choose lists what the event asked of chance, or answers a choice by its name.
func (d *Dialogue) choose(arg string) error {
	if arg != "" {
		key, x, whole, err := d.parseKey(arg)
		if err != nil {
			return err
		}
		if !whole {
			return d.wish(x)
		}
		return d.answer(map[scheduler.Key]uint32{key: x.answer})
	}
	if len(d.run.Asked()) == 0 {
		d.print("this event asks nothing of chance\n")
	}
	answers := d.run.Answers()
	for i, a := range d.run.Asked() {
		if i == maxListed {
			d.print("  … and %s\n", say.Plural(uint64(len(d.run.Asked())-i), "more choice"))
			break
		}
		chosen := ""
		if _, ok := answers[a.Key]; ok {
			chosen = ", chosen"
		}
		d.print("  %s = %d  (0 to %d%s)\n", d.words().KeyText(a.Key), a.Answer, a.Outcomes-1, chosen)
	}
	return nil
}
