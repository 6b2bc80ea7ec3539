package runlog

import (
	"bytes"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/trace"
)

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
requests:
  - {actor: 1, at: 0s, value: "a\" \\ {}"}
  - {actor: 3, at: 3ms}
limits: {events: 3000}
`

// TestLog: the levels hold back what they should, records say the virtual time,
// and a hostile text is quoted.
func TestLog(t *testing.T) {
	s, err := scenarios.Read("rough.yaml", rough)
	if err != nil {
		t.Fatal(err)
	}
	s.Requests[0].Name = "x\u202e\n\x1b[31m level=ERROR"
	record := regexp.MustCompile(`^level=(DEBUG|INFO|WARN|ERROR) msg=\S+ at_us=\d+ seed=7( (event|cause|actor|peer|copy|count|events|sent|dropped)=\d+| (kind|text|end|learned)=([^" =]+|"([^"\\]|\\.)*"))+$`)
	lines := map[string]int{}
	for _, level := range Levels {
		var out bytes.Buffer
		l := New(&out, &s.Scenario, level)
		w, err := s.Protocol.New(&s.Scenario)
		if err != nil {
			t.Fatal(err)
		}
		var all trace.Recorder
		w.Observe(l)
		w.Observe(&all)
		l.Begin(7)
		w.Reset(7, nil)
		row := report.NewRow(&s.Scenario, w.Run(), w)
		l.End(&row)
		for line := range strings.Lines(out.String()) {
			m := record.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
			if m == nil {
				t.Fatalf("%s: no record: %q", level, line)
			}
			var is, least slog.Level
			is.UnmarshalText([]byte(m[1]))
			least.UnmarshalText([]byte(level))
			if is < least {
				t.Errorf("%s: %s", level, line)
			}
			lines[level]++
		}
		if level == "debug" && lines[level] != len(all.Entries)+1 {
			t.Errorf("%d records of %d entries and the end", lines[level], len(all.Entries))
		}
		if strings.ContainsAny(out.String(), "\u202e\x1b") {
			t.Errorf("%s: what cannot be seen stands in it", level)
		}
	}
	if lines["debug"] <= lines["info"] || lines["info"] <= lines["warn"] || lines["warn"] == 0 {
		t.Errorf("%v", lines)
	}
}
