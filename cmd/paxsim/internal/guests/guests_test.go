package guests

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// A sequencer is asked for a value and has all learn it three times, in three
// instances, which it decides out of order: 2, then 0, then 1.

type slot struct {
	of    sim.Instance
	value sim.Value
	ack   bool
}

func (s slot) Kind() uint8 {
	if s.ack {
		return 1
	}
	return 0
}
func (s slot) Round() sim.Round        { return sim.Round(s.of) + 10 }
func (s slot) Hash(d *sim.Digest)      { d.Mix(uint64(s.of)<<32 | uint64(s.value)) }
func (s slot) Text(n sim.Names) string { return fmt.Sprintf("%d: %s", s.of, n.ValueName(s.value)) }

type env = sim.Env[slot, sim.NoRecord]

type sequencer struct {
	sim.Base[slot, sim.NoRecord]
	value sim.Value
	next  int
	acks  int
}

var order = [...]sim.Instance{2, 0, 1}

func (s *sequencer) Request(e *env, r sim.Request) {
	s.value = r.Value
	s.tell(e)
	e.Answer(r.ID, r.Value)
}

func (s *sequencer) tell(e *env) {
	if s.next < len(order) {
		e.Broadcast(slot{of: order[s.next], value: s.value})
		e.After(100, sim.Timer{})
	}
}

func (s *sequencer) Timeout(e *env, _ sim.Timer) {
	s.acks = 0
	s.tell(e)
}

func (s *sequencer) Receive(e *env, from sim.ID, m slot) {
	switch {
	case !m.ack:
		e.Decide(m.of, m.value, sim.Round(m.of)+10)
		e.Send(from, slot{of: m.of, ack: true})
	case s.next < len(order) && m.of == order[s.next]:
		if s.acks++; s.acks == e.N() {
			s.next, s.acks = s.next+1, 0
			s.tell(e)
		}
	}
}

var slots = sim.Define(sim.Spec[sequencer, slot, sim.NoRecord]{
	Name:       "slots",
	Vocabulary: sim.Vocabulary{Messages: []string{"Slot", "Ack"}, Timers: []shown.TimerKind{{Name: "again"}}},
	Actor:      func(*sim.Scenario, sim.Plan) sequencer { return sequencer{} },
	Invariants: sim.ConsensusInvariants(),
	History:    sim.WatchConsensus[slot, sim.NoRecord],
	Goal:       func(*sim.Scenario) sim.Goal { return sim.Goal{Instances: 3} },
	Rounds:     shown.Rounds{Name: "turn", Example: "11"},
	Guide:      func(_ *sim.Scenario, names sim.Names) observe.Guide { return &turns{names: names} },
})

// turns tells which instance the sequencer is at.
type turns struct {
	names sim.Names
	told  []observe.Caption
	last  sim.Round
}

func (t *turns) See(e observe.Entry) {
	m, ok := e.Said.(slot)
	if !ok || e.What != observe.Broadcast || e.Round == t.last {
		return
	}
	t.last = e.Round
	t.told = append(t.told, observe.Caption{Event: e.Event, Text: fmt.Sprintf("Turn %d: actor %d tells all that instance %d is %s.", e.Round, e.Actor, m.of, t.names.ValueName(m.value))})
}

func (t *turns) Captions(bool) []observe.Caption { return t.told }

func TestMain(m *testing.M) {
	scenarios.Add(slots)
	for _, p := range labs {
		scenarios.Add(p)
	}
	os.Exit(m.Run())
}

// TestMistakesInRounds: the word for a round is that of the protocol.
func TestMistakesInRounds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "slots.yaml")
	if err := os.WriteFile(file, []byte("paxsim: 1\nprotocol: slots\nactors: 3\nrequests: [{actor: 1, value: x}]\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"until Slot with ballot > 1.2": `? expected turn, not "ballot"`,
		"until Slot with trun > 11":    `? expected turn, not "trun"; did you mean turn?`,
		"until Slot with turn > 1.2":   `? expected a turn such as 11, not "1.2"`,
		"board 1.2":                    `? expected a turn such as 11, not "1.2"`,
		"board":                        `? slots has no board`,
	} {
		var out, errs bytes.Buffer
		cli.Main([]string{"step", file}, strings.NewReader(line+"\n"), &out, &errs)
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s: %s%s", line, out.String(), errs.String())
		}
	}
}

// TestSlots: a protocol of three instances runs under the commands, and each tells of
// all three.
func TestSlots(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "slots.yaml")
	text := "paxsim: 1\nprotocol: slots\nactors: 4\nnetwork: {delay: 1ms..4ms, loss: 5%}\nrequests: [{actor: 1, value: x}]\nlimits: {time: 5s}\n"
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	saved, page := filepath.Join(dir, "slots.run.json"), filepath.Join(dir, "slots.html")
	for _, x := range []struct {
		stdin string
		args  []string
		says  []string
	}{
		{"", []string{"run", file, "--seed", "3", "--runs", "1", "--save", saved}, []string{"decided  0: x, 1: x, 2: x  0: 10, 1: 11, 2: 12"}},
		{"", []string{"run", file, "--runs", "200"}, []string{"200 decided", "checked   2 invariants"}},
		{"", []string{"run", file, "--seed", "3", "--trace"}, []string{"DECIDES instance 2: x (12)", "DECIDES x (10)", "DECIDES instance 1: x (11)"}},
		{"", []string{"replay", saved}, []string{"0: x, 1: x, 2: x", "yes"}},
		{"until Slot sent with turn < 12\n", []string{"step", file, "--seed", "3"}, []string{">all Slot 0: x"}},
		{"help until\n", []string{"step", file}, []string{"[with turn OP TURN]", "OP one of = != < <= > >=, TURN such as 11, NOTE"}},
		{"", []string{"run", file, "--runs", "1", "--format", "csv"}, []string{"seed,outcome,value,turn,chosen_ms,decided_ms,learned_ms,learned,delays,sent,"}},
		{"", []string{"export", file, "--to", "svg"}, []string{"A space-time diagram of a run, by paxsim"}},
		{"until decides\nshow\nto end\nsave " + filepath.Join(dir, "step.run.json") + "\n", []string{"step", file, "--seed", "3"}, []string{"instance 2: x (12)", "saved: decided"}},
		{"", []string{"export", file, "--seed", "3", "--to", "jsonl"}, []string{`"instance 1: x (11)"`, `"outcome":"decided"`}},
		{"", []string{"export", file, "--seed", "3", "--to", "mermaid"}, []string{"instance 2#58; x (12)"}},
		{"", []string{"view", file, "--seed", "3", "-o", page}, nil},
		{"", []string{"sweep", file, "--vary", "actors=3,4", "--runs", "20"}, []string{"4"}},
		{"", []string{"fuzz", file, "--runs", "300"}, []string{"0 violated"}},
	} {
		var out, errs bytes.Buffer
		if code := cli.Main(x.args, strings.NewReader(x.stdin), &out, &errs); code != 0 {
			t.Errorf("%v: exit %d\n%s%s", x.args, code, out.String(), errs.String())
			continue
		}
		for _, says := range x.says {
			if !strings.Contains(out.String(), says) {
				t.Errorf("%v does not say %q:\n%s", x.args, says, out.String())
			}
		}
	}
	html, err := os.ReadFile(page)
	for _, says := range []string{
		"instance 2: x (12)", `"messages":["Slot","Ack"]`, `"round":"turn","rounds":["10","11","12"]`,
		"Turn 12: actor 1 tells all that instance 2 is x.", "Turn 10: actor 1 tells all that instance 0 is x.", "Turn 11: actor 1 tells all that instance 1 is x.",
	} {
		if err != nil || !bytes.Contains(html, []byte(says)) {
			t.Errorf("the page does not say %s: %v, %d bytes", says, err, len(html))
		}
	}
	for _, word := range []string{"ballot", "paxos", "proposer", "acceptor", "nack"} { // the script as well
		if bytes.Contains(bytes.ToLower(html), []byte(word)) {
			t.Errorf("the page of a run of another protocol has the word %s", word)
		}
	}
}

// slotsFile writes a scenario of the sequencer.
func slotsFile(t *testing.T, more string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "slots.yaml")
	text := "paxsim: 1\nprotocol: slots\nactors: 4\nnetwork: {delay: 1ms..4ms, loss: 5%}\nrequests: [{actor: 1, value: x}]\nlimits: {time: 5s}\n"
	if err := os.WriteFile(file, []byte(text+more), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// command runs a command of paxsim, and returns what it prints.
func command(t *testing.T, exit int, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := cli.Main(args, strings.NewReader(""), &out, &errs); code != exit {
		t.Fatalf("%v: exit %d, want %d\n%s%s", args, code, exit, out.String(), errs.String())
	}
	return out.String() + errs.String()
}

// TestInstancesTold: a run of several instances tells of each when it was decided
// and learned, to people and to programs.
func TestInstancesTold(t *testing.T) {
	file := slotsFile(t, "")
	out := command(t, 0, "run", file, "--seed", "3", "--runs", "1")
	_, below, ok := strings.Cut(out, "instance  ")
	if !ok {
		t.Fatalf("no table of instances:\n%s", out)
	}
	lines := strings.Split(below, "\n")
	for i, want := range []string{"0 x 10 -", "1 x 11 -", "2 x 12 -"} {
		cells := strings.Fields(lines[2+i])
		if len(cells) != 7 || strings.Join(cells[:4], " ") != want || cells[6] != "4/4" || len(lines[2+i]) > 80 {
			t.Errorf("line %d is %q, want %q …", i, lines[2+i], want)
		}
	}
	if out := command(t, 0, "run", file, "--seed", "3", "--runs", "2"); strings.Contains(out, "instance  ") {
		t.Errorf("of several runs a table of the instances of one:\n%s", out)
	}
	var row struct {
		Decided   float64 `json:"decided_ms"`
		Learned   float64 `json:"learned_ms"`
		Instances []struct {
			Instance         int
			Value, Turn      string
			Chosen           *float64 `json:"chosen_ms"`
			Decided, Learned *float64
			DecidedMS        float64 `json:"decided_ms"`
			LearnedMS        float64 `json:"learned_ms"`
		}
	}
	first, _, _ := strings.Cut(command(t, 0, "run", file, "--seed", "3", "--runs", "1", "--format", "json"), "\n")
	first = strings.ReplaceAll(first, `"learned":"4/4"`, `"learned":4`)
	if err := json.Unmarshal([]byte(first), &row); err != nil {
		t.Fatalf("%v\n%s", err, first)
	}
	if len(row.Instances) != 3 {
		t.Fatalf("%s", first)
	}
	// 2 is decided first, 1 last.
	if zero, one, two := row.Instances[0], row.Instances[1], row.Instances[2]; two.Instance != 2 || two.Value != "x" || two.Turn != "12" || two.Chosen != nil ||
		row.Decided != two.DecidedMS || row.Learned != one.LearnedMS || two.LearnedMS > zero.LearnedMS || zero.DecidedMS < two.LearnedMS {
		t.Errorf("%s", first)
	}
	saved := filepath.Join(t.TempDir(), "slots.run.json")
	command(t, 0, "run", file, "--seed", "3", "--runs", "1", "--save", saved)
	if out := command(t, 0, "replay", saved, "--format", "json"); !strings.Contains(out, `"instances":[{"instance":0,"value":"x","turn":"10",`) {
		t.Errorf("a replay does not tell of instances:\n%s", out)
	}
	if out := command(t, 0, "replay", saved); !strings.Contains(out, "instance  value  turn  chosen_ms  decided_ms  learned_ms  learned") {
		t.Errorf("a replay has no table of instances:\n%s", out)
	}
	if out := command(t, 0, "run", "lossy", "--runs", "1", "--format", "json"); strings.Contains(out, `"instances"`) {
		t.Errorf("instances of a protocol that decides one:\n%s", out)
	}
}

// TestInstancesExpected: a scenario of several instances is held to what it says of
// each, and its premise names the clause that must fail.
func TestInstancesExpected(t *testing.T) {
	const expect = "expect: {always: decided, instances: {2: {decided_within: 4ms, learned: majority, within: 40ms}, 1: {never_decided_before: 4ms}}, runs: 200}\n"
	file := slotsFile(t, "faults: {late: {weather: {delay: 1ms}, until: 4ms}}\n"+expect+"premise: {set: {network.delay: 100ms}, calm: late, breaks: instances.2.decided_within}\n")
	out := command(t, 0, "scenarios", "test", file)
	for _, says := range []string{"held", "instances.2.decided_within: 4ms", "instances.2.learned: majority, within: 40ms", "instances.1.never_decided_before: 4ms"} {
		if !strings.Contains(out, says) {
			t.Errorf("does not say %q:\n%s", says, out)
		}
	}
	file = slotsFile(t, "expect: {always: decided, instances: {1: {decided_within: 5ms}}, runs: 50}\n")
	out = command(t, 1, "scenarios", "test", file)
	if !strings.Contains(out, "instances.1.decided_within: 5ms") || !strings.Contains(out, "decided after ") {
		t.Errorf("an instance that is late:\n%s", out)
	}
	out = command(t, 0, "scenarios", "show", slotsFile(t, expect))
	if !strings.Contains(out, "  instances: {1: {never_decided_before: 4ms}, 2: {decided_within: 4ms, learned: majority, within: 40ms}}\n") {
		t.Errorf("not shown:\n%s", out)
	}
	out = command(t, 2, "run", slotsFile(t, "expect: {instances: {3: {decided_within: 5ms}}}\n"))
	if !strings.Contains(out, ":7:25: expect.instances.3: a run of slots waits for instances 0 to 2: none waits for instance 3") {
		t.Errorf("an instance out of reach:\n%s", out)
	}
}
