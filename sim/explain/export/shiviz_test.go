package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// What ShiViz documents of its input (its wiki, "Log format"): the first line of
// a file is the regular expression by which the log is read, the second what
// stands between executions or nothing, the rest is the log. The expression has
// the groups host, event and clock. A clock is a JSON object of hosts and counts,
// its own host among them; the first event of a host counts 1, and each further
// one, one more. Here it is held more strictly: nothing in the log is skipped,
// and a clock is one that messages can explain.

// shivizEvent is an event of a log.
type shivizEvent struct {
	text, host string
	clock      map[string]int
}

// readShivizLog reads a log as ShiViz does: by the expression in its first line.
func readShivizLog(text string) ([]shivizEvent, error) {
	head := strings.SplitN(text, "\n", 3)
	if len(head) < 3 {
		return nil, fmt.Errorf("a log begins with two lines about itself, and has %d", len(head))
	}
	if head[1] != "" {
		return nil, fmt.Errorf("the second line parts executions, and there is one: %q", head[1])
	}
	r, err := shivizExpression(head[0])
	if err != nil {
		return nil, err
	}
	var out []shivizEvent
	at := 0
	for _, m := range r.FindAllStringSubmatchIndex(head[2], -1) {
		if m[0] != at {
			return nil, fmt.Errorf("the expression passes over %q", head[2][at:m[0]])
		}
		group := func(name string) string { i := r.SubexpIndex(name); return head[2][m[2*i]:m[2*i+1]] }
		e := shivizEvent{text: group("event"), host: group("host")}
		if e.clock, err = shivizClock(group("clock")); err != nil {
			return nil, fmt.Errorf("%s: %w", e.text, err)
		}
		out = append(out, e)
		at = m[1] + 1 // and the line break
	}
	if at < len(head[2]) {
		return nil, fmt.Errorf("the expression passes over %q", head[2][at:])
	}
	return out, nil
}

// shivizExpression is an expression of JavaScript as one of Go, for whole lines.
// They differ in what a dot and a space are.
func shivizExpression(text string) (*regexp.Regexp, error) {
	text = strings.ReplaceAll(text, ".", `[^\n\r\x{2028}\x{2029}]`)
	text = strings.ReplaceAll(text, `\S`, `[^\s\v\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}]`)
	r, err := regexp.Compile("(?m:^" + text + "$)")
	if err != nil {
		return nil, err
	}
	names := slices.DeleteFunc(slices.Clone(r.SubexpNames()), func(n string) bool { return n == "" })
	slices.Sort(names)
	if !slices.Equal(names, []string{"clock", "event", "host"}) {
		return nil, fmt.Errorf("the groups are %v, and must be clock, event and host", names)
	}
	return r, nil
}

// shivizClock reads a clock: an object of hosts, each once, and whole numbers
// from 1 that JavaScript can hold.
func shivizClock(text string) (map[string]int, error) {
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("%s is no clock", text)
	}
	out := map[string]int{}
	for d.More() {
		host, err := d.Token()
		if err != nil {
			return nil, err
		}
		var n int
		if err := d.Decode(&n); err != nil {
			return nil, err
		}
		name := host.(string)
		if _, twice := out[name]; twice {
			return nil, fmt.Errorf("%s is in its clock twice", name)
		}
		if n < 1 || uint64(n) > 1<<53 {
			return nil, fmt.Errorf("a clock counts from 1, and %s has %d", name, n)
		}
		out[name] = n
	}
	if t, err := d.Token(); err != nil || t != json.Delim('}') || d.More() {
		return nil, fmt.Errorf("%s is no clock", text)
	}
	return out, nil
}

// shivizHost is what hosts are called: an actor by its number, or the world.
var shivizHost = regexp.MustCompile(`^(?:world|actor[1-9][0-9]*)$`)

// checkShivizClocks holds the clocks of a log against the rules: a host counts
// its own events from 1 on; what it knows of others never goes back, has
// happened, and comes with all that was known there; and an event knows what one
// message can have told it, and no more.
func checkShivizClocks(log []shivizEvent) error {
	past := map[string][]map[string]int{} // by host: the clocks of its events
	for _, e := range log {
		if !shivizHost.MatchString(e.host) {
			return fmt.Errorf("a host is called %q", e.host)
		}
		last := map[string]int{}
		if n := len(past[e.host]); n > 0 {
			last = past[e.host][n-1]
		}
		if e.clock[e.host] != last[e.host]+1 {
			return fmt.Errorf("%s goes from %d to %d", e.host, last[e.host], e.clock[e.host])
		}
		alone := maps.Clone(last)
		alone[e.host]++
		explained := maps.Equal(alone, e.clock)
		for h, n := range last {
			if e.clock[h] < n {
				return fmt.Errorf("%s forgets what it knew of %s: %d after %d", e.host, h, e.clock[h], n)
			}
		}
		for h, n := range e.clock {
			if h == e.host {
				continue
			}
			if n > len(past[h]) {
				return fmt.Errorf("%s knows event %d of %s, which has had %d", e.host, n, h, len(past[h]))
			}
			told := past[h][n-1]
			for k, v := range told {
				if e.clock[k] < v {
					return fmt.Errorf("%s knows event %d of %s, and not what was known there of %s", e.host, n, h, k)
				}
			}
			explained = explained || maps.Equal(union(told, alone), e.clock)
		}
		if !explained {
			return fmt.Errorf("no message can have told %s its clock %v", e.host, e.clock)
		}
		past[e.host] = append(past[e.host], e.clock)
	}
	return nil
}

// union is all that two clocks know.
func union(a, b map[string]int) map[string]int {
	out := maps.Clone(a)
	for h, n := range b {
		out[h] = max(out[h], n)
	}
	return out
}

// shivizLog reads a log and holds it against all rules.
func shivizLog(t testing.TB, text string) []shivizEvent {
	t.Helper()
	log, err := readShivizLog(text)
	if err == nil {
		err = checkShivizClocks(log)
	}
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// readShiViz counts in a log.
func readShiViz(t *testing.T, s *sim.Scenario, text string) (c counts) {
	hosts := map[string]bool{}
	for _, e := range shivizLog(t, text) {
		hosts[e.host] = true
		if strings.HasPrefix(e.text, "event ") {
			c.events++
		}
		switch {
		case regexp.MustCompile(` from actor \d+ arrives`).MatchString(e.text):
			c.arrived++
		case regexp.MustCompile(` from actor \d+ to actor \d+ is dropped`).MatchString(e.text):
			c.refused++
		}
		c.lost += len(regexp.MustCompile(`(?:; |in event \d+: )(?:copy of )?\w+ to actor \d+ is dropped`).FindAllString(e.text, -1))
	}
	if len(hosts) < 2 || len(hosts) > s.Actors+1 {
		t.Errorf("%d hosts", len(hosts))
	}
	return c
}

// TestShiVizKnowsCauses: an event in which a message arrives knows what its host
// knew before and what was known where the message left, when it left, and no
// more; among that is all that the event knew that caused it, by the trace's own
// word for causes. An actor that is taken down knows the world.
func TestShiVizKnowsCauses(t *testing.T) {
	arrows, crashes := 0, 0
	for seed := range uint64(50) {
		s := scenario(t, rough)
		if seed%2 == 1 {
			s = wild(t)
		}
		text, _, _ := written(t, s, seed, "shiviz", Window{})
		lines, _, _ := written(t, s, seed, "jsonl", Window{})
		events, waits := map[uint64]shivizEvent{}, map[uint64]bool{}
		type place struct {
			event uint64
			host  string
		}
		at := map[place]shivizEvent{} // what is not at the actor of the event stands in a line of its own
		before, last := map[uint64]map[string]int{}, map[string]map[string]int{}
		for _, e := range shivizLog(t, text) {
			var number uint64
			if n, _ := fmt.Sscanf(e.text, "event %d,", &number); n == 1 && strings.Contains(e.text, " must wait ") {
				waits[number] = true // it knows nothing yet
			} else if n == 1 {
				events[number], before[number] = e, last[e.host]
			} else if strings.Contains(e.text, ": CRASHES") && e.clock[world] == 0 {
				t.Errorf("seed %d: %s does not know the world", seed, e.text)
			} else {
				crashes++
			}
			if _, err := fmt.Sscanf(strings.TrimPrefix(e.text, "in "), "event %d", &number); err != nil {
				t.Fatalf("%s: %v", e.text, err)
			}
			at[place{number, e.host}] = e
			last[e.host] = e.clock
		}
		knows := func(event, of uint64) {
			t.Helper()
			if events[of].clock == nil {
				t.Fatalf("seed %d: event %d follows event %d, which the log lacks", seed, event, of)
			}
			if u := union(events[event].clock, events[of].clock); !maps.Equal(u, events[event].clock) {
				t.Fatalf("seed %d: event %d knows less than event %d: %v, %v", seed, event, of, events[event].clock, events[of].clock)
			}
		}
		r, err := trace.NewLineReader(strings.NewReader(lines))
		if err != nil {
			t.Fatal(err)
		}
		type message struct {
			from sim.ID
			kind uint8
			n    uint32
		}
		sent := map[message]uint64{}
		number := uint64(0)
		for e, err := r.Next(); err == nil; e, err = r.Next() {
			if e.What == observe.Sent || e.What == observe.Broadcast {
				sent[message{e.Actor, e.Kind, e.N}] = e.Event
			}
			first := e.Event != number
			number = e.Event
			if !first || e.What != observe.Delivered || waits[e.Event] {
				continue
			}
			arrows++
			if from, ok := sent[message{e.Peer, e.Kind, e.N}]; ok {
				now := events[e.Event]
				want := union(map[string]int{now.host: before[e.Event][now.host] + 1}, before[e.Event])
				if want = union(want, at[place{from, hostName(int(e.Peer))}].clock); !maps.Equal(now.clock, want) {
					t.Fatalf("seed %d: event %d, of a message of event %d, has the clock %v, want %v", seed, e.Event, from, now.clock, want)
				}
			} else if e.Cause != 0 && s.Network.Forge == 0 {
				t.Errorf("seed %d: event %d is the arrival of what nobody sent", seed, e.Event)
			}
			if e.Cause != 0 {
				knows(e.Event, e.Cause)
			}
		}
	}
	if arrows == 0 || crashes == 0 {
		t.Errorf("%d arrows, %d crashes: nothing was shown", arrows, crashes)
	}
}

// TestShiVizLibrary: so are the logs of the whole library.
func TestShiVizLibrary(t *testing.T) {
	logs := 0
	for _, name := range scenarios.Names() {
		s, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if s.Actors > shivizActors {
			continue
		}
		text, _, _ := written(t, &s.Scenario, 3, "shiviz", Window{})
		shivizLog(t, text)
		logs++
	}
	if logs < 40 {
		t.Errorf("%d logs only", logs)
	}
}

// TestShiVizHostile: no name makes an event, a host or a clock of its own.
func TestShiVizHostile(t *testing.T) {
	plain := scenario(t, rough)
	want, _, _ := written(t, plain, 5, "shiviz", Window{})
	for _, name := range []string{
		"x\nactor1 {\"actor1\":7}", "x\r\nactor9 {\"actor9\":1}", "x\ractor1 {}", "x\u2028actor1 {\"actor1\":1}\u2029", "actor1 {\"actor1\":1}",
		"{\"actor1\":", "\\n", "(?<host>.*)", "\x00\x1b[2J", "\ufeff\u00a0\u200b", "__proto__", "世界",
	} {
		s := scenario(t, rough)
		for i := range s.Requests {
			s.Requests[i].Name = fmt.Sprint(name, i)
		}
		for i := range s.Faults {
			s.Faults[i].Name = fmt.Sprint(name, i)
		}
		text, _, _ := written(t, s, 5, "shiviz", Window{})
		log, expected := shivizLog(t, text), shivizLog(t, want)
		if len(log) != len(expected) {
			t.Errorf("%q: %d events, and %d without the name", name, len(log), len(expected))
			continue
		}
		for i, e := range log {
			if e.host != expected[i].host || !maps.Equal(e.clock, expected[i].clock) {
				t.Errorf("%q: event %d is at %s with the clock %v", name, i+1, e.host, e.clock)
			}
		}
	}
}

// TestShiVizRefuses: a log that breaks a rule is not taken.
func TestShiVizRefuses(t *testing.T) {
	const good = "a\nactor1 {\"actor1\":1}\nb\nactor2 {\"actor1\":1, \"actor2\":1}\nc\nactor1 {\"actor1\":2}\n" +
		"d\nactor3 {\"actor1\":1, \"actor2\":1, \"actor3\":1}\ne\nactor2 {\"actor1\":2, \"actor2\":2}\n"
	for _, c := range []struct{ head, from, to, say string }{
		{shivizMark, "", "", ""},
		{shivizParser + "\n---\n", "", "", "the second line parts executions"},
		{`(?<event>.*)\n(?<host>\S*) (?<time>{.*})` + "\n\n", "", "", "the groups are [event host time]"},
		{`(?<event>.*` + "\n\n", "", "", "missing closing )"},
		{shivizMark, "c\n", "c\nand more\n", "passes over"},
		{shivizMark, "c\n", "c\u2028\n", "passes over"},
		{shivizMark, "\nactor3 ", "\nactor 3 ", "passes over"},
		{shivizMark, "\ne\n", "\n\ne\n", "passes over"},
		{shivizMark, "e\nactor2", "e\nactor2 actor2", "passes over"},
		{shivizMark, "actor3 ", " ", `a host is called ""`},
		{shivizMark, "actor3", "__proto__", `a host is called "__proto__"`},
		{shivizMark, `{"actor1":2}`, `{"actor1":2,}`, "invalid character"},
		{shivizMark, `{"actor1":2}`, `{"actor1":2, "actor1":2}`, "actor1 is in its clock twice"},
		{shivizMark, `{"actor1":2}`, `{"actor1":2, "actor3":0}`, "counts from 1, and actor3 has 0"},
		{shivizMark, `{"actor1":2}`, `{"actor1":2.5}`, "cannot unmarshal"},
		{shivizMark, `{"actor1":2}`, `{"actor1":2} {}`, "is no clock"},
		{shivizMark, `{"actor1":2}`, `{"actor1":3}`, "actor1 goes from 1 to 3"},
		{shivizMark, `{"actor1":2}`, `{"actor1":1}`, "actor1 goes from 1 to 1"},
		{shivizMark, `{"actor1":2}`, `{"actor2":1}`, "actor1 goes from 1 to 0"},
		{shivizMark, "a\nactor1 {\"actor1\":1}\n", "a\nactor1 {\"actor1\":2}\n", "actor1 goes from 0 to 2"},
		{shivizMark, `{"actor1":2, "actor2":2}`, `{"actor2":2}`, "actor2 forgets what it knew of actor1: 0 after 1"},
		{shivizMark, `{"actor1":2}`, `{"actor1":2, "actor2":2}`, "actor1 knows event 2 of actor2, which has had 1"},
		{shivizMark, `{"actor1":2}`, `{"actor1":2, "actor7":1}`, "actor1 knows event 1 of actor7, which has had 0"},
		{shivizMark, `{"actor1":1, "actor2":1, "actor3":1}`, `{"actor2":1, "actor3":1}`, "knows event 1 of actor2, and not what was known there of actor1"},
		{shivizMark, `{"actor1":1, "actor2":1, "actor3":1}`, `{"actor1":2, "actor2":1, "actor3":1}`, "no message can have told actor3 its clock"},
	} {
		text := good
		if c.from != "" {
			if !strings.Contains(text, c.from) {
				t.Fatalf("%q is not in the log", c.from)
			}
			text = strings.Replace(text, c.from, c.to, 1)
		}
		log, err := readShivizLog(c.head + text)
		if err == nil {
			err = checkShivizClocks(log)
		}
		if got := fmt.Sprint(err); c.say == "" && err != nil || !strings.Contains(got, c.say) {
			t.Errorf("%q for %q: %s, want %q", c.to, c.from, got, c.say)
		}
	}
	if log, err := readShivizLog(shivizMark + good); err != nil || len(log) != 5 || log[1].host != "actor2" || log[1].text != "b" {
		t.Errorf("read as %v, %v", log, err)
	}
	if _, err := readShivizLog("a"); err == nil {
		t.Error("a log without a head is taken")
	}
	if bytes.Count([]byte(shivizMark), []byte("\n")) != 2 {
		t.Errorf("the head is %q", shivizMark)
	}
}
