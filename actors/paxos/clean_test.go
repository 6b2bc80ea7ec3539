package paxos

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/weather"
)

// unlike says where two things differ, or "". Memory that holds nothing is nothing:
// a list of no entries, and entries at the end that say nothing. Parts that are no
// knowledge are left out, see parts.go.
func unlike(path string, a, b reflect.Value) string {
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			f := a.Type().Field(i)
			if isPart(f, "terms", "marks", "noted", "scratch") {
				continue
			}
			if at := unlike(path+"."+f.Name, a.Field(i), b.Field(i)); at != "" {
				return at
			}
		}
		return ""
	case reflect.Slice:
		for i := range max(a.Len(), b.Len()) {
			at := fmt.Sprintf("%s[%d]", path, i)
			switch {
			case i >= a.Len() || i >= b.Len():
				left := a
				if i >= a.Len() {
					left = b
				}
				if at := unlike(at, left.Index(i), reflect.Zero(left.Index(i).Type())); at != "" {
					return at
				}
			default:
				if at := unlike(at, a.Index(i), b.Index(i)); at != "" {
					return at
				}
			}
		}
		return ""
	case reflect.Pointer:
		if a.Pointer() != b.Pointer() {
			return path
		}
		return ""
	case reflect.Bool:
		if a.Bool() != b.Bool() {
			return path
		}
		return ""
	case reflect.Int:
		if a.Int() != b.Int() {
			return path
		}
		return ""
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		if a.Uint() != b.Uint() {
			return path
		}
		return ""
	}
	return path + " is a " + a.Kind().String() + ", which nobody compares"
}

// isPart says whether a field is one of the named parts of a history.
func isPart(f reflect.StructField, names ...string) bool {
	for _, name := range names {
		if f.Name == "marks" && name == "marks" || f.Anonymous && strings.HasPrefix(f.Name, name) {
			return true
		}
	}
	return false
}

// differ is unlike of two values of a type.
func differ[T any](a, b *T) string {
	return unlike("", reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem())
}

// TestPartsOfAHistory: whatever a history holds is in one of its parts.
func TestPartsOfAHistory(t *testing.T) {
	is := reflect.TypeFor[history]()
	for i := range is.NumField() {
		if f := is.Field(i); !isPart(f, "terms", "known", "marks", "scratch") {
			t.Errorf("%s is in no part of the history", f.Name)
		}
	}
}

// event is something that a history is told, once others have been.
type event struct {
	by    sim.ID // whose it is: those of an actor come in their order
	needs int    // the event that comes first, whoever's it is; -1: none
	tell  told
}

// eventsOf draws what several actors do: a good deal of it is no sound Paxos.
func eventsOf(r *rand.Rand, actors, ballots int) []event {
	var list []event
	add := func(by sim.ID, needs int, tell told) int {
		list = append(list, event{by, needs, tell})
		return len(list) - 1
	}
	type proposal struct {
		Message
		at int
	}
	var proposals []proposal
	for i := range ballots {
		bal := MakeBallot(1+r.Uint32N(uint32(ballots)), sim.ID(1+r.IntN(2)))
		v := x
		if r.IntN(12) == 0 {
			v = y
		}
		add(bal.Actor(), -1, sent(bal.Actor(), prepare(bal)))
		m := accept(bal, v)
		proposals = append(proposals, proposal{m, add(sim.ID(1000+i), -1, sent(bal.Actor(), m))})
	}
	for range ballots * actors {
		id, p := sim.ID(1+r.IntN(actors)), proposals[r.IntN(len(proposals))]
		switch r.IntN(12) {
		case 0, 1:
			add(id, -1, sent(id, promise(p.Ballot, 0, 0)))
		case 2:
			add(id, -1, sent(id, nack(p.Ballot, p.Ballot+1)))
		case 3:
			add(id, -1, crashed(id))
			add(id, -1, restarted(id))
		case 4, 5, 6, 7:
			add(id, p.at, heard(id, p.Message))
		case 8:
			add(id, p.at, sent(id, accepted(p.Ballot, p.Value)))
		case 9:
			if r.IntN(actors) == 0 {
				add(id, -1, decided(id, x, p.Ballot))
			}
		default:
			add(id, p.at, heard(id, p.Message))
			add(id, -1, saved(id, Record{Promised: p.Ballot, Accepted: p.Ballot, Value: p.Value, Round: p.Ballot.Round()}))
		}
	}
	return list
}

// inAnyOrder tells a history of events in some order that keeps that of each actor,
// and says whether agreement broke.
func inAnyOrder(r *rand.Rand, h *history, list []event) (split bool) {
	of := map[sim.ID][]int{}
	for i, e := range list {
		of[e.by] = append(of[e.by], i)
	}
	done := make([]bool, len(list))
	for left := len(list); left > 0; {
		id := list[r.IntN(len(list))].by
		for more := 1 + r.IntN(3); more > 0 && len(of[id]) > 0; more-- {
			i := of[id][0]
			if n := list[i].needs; n >= 0 && !done[n] {
				break
			}
			of[id], done[i] = of[id][1:], true
			left--
			if b := list[i].tell(h); b != nil && b.Invariant == Agreement {
				return true
			}
		}
	}
	return false
}

// TestKnowledgeHasNoOrder: two histories that were told the same in two orders
// know the same, though what they noted and their scratch is not the same; and from
// there on the same invariants break.
func TestKnowledgeHasNoOrder(t *testing.T) {
	same, long, apart, broke := 0, 0, 0, 0
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 1))
		actors := []int{3, 5, 70}[seed%3]
		ballots := 3 + r.IntN(22)
		if actors == 70 {
			ballots = 3
		}
		s := &sim.Scenario{Actors: actors, Protocol: Protocol(), Invariants: []string{Agreement, SafeAt}}
		var hs [2]*history
		list := eventsOf(r, actors, ballots)
		split := false
		for i := range hs {
			hs[i] = newHistory(Sound())(s, plainRun).(*history)
			if i == 1 { // a run before leaves nothing
				inAnyOrder(r, hs[i], eventsOf(r, actors, 20))
				hs[i].Reset()
			}
			split = inAnyOrder(r, hs[i], list) || split
		}
		if split {
			continue
		}
		same++
		if at := differ(hs[0], hs[1]); at != "" {
			t.Fatalf("seed %d: told in two orders, histories differ at %s", seed, at)
		}
		if len(hs[0].votes.list) > fewBallots {
			long++
		}
		for i := range hs[0].votes.list {
			if hs[0].votes.list[i].at != hs[1].votes.list[i].at {
				apart++
				break
			}
		}
		hs[0].on, hs[1].on = ^check(0), ^check(0)
		for _, e := range eventsOf(r, actors, 4) {
			b, c := e.tell(hs[0]), e.tell(hs[1])
			if (b == nil) != (c == nil) || b != nil && b.Invariant != c.Invariant {
				t.Fatalf("seed %d: the same event breaks %v and %v", seed, b, c)
			}
			if b != nil {
				broke++
				break
			}
		}
	}
	if same < 300 || long < 100 || apart < 200 || broke < 200 {
		t.Errorf("%d pairs, %d of many ballots, %d with another scratch, %d in which something broke later: this tries too little", same, long, apart, broke)
	}
}

// TestKnowledgeTellsApart: what an invariant can depend on is in what is known.
func TestKnowledgeTellsApart(t *testing.T) {
	b11, b22 := b(1, 1), b(2, 2)
	start := then(prepareIn(b11, 1, 2), one(sent(1, accept(b11, x))), voteIn(b11, x, 1))
	for _, c := range []struct {
		what string
		more []told
		at   string
	}{
		{"a promise", one(sent(3, promise(b22, 0, 0))), ".known.actors[3].promised"},
		{"a proposal", one(sent(2, accept(b22, y))), ".known.votes.list[1].ballot"},
		{"an Accept that arrived", one(heard(3, accept(b11, x))), ".known.votes.list[0].asked.low"},
		{"a record", one(saved(3, Record{Round: 3})), ".known.actors[3].disk.Round"},
		{"a ballot begun", one(sent(2, prepare(b22))), ".known.actors[2].begun"},
		{"a restart", one(restarted(1)), ".known.actors[1].begunNow"},
		{"a value that becomes chosen", voteIn(b11, x, 2), ".known.values[1].chosen"},
		{"a decision of what is not chosen", one(decided(3, x, b11)), ".known.actors[3].decided"},
		{"a request", one(func(h sim.History[Message, Record]) *sim.Violation { return h.Requested(1, sim.Request{Value: z}) }), ".known.values[3].asked"},
		{"a repetition", one(sent(1, accepted(b11, x))), ""},
		{"an Accept to one who has voted", one(heard(1, accept(b11, x))), ""},
		{"a crash of one who was asked for nothing", one(crashed(3)), ""},
		{"a crash of one who has voted", one(crashed(1)), ""},
		{"a refusal by one who has voted", one(sent(1, nack(b11, b22))), ""},
	} {
		var hs [2]*history
		for i := range hs {
			hs[i] = newHistory(Sound())(&sim.Scenario{Actors: 3, Protocol: Protocol(), Invariants: []string{Agreement}}, plainRun).(*history)
			for _, e := range start {
				e(hs[i])
			}
		}
		for _, e := range c.more {
			e(hs[1])
		}
		if at := differ(hs[0], hs[1]); at != c.at {
			t.Errorf("%s: they differ at %q, want %q", c.what, at, c.at)
		}
	}
}

// TestTheFirstIsNamed: of several values that are at odds with a proposal, the breach
// names the one that was proposed first, not the one in the lowest ballot.
func TestTheFirstIsNamed(t *testing.T) {
	b11, b22, b33 := b(1, 1), b(2, 2), b(3, 3)
	h := newHistory(Sound())(&sim.Scenario{Actors: 3, Protocol: Protocol(), Invariants: []string{SafeAt}}, plainRun)
	vote := func(in Ballot, v sim.Value) []told {
		return []told{heard(1, accept(in, v)), sent(1, accepted(in, v)), heard(2, accept(in, v)), sent(2, accepted(in, v))}
	}
	list := then(prepareIn(b22, 1, 2, 3), one(sent(2, accept(b22, x))), one(sent(1, accept(b11, y))), vote(b22, x), vote(b11, y),
		prepareIn(b33, 1, 2, 3), one(sent(3, accept(b33, z))))
	for i, e := range list {
		got := e(h)
		switch last := i == len(list)-1; {
		case !last && got != nil:
			t.Fatalf("line %d: %v", i, got)
		case last && (got == nil || got.Text != "z is proposed in 3.3, while x is or can still be chosen in 2.2"):
			t.Errorf("%v", got)
		}
	}
}

// inAHandler makes a test in a handler of actor 1, which has an env.
type inAHandler struct{}

var handler func(*Env)

func (*inAHandler) Start(e *Env) {
	if e.Self() == 1 {
		handler(e)
	}
}
func (*inAHandler) Receive(*Env, sim.ID, Message) {}
func (*inAHandler) Timeout(*Env, sim.Timer)       {}
func (*inAHandler) Request(*Env, sim.Request)     {}

// TestActorsHaveNoOrder: an actor that has heard the same messages in another order
// is the same value.
func TestActorsHaveNoOrder(t *testing.T) {
	long, wide := 0, 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 2))
		actors := []int{5, 9, 140}[seed%3]
		ballots := []int{2, 12, 60}[r.IntN(3)]
		var heard []struct {
			from sim.ID
			m    Message
		}
		hear := func(from sim.ID, m Message) {
			heard = append(heard, struct {
				from sim.ID
				m    Message
			}{from, m})
		}
		own := MakeBallot(1, 1)
		someone := func() sim.ID { return sim.ID(1 + r.IntN(actors)) }
		few := actors / 2 // no quorum
		for range 1 + r.IntN(few) {
			from, last := sim.ID(1+r.IntN(few)), Ballot(0)
			if from%2 == 0 { // it reports the same each time
				last = MakeBallot(0, 1+from*from%sim.ID(actors))
			}
			hear(from, promise(own, last, sim.Value(last.Actor())))
		}
		for range 4 * ballots {
			bal := MakeBallot(1+r.Uint32N(uint32(ballots)), someone())
			v := sim.Value(1 + bal.Actor()%3)
			if r.IntN(10) == 0 {
				v = 2 // a bug gave the ballot two values
			}
			hear(sim.ID(1+r.IntN(few)), accepted(bal, v))
			if r.IntN(8) == 0 {
				hear(someone(), nack(MakeBallot(7, 3), bal))
			}
		}
		s := &sim.Scenario{Name: "any", Tick: 1_000_000, Actors: actors, Network: weather.Network{DelayMin: 1, DelayMax: 9}, Limits: sim.Limits{Time: 10_000}}
		s.Protocol = sim.Define[inAHandler, Message, Record](sim.Spec[inAHandler, Message, Record]{
			Name: "handler", Vocabulary: specOf("paxos", Sound()).Vocabulary, Actor: func(*sim.Scenario, sim.Plan) inAHandler { return inAHandler{} },
		})
		of := *s
		of.Protocol = Protocol()
		set := newSettings(&of, Sound())
		var got [2]Actor
		for i := range got {
			a := &got[i]
			if i == 1 { // who was another before is the same
				a.tallies.Of(3).From.Add(100)
				a.refusers.Add(129)
				a.CopyFrom(&Actor{})
			}
			a.set = set
			handler = func(e *Env) {
				a.own = 1
				a.takeRole(e)
				for _, h := range heard {
					a.Receive(e, h.from, h.m)
				}
			}
			w, err := s.Protocol.New(s)
			if err != nil {
				t.Fatal(err)
			}
			w.Reset(1, nil)
			tally.Run()
			w.Step()
			r.Shuffle(len(heard), func(i, j int) { heard[i], heard[j] = heard[j], heard[i] })
		}
		if at := differ(&got[0], &got[1]); at != "" {
			t.Fatalf("seed %d: told in another order, it differs at %s", seed, at)
		}
		if got[0].phase != preparing || got[0].learned != 0 {
			t.Fatalf("seed %d: %+v", seed, got[0])
		}
		if len(got[0].tallies.list) > fewBallots {
			long++
		}
		if actors > 64 {
			wide++
		}
	}
	if long < 200 || wide < 100 {
		t.Errorf("%d of many ballots, %d of many actors: this tries too little", long, wide)
	}
}

// TestAnActorThatIsDone: what mattered in a round, or until a decision, is gone
// after it.
func TestAnActorThatIsDone(t *testing.T) {
	s := &sim.Scenario{Actors: 3, Protocol: Protocol()}
	set := newSettings(s, Sound())
	var a Actor
	a.set = set
	handler = func(e *Env) {
		a.own, a.asks = 1, 2
		a.takeRole(e)
		for id := sim.ID(1); id <= 2; id++ {
			a.Receive(e, id, promise(a.ballot, 0, 0))
		}
		b := a.ballot
		for id := sim.ID(2); id <= 3; id++ {
			a.Receive(e, id, accepted(b, 1))
		}
	}
	w := *s
	w.Name, w.Tick, w.Network, w.Limits = "any", 1_000_000, weather.Network{DelayMin: 1, DelayMax: 9}, sim.Limits{Time: 10_000}
	w.Protocol = sim.Define[inAHandler, Message, Record](sim.Spec[inAHandler, Message, Record]{
		Name: "handler", Vocabulary: specOf("paxos", Sound()).Vocabulary, Actor: func(*sim.Scenario, sim.Plan) inAHandler { return inAHandler{} },
	})
	run, err := w.Protocol.New(&w)
	if err != nil {
		t.Fatal(err)
	}
	run.Reset(1, nil)
	tally.Run()
	run.Step()
	want := Actor{Record: Record{Round: 1}, proposer: proposer{own: 1}, learner: learner{learned: 1}, seen: MakeBallot(1, 1), set: set}
	if at := differ(&a, &want); at != "" {
		t.Errorf("it differs at %s: %+v", at, a)
	}
}
