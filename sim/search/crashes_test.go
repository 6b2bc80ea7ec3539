package search_test

import (
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/actors/paxos/mutants"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/search"
)

// How much of what a crash can do to unsaved-promise (S6) is in which of its
// properties: a model of Paxos with three acceptors, three proposers and a bag of
// messages, in which any message may be next, made more like the simulator step by
// step. docs/hunt.md has the figures.

var crashRuns = flag.Int("crash-runs", 40_000, "how many runs TestWhatACrashIs makes of each kind; docs/hunt.md speaks of 300,000")

// crashModel says what a crash is in the model.
type crashModel struct {
	together bool // it takes the proposer of the same actor down as well
	again    bool // who comes back begins a new round, with a new value
	down     bool // its return is one of what may be next, and what comes before is lost
	effects  bool // it falls before an effect alone, which is lost with what follows
}

type modelMessage struct {
	kind     int // one of those below
	from, to int
	ballot   int
	voted    int // Promise: the ballot of the vote reported; Nack: the promise
	value    int
}

const (
	modelPrepare = iota
	modelPromise
	modelAccept
	modelNack
	modelAsk
	modelReturn
)

type modelAcceptor struct{ promised, voted, value int }

type modelProposer struct {
	round, rounds, ballot, value int // ballot 0: none
	from                         [3]bool
	highest, adopted             int
	accepting                    bool
}

type modelRun struct {
	crashModel
	r         *rand.Rand
	acceptors [3]modelAcceptor
	proposers [3]modelProposer
	downs     [3]bool
	bag       []modelMessage
	values    int
	votes     map[[2]int]int // by ballot and value: whose votes, as bits
	chosen    int            // a value of which a quorum has voted in one ballot
	broken    bool
	crashes   int
}

func (m *modelRun) send(x modelMessage) { m.bag = append(m.bag, x) }

func (m *modelRun) crashesNow() bool { return m.crashes < 2 && m.r.IntN(50) == 0 }

func (m *modelRun) crash(i int) {
	m.crashes++
	m.acceptors[i].promised = m.acceptors[i].voted // what it promised since is not on its disk
	if m.together {
		m.proposers[i].ballot = 0
	}
	switch {
	case m.down:
		m.downs[i] = true
		m.send(modelMessage{kind: modelReturn, to: i})
	case m.again:
		m.send(modelMessage{kind: modelAsk, to: i})
	}
}

// effect says whether an actor lives to have an effect.
func (m *modelRun) effect(i int) bool {
	if m.effects && m.crashesNow() {
		m.crash(i)
		return false
	}
	return true
}

// toAll sends a message to all, as long as the sender lives.
func (m *modelRun) toAll(x modelMessage) {
	for x.to = range 3 {
		if x.to != x.from && !m.effect(x.from) {
			return
		}
		m.send(x)
	}
}

func (m *modelRun) begin(i, above int) {
	p := &m.proposers[i]
	if p.rounds == 4 {
		p.ballot = 0
		return
	}
	p.rounds++
	p.round = max(p.round+1, above/4+1)
	*p = modelProposer{round: p.round, rounds: p.rounds, ballot: 4*p.round + i + 1, value: p.value}
	if m.effect(i) { // it saves its round
		m.toAll(modelMessage{kind: modelPrepare, from: i, ballot: p.ballot})
	}
}

func (m *modelRun) receive(x modelMessage) {
	i := x.to
	if m.downs[i] && x.kind != modelReturn {
		return
	}
	a, p := &m.acceptors[i], &m.proposers[i]
	answer := func(y modelMessage) {
		y.from, y.to, y.ballot = i, x.from, x.ballot
		if x.from == i || m.effect(i) {
			m.send(y)
		}
	}
	switch x.kind {
	case modelReturn:
		m.downs[i] = false
		if m.again {
			m.send(modelMessage{kind: modelAsk, to: i})
		}
	case modelAsk:
		m.values++
		p.value = m.values
		m.begin(i, a.promised)
	case modelPrepare:
		if x.ballot <= a.promised {
			answer(modelMessage{kind: modelNack, voted: a.promised})
			return
		}
		a.promised = x.ballot
		answer(modelMessage{kind: modelPromise, voted: a.voted, value: a.value})
	case modelPromise:
		if p.ballot != x.ballot || p.accepting {
			return
		}
		p.from[x.from] = true
		if x.voted > p.highest {
			p.highest, p.adopted = x.voted, x.value
		}
		n := 0
		for _, promised := range p.from {
			if promised {
				n++
			}
		}
		if p.accepting = n == 2; p.accepting {
			value := p.value
			if p.highest > 0 {
				value = p.adopted
			}
			m.toAll(modelMessage{kind: modelAccept, from: i, ballot: x.ballot, value: value})
		}
	case modelAccept:
		if x.ballot < a.promised {
			answer(modelMessage{kind: modelNack, voted: a.promised})
			return
		}
		if !m.effect(i) { // it saves its vote
			return
		}
		*a = modelAcceptor{x.ballot, x.ballot, x.value}
		key := [2]int{x.ballot, x.value}
		m.votes[key] |= 1 << i
		if v := m.votes[key]; v&(v-1) != 0 { // of two, which are a quorum
			m.broken = m.broken || m.chosen != 0 && m.chosen != x.value
			m.chosen = x.value
		}
		for to := range 3 { // it tells all, which nobody needs here
			if to != i && !m.effect(i) {
				return
			}
		}
	case modelNack:
		if p.ballot == x.ballot {
			m.begin(i, x.voted)
		}
	}
}

// found is how many runs of a model break agreement, and how many crashes there are.
func (c crashModel) found(runs int) (finds, crashes int) {
	r := rand.New(rand.NewPCG(1, 1))
	for range runs {
		m := &modelRun{crashModel: c, r: r, votes: map[[2]int]int{}}
		for i := range 3 {
			m.send(modelMessage{kind: modelAsk, to: i})
		}
		for step := 0; step < 400 && len(m.bag) > 0 && !m.broken; step++ {
			if !m.effects && m.crashesNow() {
				m.crash(r.IntN(3))
			}
			k, last := r.IntN(len(m.bag)), len(m.bag)-1
			x := m.bag[k]
			m.bag[k], m.bag = m.bag[last], m.bag[:last]
			m.receive(x)
		}
		if m.broken {
			finds++
		}
		crashes += m.crashes
	}
	return finds, crashes
}

// noIdle is a source that answers no to every crash between two events, and else as
// the seed says.
type noIdle struct{ messages, own uint8 }

// Answer implements [scheduler.Source].
func (n noIdle) Answer(k scheduler.Key, _, seeded uint32) uint32 {
	if w := k.What(); w == n.messages || w == n.own {
		return 0
	}
	return seeded
}

// TestWhatACrashIs: each of the properties of a crash makes S6 rarer, for as many
// crashes, and crashes between two events make it at least half as frequent again as
// it is with crashes before effects alone.
func TestWhatACrashIs(t *testing.T) {
	rate := func(name string, finds, crashes int) float64 {
		per := 1000 * float64(finds) / float64(max(crashes, 1))
		t.Logf("%-40s %5d finds, %7d crashes: %.1f of 1,000", name, finds, crashes, per)
		return per
	}
	before := 1e9
	for _, x := range []struct {
		name string
		crashModel
	}{
		{"a model", crashModel{}},
		{"roles go down together", crashModel{together: true}},
		{"clients ask again", crashModel{together: true, again: true}},
		{"the return is picked", crashModel{together: true, again: true, down: true}},
		{"before effects alone", crashModel{together: true, again: true, down: true, effects: true}},
	} {
		finds, crashes := x.found(*crashRuns)
		per := rate(x.name, finds, crashes)
		if finds < 50 || per > before*1.1 {
			t.Errorf("%s: %.1f of 1,000, and %.1f with less of a crash", x.name, per, before)
		}
		before = per
	}
	m := mutantOf(t, "unsaved-promise")
	s := scenario(m.Protocol(), 3)
	s.Network.Loss, s.Network.Duplicate, s.Disk.Sync, s.Invariants = 0, 0, 0, []string{paxos.Agreement}
	r := world(t, s)
	words := s.Protocol.Vocabulary()
	whatOf := func(name string) uint8 {
		k, err := words.ParseKey(name)
		if err != nil {
			t.Fatal(err)
		}
		return k.What()
	}
	searched := func(source scheduler.Source) (finds, crashes int) {
		r.Search(&search.Search{Picker: new(search.Walk), Budget: search.Budget{Events: 400, Crashes: 2}})
		for seed := range uint64(*crashRuns) {
			r.Reset(seed, source)
			o := r.Run()
			if o.Violation != nil {
				finds++
			}
			crashes += int(o.Crashes)
		}
		return finds, crashes
	}
	finds, crashes := searched(noIdle{whatOf("crash-idle Accept 1>2 #1"), whatOf("crash-idle-own 1 #1")})
	without := rate("the simulator without idle crashes", finds, crashes)
	finds, crashes = searched(nil)
	if with := rate("the simulator", finds, crashes); with < 1.5*without || without == 0 {
		t.Errorf("with idle crashes %.1f of 1,000 crashes find it, and without %.1f", with, without)
	}
}

// mutantOf is a mutant by its name.
func mutantOf(t *testing.T, name string) *mutants.Mutant {
	for _, m := range mutants.All() {
		if m.Name == name {
			return &m
		}
	}
	t.Fatalf("there is no mutant %s", name)
	return nil
}
