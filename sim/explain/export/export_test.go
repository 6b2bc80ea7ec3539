package export

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/played"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/explain/diagram"
	"github.com/paxsim/paxsim/sim/explain/flights"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/partitions"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/triggers"
	"github.com/paxsim/paxsim/sim/weather"
)

// rough is bad weather of every family, with names that are meant to do harm.
const rough = `paxsim: 1
teaches: what may happen in one run
actors: 4
network: {delay: 0ms..9ms, loss: 15%, duplicate: 15%}
disk: {sync: 2ms}
crashes: {chance: 2%, down: 5ms..30ms}
until: 90ms
faults:
  a-cut: {split: [[1], [2, 3]], at: 5ms, until: 40ms}
  crash: {crash: [2, 3], at: 20ms, until: 60ms}
  gone: {crash: [4], at: 70ms}
requests:
  - {actor: 1, at: 0s, value: "</script>]]>&#60;<b>\"'{};:%%end"}
  - {actor: 3, at: 3ms, value: "é style:x#y"}
limits: {events: 3000}
`

func scenario(t testing.TB, text string) *sim.Scenario {
	t.Helper()
	s, err := scenarios.Read("test.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	// The reader of files refuses what cannot be seen; a program could still make it.
	if len(s.Requests) > 1 {
		s.Requests[1].Name = "é\u202e\u2066x\u200b style:x#y"
	}
	return &s.Scenario
}

// wild is the same with all that a scenario can be made to suffer.
func wild(t testing.TB) *sim.Scenario {
	s := scenario(t, rough)
	s.Network.Copies, s.Network.Corrupt, s.Network.Forge = 3, scheduler.Certain/20, scheduler.Certain/20
	s.Network.Bias, s.Network.Capacity, s.Network.EvictOldest = 30, 2, true
	s.Faults = []faults.Fault{
		{Name: "one-way", At: 50, Until: 400, Cut: &partitions.Cut{Shape: partitions.OneWay, From: aims.These(1), To: aims.These(2, 3)}},
		{Name: "clog", At: 20, Until: 300, Clog: &aims.Links{To: aims.These(3)}},
		{Name: "pause", At: 10, Until: 200, Pause: aims.These(2)},
		{Name: "crash", At: 120, Until: 260, Crash: aims.These(2)},
		{Name: "slow", At: 0, Until: 250, Weather: &weather.Weather{Loss: scheduler.Certain / 20, Duplicate: weather.Same, Corrupt: weather.Same, Forge: weather.Same}, On: aims.Links{From: aims.These(4)}},
		{Name: "again", At: 0, Until: 900, Every: &delays.Delay{Min: 60, Max: 90}, For: &delays.Delay{Min: 20, Max: 40}, Pause: aims.Target{Group: aims.AtRandom, Many: 2}},
		{Name: "moment", Until: faults.Forever, When: &triggers.Moment{Does: triggers.Sends, Kind: 2, Times: 3}, For: &delays.Delay{Min: 70, Max: 70}, Cut: &partitions.Cut{Who: aims.These(4)}},
		{Name: "split", At: 300, Until: 500, Split: [][]sim.ID{{1}, {2, 3}}},
	}
	return s
}

// names is what a text of the scenario would hold of the names of its values.
func names(s *sim.Scenario) (text string) {
	for _, r := range s.Requests {
		text += r.Name + " "
	}
	return text
}

// counts is what happens in a trace, and what every form must tell of it.
type counts struct {
	events  int // steps
	arrived int // messages that reached a handler
	refused int // that would have arrived
	lost    int // when they were sent
}

func (c *counts) add(s trace.Step) {
	c.events++
	p := flights.Split(s)
	switch {
	case p.Refused != "":
		c.refused++
	case s.Event.What == observe.Delivered && p.Held == "":
		c.arrived++
	}
	c.refused += len(p.Gone)
	for _, e := range p.Effects {
		if e.What == observe.Dropped {
			c.lost++
		}
	}
}

// written plays a run and writes it in a form.
func written(t testing.TB, s *sim.Scenario, seed uint64, form string, w Window) (string, counts, sim.Outcome) {
	t.Helper()
	f := Named(form)
	head := trace.NewHeader(s, "paxsim: 1\n# "+names(s)+"\n", trace.Base{Seed: seed})
	w.From = max(w.From, 1)
	x := f.New(&Run{Scenario: s, Head: head, Window: w})
	var c counts
	entries := uint64(0)
	o := played.Run(t, s, seed, func(s trace.Step) {
		c.add(s)
		entries += 1 + uint64(len(s.Effects))
	})
	if f.Measures {
		played.Run(t, s, seed, x.Measure)
	}
	var out bytes.Buffer
	x.Begin(&out)
	played.Run(t, s, seed, x.Step)
	if err := x.End(trace.NewTrailer(head, o, entries)); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), f.Mark) {
		t.Fatalf("%s begins %.60q, and should begin %q", form, out.String(), f.Mark)
	}
	return out.String(), c, o
}

// readers counts in what was written, and holds it against a grammar.
var readers = map[string]func(t *testing.T, s *sim.Scenario, text string) counts{
	"text": readText, "svg": readSVG, "mermaid": readMermaid, "shiviz": readShiViz, "perfetto": readPerfetto, "jsonl": readLines,
}

// TestFormsTellTheTrace: each form has the events, the messages and the losses
// of the trace, over random runs in every weather.
func TestFormsTellTheTrace(t *testing.T) {
	var total counts
	for seed := range gate.Of[uint64](50, 200) {
		s := scenario(t, rough)
		if seed%2 == 1 {
			s = wild(t)
		}
		for form, read := range readers {
			w := Window{}
			if form == "svg" {
				w.Count = 100_000
			}
			text, want, o := written(t, s, seed, form, w)
			if form == "mermaid" && strings.Contains(text, "cut here") {
				continue // TestMermaidIsCut
			}
			if want.lost+want.refused != int(o.Dropped) || want.arrived != int(o.Delivered) {
				t.Fatalf("seed %d: the trace has %+v, and the outcome %+v", seed, want, o)
			}
			if got := read(t, s, text); got != want {
				t.Errorf("seed %d: %s tells %+v, and the trace %+v", seed, form, got, want)
			}
			total.events += want.events
			total.arrived += want.arrived
			total.lost += want.lost
			total.refused += want.refused
		}
		if t.Failed() {
			return
		}
	}
	if total.lost == 0 || total.refused == 0 || total.arrived == 0 {
		t.Errorf("something never happened: %+v", total)
	}
	for _, f := range Forms {
		if readers[f.Name] == nil && f.Name != "grid" && f.Name != "diagram" { // these have tests of their own
			t.Errorf("nobody reads %s", f.Name)
		}
	}
}

func readText(_ *testing.T, _ *sim.Scenario, text string) (c counts) {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		c.events++
		_, rest, _ := strings.Cut(line, "event ")
		if _, what, ok := strings.Cut(rest, " from actor "); ok && regexp.MustCompile(`^\d+ arrives`).MatchString(what) {
			c.arrived++
		} else if ok && regexp.MustCompile(`^\d+ is dropped`).MatchString(what) {
			c.refused++
		}
		c.refused += len(regexp.MustCompile(`, which had come from actor \d+, is dropped`).FindAllString(line, -1))
		c.lost += len(regexp.MustCompile(`; (?:actor \d+: )?(?:copy of )?\w+ to actor \d+ is dropped`).FindAllString(line, -1))
	}
	return c
}

func readSVG(t *testing.T, _ *sim.Scenario, text string) (c counts) {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return c
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "svg", "title", "desc", "style", "defs", "pattern", "rect", "text", "g", "path", "circle":
		default:
			t.Errorf("an element %s", e.Name.Local)
		}
		for _, a := range e.Attr {
			if a.Name.Local != "class" {
				continue
			}
			switch class := strings.Fields(a.Value); {
			case slices.Contains(class, "own"):
				c.events++
			case slices.Contains(class, "arrived"):
				c.arrived++
			case slices.Contains(class, "refused"):
				c.refused++
			case slices.Contains(class, "lost"):
				c.lost++
			}
		}
	}
}

// mermaidLine is the part of the grammar of sequence diagrams that is used here.
var mermaidLine = regexp.MustCompile(`^(?:sequenceDiagram|rect rgba\(212, 167, 44, 0\.2\)|end|%% paxsim: .*|(%% event \d+)|title ((?:[^#;:%{<]|#\d+;)+)|participant a\d+ as actor \d+|` +
	`Note (?:left of a1|over a\d+(?:,a\d+)?): ((?:[^#;:%{<]|#\d+;)+)|a\d+(->>|-->>|-x|--x)a\d+: ((?:[^#;:%{<]|#\d+;)+))$`)

func readMermaid(t *testing.T, _ *sim.Scenario, text string) (c counts) {
	event := false
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		m := mermaidLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("line %d is none of a sequence diagram: %s", i+1, line)
		}
		switch {
		case m[1] != "":
			c.events++
			event = true
			continue
		case m[4] == "-x" && event || m[4] == "--x":
			c.refused++
		case m[4] == "-x":
			c.lost++
		case m[4] != "":
			c.arrived++
		}
		event = false
	}
	return c
}

// traceEvent is an event of Chrome's trace event format, as far as it is used.
type traceEvent struct {
	Ph    string          `json:"ph"`
	Name  string          `json:"name"`
	Cat   string          `json:"cat"`
	ID    *int64          `json:"id"`
	Pid   *int            `json:"pid"`
	Tid   *int            `json:"tid"`
	Ts    json.Number     `json:"ts"`
	Dur   json.Number     `json:"dur"`
	Scope string          `json:"s"`
	Bp    string          `json:"bp"`
	Args  json.RawMessage `json:"args"`
}

// readPerfetto holds the trace events against the documented format: what each
// phase needs, that slices of a track lie beside or within one another, and
// that every arrow begins and ends in a slice and points forward.
func readPerfetto(t *testing.T, s *sim.Scenario, text string) (c counts) {
	var file struct {
		DisplayTimeUnit string            `json:"displayTimeUnit"`
		OtherData       map[string]string `json:"otherData"`
		TraceEvents     []traceEvent      `json:"traceEvents"`
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		t.Fatal(err)
	}
	type slice struct{ from, to int64 }
	tracks := map[int][]slice{}
	flows := map[int64][]traceEvent{}
	spans := map[int64]int{}
	gone := 0
	for _, e := range file.TraceEvents {
		if e.Pid == nil || e.Tid == nil || e.Name == "" || *e.Tid < 0 || *e.Tid > s.Actors {
			t.Fatalf("an event without a name or a track: %+v", e)
		}
		switch e.Ph {
		case "M":
			continue
		case "X":
			from, long := nanos(t, e.Ts), nanos(t, e.Dur)
			if long <= 0 {
				t.Fatalf("a slice of no length: %+v", e)
			}
			tracks[*e.Tid] = append(tracks[*e.Tid], slice{from, from + long})
			if e.Cat == "down" || e.Cat == "aside" {
				continue
			}
			c.events++
			if e.Cat == "deliver" && strings.HasPrefix(e.Name, "dropped: ") {
				c.refused++
			} else if e.Cat == "deliver" && !strings.HasPrefix(e.Name, "waits: ") {
				c.arrived++
			}
		case "i":
			if e.Scope != "t" && e.Scope != "g" {
				t.Fatalf("an instant of scope %q", e.Scope)
			}
			switch e.Cat {
			case "drop":
				c.lost++
			case "gone":
				c.refused++
				gone++
			}
		case "s", "f":
			if e.ID == nil || e.Ph == "f" && e.Bp != "e" {
				t.Fatalf("an arrow without an id or an end: %+v", e)
			}
			flows[*e.ID] = append(flows[*e.ID], e)
		case "b", "e":
			if e.ID == nil {
				t.Fatalf("a span without an id: %+v", e)
			}
			spans[*e.ID]++
		default:
			t.Fatalf("a phase %q", e.Ph)
		}
		nanos(t, e.Ts)
	}
	inSlice := func(e traceEvent) bool {
		at := nanos(t, e.Ts)
		return slices.ContainsFunc(tracks[*e.Tid], func(s slice) bool { return s.from <= at && at < s.to })
	}
	for id, ends := range flows {
		if len(ends) != 2 || ends[0].Ph != "s" || ends[1].Ph != "f" || !inSlice(ends[0]) || !inSlice(ends[1]) || nanos(t, ends[0].Ts) >= nanos(t, ends[1].Ts) {
			t.Fatalf("arrow %d: %+v", id, ends)
		}
	}
	if len(flows) != c.arrived+c.refused-gone {
		t.Errorf("%d arrows for %d arrivals", len(flows), c.arrived+c.refused-gone)
	}
	for id, n := range spans {
		if n%2 != 0 {
			t.Errorf("span %d begins or ends alone", id)
		}
	}
	for track, list := range tracks {
		slices.SortFunc(list, func(a, b slice) int {
			if a.from != b.from {
				return int(a.from - b.from)
			}
			return int(b.to - a.to)
		})
		var open []slice
		for _, s := range list {
			for len(open) > 0 && open[len(open)-1].to <= s.from {
				open = open[:len(open)-1]
			}
			if len(open) > 0 && s.to > open[len(open)-1].to {
				t.Fatalf("track %d: slices %v and %v overlap", track, open[len(open)-1], s)
			}
			open = append(open, s)
		}
	}
	return c
}

func nanos(t *testing.T, n json.Number) int64 {
	whole, rest, _ := strings.Cut(n.String(), ".")
	us, err := strconv.ParseInt(whole, 10, 64)
	ns, err2 := strconv.ParseInt((rest + "000")[:3], 10, 64)
	if err != nil || err2 != nil || us < 0 {
		t.Fatalf("a time %q", n)
	}
	return us*1000 + ns
}

func readLines(t *testing.T, _ *sim.Scenario, text string) (c counts) {
	r, err := trace.NewLineReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	steps := trace.Steps{Each: func(s trace.Step) { c.add(s) }}
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			steps.Flush()
			return c
		}
		if err != nil {
			t.Fatal(err)
		}
		steps.Observe(e)
	}
}

// TestHostileNames: what is meant to end a script, a tag or a line, to hide or
// to turn a text round, stands in every form as the text that it is.
func TestHostileNames(t *testing.T) {
	s := scenario(t, rough)
	for _, form := range Names() {
		w := Window{}
		if form == "mermaid" || form == "grid" || form == "text" || form == "svg" || form == "diagram" {
			w.Count = 200
		}
		text, _, _ := written(t, s, 3, form, w)
		for _, c := range text {
			if c != '\n' && !unicode.IsPrint(c) {
				t.Errorf("%s: %q stands in it", form, c)
			}
		}
		if page := form == "svg" || form == "perfetto" || form == "jsonl"; page && (strings.Contains(text, "</script") || strings.Contains(text, "]]>") || strings.Contains(text, "<b>")) {
			t.Errorf("%s: a tag stands in it", form)
		}
		spelled := map[string][]string{
			"text":     {`</script>]]>&#60;<b>"'{};:%%end`, `é\u202e\u2066x\u200b style:x#y`},
			"grid":     {`</script>]]>&#60;<b>"'{};:%%end`, `é\u202e\u2066x\u200b`},
			"svg":      {`&lt;/script&gt;]]&gt;&amp;#60;&lt;b&gt;&quot;&#39;{};:%%end`, `é\u202e\u2066x\u200b style:x#y`},
			"mermaid":  {`#60;/script>#93;#93;>#38;#35;60#59;#60;b>#34;#39;#123;#125;#59;#58;#37;#37;end`, `é#92;u202e#92;u2066x#92;u200b style#58;x#35;y`},
			"shiviz":   {`</script>]]>&#60;<b>"'{};:%%end`, `é\u202e\u2066x\u200b style:x#y`},
			"perfetto": {`\u003c/script\u003e]]\u003e\u0026#60;\u003cb\u003e\"'{};:%%end`, `é\\u202e\\u2066x\\u200b style:x#y`},
			"jsonl":    {`\u003c/script\u003e]]\u003e\u0026#60;\u003cb\u003e\"'{};:%%end`, `é\u202e\u2066x\u200b style:x#y`},
		}[form]
		for _, want := range spelled {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the name is not there as %s", form, want)
			}
		}
	}
}

// TestMermaidIsCut: a long run is cut to what Mermaid draws, at an event, and
// the diagram says so; with --from the next part begins where it ended.
func TestMermaidIsCut(t *testing.T) {
	s, err := scenarios.Load("lossy", scenarios.Set("actors=25"))
	if err != nil {
		t.Fatal(err)
	}
	from := uint64(1)
	events, parts := 0, 0
	var want counts
	for from != 0 {
		text, c, _ := written(t, &s.Scenario, 2, "mermaid", Window{From: from})
		want = c
		if n := units(text); n > mermaidLimit {
			t.Fatalf("%d characters", n)
		}
		events += readMermaid(t, &s.Scenario, text).events
		parts++
		m := regexp.MustCompile(`Note over a1,a25: cut here.*--from (\d+) shows`).FindStringSubmatch(text)
		from = 0
		if m != nil {
			from, _ = strconv.ParseUint(m[1], 10, 64)
		}
	}
	if parts < 3 || events != want.events {
		t.Errorf("%d parts with %d events, of %d", parts, events, want.events)
	}
}

// TestLongNames: a name in a trace may be of any length, and the forms for people
// begin with as much of it as a reader takes in; Mermaid's limit holds. JSON lines
// have all of it.
func TestLongNames(t *testing.T) {
	s := scenario(t, rough)
	for _, name := range []string{strings.Repeat("n", 200_000), strings.Repeat("#\u202e", 100_000)} {
		s.Name = name
		for _, form := range Names() {
			w := Window{}
			if Named(form).Window {
				w.Count = 100
			}
			text, _, _ := written(t, s, 3, form, w)
			switch n := units(text); {
			case form == "jsonl" && n < 200_000:
				t.Errorf("%s has %d characters: the name is cut", form, n)
			case form == "mermaid" && n > mermaidLimit:
				t.Errorf("Mermaid draws no more than %d characters, and gets %d", mermaidLimit, n)
			case form != "jsonl" && strings.Count(text, "n") > 100_000, form != "jsonl" && strings.Count(text, "202e") > 20_000:
				t.Errorf("%s has all of a name of %d characters", form, len([]rune(name)))
			}
		}
	}
}

func TestWindow(t *testing.T) {
	s := scenario(t, rough)
	for _, form := range []string{"text", "svg", "mermaid"} {
		text, _, _ := written(t, s, 5, form, Window{From: 20, Count: 15})
		if got := readers[form](t, s, text); got.events != 15 {
			t.Errorf("%s shows %d events of 15", form, got.events)
		}
	}
	text, _, _ := written(t, s, 5, "grid", Window{From: 20, Count: 2})
	if !strings.Contains(text, " 20  ") || !strings.Contains(text, " 21  ") || strings.Contains(text, " 19  ") || strings.Contains(text, " 22  ") {
		t.Errorf("the grid shows other events:\n%s", text)
	}
}

// FuzzForms: whatever trace the reader lets through, sense or none, every form is
// written without a panic, and as its grammar has it.
func FuzzForms(f *testing.F) {
	s := scenario(f, rough)
	sample, _, _ := written(f, s, 3, "jsonl", Window{})
	head, rest, _ := strings.Cut(sample, "\n")
	for _, body := range []string{
		strings.Join(strings.SplitAfter(rest, "\n")[:12], ""),
		`{"event":1,"what":"deliver","kind":15,"actor":4,"peer":3,"count":1}`,
		`{"event":1,"what":"crash","actor":2}` + "\n" + `{"event":1,"what":"fault","count":4000000000}` + "\n" + `{"event":9,"what":"heal","count":1}`,
		`{"event":0,"what":"broadcast","kind":3,"actor":1,"count":1}` + "\n" + `{"event":0,"what":"drop","kind":3,"actor":1,"peer":1,"count":1,"text":"]]>"}`,
		`{"event":5,"what":"violated","actor":3,"text":"x"}` + "\n" + `{"event":5,"what":"synced","actor":1}` + "\n" + `{"event":5,"what":"restart","actor":1,"peer":2}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		r, err := trace.NewLineReader(strings.NewReader(head + "\n" + body))
		if err != nil {
			t.Fatal(err)
		}
		var entries []observe.Entry
		for {
			e, err := r.Next()
			if err != nil {
				break // what was read until then is a trace as well
			}
			entries = append(entries, e)
		}
		allForms(t, s, r.Header(), entries)
	})
}

// TestFormsOfNonsense is the same for entries that are made at random, within
// what the reader lets through.
func TestFormsOfNonsense(t *testing.T) {
	s := scenario(t, rough)
	head := trace.NewHeader(s, "", trace.Base{})
	rapid.Check(t, func(r *rapid.T) {
		var entries []observe.Entry
		var e observe.Entry
		for range rapid.IntRange(0, 60).Draw(r, "entries") {
			e.Event += uint64(rapid.IntRange(0, 2).Draw(r, "event"))
			e.At += sim.Time(rapid.SampledFrom([]int{0, 0, 1, 70}).Draw(r, "time"))
			e.Cause = rapid.Uint64Range(0, e.Event).Draw(r, "cause")
			e.What = rapid.SampledFrom([]observe.What{observe.Booted, observe.Delivered, observe.Delivered, observe.TimedOut, observe.Asked, observe.Synced, observe.Restarted, observe.FaultBegins, observe.FaultEnds, observe.Calmed,
				observe.Sent, observe.Broadcast, observe.Saved, observe.Decided, observe.Dropped, observe.Doubled, observe.Crashed, observe.Noted, observe.Violated, 15, 63}).Draw(r, "what")
			e.Kind = rapid.SampledFrom([]uint8{0, 1, 4, 15}).Draw(r, "kind")
			e.Copy = rapid.Uint8Range(0, 3).Draw(r, "copy")
			e.Actor = sim.ID(rapid.IntRange(1, 4).Draw(r, "actor"))
			e.Peer = sim.ID(rapid.IntRange(1, 4).Draw(r, "peer"))
			if e.What == observe.FaultBegins || e.What == observe.FaultEnds || e.What == observe.Calmed || e.What == observe.Violated || e.What == 15 || e.What == 63 {
				e.Actor = sim.ID(rapid.IntRange(0, 4).Draw(r, "anybody"))
			}
			e.N = rapid.SampledFrom([]uint32{0, 1, 2, 1<<32 - 1}).Draw(r, "count")
			e.Text = rapid.SampledFrom([]string{"", "lost", "receiver down", "</title>", "\u202e\n;#"}).Draw(r, "text")
			entries = append(entries, e)
		}
		allForms(r, s, head, entries)
	})
}

// allForms writes a trace in every form, and holds it against the grammar.
func allForms(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, s *sim.Scenario, head *trace.Header, entries []observe.Entry) {
	foot := &trace.Trailer{Outcome: "undecided", ChosenUS: -1, DecidedUS: -1, LearnedUS: -1, End: "quiet", Entries: uint64(len(entries))}
	if n := len(entries); n > 0 {
		foot.TimeUS, foot.Events = int64(entries[n-1].At)*head.TickUS, entries[n-1].Event
	}
	told := map[string]bool{} // once as a run, once as a story
	for _, form := range append(slices.Clone(Forms), Forms...) {
		run := &Run{Scenario: s, Head: head, Window: Window{From: 1}}
		if told[form.Name] {
			run.Story = &diagram.Options{Decisive: 2}
		}
		told[form.Name] = true
		x := form.New(run)
		if form.Measures {
			played.Entries(entries, x.Measure)
		}
		var out bytes.Buffer
		x.Begin(&out)
		played.Entries(entries, x.Step)
		if err := x.End(foot); err != nil {
			t.Fatal(err)
		}
		switch form.Name {
		case "svg":
			for d := xml.NewDecoder(&out); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
		case "mermaid":
			for _, line := range strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n") {
				if !mermaidLine.MatchString(line) {
					t.Fatalf("no line of a sequence diagram: %s", line)
				}
			}
		case "shiviz":
			if _, err := readShivizLog(out.String()); err != nil {
				t.Fatalf("%v:\n%s", err, out.String())
			}
		case "perfetto":
			if !json.Valid(out.Bytes()) {
				t.Fatalf("no JSON: %s", out.String())
			}
		case "jsonl":
			r, err := trace.NewLineReader(&out)
			for err == nil {
				_, err = r.Next()
			}
			// A happening that has no word yet is shown, and cannot be read.
			if !errors.Is(err, io.EOF) && !strings.Contains(err.Error(), `this paxsim knows no "what(`) {
				t.Fatal(err)
			}
		}
	}
}

// TestTwice: the same run is the same bytes.
func TestTwice(t *testing.T) {
	s := scenario(t, rough)
	for _, form := range Names() {
		first, _, _ := written(t, s, 9, form, Window{})
		if again, _, _ := written(t, s, 9, form, Window{}); again != first {
			t.Errorf("%s is written otherwise", form)
		}
	}
}

// TestBooksClose: flights that have ended are forgotten, so that what an
// exporter holds is what is on its way.
func TestBooksClose(t *testing.T) {
	s := scenario(t, strings.Replace(strings.Replace(rough, "chance: 2%", "chance: 0%", 1), "limits: {events: 3000}", "limits: {time: 100s}", 1))
	book := flights.NewBook[int](s.Actors)
	missing, most, sent, open := 0, 0, 0, 0
	each := func(x trace.Step) {
		if x.Event.What == observe.Delivered {
			if _, ok := book.Arrives(x.Event); !ok {
				missing++
			}
		}
		for _, e := range flights.Split(x).Effects {
			book.Effect(e, 1)
			if e.What == observe.Sent || e.What == observe.Broadcast {
				sent++
			}
		}
		most = max(most, book.Open())
	}
	for seed := range uint64(100) {
		played.Run(t, s, seed, each)
		open += book.Open()
		book = flights.NewBook[int](s.Actors)
	}
	// A run ends with some on their way; the rest must be forgotten.
	if missing > 0 || most == 0 || 3*open > sent {
		t.Errorf("%d arrivals of unknown messages, at most %d open at once, %d of %d at the end", missing, most, open, sent)
	}
}

// BenchmarkForms says what a form costs.
func BenchmarkForms(b *testing.B) {
	s, err := scenarios.Load("lossy", scenarios.Set("actors=31"))
	if err != nil {
		b.Fatal(err)
	}
	for _, form := range Names() {
		b.Run(form, func(b *testing.B) {
			for b.Loop() {
				text, _, _ := written(b, &s.Scenario, 1, form, Window{})
				b.SetBytes(int64(len(text)))
			}
		})
	}
}
