package diagram

import (
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// deeds tells what an actor does in an event, in a word or two each. A message that
// says no more than the one that it answers is its verb alone.
func (t *StoryBuilder) deeds(event observe.Entry, effects []observe.Entry) []Deed {
	var out []Deed
	add := func(d Deed) {
		if d.Text != "" && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	var after []Deed // what follows from the deeds: a vote is on the disk before it is sent
	flush := func() {
		for _, d := range after {
			add(d)
		}
		after = nil
	}
	words := t.s.Protocol.Vocabulary()
	verb := func(kind uint8) string {
		if int(kind) < len(words.Verbs) {
			return terminal.Text(words.Verbs[kind])
		}
		return ""
	}
	says := slices.ContainsFunc(effects, func(f observe.Entry) bool {
		return (f.What == observe.Sent || f.What == observe.Broadcast) && verb(f.Kind) != ""
	})
	for _, f := range effects {
		switch f.What {
		case observe.Sent, observe.Broadcast:
			if v := verb(f.Kind); v != "" {
				if said := short(f.Text); said != t.answered(event) {
					v = strings.TrimSpace(v + " " + terminal.Text(said))
				}
				add(Deed{Text: v, verb: true})
			}
		case observe.Noted:
			begins := int(f.Kind) < len(words.Notes) && words.Notes[f.Kind].Purpose == shown.BeginsRound
			if !begins || !says { // else the verb tells
				add(Deed{Text: t.tell.Effect(f), begins: begins})
			}
		case observe.Saved:
			if !says { // nothing else tells what it does
				add(Deed{Text: t.tell.Effect(f)})
			}
		case observe.Dropped, observe.Doubled, observe.Synced, observe.Held, observe.Delivered:
		case observe.Decided, observe.BecameChosen:
			f.Text = short(f.Text)
			after = append(after, Deed{Text: t.tell.Effect(f), Class: Good, decides: f.What == observe.Decided})
		case observe.Crashed:
			flush()
			add(Deed{Text: "crashes", Class: Bad, crash: true})
		case observe.Paused:
			add(Deed{Text: "pauses"})
		case observe.Resumed:
			add(Deed{Text: "goes on"})
		case observe.Violated:
			after = append(after, Deed{Text: "BREAKS " + t.breaks(f), Class: Bad})
		default:
			add(Deed{Text: strings.Trim(t.tell.Effect(f), "- ")})
		}
	}
	flush()
	return out
}

// answered is what the message says that an event answers.
func (t *StoryBuilder) answered(event observe.Entry) string {
	switch {
	case event.What == observe.Delivered:
		return short(event.Text)
	case event.What == observe.Synced && event.Cause != 0:
		return t.heard[event.Cause]
	}
	return ""
}

// together is what an actor does in an event, and then by itself after it.
func together(a, b []Deed) []Deed {
	if slices.ContainsFunc(b, func(d Deed) bool { return d.verb }) {
		a = slices.DeleteFunc(a, func(d Deed) bool { return d.begins }) // the verb tells
	}
	return append(a, b...)
}

// breaks notes the invariant that broke, and returns its name.
func (t *StoryBuilder) breaks(f observe.Entry) string {
	t.story.Broken = terminal.Text(f.Text)
	if v, ok := f.Said.(sim.Violation); ok {
		t.broke = &v
		return v.Invariant
	}
	name, _, _ := strings.Cut(t.story.Broken, ":")
	name, _, _ = strings.Cut(name, " (")
	return name
}

// short is what a message says without what it adds in brackets.
func short(text string) string {
	if i := strings.Index(text, " ("); i > 0 {
		return text[:i]
	}
	return text
}
