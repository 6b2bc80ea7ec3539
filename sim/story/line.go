package story

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/observe"
)

// line is what a line of a story says: an event, or one message that reaches several
// actors, or messages of several actors that reach one.
//
//	client asks 2
//	client asks 2 for put x
//	Accept 2.2 reaches 1 and 3
//	Promise 1.1 from 2 and 3 reaches 1
//	Promise 1.1 from 2 reaches 1 again
//	Promise 1.1 from 2 reaches 1 as if from 3
//	Prepare 1.1 reaches 3, and 3 crashes before it saves
//	alarm retry of 2 goes off
//	save of 3 is done
//	3 restarts
//	fault split begins
//	fault split ends
type line struct {
	what  observe.What
	kind  uint8    // of the message or alarm
	text  string   // how the message begins, or what the client asks for; "": any
	from  []sim.ID // who sent it; nil: whoever did, if that is one actor
	to    []sim.ID // at whom it happens
	again bool     // it is a copy of a message that has arrived before
	as    sim.ID   // whose message it pretends to be; 0: its sender's
	fault int      // which fault, from 0
	marks []mark
	slow  bool
}

// ourWords are those of a line that are no protocol's.
type ourWords struct {
	*sim.Vocabulary
	s *sim.Scenario
}

// text writes a line.
func (w *ourWords) text(l *line) string {
	var b strings.Builder
	switch l.what {
	case observe.Asked:
		fmt.Fprintf(&b, "client asks %d", l.to[0])
		if l.text != "" {
			b.WriteString(" for " + l.text)
		}
	case observe.Delivered:
		b.WriteString(w.Messages[l.kind])
		if l.text != "" {
			b.WriteString(" " + l.text)
		}
		if l.from != nil {
			b.WriteString(" from " + list(l.from))
		}
		b.WriteString(" reaches " + list(l.to))
		if l.again {
			b.WriteString(" again")
		}
		if l.as != 0 {
			fmt.Fprintf(&b, " as if from %d", l.as)
		}
	case observe.TimedOut:
		fmt.Fprintf(&b, "alarm %s of %d goes off", w.Timer(l.kind), l.to[0])
	case observe.Synced:
		fmt.Fprintf(&b, "save of %d is done", l.to[0])
	case observe.Restarted:
		fmt.Fprintf(&b, "%d restarts", l.to[0])
	case observe.FaultBegins:
		fmt.Fprintf(&b, "fault %s begins", w.s.Faults[l.fault].Name)
	case observe.FaultEnds:
		fmt.Fprintf(&b, "fault %s ends", w.s.Faults[l.fault].Name)
	}
	if l.slow {
		fmt.Fprintf(&b, "%s%d saves slowly", markWord, l.to[0])
	}
	for _, m := range l.marks {
		b.WriteString(markWord + w.mark(m))
	}
	return b.String()
}

// markWord comes before each mark of a line.
const markWord = ", and "

// mark writes a mark.
func (w *ourWords) mark(m mark) string {
	actor, what := m.ask.From(), m.ask.What()
	time := ""
	if m.nth > 1 {
		time = " the " + ordinal(m.nth) + " time"
	}
	switch what {
	case chance.CrashSave:
		return fmt.Sprintf("%d crashes before it saves%s", actor, time)
	case chance.CrashDecide:
		return fmt.Sprintf("%d crashes before it decides%s", actor, time)
	case chance.CrashAnswer:
		return fmt.Sprintf("%d crashes before it answers%s", actor, time)
	case chance.CrashOwn:
		return fmt.Sprintf("%d crashes afterwards%s", actor, time)
	case chance.Crash:
		return fmt.Sprintf("%d crashes before it sends %s to %d%s", actor, w.Messages[m.ask.Kind()], m.ask.To(), time)
	case chance.Kept:
		return fmt.Sprintf("%d keeps %d of its writes%s", actor, m.answer-1, time)
	}
	return fmt.Sprintf("%s of %d is %d%s", w.Choices[what-chance.Protocol], actor, m.answer, time)
}

// list writes numbers: "1, 2 and 3".
func list(ids []sim.ID) string {
	var b strings.Builder
	for i, id := range ids {
		switch {
		case i > 0 && i == len(ids)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(int(id)))
	}
	return b.String()
}

// ordinal writes a number that counts: 2nd.
func ordinal(n int) string {
	end := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

// begins says whether a text begins with another, and that ends where a word does: 2.2
// begins 2.2=2a, and not 2.25.
func begins(text, with string) bool {
	rest, ok := strings.CutPrefix(text, with)
	return ok && (with == "" || rest == "" || !joins(rest))
}

// joins says whether a text goes on with the word or number before it.
func joins(text string) bool {
	c := text[0]
	if c == '.' && len(text) > 1 {
		c = text[1]
	}
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// shortest is the shortest beginning of a text that says the round, or all of it where
// the round is not in it.
func shortest(text, round string) string {
	if round != "" && begins(text, round) {
		return round
	}
	return text
}
