package playhost

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim/explain/play"
)

// TestMistakes: whatever is asked, there is one clear answer, and nothing has changed.
func TestMistakes(t *testing.T) {
	c := newClient(t)
	open := c.do(play.Request{Do: "open", Scenario: "literal-acks"})
	searched := c.do(play.Request{Do: "open", Scenario: "happy-path", Engine: "searched"})
	for _, x := range []struct{ request, want string }{
		{``, "this is no request: EOF"},
		{`{`, "this is no request: unexpected EOF"},
		{`[]`, "this is no request: cannot unmarshal array into Go value"},
		{`{"do":"open"} {}`, "this is no request: something follows it"},
		{`{"do":"opne"}`, `nothing is done that is called "opne"; did you mean open?`},
		{`{"do":"open","whatever":1}`, `this is no request: unknown field "whatever"`},
		{`{"do":"open","seed":7}`, "this is no request: cannot unmarshal number"},
		{`{"do":"open"}`, "expected one of a scenario, a text and a file, not 0"},
		{`{"do":"open","scenario":"lossy","text":"x"}`, "expected one of a scenario, a text and a file, not 2"},
		{`{"do":"open","scenario":"losy"}`, `there is no scenario "losy"; did you mean lossy?`},
		{`{"do":"open","scenario":"/etc/passwd"}`, `there is no scenario "/etc/passwd"`},
		{`{"do":"open","scenario":"./session_test.go"}`, `there is no scenario "./session_test.go"`},
		{`{"do":"open","scenario":"../../../../scenarios/library/lossy.yaml"}`, `there is no scenario`},
		{`{"do":"open","text":"paxsim: 1\nbase: /etc/passwd\n"}`, `/etc/passwd is out of reach`},
		{`{"do":"open","text":"paxsim: 1\nbase: ./lossy.yaml\n"}`, `./lossy.yaml is out of reach`},
		{`{"do":"open","scenario":"lossy","seed":"-1"}`, `seed "-1": expected a whole number`},
		{`{"do":"open","scenario":"lossy","engine":"steam"}`, `engine "steam": expected timed or searched`},
		{`{"do":"open","scenario":"lossy","set":["actors=0"]}`, "actors"},
		{`{"do":"open","scenario":"lossy","mutant":"no-such"}`, "no-such"},
		{`{"do":"open","scenario":"thousand-actors"}`, "thousand-actors has 1,001 actors: play takes at most 64. Open it with fewer, as by actors=9"},
		{`{"do":"open","scenario":"livelock","seed":"7","set":["limits.events=1000000","limits.time=1h"]}`, "the run has more than 20,000 events"},
		{`{"do":"open","file":"{}"}`, "format"},
		{`{"do":"open","file":"x"}`, "not JSON"},
		{`{"do":"open","file":"{}","seed":"1"}`, "a run file holds a run of its own"},
		{`{"do":"page","run":9}`, "no run 9 is open"},
		{`{"do":"page","run":1,"from":99}`, "there is no event 99: the run has 31 events"},
		{`{"do":"moment","run":1,"at":32}`, "there is no event 32: the run has 31 events"},
		{`{"do":"moment","run":1,"event":32}`, "there is no event 32"},
		{`{"do":"moment","run":1,"actor":4}`, "there is no actor 4: expected 1 to 3"},
		{`{"do":"moment","run":1,"actor":1,"peer":1}`, "there is no link between 1 and 1"},
		{`{"do":"moment","run":1,"at":-1}`, "this is no request"},
		{`{"do":"board","run":1,"at":32}`, "there is no event 32"},
		{`{"do":"act","run":1}`, "which act?"},
		{`{"do":"act","run":1,"act":{}}`, "which act?"},
		{`{"do":"act","run":1,"act":{"name":"lost Accept 1>2 #1","take":"x"}}`, "which act?"},
		{`{"do":"act","run":1,"at":32,"act":{"name":"lost Accept 1>2 #1"}}`, "there is no event 32"},
		{`{"do":"act","run":1,"at":1,"act":{"name":"lots"}}`, `no choice is called "lots"`},
		{`{"do":"act","run":1,"at":1,"act":{"name":"lost Accept 1>2 #2","answer":2}}`, "2 is no outcome of it: expected 0 to 1"},
		{`{"do":"act","run":1,"at":1,"act":{"name":"lost Accept 1>2 #99","answer":1}}`, `the run as it goes now does not ask for "lost Accept 1>2 #99"`},
		{`{"do":"act","run":1,"at":1,"act":{"name":"lost Accept 1>2 #2","answer":1},"ticks":5}`, `"ticks" is for a crash`},
		{`{"do":"act","run":1,"at":1,"act":{"name":"crash Accept 1>2 #2","answer":1},"ticks":5}`, "an actor can be down for 10 ms to 10.01 s"},
		{`{"do":"act","run":1,"at":1,"act":{"take":"deliver Accept 1>2 #2"}}`, "the clock says what is next"},
		{`{"do":"act","run":2,"at":9,"act":{"take":"deliver Accept 1>2 #99"}}`, "nothing that may come now is called"},
		{`{"do":"act","run":2,"at":9,"act":{"take":"boo"}}`, "boo"},
		{`{"do":"act","run":1,"at":9,"act":{"edit":"smash 3"}}`, "smash"},
		{`{"do":"act","run":1,"at":9,"act":{"edit":"pause 9"}}`, "9"},
		{`{"do":"act","run":1,"at":9,"act":{"edit":"pause 3"},"ticks":-1}`, "it cannot last for -1 ticks"},
		{`{"do":"act","run":1,"at":31,"act":{"edit":"pause 3"}}`, "the run is over here"},
		{`{"do":"undo","run":1}`, "nothing has been chosen that could be taken back"},
		{`{"do":"parting","run":1,"other":7}`, "no run 7 is open"},
		{`{"do":"parting","run":1,"other":2}`, "the first has 3 actors, and the second 5"},
		{`{"do":"close","run":7}`, "no run 7 is open"},
		{strings.Repeat(" ", play.Usual.Request+1), "at most 4,194,304 are read"},
	} {
		r := c.raw(x.request)
		if len(r.Mistakes) == 0 || !strings.Contains(r.Mistakes[0].Text, x.want) || r.Do != "" || r.State != nil {
			t.Errorf("%.100s: %+v, want %s", x.request, r.Mistakes, x.want)
		}
	}
	for _, was := range []reply{open, searched} {
		if now := c.do(play.Request{Do: "page", Run: was.State.Run}); now.State.Digest != was.State.Digest || now.Page.text() != was.Page.text() || now.State.Undos != 0 {
			t.Errorf("the run is another: %+v", now.State)
		}
	}
}

// TestMistakesHavePlaces: what is wrong with a scenario is told all at once, with places.
func TestMistakesHavePlaces(t *testing.T) {
	r := newClient(t).try(play.Request{Do: "open", Text: "paxsim: 1\nactors: three\nnetork: {loss: 200%}\n"})
	if len(r.Mistakes) < 2 || r.Mistakes[1].Line != 2 || r.Mistakes[1].Column != 9 || r.Mistakes[1].File != "scenario" || !strings.Contains(r.Mistakes[1].Excerpt, "actors: three") {
		t.Errorf("%+v", r.Mistakes)
	}
	for _, m := range r.Mistakes {
		if strings.Contains(m.Text, "netork") && m.Line == 3 {
			return
		}
	}
	t.Errorf("%+v", r.Mistakes)
}

// TestRoom: there are so many runs, and no more; a closed one makes room.
func TestRoom(t *testing.T) {
	c := newClient(t)
	first := c.do(play.Request{Do: "open", Scenario: "happy-path"}).State.Run
	for range play.Usual.Runs - 1 {
		c.do(play.Request{Do: "fork", Run: first})
	}
	for _, q := range []play.Request{{Do: "fork", Run: first}, {Do: "open", Scenario: "lossy"}} {
		if r := c.try(q); len(r.Mistakes) != 1 || r.Mistakes[0].Text != "8 runs are open: close one first" {
			t.Errorf("%+v", r.Mistakes)
		}
	}
	c.do(play.Request{Do: "close", Run: first})
	if r := c.do(play.Request{Do: "open", Scenario: "lossy"}); r.State.Run != play.Usual.Runs+1 {
		t.Errorf("run %d", r.State.Run)
	}
}

// TestEnded: a request that is ended in the middle, wherever, has changed nothing.
func TestEnded(t *testing.T) {
	for calls := range 60 {
		c := newClient(t)
		open := c.do(play.Request{Do: "open", Scenario: "literal-acks"})
		c.do(play.Request{Do: "act", Run: 1, At: 9, Act: &play.Act{Name: "lost Accept 1>2 #2", Answer: 1}})
		was := c.do(play.Request{Do: "page", Run: 1})
		for _, text := range []string{`{"do":"act","run":1,"at":20,"act":{"name":"lost Accept 1>1 #1","answer":1}}`, `{"do":"act","run":1,"at":12,"act":{"edit":"pause 3"}}`, `{"do":"undo","run":1}`} {
			ctx := &countdown{Context: context.Background(), calls: calls * 3}
			var r play.Reply
			if err := json.Unmarshal(c.session.Do(ctx, []byte(text)), &r); err != nil {
				t.Fatal(err)
			}
			if len(r.Mistakes) == 0 { // it came through
				if r.Do == "undo" {
					return
				}
				c.do(play.Request{Do: "undo", Run: 1})
				continue
			}
			if !strings.Contains(r.Mistakes[0].Text, "it took too long, and changed nothing") {
				t.Fatalf("%s after %d: %+v", text, ctx.calls, r.Mistakes)
			}
			if now := c.do(play.Request{Do: "page", Run: 1}); now.State.Digest != was.State.Digest || now.Page.text() != was.Page.text() || now.State.Undos != 1 {
				t.Fatalf("%s, ended after %d calls, changed the run: %+v", text, calls*3, now.State)
			}
		}
		if back := c.do(play.Request{Do: "undo", Run: 1}); back.State.Digest != open.State.Digest {
			t.Fatalf("undone it is %s, and was %s", back.State.Digest, open.State.Digest)
		}
	}
}

// countdown is a context that is done after so many looks at it.
type countdown struct {
	context.Context
	calls int
}

// Err implements [context.Context].
func (c *countdown) Err() error {
	if c.calls--; c.calls < 0 {
		return context.DeadlineExceeded
	}
	return nil
}
