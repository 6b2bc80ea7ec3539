package view

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/delays"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/trace"
	"github.com/paxsim/paxsim/sim/triggers"
)

func TestMain(m *testing.M) { tally.Main(m) }

// rough is weather of all sorts.
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
  - {actor: 1, at: 0s, value: "</script><script>alert(1)</script>"}
  - {actor: 3, at: 3ms, value: "\"'&amp; \\u0041"}
limits: {events: 3000}
`

func read(t testing.TB, text string) *sim.Scenario {
	t.Helper()
	s, err := scenarios.Read("rough.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}

// load is a scenario of the library with some settings changed.
func load(t *testing.T, name string, set ...string) *sim.Scenario {
	t.Helper()
	var overrides []scenarios.Override
	for _, text := range set {
		overrides = append(overrides, scenarios.Set(text))
	}
	s, err := scenarios.Load(name, overrides...)
	if err != nil {
		t.Fatal(err)
	}
	return &s.Scenario
}

// napping is a scenario in which actors pause and a link is clogged, beside all
// else.
func napping(t testing.TB) *sim.Scenario {
	s := read(t, rough)
	s.Faults = append(s.Faults,
		faults.Fault{Name: "nap", At: 30, Until: 200, Pause: aims.These(1)},
		faults.Fault{Name: "naps", At: 250, Until: 900, Every: &delays.Delay{Min: 20, Max: 80}, For: &delays.Delay{Min: 10, Max: 60}, Pause: aims.Target{Group: aims.AtRandom, Many: 2}},
		faults.Fault{Name: "when", When: &triggers.Moment{Who: 3, Does: triggers.Sends, Kind: 2}, Until: 700, Crash: aims.These(2)},
		faults.Fault{Name: "clog", At: 210, Until: 400, Clog: &aims.Links{From: aims.These(1), To: aims.These(2)}})
	return s
}

// record plays a run for a page. each is called after every step; nil: nobody
// wants to know.
func record(t testing.TB, s *sim.Scenario, run export.Run, source scheduler.Source, each func(*Recorder)) *Recorder {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecorder(run, w.(observe.Inspector), w)
	if each == nil {
		each = func(*Recorder) {}
	}
	follow(w, r, run.Head.Base.Seed, source, each)
	r.End(trace.NewTrailer(run.Head, w.Outcome(), 0))
	return r
}

// follow plays a run of a world for a recorder. each is called after every step.
func follow(w sim.Runner, r *Recorder, seed uint64, source scheduler.Source, each func(*Recorder)) {
	w.Observe(r)
	choices := &scheduler.Recording{Base: source}
	w.Reset(seed, choices)
	tally.Run()
	for more := true; ; more = w.Step() {
		r.After(choices.List)
		choices.List = choices.List[:0]
		each(r)
		if !more {
			return
		}
	}
}

// asked is the choices of a run.
func asked(t testing.TB, s *sim.Scenario, seed uint64) []scheduler.Asked {
	t.Helper()
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	choices := &scheduler.Recording{}
	w.Reset(seed, choices)
	tally.Run()
	w.Run()
	return choices.List
}

// of is a run of a scenario.
func of(s *sim.Scenario, seed, from, count uint64) export.Run {
	return export.Run{Scenario: s, Head: trace.NewHeader(s, "", trace.Base{Seed: seed}), Window: export.Window{From: from, Count: count}}
}

func write(t testing.TB, runs []*Recorder, d *Difference) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, runs, d); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A page as a test reads it.
type (
	pageData struct {
		Whats      map[int]string
		Difference *struct {
			A, B uint64
			Why  []string
		}
		Runs []runData
	}
	runData struct {
		About struct {
			Name, Summary, Note string
			Captions            [][2]any
			Fields              [][2]any
			Flying              []int
			Start, Before       []int
			Early               int
			Texts, Rounds       []string
			Round               string
			RoundOf             []int `json:"round_of"`
			Deeds               []int
			Violation           *trace.Violation
			Board               *boardData
		}
		Events [][]json.RawMessage
	}
	lineData struct {
		number, at                uint64
		what                      string
		actor, peer, cause, sent  int
		text, round, refused      string
		effects, changes, choices []int
		board                     [][]int
		kind, copy                int
	}
)

// dataOf reads the runs of a page.
func dataOf(t testing.TB, page string) *pageData {
	t.Helper()
	_, rest, ok := strings.Cut(page, `id="data">`)
	text, _, ok2 := strings.Cut(rest, "</script>")
	if !ok || !ok2 {
		t.Fatal("the page has no data")
	}
	d := &pageData{}
	if err := json.Unmarshal([]byte(text), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// lines reads the events of a run as run.js does.
func (d *pageData) lines(t testing.TB, run int) []lineData {
	t.Helper()
	r := &d.Runs[run]
	var out []lineData
	var number, at uint64
	for _, raw := range r.Events {
		var n [11]int
		var lists [3][]int
		var board [][]int
		for i, x := range raw {
			var err error
			if i < len(n) {
				err = json.Unmarshal(x, &n[i])
			} else if i == len(n)+len(lists) {
				err = json.Unmarshal(x, &board)
			} else if string(x) != "0" {
				err = json.Unmarshal(x, &lists[i-len(n)])
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		number, at = number+uint64(n[0]), at+uint64(n[1])
		back := func(n int) int {
			if n == 0 {
				return 0
			}
			return int(number) - n + 1
		}
		out = append(out, lineData{number: number, at: at, what: d.Whats[n[2]], kind: n[3], actor: n[4], peer: n[5], copy: n[6], cause: back(n[7]), sent: back(n[8]),
			text: r.About.Texts[n[9]], round: r.roundOf(n[9]), refused: r.About.Texts[n[10]], effects: r.effects(lists[0]), changes: lists[1], choices: lists[2], board: board})
	}
	return out
}

// effects are deeds by their numbers, six numbers each.
func (r *runData) effects(numbers []int) (out []int) {
	for _, n := range numbers {
		out = append(out, r.About.Deeds[6*n:6*n+6]...)
	}
	return out
}

// roundOf is the round of a message by the number of its text; "": none.
func (r *runData) roundOf(text int) string {
	if r.About.RoundOf == nil || r.About.RoundOf[text] == 0 {
		return ""
	}
	return r.About.Rounds[r.About.RoundOf[text]-1]
}

// stateAt is what the page says of an actor after an event, by group and name.
func (d *pageData) states(run, actors int) (apply func(changes []int), text func(actor, group int, name string) string) {
	r := &d.Runs[run]
	now := map[string]string{}
	key := func(actor, group int, name string) string { return fmt.Sprint(actor, " ", group, " ", name) }
	apply = func(changes []int) {
		for i := 0; i < len(changes); i += 3 {
			f := r.About.Fields[changes[i+1]]
			now[key(changes[i], int(f[0].(float64)), f[1].(string))] = r.About.Texts[changes[i+2]]
		}
	}
	apply(r.About.Start)
	return apply, func(actor, group int, name string) string { return now[key(actor, group, name)] }
}

// searchedRun is a run of the searched engine.
func searchedRun(t testing.TB) *Recorder {
	t.Helper()
	s := read(t, rough)
	s.Faults = nil
	w, err := s.Protocol.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w.Search(&search.Search{Picker: new(search.Walk), Budget: search.Budget{Events: 80, Alarms: 4, Losses: 2, Duplicates: 2, Crashes: 1}})
	run := of(s, 5, 1, 0)
	run.Head.Engine = trace.Searched
	r := NewRecorder(run, w.(observe.Inspector), w)
	follow(w, r, 5, nil, func(*Recorder) {})
	r.End(trace.NewTrailer(run.Head, w.Outcome(), 0))
	return r
}
