package view

import (
	"flag"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/played"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/zoo"
)

// What captions say is held against the trace of their run, by a reader of its
// own: it looks the answers up in the list of entries, and shares no code with
// the guide. It knows each sentence that a caption may have; one that it does not
// know is refused, and so is one that the run refutes.

// tape is a whole run.
type tape struct {
	s       *sim.Scenario
	entries []observe.Entry
	foot    *trace.Trailer
	words   []string
	cast    []cast // votes, once they are known
}

// taped plays a run for a recorder and a tape.
func taped(t testing.TB, s *sim.Scenario, seed uint64, x *search.Search) (*Recorder, *tape) {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	run := of(s, seed, 1, 0)
	r, tp := NewRecorder(run, nil, w), &tape{s: s, words: s.Protocol.Vocabulary().Messages}
	var all trace.Recorder
	w.Observe(&all)
	w.Search(x)
	follow(w, r, seed, nil, func(*Recorder) {})
	tp.entries = all.Entries
	for i, e := range tp.entries { // as the receiver believes
		if m := forgedText.FindStringSubmatch(e.Text); m != nil && e.What == observe.Delivered {
			from, _ := strconv.Atoi(m[2])
			tp.entries[i].Text, tp.entries[i].Peer = m[1], sim.ID(from)
		}
	}
	tp.foot = trace.NewTrailer(run.Head, w.Outcome(), 0)
	r.End(tp.foot)
	return r, tp
}

// The reader of the tape.

func (t *tape) kind(e observe.Entry) string { return t.words[e.Kind] }

// left says whether an entry is a message of a kind that leaves.
func (t *tape) left(e observe.Entry, kind string) bool {
	return (e.What == observe.Sent || e.What == observe.Broadcast) && t.kind(e) == kind
}

// reached says whether entry i is a message of a kind that a handler gets.
func (t *tape) reached(i int, kind string) bool {
	e := t.entries[i]
	if e.What != observe.Delivered || t.kind(e) != kind || i > 0 && t.entries[i-1].Event == e.Event {
		return false
	}
	if i+1 < len(t.entries) {
		f := t.entries[i+1]
		return f.Event != e.Event || f.What != observe.Dropped && f.What != observe.Held || f.Actor != e.Actor || f.Peer != e.Peer || f.Kind != e.Kind || f.N != e.N
	}
	return true
}

// member says whether an actor's answers count.
func (t *tape) member(id sim.ID) bool { return t.s.Members == nil || slices.Contains(t.s.Members, id) }

func (t *tape) members() (n int) {
	for id := 1; id <= t.s.Actors; id++ {
		if t.member(sim.ID(id)) {
			n++
		}
	}
	return n
}

var (
	ballotText = regexp.MustCompile(`^(\d+)\.(\d+)`)
	voteText   = regexp.MustCompile(`(?:^|, )accepted (\d+\.\d+=[^,]*)`)
	forgedText = regexp.MustCompile(`^(.*) as if from (\d+)$`)
	sentence   = regexp.MustCompile(`[^.]*?(?:\d\.\d[^.]*?|paxos\.adopt[^.]*?)*\.(?: |$)`)
)

// under is a text's ballot as a number that orders them, and what follows it.
func under(text string) (uint64, string) {
	m := ballotText.FindStringSubmatch(text)
	if m == nil {
		return 0, text
	}
	round, _ := strconv.ParseUint(m[1], 10, 64)
	actor, _ := strconv.ParseUint(m[2], 10, 64)
	return round<<32 | actor, text[len(m[0]):]
}

// cast is a vote, from the moment that it is on the disk or has left.
type cast struct {
	actor sim.ID
	text  string // 1.1=x
	at    int    // the entry
}

// votes are those of the whole run. A vote answers an Accept that its actor got.
func (t *tape) votes() []cast {
	if t.cast == nil {
		t.cast = append([]cast{}, t.count()...)
	}
	return t.cast
}

func (t *tape) count() (out []cast) {
	offered := map[string]bool{}
	seen := map[string]bool{}
	for i, e := range t.entries {
		key := func(text string) string { return fmt.Sprint(e.Actor, " ", text) }
		if t.reached(i, "Accept") {
			offered[key(e.Text)] = true
		}
		text := ""
		switch {
		case t.left(e, "Accepted"):
			text = e.Text
		case e.What == observe.Saved:
			if m := voteText.FindStringSubmatch(e.Text); m != nil {
				text = m[1]
			}
		}
		if text != "" && offered[key(text)] && !seen[key(text)] {
			seen[key(text)] = true
			out = append(out, cast{e.Actor, text, i})
		}
	}
	return out
}

// promisedBy is the highest ballot that an actor has promised before an entry, by
// word, on its disk, or by a vote.
func (t *tape) promisedBy(actor sim.ID, before int) (high uint64) {
	for i, e := range t.entries[:before] {
		if e.Actor != actor {
			continue
		}
		if t.left(e, "Promise") {
			b, _ := under(e.Text)
			high = max(high, b)
		}
		if e.What == observe.Saved && i < before {
			b, _ := under(strings.TrimPrefix(e.Text, "promised "))
			high = max(high, b)
		}
	}
	for _, v := range t.votes() {
		if v.actor == actor && v.at < before {
			b, _ := under(v.text)
			high = max(high, b)
		}
	}
	return high
}

// disk is what an actor's disk holds before an entry.
func (t *tape) disk(actor sim.ID, before int) (text string) {
	for _, e := range t.entries[:before] {
		if e.What == observe.Saved && e.Actor == actor {
			text = e.Text
		}
	}
	return text
}

// promises are those that a proposer has got for a ballot before an entry, by
// members, one each.
func (t *tape) promises(actor sim.ID, ballot string, before int) (texts []string) {
	from := map[sim.ID]bool{}
	for i, e := range t.entries[:before] {
		if t.reached(i, "Promise") && e.Actor == actor && strings.HasPrefix(e.Text, ballot+" ") && t.member(e.Peer) && !from[e.Peer] {
			from[e.Peer] = true
			texts = append(texts, e.Text)
		}
	}
	return texts
}

// reported is the report of the highest ballot among promises: 1.1=x; "": none.
func reported(texts []string) (out string) {
	for _, text := range texts {
		if _, x, ok := strings.Cut(text, " (accepted "); ok {
			x = strings.TrimSuffix(x, ")")
			a, _ := under(x)
			b, _ := under(out)
			if a > b {
				out = x
			}
		}
	}
	return out
}

// heard is how many members an actor knows to have accepted in a ballot.
func (t *tape) heard(actor sim.ID, ballot string, before int) int {
	from := map[sim.ID]bool{}
	for i, e := range t.entries[:before] {
		if t.reached(i, "Accepted") && e.Actor == actor && strings.HasPrefix(e.Text, ballot+"=") && t.member(e.Peer) {
			from[e.Peer] = true
		}
	}
	return len(from)
}

// choices are the votes that complete a majority.
func (t *tape) choices() (out []cast) {
	voters := map[string]int{}
	for _, v := range t.votes() {
		if t.member(v.actor) {
			if voters[v.text]++; voters[v.text] == t.members()/2+1 {
				out = append(out, v)
			}
		}
	}
	return out
}

func valueOf(text string) string { _, v, _ := strings.Cut(text, "="); return v }

// askedFor says whether a client asked an actor for a value before an entry.
func (t *tape) askedFor(actor sim.ID, value string, before int) bool {
	return slices.ContainsFunc(t.entries[:before], func(e observe.Entry) bool { return e.What == observe.Asked && e.Actor == actor && e.Text == value })
}

// sound says whether the protocol is Paxos, and nothing broke.
func (t *tape) sound() bool {
	return t.s.Mutant == "" && t.s.Setting("adopt") == 1 && len(t.s.Outside) == 0 && t.foot.Violation == nil
}

// reading is a caption that is being read: what its sentences are about.
type reading struct {
	*tape
	caption
	actor  sim.ID
	ballot string
	value  string
	at     int // the entry that it is about
}

// find looks for the first entry of the event of which something is so, and
// makes it the one that the caption is about.
func (c *reading) find(is func(i int, e observe.Entry) bool) bool {
	for i, e := range c.entries {
		if e.Event == c.event && is(i, e) {
			c.at = i
			return true
		}
	}
	return false
}

// message makes a message that leaves the one that the caption is about.
func (c *reading) message(kind, actor, ballot string) bool {
	n, _ := strconv.Atoi(actor)
	c.actor, c.ballot = sim.ID(n), ballot
	return c.find(func(_ int, e observe.Entry) bool {
		b, rest := under(e.Text)
		want, _ := under(ballot)
		c.value = strings.TrimPrefix(rest, "=")
		return c.left(e, kind) && e.Actor == c.actor && b == want
	})
}

// majority says whether counts as they are told are right, and a majority.
func (c *reading) majority(n, of string, is int) bool {
	return n == fmt.Sprint(is) && of == fmt.Sprint(c.members()) && 2*is > c.members()
}

func (c *reading) minority(n, of string, is int) bool {
	return n == fmt.Sprint(is) && of == fmt.Sprint(c.members()) && 2*is <= c.members()
}

// breaks is the event of an actor's first vote below a ballot after the entry.
func (c *reading) breaks() uint64 {
	for _, v := range c.votes() {
		a, _ := under(v.text)
		b, _ := under(c.ballot)
		if v.actor == c.actor && c.entries[v.at].Event > c.event && a < b {
			return c.entries[v.at].Event
		}
	}
	return 0
}

// elsewhere is the first decision, or else choice, of another value.
func (c *reading) elsewhere() (decided, chosen *observe.Entry) {
	for i := range c.entries {
		if e := &c.entries[i]; e.What == observe.Decided && !strings.HasPrefix(e.Text, c.value+" (") && decided == nil {
			decided = e
		}
	}
	for _, v := range c.choices() {
		if valueOf(v.text) != c.value && chosen == nil {
			chosen = &c.entries[v.at]
		}
	}
	return decided, chosen
}

// holdsPromise says whether the disk held the promise before the entry, and
// whether it came there during the event.
func (c *reading) holdsPromise() (held, now bool) {
	has, _ := under(strings.TrimPrefix(c.disk(c.actor, c.at), "promised "))
	b, _ := under(c.ballot)
	return has >= b, c.savedNow()
}

func (c *reading) savedNow() bool {
	for _, e := range c.entries[:c.at] {
		if e.Event == c.event && e.What == observe.Saved && e.Actor == c.actor {
			return true
		}
	}
	return false
}

func (c *reading) holdsVote() bool {
	return regexp.MustCompile(`(?:^|, )accepted ` + regexp.QuoteMeta(c.ballot+"="+c.value) + `(?:, |$)`).MatchString(c.disk(c.actor, c.at))
}

// owed is what a promise has to report: the highest vote of its actor below it.
func (c *reading) owed() (out string) {
	b, _ := under(c.ballot)
	for _, v := range c.votes() {
		a, _ := under(v.text)
		if high, _ := under(out); v.actor == c.actor && v.at < c.at && a < b && a >= high {
			out = v.text
		}
	}
	return out
}

// rule is a rule of Paxos, which is told of sound runs alone, where the run bears
// it out.
func rule(is func(c *reading) bool) func(*reading, []string) bool {
	return func(c *reading, _ []string) bool { return c.sound() && (is == nil || is(c)) }
}

// drawing is a sentence about the picture and the page.
func drawing(*reading, []string) bool { return true }

const (
	act = `(\d+)`
	bal = `(\d+\.\d+)`
	val = `(\S+)`
)

// sayings are all sentences that a caption may have, and what must be so.
var sayings = []struct {
	text string
	is   func(c *reading, m []string) bool
}{
	{`Phase 1 begins: actor ` + act + ` asks for promises, by Prepare ` + bal, func(c *reading, m []string) bool {
		return c.message("Prepare", m[1], m[2]) && !slices.ContainsFunc(c.entries[:c.at], func(e observe.Entry) bool { return c.left(e, "Prepare") })
	}},
	{`Time runs down, every column is an actor, every arrow a message`, drawing},
	{`A ballot is a round and an actor`, drawing},
	{`The higher of two ballots wins`, rule(func(c *reading) bool {
		for _, v := range c.votes() {
			if b, _ := under(v.text); b < c.promisedBy(v.actor, v.at) {
				return false
			}
		}
		return true
	})},
	{`Actor ` + act + ` promises to accept nothing below ballot ` + bal, func(c *reading, m []string) bool {
		return c.message("Promise", m[1], m[2]) && (c.breaks() == 0 || strings.Contains(c.text, fmt.Sprintf("In this run it breaks the promise, at event %d.", c.breaks())))
	}},
	{`Its disk does not hold this promise when the answer leaves`, func(c *reading, _ []string) bool { held, _ := c.holdsPromise(); return !held }},
	{`It has saved the promise first \(the square\)`, func(c *reading, _ []string) bool { held, now := c.holdsPromise(); return held && now }},
	{`Its disk holds the promise already`, func(c *reading, _ []string) bool { held, now := c.holdsPromise(); return held && !now }},
	{`So a crash cannot make it forget`, rule(func(c *reading) bool { return c.breaks() == 0 })},
	{`It answers that it has accepted nothing`, func(c *reading, _ []string) bool {
		return c.entries[c.at].Text == c.ballot+" (nothing accepted)"
	}},
	{`It answers that it has accepted ` + val + ` in ` + bal, func(c *reading, m []string) bool {
		return c.entries[c.at].Text == c.ballot+" (accepted "+m[2]+"="+m[1]+")"
	}},
	{`In this run it breaks the promise, at event (\d+)`, func(c *reading, m []string) bool { return m[1] == fmt.Sprint(c.breaks()) }},

	{`Actor ` + act + ` promises ballot ` + bal + `, and answers that it has accepted nothing`, func(c *reading, m []string) bool {
		return c.message("Promise", m[1], m[2]) && c.entries[c.at].Text == c.ballot+" (nothing accepted)"
	}},
	{`Actor ` + act + ` promises ballot ` + bal + `, and answers that it has accepted ` + val + ` in ` + bal, func(c *reading, m []string) bool {
		return c.message("Promise", m[1], m[2]) && c.entries[c.at].Text == c.ballot+" (accepted "+m[4]+"="+m[3]+")"
	}},
	{`That is not so: it has accepted nothing below that ballot`, func(c *reading, _ []string) bool { return c.owed() == "" }},
	{`That is not so: it has accepted ` + val + ` in ` + bal, func(c *reading, m []string) bool {
		a, _ := under(c.owed())
		b, _ := under(m[2])
		return a == b && !strings.Contains(c.entries[c.at].Text, m[2]+"="+m[1])
	}},

	{`Phase 2 begins: (\d+) of (\d+) have promised, a majority, so actor ` + act + ` proposes ` + val + ` in ballot ` + bal, func(c *reading, m []string) bool {
		return c.message("Accept", m[3], m[5]) && c.value == m[4] && c.majority(m[1], m[2], len(c.promises(c.actor, c.ballot, c.at)))
	}},
	{`Phase 2 begins: actor ` + act + ` proposes ` + val + ` in ballot ` + bal + `, though it has promises of only (\d+) of (\d+)`, func(c *reading, m []string) bool {
		return c.message("Accept", m[1], m[3]) && c.value == m[2] && c.minority(m[4], m[5], len(c.promises(c.actor, c.ballot, c.at))) && !c.sound()
	}},
	{`No promise that it has reports a value`, func(c *reading, _ []string) bool { return reported(c.promises(c.actor, c.ballot, c.at)) == "" }},
	{`Its client asked for ` + val, func(c *reading, m []string) bool {
		return m[1] == c.value && c.askedFor(c.actor, c.value, c.at)
	}},
	{`Had a promise reported a value, it would have to propose that`, rule(func(c *reading) bool { return reported(c.promises(c.actor, c.ballot, c.at)) == "" })},
	{`Of the values that the promises report, ` + val + ` is that of the highest ballot, ` + bal, func(c *reading, m []string) bool {
		return m[1] == c.value && reported(c.promises(c.actor, c.ballot, c.at)) == m[2]+"="+m[1]
	}},
	{`It must take that one, because it may be chosen already`, rule(func(c *reading) bool {
		return valueOf(reported(c.promises(c.actor, c.ballot, c.at))) == c.value
	})},
	{`The promises report ` + val + ` in ` + bal + `, and it does not take that`, func(c *reading, m []string) bool {
		return reported(c.promises(c.actor, c.ballot, c.at)) == m[2]+"="+m[1] && m[1] != c.value && !c.sound()
	}},
	{`Actor ` + act + ` proposes ` + val + ` in ballot ` + bal, func(c *reading, m []string) bool { return c.message("Accept", m[1], m[3]) && c.value == m[2] }},
	{`Actor ` + act + ` proposes ` + val + ` in ballot ` + bal + `, which is not what its client asked for`, func(c *reading, m []string) bool {
		return c.message("Accept", m[1], m[3]) && c.value == m[2] && !c.askedFor(c.actor, c.value, c.at)
	}},

	{`Actor ` + act + ` accepts ` + val + ` in ballot ` + bal + `, and tells so`, func(c *reading, m []string) bool {
		return c.message("Accepted", m[1], m[3]) && c.value == m[2] && slices.ContainsFunc(c.votes(), func(v cast) bool { return v.actor == c.actor && v.text == m[3]+"="+m[2] && v.at <= c.at })
	}},
	{`It does so although it has promised ` + bal, func(c *reading, m []string) bool {
		a, _ := under(m[1])
		b, _ := under(c.ballot)
		return c.promisedBy(c.actor, c.at) == a && b < a && !c.sound()
	}},
	{`It has promised nothing higher`, func(c *reading, _ []string) bool {
		b, _ := under(c.ballot)
		return c.promisedBy(c.actor, c.at) <= b && (strings.Contains(c.text, ", and tells so.") || c.promisedBy(c.actor, c.at) < b)
	}},
	{`Its disk does not hold this vote when the answer leaves`, func(c *reading, _ []string) bool { return !c.holdsVote() && !c.sound() }},
	{`It has saved its vote first`, func(c *reading, _ []string) bool { return c.holdsVote() && c.savedNow() }},
	{`Its disk holds the vote already`, func(c *reading, _ []string) bool { return c.holdsVote() && !c.savedNow() }},
	{`A value is chosen once a majority has accepted it in one ballot`, drawing},
	{`Actor ` + act + ` accepts in ballot ` + bal + ` although it has promised ` + bal + `: it breaks a promise`, func(c *reading, m []string) bool {
		for _, v := range c.votes() {
			if fmt.Sprint(v.actor) == m[1] && strings.HasPrefix(v.text, m[2]+"=") && c.entries[v.at].Event == c.event {
				a, _ := under(m[3])
				b, _ := under(m[2])
				return b < a && c.promisedBy(v.actor, v.at) == a && !c.sound()
			}
		}
		return false
	}},

	{`With this vote of actor ` + act + `, (\d+) of (\d+) have accepted ` + val + ` in ballot ` + bal + `, a majority: the value is chosen`, func(c *reading, m []string) bool {
		c.value = m[4]
		first := c.choices()[0]
		c.at = first.at
		return c.entries[first.at].Event == c.event && first.text == m[5]+"="+m[4] && fmt.Sprint(first.actor) == m[1] && c.majority(m[2], m[3], c.members()/2+1)
	}},
	{`Nobody has decided yet`, func(c *reading, _ []string) bool {
		return !slices.ContainsFunc(c.entries[:c.at], func(e observe.Entry) bool { return e.What == observe.Decided })
	}},
	{`Another value, ` + val + `, is chosen as well, at event (\d+)`, func(c *reading, m []string) bool {
		_, x := c.elsewhere()
		return x != nil && fmt.Sprint(x.Event) == m[2] && m[1] != c.value && !c.sound()
	}},
	{`No other value can be chosen any more`, rule(func(c *reading) bool { _, x := c.elsewhere(); return x == nil })},
	{`A second value is chosen: ` + val + ` in ballot ` + bal + `, after ` + val + ` in ` + bal, func(c *reading, m []string) bool {
		list := c.choices()
		i := slices.IndexFunc(list, func(v cast) bool { return valueOf(v.text) != valueOf(list[0].text) })
		return i > 0 && c.entries[list[i].at].Event == c.event && list[i].text == m[2]+"="+m[1] && list[0].text == m[4]+"="+m[3] && m[1] != m[3] && !c.sound()
	}},

	{`Actor ` + act + ` comes back and knows from its disk that ` + val + ` is decided`, func(c *reading, m []string) bool {
		c.value = m[2]
		return c.find(func(i int, e observe.Entry) bool {
			return e.What == observe.Decided && fmt.Sprint(e.Actor) == m[1] && strings.HasSuffix(c.disk(e.Actor, i), "learned "+m[2])
		}) && c.entries[slices.IndexFunc(c.entries, func(e observe.Entry) bool { return e.Event == c.event })].What == observe.Restarted
	}},
	{`Actor ` + act + ` has heard that (\d+) of (\d+), a majority, have accepted in ballot ` + bal + `: it decides ` + val, func(c *reading, m []string) bool {
		c.value = m[5]
		return c.find(func(i int, e observe.Entry) bool {
			return e.What == observe.Decided && fmt.Sprint(e.Actor) == m[1] && e.Text == m[5]+" ("+m[4]+")" && c.majority(m[2], m[3], c.heard(e.Actor, m[4], i))
		})
	}},
	{`Actor ` + act + ` decides ` + val + ` in ballot ` + bal + `, though it has heard that of only (\d+) of (\d+)`, func(c *reading, m []string) bool {
		c.value = m[2]
		return !c.sound() && c.find(func(i int, e observe.Entry) bool {
			return e.What == observe.Decided && fmt.Sprint(e.Actor) == m[1] && e.Text == m[2]+" ("+m[3]+")" && c.minority(m[4], m[5], c.heard(e.Actor, m[3], i))
		})
	}},
	{`That is not the last word: at event (\d+) actor ` + act + ` decides ` + val, func(c *reading, m []string) bool {
		x, _ := c.elsewhere()
		return x != nil && fmt.Sprint(x.Event) == m[1] && fmt.Sprint(x.Actor) == m[2] && strings.HasPrefix(x.Text, m[3]+" (") && !c.sound()
	}},
	{`But another value, ` + val + `, is chosen, at event (\d+)`, func(c *reading, m []string) bool {
		_, x := c.elsewhere()
		return x != nil && fmt.Sprint(x.Event) == m[2] && m[1] != c.value && !c.sound()
	}},
	{`Nothing else can be decided any more`, rule(func(c *reading) bool { x, y := c.elsewhere(); return x == nil && y == nil })},

	{`Here an invariant breaks: (.*)`, func(c *reading, m []string) bool {
		return c.find(func(_ int, e observe.Entry) bool { return e.What == observe.Violated && e.Text == m[1] }) && c.foot.Violation != nil
	}},
	{`The key c leads back from cause to cause`, drawing},

	{`Actor ` + act + ` refuses ballot ` + bal, func(c *reading, m []string) bool { return c.message("Nack", m[1], m[2]) }},
	{`It has promised a higher one, ` + bal, func(c *reading, m []string) bool {
		a, _ := under(m[1])
		b, _ := under(c.ballot)
		c.value = m[1]
		return c.promisedBy(c.actor, c.at) == a && b < a
	}},
	{`So two proposers are in each other's way`, func(c *reading, _ []string) bool {
		of := func(b string) string { _, actor, _ := strings.Cut(b, "."); return actor }
		return of(c.ballot) != of(c.value)
	}},
	{`One that is refused gives up, or tries again with a higher ballot`, rule(nil)},
	{`It has promised that very ballot`, func(c *reading, _ []string) bool {
		b, _ := under(c.ballot)
		return c.promisedBy(c.actor, c.at) == b && !c.sound()
	}},

	{`A short arrow that ends in a cross: (\w+) from actor ` + act + ` to actor ` + act + ` is lost(?: \((.*)\))?`, func(c *reading, m []string) bool {
		return c.find(func(_ int, e observe.Entry) bool {
			return e.What == observe.Dropped && e.Copy == 0 && c.kind(e) == m[1] && fmt.Sprint(e.Actor) == m[2] && fmt.Sprint(e.Peer) == m[3] && (m[4] == e.Text || m[4] == "" && e.Text == "lost")
		})
	}},
	{`Paxos does not need every message, only answers of a majority`, rule(nil)},
	{`A cross at the end of an arrow: the message has come, and its receiver does not get it \((.*)\)`, func(c *reading, m []string) bool {
		return c.find(func(i int, e observe.Entry) bool {
			return e.What == observe.Dropped && e.Text == m[1] && c.entries[i-1].What == observe.Delivered
		})
	}},
	{`The sender is not told`, drawing},
	{`Actor ` + act + ` crashes, and what it has in memory is gone`, func(c *reading, m []string) bool {
		return c.find(func(_ int, e observe.Entry) bool { return e.What == observe.Crashed && fmt.Sprint(e.Actor) == m[1] })
	}},
	{`What it has saved to its disk is not \(a square is a save\)`, rule(nil)},
	{`While it is down its column is hatched`, drawing},
	{`Actor ` + act + ` stands still`, func(c *reading, m []string) bool {
		return c.find(func(_ int, e observe.Entry) bool { return e.What == observe.Paused && fmt.Sprint(e.Actor) == m[1] })
	}},
	{`To the others this looks like a crash, or like a slow network: they cannot tell`, drawing},

	{`The fault (.*) begins`, func(c *reading, m []string) bool {
		c.value = m[1]
		return slices.ContainsFunc(c.s.Faults, func(f faults.Fault) bool { return f.Name == m[1] }) &&
			c.find(func(_ int, e observe.Entry) bool {
				return (e.What == observe.FaultBegins || e.What == observe.FaultStruck) && e.Text == m[1]
			})
	}},
	{`A fault begins: (.*)`, func(c *reading, m []string) bool {
		return c.find(func(_ int, e observe.Entry) bool {
			return (e.What == observe.FaultBegins || e.What == observe.FaultStruck) && e.Text == m[1]
		})
	}},
	{`It cuts the network: messages across the cut are lost, and all columns are shaded meanwhile`, isFault(func(f faults.Fault) bool { return f.Cut != nil || f.Split != nil })},
	{`It clogs links: messages on them must wait, and all columns are shaded meanwhile`, isFault(func(f faults.Fault) bool { return f.Clog != nil })},
	{`It changes how messages travel`, isFault(func(f faults.Fault) bool { return f.Weather != nil })},
	{`It makes actors stand still`, isFault(func(f faults.Fault) bool { return !f.Pause.IsZero() })},
	{`It makes actors crash`, isFault(func(f faults.Fault) bool { return !f.Crash.IsZero() })},

	{`This is Paxos broken on purpose, by the mutant (\S+): (.*)`, func(c *reading, m []string) bool {
		return m[1] == c.s.Mutant && mutantIs(c.s, m[2], zoo.Unsafe, zoo.Stalls)
	}},
	{`This is Paxos with a change on purpose, the mutant (\S+): (.*)`, func(c *reading, m []string) bool {
		return m[1] == c.s.Mutant && !mutantIs(c.s, m[2], zoo.Unsafe, zoo.Stalls)
	}},
	{`It looks like a bug, and is safe`, func(c *reading, _ []string) bool { return mutantIs(c.s, "", zoo.Control) && c.foot.Violation == nil }},
	{`It stays safe, and decides late or not at all`, func(c *reading, _ []string) bool { return mutantIs(c.s, "", zoo.Stalls) && c.foot.Violation == nil }},
	{`This is Paxos broken on purpose, by the setting paxos\.adopt: promises do not report what was accepted, and a proposer always proposes its own value`, func(c *reading, _ []string) bool {
		return c.s.Setting("adopt") == 0 && !slices.ContainsFunc(c.entries, func(e observe.Entry) bool { return c.left(e, "Promise") && strings.Contains(e.Text, "(accepted ") })
	}},
	{`This scenario has faults that Paxos is not made for: (.*)`, func(c *reading, m []string) bool { return strings.Join(c.s.Outside, ", ") == m[1] }},
	{`In this run an invariant breaks, at event (\d+): (.*)`, func(c *reading, m []string) bool {
		v := c.foot.Violation
		return v != nil && fmt.Sprint(v.Event) == m[1] && v.Invariant == m[2]
	}},
	{`It says: (.*)`, func(c *reading, m []string) bool {
		return slices.ContainsFunc(c.s.Protocol.Invariants(), func(i sim.Invariant) bool { return i.Doc == m[1] && i.Name == c.foot.Violation.Invariant })
	}},
	{`In this run no invariant that is watched breaks`, func(c *reading, _ []string) bool {
		return c.foot.Violation == nil && !slices.ContainsFunc(c.entries, func(e observe.Entry) bool { return e.What == observe.Violated })
	}},

	{`The run ends here: (\w+)`, func(c *reading, m []string) bool { return m[1] == c.foot.Outcome && c.event == c.foot.Events }},
	{`The page ends here, and the run goes on`, func(c *reading, _ []string) bool { return c.event < c.foot.Events }},
	{`The panel tells what each actor knows and has on its disk after the chosen event`, drawing},
	{`Go through the run yourself: .*`, drawing},
}

// isFault says whether the fault that was named is of a sort.
func isFault(is func(faults.Fault) bool) func(*reading, []string) bool {
	return func(c *reading, _ []string) bool {
		return slices.ContainsFunc(c.s.Faults, func(f faults.Fault) bool { return f.Name == c.value && is(f) })
	}
}

func mutantIs(s *sim.Scenario, doc string, kinds ...zoo.Kind) bool {
	for _, m := range s.Protocol.(sim.Mutable).Mutants() {
		if m.Name == s.Mutant {
			return slices.Contains(kinds, m.Kind) && (doc == "" || doc == m.Doc)
		}
	}
	return false
}

var patterns = func() (out []*regexp.Regexp) {
	for _, s := range sayings {
		out = append(out, regexp.MustCompile(`^(?:`+s.text+`)\.$`))
	}
	return out
}()

// split parts a caption into its sentences.
func split(text string) []string {
	var out []string
	for _, part := range sentence.FindAllString(text, -1) {
		out = append(out, strings.TrimSpace(part))
	}
	return out
}

// check reads the captions of a run and says what is wrong with them. How often
// each sentence was said is counted.
func (t *tape) check(list []caption, from uint64, said []int) (bad []string) {
	for i, c := range list {
		r := &reading{tape: t, caption: c}
		parts := split(c.text)
		if strings.Join(parts, " ") != c.text {
			bad = append(bad, fmt.Sprintf("cannot part %q into sentences", c.text))
		}
		for _, s := range parts {
			known, so := false, false
			for k, p := range patterns {
				m := p.FindStringSubmatch(s)
				if m == nil {
					continue
				}
				known = true
				if sayings[k].is(r, m) {
					so = true
					said[k]++
					break
				}
			}
			switch {
			case !known:
				bad = append(bad, fmt.Sprintf("event %d: nobody knows how to check %q", c.event, s))
			case !so:
				bad = append(bad, fmt.Sprintf("event %d: not so: %q, of %q", c.event, s, c.text))
			}
		}
		if c.about == ofBroken && (i != 0 || c.event != from) {
			bad = append(bad, "what is broken is not said first")
		}
	}
	if !t.sound() && (len(list) == 0 || list[0].about != ofBroken) {
		bad = append(bad, "it is not said what is broken")
	}
	if t.sound() && slices.ContainsFunc(list, func(c caption) bool { return c.about == ofBroken }) {
		bad = append(bad, "something is said to be broken")
	}
	if v := t.foot.Violation; (v != nil) != slices.ContainsFunc(list, func(c caption) bool { return c.about == ofViolated }) {
		bad = append(bad, "where the invariant breaks is not said")
	}
	return bad
}

// TestCaptionsAreTrue: no caption states what its run refutes, and each of its
// sentences is one that can be held against the run: of all the library, of
// Paxos with every mutant and with the unsafe setting, by the clock and searched.
// The first caption says what is broken, if anything is.
func TestCaptionsAreTrue(t *testing.T) {
	said := make([]int, len(sayings))
	runs, captions := 0, 0
	look := func(s *sim.Scenario, seed uint64, x *search.Search) {
		r, tp := taped(t, s, seed, x)
		list := r.captions()
		runs++
		captions += len(list)
		for _, bad := range tp.check(list, 1, said) {
			t.Errorf("%s, mutant %q, seed %d: %s", s.Name, s.Mutant, seed, bad)
		}
	}
	seeds := uint64(*captionSeeds)
	for _, name := range scenarios.Names() {
		if s := load(t, name); s.Actors <= 100 && s.Protocol.Name() == paxosName { // the specification has no guide
			for seed := range seeds {
				look(s, seed, nil)
			}
		}
	}
	for seed := range 4 * seeds {
		nap := napping(t)
		nap.Requests[0].Name, nap.Requests[1].Name = "x", "y"
		look(nap, seed, nil)
		look(load(t, "paused-proposer", "faults.again={pause: [1], at: 1ms, until: 3ms}"), seed, nil)
		look(load(t, "lossy", "paxos.save_learned=true", "crashes.chance=20%", "crashes.down=1ms", "until=400ms"), seed, nil)
	}
	var bases []*sim.Scenario
	for _, name := range []string{"literal-acks", "duelling-proposers", "lossy", "forgotten-promise", "power-loss", "duplicates", "non-members", "rolling-restarts"} {
		bases = append(bases, load(t, name))
	}
	hunt := load(t, "happy-path", "actors=3", "paxos.fan_out=all", "paxos.on_nack=retry", "network.loss=5%", "network.duplicate=5%", "crashes.chance=2%", "crashes.down=1ms", "disk.sync=1ms",
		"requests=[{actor: 1, value: x}, {actor: 2, value: y}, {actor: 3, value: z}]")
	for i, m := range append(hunt.Protocol.(sim.Mutable).Mutants(), zoo.Mutant{}) {
		for j, base := range bases {
			for k, only := range [][]string{nil, {"agreement"}, {}} {
				if !gate.On && (i+j)%3 != k {
					continue
				}
				s := broken(base, m.Name)
				s.Invariants = only
				look(s, uint64(k), nil)
			}
		}
		s := broken(hunt, m.Name)
		for seed := range 5 * seeds {
			if s.Invariants = nil; seed%2 == 1 {
				s.Invariants = []string{"agreement"}
			}
			look(s, seed, &search.Search{Picker: new(search.Walk), Budget: search.Budget{Events: 300, Alarms: 8, Losses: 3, Duplicates: 3, Crashes: 2}})
		}
		if t.Failed() {
			return
		}
	}
	for _, x := range rare(t) {
		for _, bad := range x.check(x.captions(), 1, said) {
			t.Errorf("%v: %s", x.entries, bad)
		}
	}
	for i, n := range said {
		if n == 0 {
			t.Errorf("nothing was shown of %q", sayings[i].text)
		}
	}
	t.Logf("%d captions of %d runs", captions, runs)
}

var captionSeeds = flag.Int("caption-seeds", gate.Of(1, 3), "how many seeds of each scenario TestCaptionsAreTrue plays")

// broken is a scenario with a mutant; without a name, with the setting that makes
// Paxos unsafe.
func broken(base *sim.Scenario, mutant string) *sim.Scenario {
	s := *base
	if s.Mutant = mutant; mutant != "" {
		s.Protocol, _ = s.Protocol.(sim.Mutable).Mutate(mutant)
		return &s
	}
	s.Settings = slices.Clone(s.Settings)
	s.Settings[slices.IndexFunc(s.Protocol.Settings(), func(x sim.Setting) bool { return x.Name == "adopt" })] = 0
	return &s
}

// handmade is the tape of a run that is written down here.
func handmade(t *testing.T, s *sim.Scenario, events ...[]observe.Entry) *tape {
	tp := &tape{s: s, words: s.Protocol.Vocabulary().Messages}
	for i, list := range events {
		for _, e := range list {
			e.Event = uint64(i + 1)
			tp.entries = append(tp.entries, e)
		}
	}
	tp.foot = &trace.Trailer{Outcome: "undecided", Events: uint64(len(events))}
	return tp
}

// captions are those of the guide.
func (t *tape) captions() []caption {
	g := newGuide(t.s, handNames{})
	played.Entries(t.entries, func(s trace.Step) { g.see(s.Event, flights.Split(s)) })
	return g.told(1, t.foot.Events, t.foot, true)
}

// handNames are the names of values in runs that are written down here.
type handNames struct{}

func (handNames) ValueName(v sim.Value) string { return string(rune('w' + v)) }

// rare is what hardly ever comes first in a run.
func rare(t *testing.T) []*tape {
	s := load(t, "happy-path", "actors=3")
	amnesia := broken(s, "amnesia")
	const x, z = sim.Value(1), sim.Value(3)
	b11, b13, b21 := paxos.MakeBallot(1, 1), paxos.MakeBallot(1, 3), paxos.MakeBallot(2, 1)
	entry := func(w observe.What, said interface{ Text(sim.Names) string }) observe.Entry {
		return observe.Entry{What: w, Actor: 2, Text: said.Text(handNames{}), Said: said}
	}
	message := func(w observe.What, kind paxos.Kind, b, last paxos.Ballot, v sim.Value) observe.Entry {
		e := entry(w, paxos.NewMessage(kind, b, last, v))
		e.Kind, e.Peer = uint8(kind), 1
		return e
	}
	saved := func(r paxos.Record) observe.Entry { return entry(observe.Saved, r) }
	got := func(kind paxos.Kind, v sim.Value) observe.Entry { return message(observe.Delivered, kind, b11, 0, v) }
	crash, back := observe.Entry{What: observe.Crashed, Actor: 2}, observe.Entry{What: observe.Restarted, Actor: 2}
	return []*tape{
		handmade(t, s, // the crash comes between the save and the answer
			[]observe.Entry{got(paxos.Prepare, 0), saved(paxos.Record{Promised: b11}), crash},
			[]observe.Entry{back},
			[]observe.Entry{got(paxos.Prepare, 0), message(observe.Sent, paxos.Promise, b11, 0, 0)},
			[]observe.Entry{got(paxos.Accept, x), saved(paxos.Record{Promised: b11, Accepted: b11, Value: x}), crash},
			[]observe.Entry{back},
			[]observe.Entry{got(paxos.Accept, x), message(observe.Sent, paxos.Accepted, b11, 0, x)}),
		handmade(t, s,
			[]observe.Entry{{What: observe.Synced, Actor: 2}, saved(paxos.Record{Promised: b11, Learned: x, LearnedIn: b11}), crash},
			[]observe.Entry{back, {What: observe.Decided, Actor: 2, Text: "x (1.1)", Said: sim.Chosen{Value: x, Under: sim.Round(b11)}}}),
		handmade(t, amnesia, []observe.Entry{message(observe.Delivered, paxos.Prepare, b21, 0, 0), saved(paxos.Record{Promised: b21}), message(observe.Sent, paxos.Promise, b21, b13, z)}),
		handmade(t, s, []observe.Entry{{What: observe.FaultBegins, N: 7, Text: "a fault of another scenario"}}),
	}
}

// TestCaptionsOfBrokenRuns: two runs that are told as what they are, word by word.
func TestCaptionsOfBrokenRuns(t *testing.T) {
	for _, c := range []struct {
		name, mutant string
		want         []string
		not          []string
	}{
		{"literal-acks", "", []string{
			"This is Paxos broken on purpose, by the setting paxos.adopt: promises do not report what was accepted, and a proposer always proposes its own value. In this run an invariant breaks, at event 31: agreement.",
			"it decides x. But another value, y, is chosen, at event 31.",
			"That is not so: it has accepted x in 1.1.",
			"A second value is chosen: y in ballot 2.2, after x in 1.1.",
		}, []string{"Nothing else can be decided", "No other value can be chosen", "The higher of two ballots wins"}},
		{"forgotten-promise", "unsaved-promise", []string{
			"This is Paxos broken on purpose, by the mutant unsaved-promise: a promise is not on the disk when it leaves. In this run an invariant breaks, at event 8: durable-before-visible.",
			"Actor 1 promises to accept nothing below ballot 1.1. Its disk does not hold this promise when the answer leaves.",
		}, []string{"It has saved the promise first"}},
		{"forgotten-promise", "", []string{"It has saved the promise first (the square). So a crash cannot make it forget."}, []string{"broken on purpose"}},
	} {
		s := load(t, c.name)
		if c.mutant != "" {
			s = broken(s, c.mutant)
		}
		r, _ := taped(t, s, 1, nil)
		told := ""
		for _, x := range r.captions() {
			told += x.text + "\n"
		}
		for _, want := range c.want {
			if !strings.Contains(told, want) {
				t.Errorf("%s %s: nobody says %q:\n%s", c.name, c.mutant, want, told)
			}
		}
		for _, not := range c.not {
			if strings.Contains(told, not) {
				t.Errorf("%s %s: somebody says %q:\n%s", c.name, c.mutant, not, told)
			}
		}
	}
}
