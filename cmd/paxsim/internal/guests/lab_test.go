package guests

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// The library of library_test.go as a protocol: what somebody writes who wants to
// test it, and nothing more.

// parcel is a message of the library, as it is.
type parcel struct{ *libMessage }

func (p parcel) Kind() uint8      { return uint8(p.libMessage.Kind) }
func (p parcel) Round() sim.Round { return sim.Round(p.Term) }
func (p parcel) Hash(d *sim.Digest) {
	for _, x := range []int{p.Serial, p.From, p.To, p.Term, p.Last, p.LastTerm, p.Commit, len(p.Entries)} {
		d.Mix(uint64(x))
	}
	for _, e := range p.Entries {
		e.words(d)
	}
}
func (p parcel) Text(sim.Names) string {
	return fmt.Sprintf("%d: %v after %d", p.Term, p.Entries, p.Last)
}

func (e *libEntry) words(d *sim.Digest) {
	d.Mix(uint64(e.Term)<<40 | uint64(e.From)<<32 | uint64(e.ID))
	d.Mix(uint64(e.Value))
}

// stored is what the library has stored, as it is.
type stored struct{ *libStored }

func (s stored) Hash(d *sim.Digest) {
	if s.libStored == nil {
		return
	}
	d.Mix(uint64(s.Term)<<32 | uint64(s.VotedFor))
	for _, e := range s.Log {
		e.words(d)
	}
}
func (s stored) Text(sim.Names) string {
	if s.libStored == nil {
		return "nothing"
	}
	return fmt.Sprintf("term %d, vote %d, %v", s.Term, s.VotedFor, s.Log)
}

type labEnv = sim.Env[parcel, stored]

type member struct {
	node    *libNode
	applied sim.Instance // how many entries that say something
}

const labTick = 20

func (m *member) Start(e *labEnv) {
	m.node.restore(e.Saved().libStored)
	e.After(labTick, sim.Timer{})
}
func (m *member) Timeout(e *labEnv, t sim.Timer) {
	m.node.tick()
	e.After(labTick, t)
	m.do(e)
}
func (m *member) Receive(e *labEnv, _ sim.ID, p parcel) {
	m.node.step(p.libMessage)
	m.do(e)
}
func (m *member) Request(e *labEnv, r sim.Request) {
	m.node.propose(&libEntry{0, int(r.Value), int(e.Self()), int(r.ID)})
	m.do(e)
}

// do does what the library wants done.
func (m *member) do(e *labEnv) {
	store, send, apply := m.node.ready()
	if store != nil {
		e.Save(stored{store})
	}
	for _, x := range send {
		e.Send(sim.ID(x.To), parcel{x})
	}
	for _, x := range apply {
		if x.Value == 0 {
			continue
		}
		e.Decide(m.applied, sim.Value(x.Value), sim.Round(x.Term))
		m.applied++
		if x.From == int(e.Self()) {
			e.Answer(sim.RequestID(x.ID), sim.Value(x.Value))
		}
	}
}

// inOrder puts the library in order around a handler: all that its nodes share is as
// the actor and the time say.
func inOrder(e *labEnv, handle func()) {
	random, serial, log := libRandom, libSerial, libLog
	libRandom, libSerial, libLog = e.Reader(0, 5), int(e.Now())<<8|int(e.Self()), libDrop{}
	handle()
	libRandom, libSerial, libLog = random, serial, log
}

// lab is the library as a protocol, under a name.
func lab(name string, around func(*labEnv, func()), shares bool) sim.Protocol {
	kinds := []string{"Vote", "Granted", "Rejected", "Append", "Appended", "Behind", "Heartbeat", "Alive", "Forward", "Forwarded"}
	for i := range int(libKinds - libGossip) {
		kinds = append(kinds, fmt.Sprintf("Gossip%d", i))
	}
	return sim.Define(sim.Spec[member, parcel, stored]{
		Name:       name,
		Vocabulary: sim.Vocabulary{Messages: kinds, Timers: []shown.TimerKind{{Name: "tick", Ticks: true}}, Choices: []string{"jitter"}},
		New: func(s *sim.Scenario, _ sim.Plan, id sim.ID) member {
			return member{node: newLibNode(int(id), s.Actors, shares)}
		},
		Around:     around,
		Invariants: sim.ConsensusInvariants(),
		History:    sim.WatchConsensus[parcel, stored],
		Goal:       func(*sim.Scenario) sim.Goal { return sim.Goal{Instances: 2} },
		Rounds:     shown.Rounds{Name: "term"},
	})
}

var labs = []sim.Protocol{lab("lab", inOrder, false), lab("lab-sharing", inOrder, true), lab("lab-unordered", nil, false)}

// labFile is a scenario of the library, in rough weather.
func labFile(t *testing.T, protocol, more string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lab.yaml")
	text := "paxsim: 1\nprotocol: " + protocol + "\nactors: 5\nnetwork: {delay: 1ms..6ms, loss: 5%, duplicate: 5%}\n" +
		"crashes: {chance: 0.2%, down: 20ms..200ms}\ndisk: {sync: 2ms}\nuntil: 2s\n" +
		"requests: [{actor: 1, value: x}, {actor: 4, value: y, at: 150ms}]\nlimits: {time: 20s}\n" + more
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestLibrary: somebody else's library, with pointers, a log type, 20 kinds of
// messages and global state, makes the same runs with 1 and with 4 workers; it holds,
// and every message of its kinds was sent.
func TestLibrary(t *testing.T) {
	file := labFile(t, "lab", "")
	one := command(t, 0, "run", file, "--runs", "200", "--format", "json", "-j", "1")
	four := command(t, 0, "run", file, "--runs", "200", "--format", "json", "-j", "4")
	if one != four {
		t.Error("4 workers make other runs than 1")
	}
	if n := strings.Count(one, `"outcome":"decided"`); n < 195 {
		t.Errorf("%d of 200 runs decided", n)
	}
	for _, engine := range []string{"1", "4"} {
		if out := command(t, 0, "fuzz", file, "--runs", "2000", "-j", engine); !strings.Contains(out, "nothing was found") && !strings.Contains(out, "held") {
			t.Errorf("fuzz -j %s: %s", engine, out)
		}
	}
	sent := map[string]bool{}
	for seed := range 5 {
		out := command(t, 0, "export", file, "--seed", fmt.Sprint(seed), "--to", "jsonl")
		for line := range strings.Lines(out) {
			var e struct{ What, Kind string }
			if json.Unmarshal([]byte(line), &e) == nil && e.What == "deliver" {
				sent[e.Kind] = true
			}
		}
	}
	if len(sent) < 20 {
		t.Errorf("%d kinds of messages were delivered: %v", len(sent), sent)
	}
}

// TestLibraryElectsInCalm: the jitter that the library draws is in calm the number of
// each actor, so one stands before the others and the first election succeeds.
func TestLibraryElectsInCalm(t *testing.T) {
	file := filepath.Join(t.TempDir(), "calm.yaml")
	if err := os.WriteFile(file, []byte("paxsim: 1\nprotocol: lab\nactors: 4\nnetwork: {delay: 1ms}\nrequests: [{actor: 1, value: x}, {actor: 4, value: y, at: 150ms}]\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Protocol.New(&s.Scenario)
	if err != nil {
		t.Fatal(err)
	}
	r.Reset(0, scheduler.Calm{})
	o := r.Run()
	if o.Verdict != observe.VerdictDecided || o.Under != 1 || len(o.Instances) != 1 || o.Instances[0].Under != 1 {
		t.Errorf("not decided in the first term: %+v", o)
	}
}

// TestLibraryThatShares: a message that holds the log's own memory is named, with who
// sent it, and shown again by replay.
func TestLibraryThatShares(t *testing.T) {
	file := labFile(t, "lab-sharing", "")
	saved := filepath.Join(t.TempDir(), "sharing.run.json")
	out := command(t, 1, "run", file, "--runs", "300")
	if !strings.Contains(out, "panic") {
		t.Fatalf("nobody noticed:\n%s", out)
	}
	var found struct {
		Seed uint64
		Text string `json:"violation_text"`
	}
	for line := range strings.Lines(command(t, 1, "run", file, "--runs", "300", "--format", "json")) {
		if strings.Contains(line, `"outcome":"violated"`) {
			if err := json.Unmarshal([]byte(line), &found); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	if !strings.HasPrefix(found.Text, "the message ") || !strings.Contains(found.Text, "has changed since it was sent in event") {
		t.Errorf("%+v", found)
	}
	command(t, 1, "run", file, "--seed", fmt.Sprint(found.Seed), "--save", saved)
	if out := command(t, 1, "replay", saved); !strings.Contains(out, "has changed since it was sent") || !strings.Contains(out, "yes") {
		t.Errorf("replay does not show it:\n%s", out)
	}
}

// TestLibraryOutOfOrder: without an Around its handlers are not deterministic, and
// that is told.
func TestLibraryOutOfOrder(t *testing.T) {
	file := labFile(t, "lab-unordered", "")
	if out := command(t, 1, "run", file, "--runs", "100", "-j", "1"); !strings.Contains(out, "not deterministic") {
		t.Errorf("nobody noticed:\n%s", out)
	}
}
