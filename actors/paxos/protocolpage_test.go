package paxos

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/weather"
)

// TestProtocolPageIsWhole: docs/protocol.md names each rule, message, alarm, choice,
// note and setting, and gives each setting its default.
func TestProtocolPageIsWhole(t *testing.T) {
	text, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	need := func(what, text string) {
		if !strings.Contains(page, text) {
			t.Errorf("docs/protocol.md does not say what the %s %s is", what, text)
		}
	}
	for _, name := range rulesOf(t) {
		need("rule", "`paxos."+name+"`")
	}
	words := Protocol().Vocabulary()
	for _, kind := range words.Messages[1:] {
		need("message", "| `"+kind+"` |")
	}
	for _, alarm := range words.Timers {
		need("alarm", "| `"+alarm.Name+"` |")
	}
	for _, choice := range words.Choices {
		need("choice", "| `"+choice+"` |")
	}
	for _, note := range words.Notes {
		need("note", "| `"+note.Field+"` | \""+note.Name+"\"")
	}
	_, table, _ := strings.Cut(page, "\n## Settings\n")
	for _, s := range Protocol().Settings() {
		row := regexp.MustCompile("(?m)^\\| `" + s.Name + "` \\| (.+) \\| .+ \\|$").FindStringSubmatch(table)
		want := strconv.FormatInt(s.Default, 10)
		switch {
		case row == nil:
			t.Errorf("docs/protocol.md has no row for the setting %s", s.Name)
			continue
		case s.Default == sim.Auto:
			continue
		case s.Kind == sim.Word:
			want = "`" + s.Words[s.Default] + "`"
		case s.Kind == sim.Bool:
			want = strconv.FormatBool(s.Default != 0)
		}
		if row[1] != want {
			t.Errorf("docs/protocol.md: the default of %s is %s, not %s", s.Name, want, row[1])
		}
	}
}

// TestProtocolPageSums: the defaults that docs/protocol.md gives as sums are those that
// are computed.
func TestProtocolPageSums(t *testing.T) {
	for _, n := range []int{1, 2, 5} {
		for _, save := range []sim.Time{0, 7} {
			const least, most = 10, 50
			s := &sim.Scenario{
				Tick: 100_000, Actors: n, Protocol: Protocol(), Limits: sim.Limits{Time: 1_000_000},
				Network: weather.Network{DelayMin: least, DelayMax: most}, Disk: disks.Disk{Sync: save},
				Requests: []sim.ScriptedRequest{{Actor: 1, At: 1000}},
			}
			got := computeTiming(s)
			round := sim.Time(4*most) + 3*save + 1
			want := timing{x: got.x, meanIdle: max(2, (least+most+2*save)*sim.Time(max(n-1, 1))),
				repeat: 2*most + 2*save + 1, roundLimit: round, learnTimeout: round, backoff: round, backoffCap: 8 * round}
			if got != want {
				t.Errorf("%d actors, a save takes %d: %+v, want %+v", n, save, got, want)
			}
			s.Limits.Time = 2000 // of which 1,000 after the request
			if got := computeTiming(s); got.backoffCap != 10 || got.backoff != 10 {
				t.Errorf("with little time the windows are %d to %d, want 10", got.backoff, got.backoffCap)
			}
		}
	}
}
