package play

import (
	"fmt"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
)

// question is a kind of choice, in words. In each text %s is the message and its
// receiver, or the actor. The texts of a crash are completed by when it happens.
type question struct {
	kind string // of the act that makes it happen
	do   string // what a menu says: "lose %s"
	calm string // what it says where that happens already: "let %s arrive"
	done string // what happened: "%s is lost"
	not  string // what did not
}

var questions = map[uint8]question{
	chance.Lost:        {"lose", "lose %s", "let %s through", "%s is lost", "%s is not lost"},
	chance.Doubled:     {"double", "double %s", "do not double %s", "%s is doubled", "%s is not doubled"},
	chance.Delay:       {"delay", "delay %s", "do not delay %s", "%s is delayed", "%s takes the least time"},
	chance.Damaged:     {"damage", "damage %s", "let %s arrive whole", "%s arrives damaged", "%s arrives whole"},
	chance.Forged:      {"forge", "forge the sender of %s", "leave the sender of %s", "the sender of %s is forged", "the sender of %s is true"},
	chance.Forger:      {"answer", "choose whom %s names as its sender", "let %s name the first other actor", "another sender of %s is named", "the first other actor is named as the sender of %s"},
	chance.Crash:       crash,
	chance.CrashSave:   crash,
	chance.CrashDecide: crash,
	chance.CrashAnswer: crash,
	chance.CrashIdle:   crash,
	chance.CrashOwn:    crash,
	chance.Down:        {"restart", "let %s come back later", "let %s come back as early as it can", "%s comes back later", "%s comes back as early as it can"},
	chance.Kept:        {"answer", "keep some of what %s was writing", "keep nothing of what %s was writing", "some of what %s was writing is kept", "nothing of what %s was writing is kept"},
	chance.Pick:        {"answer", "let the client ask another actor", "let the client ask the first actor", "the client asks another actor", "the client asks the first actor"},
	chance.When:        {"answer", "let the client ask later", "let the client ask as early as it can", "the client asks later", "the client asks as early as it can"},
}

var crash = question{"crash", "crash %s", "do not crash %s", "%s crashes", "%s does not crash"}

// whens say before or after what an actor crashes. %s is a message.
var whens = map[uint8]string{
	chance.Crash: " before it sends %s", chance.CrashSave: " before it saves", chance.CrashDecide: " before it tells its decision",
	chance.CrashAnswer: " before it answers its client", chance.CrashIdle: " after %s", chance.CrashOwn: " after this event",
}

// base is the number of a question, without that of a copy, and the copy: 0 is the
// message itself.
func base(what uint8) (q, copy uint8) {
	for _, first := range []uint8{chance.Lost, chance.Doubled, chance.Delay, chance.Damaged, chance.Forged, chance.Forger, chance.CrashIdle} {
		if what >= first && what < first+4 {
			return first, what - first
		}
	}
	return what, 0
}

// byMessage says whether a question is about a message.
func byMessage(q uint8) bool {
	switch q {
	case chance.Lost, chance.Doubled, chance.Delay, chance.Damaged, chance.Forged, chance.Forger, chance.Crash, chance.CrashIdle:
		return true
	}
	return false
}

// flightOf is the message that a choice is about; false: it is about none.
func flightOf(k scheduler.Key) (flights.Flight, bool) {
	q, _ := base(k.What())
	return flights.Flight{From: sim.ID(k.From()), Kind: k.Kind(), N: k.Count()}, byMessage(q)
}

// message is the name of a message: its kind, and its round or else what it says.
func (r *run) message(f flights.Flight) string {
	text := fmt.Sprint(f.Kind)
	if list := r.words().Messages; int(f.Kind) < len(list) && list[f.Kind] != "" {
		text = list[f.Kind]
	}
	sent, ok := r.seen.sent[f]
	switch rounds := r.scenario().Protocol.Rounds(); {
	case ok && sent.round != 0:
		text += " " + rounds.Text(sent.round)
	case ok && sent.text != "" && len(sent.text) <= mostSaid:
		text += " " + sent.text
	}
	return terminal.Text(text)
}

// mostSaid is how many bytes of what a message says are part of its name.
const mostSaid = 24

// about is what stands for %s in the words for a choice, and what follows: when a crash
// is.
func (r *run) about(k scheduler.Key) (text, when string) {
	q, copy := base(k.What())
	f, ok := flightOf(k)
	when = whens[q]
	switch q {
	case chance.Crash:
		when = fmt.Sprintf(when, fmt.Sprintf("%s to %d", r.message(f), k.To()))
	case chance.CrashIdle:
		when = fmt.Sprintf(when, fmt.Sprintf("%s from %d", r.message(f), f.From))
	}
	switch {
	case !ok || when != "":
		return fmt.Sprintf("actor %d", r.who(k)), when
	case copy > 0:
		return fmt.Sprintf("a copy of %s to %d", r.message(f), k.To()), ""
	}
	return fmt.Sprintf("%s to %d", r.message(f), k.To()), ""
}

// fill puts what a choice is about into a text.
func (r *run) fill(text string, k scheduler.Key) string {
	about, when := r.about(k)
	return strings.Replace(text, "%s", about, 1) + when
}

// doing says what it would be to answer a choice.
func (r *run) doing(a scheduler.Asked, answer uint32) (kind, text string) {
	q, _ := base(a.Key.What())
	x, ok := questions[q]
	switch {
	case !ok && answer == 0:
		return "calm", fmt.Sprintf("answer %q with 0, the calm answer", r.words().KeyText(a.Key))
	case !ok:
		return "answer", fmt.Sprintf("answer %q with a number up to %d", r.words().KeyText(a.Key), a.Outcomes-1)
	case answer == 0:
		return "calm", r.fill(x.calm, a.Key)
	}
	return x.kind, r.fill(x.do, a.Key)
}

// done says what an answer to a choice is, once it is chosen.
func (r *run) done(k scheduler.Key, answer uint32) string {
	q, _ := base(k.What())
	x, ok := questions[q]
	switch {
	case !ok:
		return fmt.Sprintf("%q is answered with %d", r.words().KeyText(k), answer)
	case answer == 0:
		return r.fill(x.not, k)
	}
	text := r.fill(x.done, k)
	if q == chance.Delay {
		text += " by " + say.Span(r.scenario(), sim.Time(answer))
	}
	return text
}

// happening says in plain words what waits to happen.
func (r *run) happening(e observe.Entry) string {
	switch e.What {
	case observe.Delivered:
		return fmt.Sprintf("%s from %d arrives at %d", r.message(flights.Arriving(e)), e.Peer, e.Actor)
	case observe.TimedOut:
		return terminal.Text(fmt.Sprintf("alarm %q of actor %d goes off", r.words().Timer(e.Kind), e.Actor))
	case observe.Asked:
		return terminal.Text(fmt.Sprintf("a client asks actor %d%s", e.Actor, saying(e.Text)))
	case observe.Synced:
		return fmt.Sprintf("what actor %d has saved is on its disk", e.Actor)
	case observe.Restarted:
		return fmt.Sprintf("actor %d comes back", e.Actor)
	case observe.Booted:
		return fmt.Sprintf("actor %d starts", e.Actor)
	}
	return strings.Trim(r.tell.Event(e), "- ")
}

// saying is what a client asks for; "": that is not told.
func saying(text string) string {
	if text == "" {
		return ""
	}
	return " for " + text
}
