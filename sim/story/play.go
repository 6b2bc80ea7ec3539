package story

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/chance"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
)

// Played is the run of a story.
type Played struct {
	Scenario *sim.Scenario // of the story, with the faults possible that its lines speak of
	Outcome  sim.Outcome
	Events   []uint64 // by line: the number of the last event that it tells; nil: the story keeps the clock
	Actions  int      // how many actions of the protocol there are: see [sim.Protocol]
	told     []told   // the events that lines tell
	picks    []picked // all events that were picked

	clock     bool // it is a timed run
	words     *sim.Vocabulary
	answers   map[key]uint32
	deferrals []search.Deferral
	budget    search.Budget
}

// File is the run as a run file: deferrals and answers, with which the searched engine
// plays it without a list, or the answers of a timed run. text is that of the scenario.
func (p *Played) File(text string) *trace.File {
	f := trace.New(p.Scenario, text, trace.Base{Calm: true}, p.Outcome)
	for k, a := range p.answers { //sorted: a map of the file again
		f.Answers[p.words.KeyText(k)] = a
	}
	if p.clock {
		return f
	}
	f.Searched(p.words, "", p.budget, p.deferrals)
	return f
}

// Play plays the story, and shows the run to observers. A line that does not apply is a
// [*Mistake]. A run that breaks nothing is no mistake: see Played.Outcome.
func (st *Story) Play(ctx context.Context, observers ...observe.Observer) (*Played, error) {
	if st.Clock {
		return st.playTimed(ctx, observers)
	}
	lines, err := st.read()
	if err != nil {
		return nil, err
	}
	given, err := st.given()
	if err != nil {
		return nil, err
	}
	s := opened(st.Scenario, lines)
	p := &performer{words: st.words(), keyed: map[key]uint32{}}
	c := &schedule{given: given}
	for i := range lines {
		l := &lines[i]
		for _, to := range l.to {
			for _, from := range append([]sim.ID{}, l.senders()...) {
				p.wanted = append(p.wanted, wanted{i, l, from, to})
				c.steps = append(c.steps, step{id: len(c.steps) + 1, marks: l.marks, slow: l.slow})
			}
		}
	}
	for range len(p.wanted) + 1 {
		w, err := s.Protocol.New(s)
		if err != nil {
			return nil, err
		}
		p.begin(c, w)
		b := c.budget()
		for k := range p.keyed { //sorted: any will do
			if copies(k) {
				b.Duplicates = 1 << 30
			}
		}
		w.Search(&search.Search{Picker: p, Budget: b, Record: true})
		w.Reset(0, p)
		if err := campaign.Finish(ctx, w); err != nil {
			return nil, err
		}
		o := w.Outcome()
		if !p.again && p.mistake == nil && o.Violation == nil && p.next < len(p.wanted) && p.wanted[p.next].of.again {
			p.double(&p.wanted[p.next]) // nothing waited any more, so nobody asked for the next event
		}
		if p.again {
			continue
		}
		if m := p.mistakes(&o); m != nil {
			m.Broke = o.Violation
			return nil, m
		}
		b.Events = int(o.Events)
		played := &Played{Scenario: s, Outcome: o, Events: p.events(len(lines)), told: p.told(), picks: p.picks, words: p.words.Vocabulary, answers: p.answers, deferrals: w.Deferrals(), budget: b}
		return played, played.show(ctx, observers)
	}
	return nil, &Mistake{Text: "the story cannot be played: it doubles or forges too many messages"}
}

// show plays the run once more, for observers, and counts its actions.
func (p *Played) show(ctx context.Context, observers []observe.Observer) error {
	w, err := p.Scenario.Protocol.New(p.Scenario)
	if err != nil {
		return err
	}
	for _, o := range observers {
		w.Observe(o)
	}
	w.Observe(&counter{p.Scenario.Protocol.Actions(p.Scenario), &p.Actions})
	w.Search(&search.Search{Budget: p.budget, Deferrals: p.deferrals})
	w.Reset(0, &scheduler.Edited{Base: scheduler.Calm{}, Answers: p.answers})
	return campaign.Finish(ctx, w)
}

// counter counts the actions of a run.
type counter struct {
	observe.Actions
	n *int
}

// Observe implements [observe.Observer].
func (c *counter) Observe(e observe.Entry) {
	if c.IsAction(e) {
		*c.n++
	}
}

// senders are who sends what a line tells; one 0: whoever did.
func (l *line) senders() []sim.ID {
	if l.from == nil {
		return []sim.ID{0}
	}
	return l.from
}

// opened is a scenario in which that can happen which lines speak of.
func opened(given *sim.Scenario, lines []line) *sim.Scenario {
	s := *given
	for i := range lines {
		l := &lines[i]
		if l.again {
			s.Network.Duplicate = max(s.Network.Duplicate, hardly)
		}
		if l.as != 0 {
			s.Network.Forge = max(s.Network.Forge, hardly)
		}
		if slices.ContainsFunc(l.marks, func(m mark) bool { return crashes(m.ask) }) {
			s.Crashes.Chance = max(s.Crashes.Chance, hardly)
		}
	}
	return &s
}

// performer plays the lines of a story: it takes each at its word.
type performer struct {
	player
	words   ourWords
	wanted  []wanted
	world   sim.Runner
	keyed   map[key]uint32 // answers about messages that a later line speaks of: copies, forged senders
	answers map[key]uint32 // all that were not calm
	arrived []observe.Entry
	texts   []string // of what came
	picks   []picked
	mistake *Mistake
	again   bool // it is to be played again, with more answers
}

// wanted is an event that a line tells.
type wanted struct {
	line     int
	of       *line
	from, to sim.ID
}

func (p *performer) begin(c *schedule, w sim.Runner) {
	p.player.reset(c)
	p.world, p.answers, p.arrived, p.texts, p.picks, p.mistake, p.again = w, map[key]uint32{}, nil, nil, nil, nil, false
}

// Answer implements [scheduler.Source].
func (p *performer) Answer(k scheduler.Key, outcomes, seeded uint32) uint32 {
	a, ok := p.keyed[k]
	if !ok {
		a = p.player.Answer(k, outcomes, seeded)
	}
	if a != 0 {
		p.answers[k] = a
	}
	return a
}

// Pick implements [search.Picker].
func (p *performer) Pick(q *search.Pending) int {
	at := p.bySelf(q)
	if at < 0 && p.next < len(p.steps) {
		at = p.byLine(q)
	}
	if at >= 0 {
		p.picks = append(p.picks, picked{uint64(q.Number) + 1, q.Key(at)})
	}
	return at
}

// byLine is the event that the next line means; -1: there is none.
func (p *performer) byLine(q *search.Pending) int {
	list := p.world.(observe.Upcoming).Foresee()
	at := p.meant(list)
	if at >= 0 {
		text := ""
		if list[at].What == observe.Delivered {
			text = list[at].Text
		}
		p.texts = append(p.texts, text)
		p.comes(uint64(q.Number)+1, q.Key(at), p.stepOf(q.Tag(at)))
	}
	return at
}

// meant is which of the events that wait the next line means; -1: none, and why is
// noted.
func (p *performer) meant(list []observe.Entry) int {
	w := &p.wanted[p.next]
	l := w.of
	if id := w.to; id != 0 && l.what != observe.Restarted && p.isDown(id) {
		return p.fail("actor %d is down here", id)
	}
	var fit []int
	for i := range list {
		if w.fits(&list[i], p) {
			fit = append(fit, i)
		}
	}
	if l.what == observe.Delivered {
		return p.message(w, list, fit)
	}
	if len(fit) == 0 {
		return p.fail("that cannot be next: %s", p.waiting(list, w.to))
	}
	return fit[0]
}

// message is which of the messages that fit is meant.
func (p *performer) message(w *wanted, list []observe.Entry, fit []int) int {
	l := w.of
	if w.from == 0 {
		for _, i := range fit {
			if list[i].Peer != list[fit[0]].Peer {
				return p.fail("both %d and %d have sent such a message to %d: say from whom it is", list[fit[0]].Peer, list[i].Peer, w.to)
			}
		}
	}
	if len(fit) == 0 && l.again {
		return p.double(w)
	}
	if len(fit) == 0 && l.as != 0 {
		plain := *l
		plain.as = 0
		x := wanted{w.line, &plain, w.from, w.to}
		for i := range list {
			if x.fits(&list[i], p) {
				return p.forge(&list[i], l.as)
			}
		}
	}
	if len(fit) == 0 {
		return p.fail("no such message is on its way: %s", p.waiting(list, w.to))
	}
	p.arrived = append(p.arrived, list[fit[0]])
	return fit[0]
}

// double begins again with a copy of a message that has arrived.
func (p *performer) double(w *wanted) int {
	first := *w.of
	first.again = false
	x := wanted{w.line, &first, w.from, w.to}
	for i := range p.arrived {
		e := &p.arrived[i]
		if first.as = p.forgedAs(e); !x.fits(e, p) {
			continue
		}
		for c := range uint8(3) {
			k := e.EventKey().WithWhat(chance.Doubled + c)
			if _, is := p.keyed[k]; !is {
				p.keyed[k] = 1
				p.again = true
				return -1
			}
		}
	}
	return p.fail("no such message has arrived before, so there is no copy of it")
}

// forge begins again with a message that pretends to be another's.
func (p *performer) forge(e *observe.Entry, as sim.ID) int {
	k := e.EventKey()
	if as == e.Peer {
		return p.fail("it is from %d: it pretends nothing", as)
	}
	answer := uint32(as) - 1
	if as > e.Peer {
		answer--
	}
	p.keyed[k.WithWhat(chance.Forged)] = 1
	if answer != 0 {
		p.keyed[k.WithWhat(chance.Forger)] = answer
	}
	p.again = true
	return -1
}

// forgedAs is whose message a message pretends to be; 0: its sender's.
func (p *performer) forgedAs(e *observe.Entry) sim.ID {
	k := e.EventKey()
	if e.Copy > 0 || p.keyed[k.WithWhat(chance.Forged)] == 0 { // a copy is not forged with its message
		return 0
	}
	as := sim.ID(p.keyed[k.WithWhat(chance.Forger)] + 1)
	if as >= e.Peer {
		as++
	}
	return as
}

// fits says whether an event that waits is the one that is wanted.
func (w *wanted) fits(e *observe.Entry, p *performer) bool {
	l := w.of
	if e.What != l.what || w.to != 0 && e.Actor != w.to {
		return false
	}
	switch l.what {
	case observe.Delivered:
		return e.Kind == l.kind && (w.from == 0 || e.Peer == w.from) && (e.Copy > 0) == l.again && begins(e.Text, l.text) && p.forgedAs(e) == l.as
	case observe.TimedOut:
		return e.Kind == l.kind
	case observe.Asked:
		return l.text == "" || p.words.request(e.N) == l.text
	case observe.FaultBegins, observe.FaultEnds:
		return p.words.s.Faults[l.fault].Name == e.Text
	}
	return true
}

// request is what a request of the scenario asks for, in words; "": a new value.
func (w *ourWords) request(n uint32) string {
	if w.s.ByChance || int(n) >= len(w.s.Requests) {
		return ""
	}
	r := &w.s.Requests[n]
	var parts []string
	if int(r.Do) < len(w.Operations) {
		parts = append(parts, w.Operations[r.Do])
	}
	for _, part := range []string{r.Key, r.Name} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

func (p *performer) isDown(id sim.ID) bool {
	status := p.world.(observe.Inspector).Inspect(id).Status
	return status == observe.StatusDown || status == observe.StatusGone
}

func (p *performer) fail(format string, args ...any) int {
	p.mistake = &Mistake{Line: p.wanted[p.next].line + 1, Text: fmt.Sprintf(format, args...), Played: true}
	return -1
}

// mostWaiting is how many events a mistake lists that wait.
const mostWaiting = 6

// waiting lists what waits for an actor.
func (p *performer) waiting(list []observe.Entry, id sim.ID) string {
	var texts []string
	for i := range list {
		if e := &list[i]; id == 0 || e.Actor == id {
			if l := p.lineOf(e); l != "" && !slices.Contains(texts, l) {
				texts = append(texts, l)
			}
		}
	}
	switch n := len(texts); {
	case n == 0 && id != 0:
		return fmt.Sprintf("nothing waits for actor %d", id)
	case n == 0:
		return "nothing is left to happen"
	case n > mostWaiting:
		return "what could be next: " + strings.Join(texts[:mostWaiting], "; ") + fmt.Sprintf("; and %d more", n-mostWaiting)
	}
	return "what could be next: " + strings.Join(texts, "; ")
}

// lineOf is the line that means an event that waits; "": a line cannot.
func (p *performer) lineOf(e *observe.Entry) string {
	l := &line{what: e.What, kind: e.Kind, to: []sim.ID{e.Actor}}
	switch e.What {
	case observe.Delivered:
		l.text, l.from, l.again = p.words.shortest(e), []sim.ID{e.Peer}, e.Copy > 0
	case observe.Asked:
		l.text = p.words.request(e.N)
	case observe.FaultBegins, observe.FaultEnds:
		l.fault = slices.IndexFunc(p.words.s.Faults, func(f faults.Fault) bool { return f.Name == e.Text })
	case observe.Booted:
		return ""
	}
	return p.words.text(l)
}

// shortest is how a line names a message: by its round, or else by all that it says.
func (w *ourWords) shortest(e *observe.Entry) string {
	round := ""
	if e.Round != 0 {
		round = w.s.Protocol.Rounds().Text(e.Round)
	}
	return shortest(e.Text, round)
}

// mistakes are the first line that did not apply, or the first mark that nobody asked
// about.
func (p *performer) mistakes(o *sim.Outcome) *Mistake {
	for i := range p.next {
		for j, m := range p.steps[i].marks {
			if !slices.Contains(p.answer, used{i, j}) {
				return &Mistake{Line: p.wanted[i].line + 1, Text: "this does not happen here: " + p.words.mark(m), Played: true}
			}
		}
		if p.steps[i].slow && !slices.Contains(p.saves, i) {
			return &Mistake{Line: p.wanted[i].line + 1, Text: fmt.Sprintf("actor %d saves nothing here that takes time", p.wanted[i].to), Played: true}
		}
	}
	if p.mistake != nil {
		return p.mistake
	}
	if p.next < len(p.steps) {
		why := "the run is over before this"
		if v := o.Violation; v != nil && p.next > 0 {
			why = fmt.Sprintf("the run ends before this: %s breaks in line %d of the story", v.Invariant, p.wanted[p.next-1].line+1)
		}
		return &Mistake{Line: p.wanted[p.next].line + 1, Text: why, Played: true}
	}
	return nil
}

// told is an event that a line tells. Two that say the same to the same actor are equal,
// though they may have been sent one after the other.
type told struct {
	name  key
	text  string // what the message says
	event uint64
}

// same says whether two events are equal so.
func (t *told) same(u *told) bool { return t.name == u.name && t.text == u.text }

// picked is an event that was picked, by a line or by itself.
type picked struct {
	event uint64
	key   key
}

// told are the events that the lines tell.
func (p *performer) told() []told {
	out := make([]told, len(p.came))
	for i, c := range p.came {
		out[i] = told{nameOf(c.key), p.texts[i], c.event}
	}
	return out
}

// events are the events of the lines.
func (p *performer) events(lines int) []uint64 {
	out := make([]uint64, lines)
	for _, c := range p.came {
		out[p.wanted[c.step].line] = c.event
	}
	return out
}
