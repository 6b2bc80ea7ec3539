package playhost

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scenarios/load"
	"github.com/paxsim/paxsim/sim/explain/play"
	"github.com/paxsim/paxsim/sim/trace"
)

// reply is a reply as a page reads it.
type reply struct {
	play.Reply
	Page *data `json:"page"`
}

// data is what a page has of a run.
type data struct {
	Keep   *struct{ Events, Texts, Deeds int }
	About  map[string]json.RawMessage
	Events []json.RawMessage
}

// client is a page without a picture.
type client struct {
	t       testing.TB
	session *play.Session
}

func newClient(t testing.TB) *client { return &client{t, play.New(&Host{}, play.Usual)} }

// try asks for something, which may be refused.
func (c *client) try(q play.Request) reply {
	c.t.Helper()
	text, err := json.Marshal(q)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.raw(string(text))
}

func (c *client) raw(text string) (r reply) {
	c.t.Helper()
	answer := c.session.Do(context.Background(), []byte(text))
	if err := json.Unmarshal(answer, &r); err != nil {
		c.t.Fatalf("%s: %v\n%s", text, err, answer)
	}
	return r
}

// do asks for something that must not be refused.
func (c *client) do(q play.Request) reply {
	c.t.Helper()
	r := c.try(q)
	if r.Mistakes != nil {
		c.t.Fatalf("%+v: %+v", q, r.Mistakes)
	}
	return r
}

// list is a list in what is about a run.
func (d *data) list(name string) (list []json.RawMessage) {
	if text, ok := d.About[name]; ok {
		if err := json.Unmarshal(text, &list); err != nil {
			panic(err)
		}
	}
	return list
}

// with is the data of a run after a part of it came: what the doc of the protocol says.
func (d *data) with(part *data) *data {
	x := &data{About: map[string]json.RawMessage{}}
	for name, text := range part.About {
		x.About[name] = text
	}
	for name, keep := range map[string]int{"texts": part.Keep.Texts, "deeds": 6 * part.Keep.Deeds} {
		if keep > 0 {
			text, _ := json.Marshal(append(slices.Clone(d.list(name)[:keep]), part.list(name)...))
			x.About[name] = text
		}
	}
	x.Events = append(slices.Clone(d.Events[:part.Keep.Events]), part.Events...)
	return x
}

// text is all that a page has of a run.
func (d *data) text() string {
	b, _ := json.Marshal(data{About: d.About, Events: d.Events})
	return string(b)
}

// replays says whether the file of a run plays as paxsim replay plays it.
func replays(t testing.TB, saved *play.Saved) {
	t.Helper()
	r, err := load.Decode("saved", []byte(saved.Text))
	if err != nil {
		t.Fatal(err)
	}
	o, err := r.Play()
	if err != nil || trace.Hex(o.Digest) != saved.Digest || r.File.Compare(o) != nil || len(r.Answers.Unused()) > 0 {
		t.Fatalf("%v: the file plays as %x, and was %s; unused %v", err, o.Digest, saved.Digest, r.Answers.Unused())
	}
}

// walk is a run that somebody plays with, at random.
type walk struct {
	*client
	r     *rand.Rand
	run   int
	page  *data
	state *play.State
	kinds map[string]int
	count int // how many acts changed the run
}

// place is a moment somewhere, and all that can be done there.
func (w *walk) place() (at uint64, acts []play.Act) {
	at = w.r.Uint64N(w.state.Events + 1)
	q := play.Request{Do: "moment", Run: w.run, At: at}
	switch n := w.r.IntN(4); {
	case n < 2 && len(w.state.Chosen) > 0: // where something was done already
		q.Event = w.state.Chosen[w.r.IntN(len(w.state.Chosen))].Event
	case n == 0:
		q.Event = 1 + w.r.Uint64N(w.state.Events)
	case n == 1:
		if q.Actor = 1 + w.r.IntN(3); w.r.IntN(3) == 0 {
			q.Peer = q.Actor%3 + 1
		}
	}
	m := w.do(q).Moment
	for _, n := range m.Next {
		if n.Takes {
			m.Acts = append(m.Acts, play.Act{Kind: "take", Text: n.Text, Take: n.Name})
		}
	}
	return at, m.Acts
}

// act does one thing at random, and holds undo to what was.
func (w *walk) act() {
	at, acts := w.place()
	if len(acts) == 0 {
		return
	}
	var there []string // of each kind as often, however many acts it has
	for _, a := range acts {
		if !slices.Contains(there, a.Kind) {
			there = append(there, a.Kind)
		}
	}
	kind := there[w.r.IntN(len(there))]
	acts = slices.DeleteFunc(acts, func(a play.Act) bool { return a.Kind != kind })
	a := acts[w.r.IntN(len(acts))]
	q := play.Request{Do: "act", Run: w.run, At: at, Act: &a}
	if a.Range != nil && w.r.IntN(2) == 0 {
		a.Answer = w.r.Uint32N(a.Range.Most + 1)
	}
	if a.For != nil && w.r.IntN(2) == 0 {
		q.Ticks = int64(a.For.Least) + w.r.Int64N(int64(a.For.Most-a.For.Least)+1)
	}
	if a.Text == "" || strings.Contains(a.Text, "%s") || strings.Contains(a.Text, "--") {
		w.t.Errorf("an act says %q: %+v", a.Text, a)
	}
	w.kinds[a.Kind]++
	r := w.try(q)
	if r.Mistakes != nil {
		now := w.do(play.Request{Do: "page", Run: w.run, From: 1})
		if now.State.Digest != w.state.Digest || now.Page.text() != w.page.text() {
			w.t.Fatalf("%+v is refused, and the run is another: %+v", a, r.Mistakes)
		}
		if a.Edit == "" && !strings.Contains(r.Mistakes[0].Text, "more than 20,000 events") { // what an edit would do is known only once it is tried
			w.t.Fatalf("%+v: %+v", a, r.Mistakes)
		}
		return
	}
	page := w.page.with(r.Page)
	if w.r.IntN(4) == 0 {
		if whole := w.do(play.Request{Do: "page", Run: w.run}); whole.Page.text() != page.text() {
			w.t.Fatalf("%+v at %d: put together, the page is\n%s\nand is\n%s", a, at, page.text(), whole.Page.text())
		}
	}
	if r.State.Digest != w.state.Digest {
		w.count++
	}
	if w.r.IntN(3) == 0 {
		back := w.do(play.Request{Do: "undo", Run: w.run})
		if again := page.with(back.Page); back.State.Digest != w.state.Digest || again.text() != w.page.text() {
			w.t.Fatalf("%+v at %d, undone: digest %s, and it was %s; the page is\n%s\nand was\n%s", a, at, back.State.Digest, w.state.Digest, again.text(), w.page.text())
		}
		return
	}
	w.page, w.state = page, r.State
}

// TestWalks: over the library, seeds and engines, whatever is done anywhere: undo gives
// the digest and the page of before, parts of pages put together are whole ones, a fork
// is left alone, and what is saved replays.
func TestWalks(t *testing.T) {
	kinds := map[string]int{}
	changed, seeds := 0, gate.Of(1, 8)
	for i, name := range scenarios.Names() {
		for seed := i % 2; seed < seeds+i%2; seed++ { // 0 is calm
			for _, engine := range []string{trace.Timed, trace.Searched} {
				c := newClient(t)
				q := play.Request{Do: "open", Scenario: name, Engine: engine}
				if seed > 0 {
					q.Seed = fmt.Sprint(seed)
				}
				if name == "thousand-actors" {
					q.Set = []string{"actors=9"}
				}
				opened := c.try(q)
				if opened.Mistakes != nil {
					if engine == trace.Timed || !strings.Contains(opened.Mistakes[0].Text, "makes events wait") {
						t.Errorf("%s: %+v", name, opened.Mistakes)
					}
					continue
				}
				w := &walk{c, rand.New(rand.NewPCG(uint64(seed), uint64(len(name)))), opened.State.Run, opened.Page, opened.State, kinds, 0}
				fork := w.do(play.Request{Do: "fork", Run: w.run}).State
				middle := play.Request{Do: "moment", Run: fork.Run, At: fork.Events / 2}
				was := w.do(middle).Moment
				for range 6 {
					w.act()
				}
				if is := w.do(middle).Moment; !reflect.DeepEqual(is, was) {
					t.Fatalf("%s, seed %d, %s: a fork that nobody touches is at event %d\n%+v\nand was\n%+v", name, seed, engine, fork.Events/2, is, was)
				}
				changed += w.count
				replays(t, w.do(play.Request{Do: "save", Run: w.run}).Saved)
				for w.state.Undos > 0 {
					w.state = w.do(play.Request{Do: "undo", Run: w.run}).State
				}
				other := w.do(play.Request{Do: "page", Run: fork.Run})
				if w.state.Digest != opened.State.Digest || other.State.Digest != opened.State.Digest || other.Page.text() != opened.Page.text() {
					t.Fatalf("%s, seed %d, %s: all undone it is %s, the fork is %s, it was %s", name, seed, engine, w.state.Digest, other.State.Digest, opened.State.Digest)
				}
			}
		}
	}
	t.Logf("%d acts changed a run; %v", changed, kinds)
	for _, kind := range []string{"lose", "double", "delay", "crash", "restart", "take", "answer", "calm", "pause", "cut", "clog", "heal"} {
		if kinds[kind] < 3 {
			t.Errorf("%s was tried %d times: too little", kind, kinds[kind])
		}
	}
	if changed < 200 {
		t.Errorf("%d acts changed a run: too little", changed)
	}
}

// TestPageIsViews: the page's data is what view writes of the same run.
func TestPageIsViews(t *testing.T) {
	for _, name := range []string{"literal-acks", "lossy", "crash-anywhere"} {
		c := newClient(t)
		opened := c.do(play.Request{Do: "open", Scenario: name, Seed: "7"})
		s, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		var page bytes.Buffer
		if err := load.Of(s, trace.Base{Seed: 7}).Page(&page); err != nil {
			t.Fatal(err)
		}
		_, text, _ := strings.Cut(page.String(), "\"runs\":[\n")
		var run data
		if err := json.NewDecoder(strings.NewReader(text)).Decode(&run); err != nil {
			t.Fatal(err)
		}
		if run.text() != opened.Page.text() {
			t.Errorf("%s: view has\n%s\nand play\n%s", name, run.text(), opened.Page.text())
		}
	}
}
