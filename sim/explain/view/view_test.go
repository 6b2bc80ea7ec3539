package view

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/explain/say"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// TestStates: what the page says of the actors after each event is what the
// world says, also where the page begins in the middle, though the recorder looks
// only at those whom an event concerns.
func TestStates(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(60) {
		s := read(t, rough)
		if seed%2 == 1 {
			s = napping(t)
		}
		from := 1 + seed%3*25
		type moment struct {
			events int
			looks  []observe.Snapshot
		}
		var moments []moment
		r := record(t, s, of(s, seed, from, 0), nil, func(r *Recorder) {
			m := moment{events: len(r.events)}
			for id := 1; id <= s.Actors; id++ {
				m.looks = append(m.looks, r.look.Inspect(sim.ID(id)))
			}
			moments = append(moments, m)
		})
		d := dataOf(t, write(t, []*Recorder{r}, nil))
		lines := d.lines(t, 0)
		apply, text := d.states(0, s.Actors)
		done := 0
		for i, m := range moments {
			if m.events == 0 && (i+1 == len(moments) || moments[i+1].events == 0) {
				continue // before what the page shows
			}
			for ; done < m.events; done++ {
				apply(lines[done].changes)
			}
			for k, l := range m.looks {
				if bad := against(l, k+1, s, text); bad != "" {
					t.Fatalf("seed %d, from %d, after %d events: actor %d: %s", seed, from, done, k+1, bad)
				}
				seen[l.Status.String()] = true
				seen["waits"] = seen["waits"] || l.Waiting > 0
				seen["written"] = seen["written"] || l.Written != nil
			}
		}
	}
	for _, what := range []string{"up", "down", "gone", "paused", "waits", "written"} {
		if !seen[what] {
			t.Errorf("no run came to an actor that is or has %s", what)
		}
	}
}

// against holds a look against what a page says.
func against(l observe.Snapshot, actor int, s *sim.Scenario, text func(actor, group int, name string) string) string {
	if got := text(actor, condition, "is"); got != l.Status.String() {
		return fmt.Sprintf("the page says %q, and it is %s", got, l.Status)
	}
	for group, list := range map[int][]shown.Field{inMemory: l.Fields, onDisk: l.Disk, written: l.Written} {
		for _, f := range list {
			if got := text(actor, group, f.Name); got != terminal.Text(f.Text) {
				return fmt.Sprintf("%s in group %d: the page says %q, and it is %q", f.Name, group, got, f.Text)
			}
		}
		if len(list) == 0 && text(actor, group, "promised") != "" {
			return fmt.Sprintf("the page knows of a promise in group %d, and nothing is there", group)
		}
	}
	for i, name := range s.Protocol.Vocabulary().TimerNames() {
		want := ""
		if n := slices.IndexFunc(l.Alarms, func(a observe.Alarm) bool { return a.Name == name }); n >= 0 {
			want = "at " + say.Millis(s, l.Alarms[n].At) + " ms"
		}
		if got := text(actor, alarmSet, name); got != want {
			return fmt.Sprintf("alarm %d %s: the page says %q, and it is %q", i, name, got, want)
		}
	}
	return ""
}

// TestCounts: events, arrivals and losses of the page are those of the run, and
// each message that left has arrived, is lost or is on its way.
func TestCounts(t *testing.T) {
	flying := 0
	for seed := range uint64(100) {
		s := read(t, rough)
		if seed%3 == 2 {
			s = napping(t)
		}
		r := record(t, s, of(s, seed, 1, 0), nil, nil)
		d := dataOf(t, write(t, []*Recorder{r}, nil))
		var delivered, dropped, doubled, left, half uint64
		sends := map[string]bool{}
		for _, l := range d.lines(t, 0) {
			isHeld := false
			for i := 0; i < len(l.effects); i += 6 {
				switch d.Whats[l.effects[i]] {
				case "send":
					left++
					sends[fmt.Sprint(l.number, l.effects[i+2], l.effects[i+1])] = true
				case "broadcast":
					sends[fmt.Sprint(l.number, l.effects[i+2], l.effects[i+1])] = true
					left += uint64(s.Actors)
					half += cutOff(d, l.effects[i+6:])
				case "drop":
					dropped++
				case "double":
					doubled++
				case "deliver": // it had come, was held, and vanishes
					dropped++
				case "hold":
					isHeld = isHeld || l.what == "deliver"
				}
			}
			switch {
			case l.what != "deliver":
			case isHeld:
			case l.refused != "":
				dropped++
			default:
				delivered++
			}
			if l.what == "deliver" && !isHeld && !sends[fmt.Sprint(l.sent, l.peer, l.kind)] {
				t.Fatalf("seed %d: event %d: a message that left in event %d, which sent none such", seed, l.number, l.sent)
			}
		}
		f := r.foot
		if delivered != f.Delivered || dropped != f.Dropped || doubled != f.Duplicated {
			t.Errorf("seed %d: delivered %d, dropped %d, doubled %d; the run has %d, %d, %d", seed, delivered, dropped, doubled, f.Delivered, f.Dropped, f.Duplicated)
		}
		n := uint64(len(d.Runs[0].About.Flying) / 5)
		flying += int(n)
		if got := delivered + dropped + n; half == 0 && got != left+doubled {
			t.Errorf("seed %d: %d left and %d were doubled; %d arrived, %d were lost, %d are on their way", seed, left, doubled, delivered, dropped, n)
		}
	}
	if flying == 0 {
		t.Error("no run left a message on its way")
	}
}

// cutOff says whether a crash fell into a broadcast, before all had left.
func cutOff(d *pageData, effects []int) uint64 {
	for i := 0; i < len(effects); i += 6 {
		switch d.Whats[effects[i]] {
		case "drop", "double":
		case "crash":
			return 1
		default:
			return 0
		}
	}
	return 0
}

// TestHostile: what a value is called is text: the page has the tags of its
// template and no others, and shows controls and directions spelled out.
func TestHostile(t *testing.T) {
	s := read(t, rough)
	s.Name = "</title><img src=x onerror=alert(1)>\u202e\x1b[31m"
	s.Faults[0].Name = "</script>\u2066"
	r := record(t, s, of(s, 3, 1, 0), nil, nil)
	page := write(t, []*Recorder{r}, nil)
	for _, tag := range []string{"<script", "</script", "<img", "<title", "</title", "<!--"} {
		if got, want := strings.Count(strings.ToLower(page), tag), strings.Count(strings.ToLower(template+script()+style()), tag); got != want {
			t.Errorf("%s: %d times, and %d in the template", tag, got, want)
		}
	}
	for _, c := range page {
		if c == '\u202e' || c == '\u2066' || c == '\x1b' || c == '\u2028' {
			t.Fatalf("the page holds %U", c)
		}
	}
	d := dataOf(t, page)
	if name := d.Runs[0].About.Name; name != `</title><img src=x onerror=alert(1)>\u202e\x1b[31m, seed 3` {
		t.Errorf("the name as the page has it: %s", name)
	}
	if !slices.ContainsFunc(d.Runs[0].About.Texts, func(s string) bool { return strings.Contains(s, "</script><script>alert(1)</script>") }) {
		t.Error("the value is not told")
	}
}

// TestSelfContained: nothing in a page asks for anything elsewhere, and no text
// of a run can come to be read as HTML.
func TestSelfContained(t *testing.T) {
	s := read(t, rough)
	page := write(t, []*Recorder{record(t, s, of(s, 3, 1, 0), nil, nil)}, nil)
	if !strings.HasPrefix(page, Mark) {
		t.Errorf("begins with %q", page[:60])
	}
	rest := strings.ReplaceAll(page, "'http://www.w3.org/2000/svg'", "")
	if at := regexp.MustCompile(`(?i)https?://|//[a-z]+\.|@import|url\((?:[^#)]|$)|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function`).FindString(rest); at != "" {
		t.Errorf("the page holds %q", at)
	}
	for _, want := range []string{"default-src 'none'", hash(script()), hash(style())} {
		if !strings.Contains(page, want) {
			t.Errorf("the policy lacks %s", want)
		}
	}
	for _, name := range []string{"style=", "onclick=", "{{"} {
		if strings.Contains(page, name) {
			t.Errorf("the page holds %s", name)
		}
	}
}

// The bounds on the size of a page, in bytes: of a small run's; of any, so much
// and so much for each thing that it tells; and so much an event for runs in
// which broadcasts are not lost to hundreds. docs/viewer.md tells them.
const (
	pageSmall  = 130_000
	pageBase   = 105_000
	thingBytes = 40
	eventBytes = 150
)

// things is how many a page tells of a run.
func (r *Recorder) things() int {
	n := len(r.events) + len(r.start)/3 + len(r.score.start)
	for i := range r.events {
		e := &r.events[i]
		n += len(e.effects) + len(e.changes)/3 + len(e.choices)/5 + len(e.board)
	}
	return n
}

// TestSize: the page of a small run is under 100 kB, and that of a large one is
// bounded by its events.
func TestSize(t *testing.T) {
	for _, c := range []struct {
		scenario  string
		set       []string
		count     uint64
		least     int
		most, per int
	}{
		{"happy-path", nil, 0, 30, pageSmall, 0},
		{"lossy", nil, 0, 60, pageSmall, 0},
		{"literal-acks", nil, 0, 30, pageSmall, 0},
		{"acceptor-crash", nil, 0, 60, pageSmall, 0},
		{"minority-cut", nil, 0, 300, pageBase, eventBytes},
		{"proposer-crash", nil, 0, 60, pageSmall, 0},
		{"duelling-proposers", nil, 0, 50, pageSmall, 0},
		{"majority-cut", nil, 0, 200, pageBase, eventBytes},
		{"lossy", []string{"network.loss=60%"}, 4400, 1000, pageBase, eventBytes},
		{"lossy", []string{"actors=21"}, 4400, 4400, pageBase, eventBytes},
		{"thousand-actors", nil, 4400, 4400, pageBase, eventBytes},
		{"lossy", []string{"actors=301", "network.loss=90%", "limits.events=4400"}, 4400, 4400, pageBase, 10 * eventBytes},
	} {
		s := load(t, c.scenario, c.set...)
		r := record(t, s, of(s, 1, 1, c.count), nil, nil)
		got, bound := len(write(t, []*Recorder{r}, nil)), c.most+c.per*len(r.events)
		t.Logf("%s %v: %d events, %d bytes, bound %d", c.scenario, c.set, len(r.events), got, bound)
		if most := pageBase + thingBytes*r.things(); got > most {
			t.Errorf("%s %v: %d things are told, in %d bytes, more than %d", c.scenario, c.set, r.things(), got, most)
		}
		if len(r.events) < c.least || got > bound {
			t.Errorf("%s %v: %d events, %d bytes, more than %d", c.scenario, c.set, len(r.events), got, bound)
		}
	}
}

// TestTwo: a page of two runs holds both, and where they part.
func TestTwo(t *testing.T) {
	s := read(t, rough)
	a, b := record(t, s, of(s, 1, 1, 0), nil, nil), record(t, s, of(s, 2, 1, 0), nil, nil)
	d := dataOf(t, write(t, []*Recorder{a, b}, &Difference{A: 7, B: 8, Why: []string{"a choice\u202e</script>", "another"}}))
	if len(d.Runs) != 2 || d.Runs[0].About.Name != "rough, seed 1" || d.Runs[1].About.Name != "rough, seed 2" || len(d.lines(t, 1)) != len(b.events) {
		t.Errorf("%d runs", len(d.Runs))
	}
	if x := d.Difference; x == nil || x.A != 7 || x.B != 8 || !slices.Equal(x.Why, []string{`a choice\u202e</script>`, "another"}) {
		t.Errorf("the difference: %+v", d.Difference)
	}
	if d := dataOf(t, write(t, []*Recorder{a, a}, nil)); d.Difference != nil {
		t.Error("a difference between a run and itself")
	}
}

// paxosName is the protocol whose guide these tests read.
const paxosName = "paxos"

// TestCaptions: the guide speaks of events that are there, in their order, few of
// them, and of what breaks.
func TestCaptions(t *testing.T) {
	for _, name := range scenarios.Names() {
		s, err := scenarios.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if s.Actors > 100 || s.Protocol.Name() != paxosName { // the specification has no guide
			continue
		}
		captions(t, &s.Scenario, name)
	}
	captions(t, napping(t), "napping")
}

func captions(t *testing.T, s *sim.Scenario, name string) {
	t.Helper()
	most := 0
	for seed := range uint64(10) {
		r := record(t, s, of(s, seed, 1, 0), nil, nil)
		list := r.captions()
		if len(list) < 5 || len(list) > maxCaptions+1 {
			t.Errorf("%s: %d captions", name, len(list))
		}
		most = max(most, len(list))
		last := uint64(1)
		for _, c := range list {
			if c.event < last || c.text == "" || strings.Contains(c.text, "%!") {
				t.Errorf("%s: event %d after %d: %s", name, c.event, last, c.text)
			}
			last = c.event
		}
		told := fmt.Sprint(list)
		if v := r.foot.Violation; (v != nil) != strings.Contains(told, "Here an invariant breaks: ") {
			t.Errorf("%s: violation %v, and the captions are %s", name, v, told)
		}
		if !strings.Contains(told, "Phase 1 begins") || r.foot.Outcome == "decided" && !strings.Contains(told, "Phase 2 begins") {
			t.Errorf("%s: the captions do not tell the phases: %s", name, told)
		}
	}
	if name == "napping" && most < maxCaptions+1 {
		t.Errorf("%s: no run has enough to tell for the bound to matter", name)
	}
}

// TestWindow: a page of a part says so, and holds the state before it and no
// event beyond.
func TestWindow(t *testing.T) {
	s := read(t, rough)
	r := record(t, s, of(s, 3, 40, 10), nil, nil)
	d := dataOf(t, write(t, []*Recorder{r}, nil))
	lines := d.lines(t, 0)
	if len(lines) != 10 || lines[0].number != 40 || len(d.Runs[0].About.Start) == 0 || len(d.Runs[0].About.Before) == 0 || len(d.Runs[0].About.Flying) != 0 {
		t.Errorf("%d events from %d on", len(lines), lines[0].number)
	}
	if note := d.Runs[0].About.Note; !strings.Contains(note, "this page holds 10, from 40 to ") {
		t.Errorf("note: %s", note)
	}
	// What went before does not grow with how much it is.
	large := load(t, "lossy", "actors=21")
	late := write(t, []*Recorder{record(t, large, of(large, 1, 4000, 50), nil, nil)}, nil)
	if most := pageBase + 50*eventBytes + 21*1000; len(late) > most {
		t.Errorf("the page of 50 events late in a run has %d bytes, more than %d", len(late), most)
	}
	none := record(t, s, of(s, 3, 2900, 10), nil, nil)
	if note := dataOf(t, write(t, []*Recorder{none}, nil)).Runs[0].About.Note; !strings.HasPrefix(note, "None of ") {
		t.Errorf("note: %s", note)
	}
}

// TestSurprises: the choices on the page put together again are the surprises of
// the run.
func TestSurprises(t *testing.T) {
	s := read(t, rough)
	r := record(t, s, of(s, 5, 1, 0), nil, nil)
	d := dataOf(t, write(t, []*Recorder{r}, nil))
	texts := d.Runs[0].About.Texts
	var got, want []string
	add := func(list []int) {
		for i := 0; i < len(list); i += 5 {
			who := ""
			if list[i+2] > 0 {
				who = fmt.Sprintf(" %d>%d", list[i+1], list[i+2]-1)
			} else if list[i+1] > 0 {
				who = fmt.Sprintf(" %d", list[i+1])
			}
			got = append(got, fmt.Sprintf("%s%s #%d: %d", texts[list[i]], who, list[i+3], list[i+4]))
		}
	}
	add(d.Runs[0].About.Before)
	for _, l := range d.lines(t, 0) {
		add(l.choices)
	}
	for _, a := range asked(t, s, 5) {
		if a.Answer != 0 {
			want = append(want, fmt.Sprintf("%s: %d", s.Protocol.Vocabulary().KeyText(a.Key), a.Answer))
		}
	}
	if len(want) < 20 || !slices.Equal(got, want) {
		t.Errorf("the page has %d surprises, the run %d:\n%s\n%s", len(got), len(want), got, want)
	}
}

// TestTwice: the same run makes the same page.
func TestTwice(t *testing.T) {
	s := napping(t)
	once := write(t, []*Recorder{record(t, s, of(s, 5, 1, 0), nil, nil)}, nil)
	for range 5 {
		if write(t, []*Recorder{record(t, s, of(s, 5, 1, 0), nil, nil)}, nil) != once {
			t.Fatal("another page")
		}
	}
	if !json.Valid([]byte(once[strings.Index(once, `id="data">`)+10 : strings.LastIndex(once, "</script>\n<script>")])) {
		t.Error("the data is no JSON")
	}
}

// TestSearched: a searched run is told by the numbers of its events, since nothing
// takes time in it.
func TestSearched(t *testing.T) {
	r := searchedRun(t)
	for _, e := range r.events {
		if e.at != e.number {
			t.Fatalf("event %d has time %d: numbers cannot take its place", e.number, e.at)
		}
	}
	page := write(t, []*Recorder{r}, nil)
	d := dataOf(t, page).Runs[0].About
	if !strings.Contains(page, `"searched":true`) || regexp.MustCompile(`\d ms|\d s\b`).MatchString(d.Summary) || !strings.Contains(d.Summary, "events; digest") {
		t.Errorf("the summary: %s", d.Summary)
	}
	for _, text := range d.Texts {
		if regexp.MustCompile(`\d ms\b`).MatchString(text) {
			t.Errorf("a time: %s", text)
		}
	}
}
