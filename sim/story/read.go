package story

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/observe"
)

// Mistake is a line of a story that says what cannot be.
type Mistake struct {
	Line int // from 1; 0: it is about the story as a whole
	Text string

	// Played says that the line can be read, but does not apply at its place.
	Played bool
	// Broke is what breaks in the lines that do apply; nil: nothing does.
	Broke *sim.Violation
}

// Error tells the line and what is wrong.
func (m *Mistake) Error() string {
	if m.Line == 0 {
		return m.Text
	}
	return fmt.Sprintf("line %d of the story: %s", m.Line, m.Text)
}

// reader reads a line. It keeps the first mistake.
type reader struct {
	ourWords
	err error
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// read reads a line.
func (r *reader) read(text string) (l line, err error) {
	r.err = nil
	if left, right, ok := cutLast(text, " reaches "); ok {
		l = r.delivery(left, right)
	} else {
		core, marks, _ := strings.Cut(text, markWord)
		l = r.other(core)
		r.marks(&l, marks)
	}
	if r.err != nil {
		return line{}, r.err
	}
	if again := r.text(&l); again != text {
		return line{}, fmt.Errorf("expected it written %q", again)
	}
	return l, nil
}

// cutLast cuts a text at the last place of another.
func cutLast(text, at string) (left, right string, ok bool) {
	i := strings.LastIndex(text, at)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(at):], true
}

// delivery reads what arrives, and at whom.
func (r *reader) delivery(message, at string) (l line) {
	l.what = observe.Delivered
	receivers, marks, _ := strings.Cut(at, markWord)
	if who, as, ok := strings.Cut(receivers, " as if from "); ok {
		receivers, l.as = who, r.actor(as)
	}
	receivers, l.again = strings.CutSuffix(receivers, " again")
	l.to = r.actors(receivers)
	if m, who, ok := cutLast(message, " from "); ok && isList(who) {
		message, l.from = m, r.actors(who)
	}
	word, text, _ := strings.Cut(message, " ")
	l.kind, l.text = r.kind(word, r.Messages, "message"), text
	if len(l.to) > 1 && len(l.from) > 1 {
		r.fail("several actors send it and several get it: say it in several lines")
	}
	if l.as != 0 && l.from != nil && l.as == l.from[0] {
		r.fail("it is from %d: it pretends nothing", l.as)
	}
	r.marks(&l, marks)
	return l
}

// other reads what is no message.
func (r *reader) other(text string) (l line) {
	f := strings.Fields(text)
	is := func(form ...string) bool {
		return len(f) == len(form) && !slices.ContainsFunc(form, func(w string) bool {
			return w != "" && f[slices.Index(form, w)] != w
		})
	}
	switch {
	case len(f) >= 3 && f[0] == "client" && f[1] == "asks":
		l.what, l.to = observe.Asked, []sim.ID{r.actor(f[2])}
		if rest := f[3:]; len(rest) > 0 {
			if rest[0] != "for" || len(rest) == 1 {
				r.fail("expected the form %q", "client asks 2 for "+"WHAT")
			}
			l.text = strings.Join(rest[1:], " ")
		}
	case is("alarm", "", "of", "", "goes", "off"):
		l.what, l.kind, l.to = observe.TimedOut, r.kind(f[1], r.TimerNames(), "alarm"), []sim.ID{r.actor(f[3])}
	case is("save", "of", "", "is", "done"):
		l.what, l.to = observe.Synced, []sim.ID{r.actor(f[2])}
	case is("", "restarts"):
		l.what, l.to = observe.Restarted, []sim.ID{r.actor(f[0])}
	case is("fault", "", "begins"):
		l.what, l.fault, l.to = observe.FaultBegins, r.faultOf(f[1]), []sim.ID{0}
	case is("fault", "", "ends"):
		l.what, l.fault, l.to = observe.FaultEnds, r.faultOf(f[1]), []sim.ID{0}
	default:
		r.fail("expected an event, such as %q, %q, %q, %q, %q, %q or %q", "client asks 2", r.ExampleMessage()+" from 2 reaches 3", "alarm NAME of 2 goes off", "3 restarts", "save of 3 is done", "fault NAME begins", "fault NAME ends")
	}
	return l
}

// faultOf reads the name of a fault of the scenario.
func (r *reader) faultOf(name string) int {
	var names []string
	for i := range r.s.Faults {
		if r.s.Faults[i].Name == name {
			return i
		}
		names = append(names, r.s.Faults[i].Name)
	}
	r.fail("the scenario has no fault %q%s", words.Clip(name), words.Hint(name, names))
	return 0
}

// kind reads the word for a kind of something.
func (r *reader) kind(word string, known []string, what string) uint8 {
	i := slices.Index(known, word)
	if i < 0 || word == "" {
		r.fail("no %s is called %q%s", what, words.Clip(word), words.Hint(word, known))
		return 0
	}
	return uint8(i)
}

// actor reads the number of an actor.
func (r *reader) actor(text string) sim.ID {
	n, err := strconv.ParseUint(text, 10, 16)
	switch {
	case err != nil || strconv.FormatUint(n, 10) != text:
		r.fail("%q is no number of an actor", words.Clip(text))
	case n < 1 || n > uint64(r.s.Actors):
		r.fail("there is no actor %d: actors is %d", n, r.s.Actors)
	}
	return sim.ID(n)
}

// isList says whether a text is a list of numbers.
func isList(text string) bool {
	return text != "" && strings.Trim(strings.ReplaceAll(text, " and ", ", "), "0123456789, ") == ""
}

// actors reads numbers of actors: "1, 2 and 3".
func (r *reader) actors(text string) (ids []sim.ID) {
	for _, part := range strings.Split(strings.ReplaceAll(text, " and ", ", "), ", ") {
		id := r.actor(part)
		if slices.Contains(ids, id) {
			r.fail("actor %d is named twice", id)
		}
		ids = append(ids, id)
	}
	return ids
}

// marks reads the marks of a line.
func (r *reader) marks(l *line, text string) {
	if text == "" || r.err != nil {
		return
	}
	if len(l.to) > 1 || len(l.from) > 1 {
		r.fail("it happens more than once, and %q once: say it in several lines", words.Clip(text))
		return
	}
	for _, part := range strings.Split(text, markWord) {
		if f := strings.Fields(part); len(f) == 3 && f[1] == "saves" && f[2] == "slowly" {
			if l.slow = true; len(l.to) == 1 && r.actor(f[0]) != l.to[0] {
				r.fail("it happens at actor %d, and %s saves nothing", l.to[0], words.Clip(f[0]))
			}
			continue
		}
		l.marks = append(l.marks, r.readMark(part))
	}
}

// readMark reads a mark.
func (r *reader) readMark(text string) mark {
	m := mark{nth: 1, answer: 1}
	f := strings.Fields(text)
	if n := len(f); n > 3 && f[n-1] == "time" && f[n-3] == "the" {
		nth, err := strconv.Atoi(strings.TrimRight(f[n-2], "stndrh"))
		if err != nil || nth < 2 || nth > 1<<20 {
			r.fail("%q is no count such as 2nd", words.Clip(f[n-2]))
		}
		m.nth, f = nth, f[:n-3]
	}
	about := func(what uint8, actor string) scheduler.Key {
		return scheduler.MakeKey(what, 0, uint16(min(r.actor(actor), sim.MaxActors)), 0, 0)
	}
	before := func(n int, verb string) bool {
		return len(f) == n && f[1] == "crashes" && f[2] == "before" && f[3] == "it" && f[4] == verb
	}
	switch {
	case len(f) == 3 && f[1] == "crashes" && f[2] == "afterwards":
		m.ask = about(chance.CrashOwn, f[0])
	case before(5, "saves"):
		m.ask = about(chance.CrashSave, f[0])
	case before(5, "decides"):
		m.ask = about(chance.CrashDecide, f[0])
	case before(5, "answers"):
		m.ask = about(chance.CrashAnswer, f[0])
	case before(8, "sends") && f[6] == "to":
		kind := r.kind(f[5], r.Messages, "message")
		m.ask = scheduler.MakeKey(chance.Crash, kind, uint16(min(r.actor(f[0]), sim.MaxActors)), uint16(min(r.actor(f[7]), sim.MaxActors)), 0)
	case len(f) == 6 && f[1] == "keeps" && f[3] == "of" && f[4] == "its" && f[5] == "writes":
		m.ask, m.answer = about(chance.Kept, f[0]), r.number(f[2])+1
	case len(f) == 5 && f[1] == "of" && f[3] == "is":
		choice := r.kind(f[0], r.Choices, "choice")
		m.ask, m.answer = about(chance.Protocol+choice, f[2]), r.number(f[4])
		if m.answer == 0 {
			r.fail("0 is what a choice is without a word: leave it out")
		}
	default:
		r.fail("after %q expected what else happens, such as %q, %q or %q, not %q", strings.TrimSpace(markWord), "3 crashes before it saves", "3 crashes before it sends "+r.ExampleMessage()+" to 2", "3 crashes afterwards", words.Clip(text))
	}
	return m
}

// number reads a number.
func (r *reader) number(text string) uint32 {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		r.fail("%q is no number", words.Clip(text))
	}
	return uint32(n)
}
