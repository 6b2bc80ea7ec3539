package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
)

// eventForm is how the key of an event is written after its word.
type eventForm uint8

const (
	ofMessage eventForm = iota // "deliver Accept 2>3 #1": the sender's first Accept, at actor 3
	ofAlarm                    // "alarm repeat 2 #3": the third time that actor 2 set it
	atActor                    // "synced 2 #4": the fourth save of actor 2
	comingUp                   // "restart 2 #3": of the times that actor 2 comes back or is asked the third
	ofRequest                  // "ask 1>2 #1": the first request, at actor 2; #1 counts like that
	ofFault                    // "fault 1 #2": the first fault, the second time by chance; #0: by the script
)

// eventWord is the word for an event, and the form of what follows it.
type eventWord struct {
	what observe.What
	word string
	form eventForm
}

// eventWords are the words for the events that a searched run can have.
var eventWords = []eventWord{
	{observe.Delivered, "deliver", ofMessage},
	{observe.TimedOut, "alarm", ofAlarm},
	{observe.Synced, "synced", atActor},
	{observe.Booted, "boot", atActor},
	{observe.Restarted, "restart", comingUp},
	{observe.Asked, "ask", ofRequest},
	{observe.FaultBegins, "fault", ofFault},
	{observe.FaultEnds, "heal", ofFault},
}

// copyMark is between the word for an arrival and the number of the copy.
const copyMark = "-copy"

// EventText is the text form of the key of an event in a searched run, such as
// "deliver Accept 2>3 #1". It parses back with [Vocabulary.ParseEvent].
func (w *Vocabulary) EventText(k scheduler.Key) string {
	for _, x := range eventWords {
		if x.what != observe.WhatOf(k) {
			continue
		}
		switch {
		case x.form == ofMessage && eventCopy(k) != 0:
			return fmt.Sprintf("%s%s%d %s %d>%d #%d", x.word, copyMark, eventCopy(k), w.message(k.Kind()), k.From(), k.To(), k.Count())
		case x.form == ofMessage:
			return fmt.Sprintf("%s %s %d>%d #%d", x.word, w.message(k.Kind()), k.From(), k.To(), k.Count())
		case x.form == ofAlarm:
			return fmt.Sprintf("%s %s %d #%d", x.word, w.Timer(k.Kind()), k.To(), k.Count())
		case x.form == atActor:
			return fmt.Sprintf("%s %d #%d", x.word, k.To(), k.Count())
		case x.form == comingUp:
			return fmt.Sprintf("%s %d #%d", x.word, k.To(), k.From())
		case x.form == ofRequest:
			return fmt.Sprintf("%s %d>%d #%d", x.word, k.Count()+1, k.To(), k.From())
		case k.From() == 0:
			return fmt.Sprintf("%s %d #0", x.word, k.Count()+1)
		}
		return fmt.Sprintf("%s %d #%d", x.word, k.From(), k.Count())
	}
	return k.String()
}

// ParseEvent reads the text form of the key of an event.
func (w *Vocabulary) ParseEvent(text string) (scheduler.Key, error) {
	f := strings.Split(text, " ")
	word, copied, isCopy := strings.Cut(f[0], copyMark)
	i := slices.IndexFunc(eventWords, func(x eventWord) bool { return x.word == word })
	if i < 0 {
		return 0, fmt.Errorf("event %q: no event is called %q", text, f[0])
	}
	x, p := eventWords[i], eventParts{text: text, rest: f[1:], example: w.ExampleMessage()}
	var kind, number uint8
	var from, to, count uint64
	if isCopy {
		number = uint8(p.number(copied, 3))
	}
	switch x.form {
	case ofMessage:
		kind = p.kind(w.Messages, "message")
		from, to = p.pair(scheduler.MaxActor)
		count = p.count(scheduler.MaxCount)
	case ofAlarm:
		kind = p.kind(w.TimerNames(), "alarm")
		to, count = p.one(scheduler.MaxActor), p.count(scheduler.MaxCount)
	case atActor:
		to, count = p.one(scheduler.MaxActor), p.count(scheduler.MaxCount)
	case comingUp:
		to, from = p.one(scheduler.MaxActor), p.count(scheduler.MaxActor)
	case ofRequest:
		count, to = p.pair(scheduler.MaxCount + 1)
		count, from = count-1, p.count(scheduler.MaxActor)
	case ofFault:
		from = p.one(scheduler.MaxCount + 1)
		if count = p.count(scheduler.MaxCount); count == 0 {
			from, count = 0, from-1
		}
	}
	if p.err == nil && len(p.rest) > 0 {
		p.fail("something follows the count")
	}
	if p.err == nil && (from > scheduler.MaxActor || to > scheduler.MaxActor || count > scheduler.MaxCount) {
		p.fail("a number is out of range")
	}
	if p.err != nil {
		return 0, p.err
	}
	k := scheduler.MakeKey(uint8(x.what)<<2|number, kind, uint16(from), uint16(to), uint32(count))
	if again := w.EventText(k); again != text {
		return 0, fmt.Errorf("event %q: expected it written %q", text, again)
	}
	return k, nil
}

// eventParts are the words that are left of a text, and the first mistake.
type eventParts struct {
	text    string
	rest    []string
	err     error
	example string // the word for a message
}

func (p *eventParts) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("event %q: "+format, append([]any{p.text}, args...)...)
	}
}

func (p *eventParts) next() string {
	if len(p.rest) == 0 {
		p.fail("it ends too early: expected the form %q", "deliver "+p.example+" 2>3 #1")
		return ""
	}
	word := p.rest[0]
	p.rest = p.rest[1:]
	return word
}

func (p *eventParts) number(text string, most uint64) uint64 {
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil || n > most {
		p.fail("%q is no number from 0 to %d", text, most)
		return 0
	}
	return n
}

func (p *eventParts) one(most uint64) uint64 { return p.number(p.next(), most) }

func (p *eventParts) pair(firstMost uint64) (uint64, uint64) {
	word := p.next()
	a, b, ok := strings.Cut(word, ">")
	if !ok {
		p.fail("%q is no pair of numbers", word)
	}
	return p.number(a, firstMost), p.number(b, scheduler.MaxActor)
}

func (p *eventParts) count(most uint64) uint64 {
	word := p.next()
	if !strings.HasPrefix(word, "#") {
		p.fail("expected it to end in a count such as #1")
		return 0
	}
	return p.number(word[1:], most)
}

func (p *eventParts) kind(list []string, what string) uint8 {
	word := p.next()
	i := slices.Index(list, word)
	if i < 0 || word == "" {
		p.fail("no %s is called %q", what, word)
		return 0
	}
	return uint8(i)
}
