package story_test

import (
	"fmt"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// A lease by the clock. Actor 1 grants it, to one at a time and for so many ticks. Who
// has it works now and then, as long as it thinks that it does. The mistake: it counts
// from when the grant arrives, and actor 1 from when that was sent. So the order of
// events breaks nothing, and a grant that is late does.

type leaseMessage struct {
	kind  uint8 // 0 Ask, 1 Grant, 2 Work
	epoch uint64
}

func (m leaseMessage) Kind() uint8           { return m.kind }
func (m leaseMessage) Hash(d *sim.Digest)    { d.Mix(m.epoch) }
func (m leaseMessage) Text(sim.Names) string { return fmt.Sprintf("of epoch %d", m.epoch) }

const (
	leaseAsk uint8 = iota
	leaseGrant
	leaseWork
)

// Settings of the protocol.
const (
	leaseTicks = iota
	leaseMargin
)

type leaser struct {
	sim.Base[leaseMessage, sim.NoRecord]
	set     [2]int64
	granted uint64   // of actor 1: the epoch that it granted last
	taken   sim.Time // of actor 1: until when that is taken
	epoch   uint64   // that it holds, or held last; 0: none
	until   sim.Time // when that is over, as it thinks
	wants   bool
}

type leaseEnv = sim.Env[leaseMessage, sim.NoRecord]

func (l *leaser) Request(e *leaseEnv, _ sim.Request) {
	l.wants = true
	e.Send(1, leaseMessage{kind: leaseAsk})
	e.After(25+sim.Time(e.Choose(0, sim.Equal(10))), sim.Timer{})
}

// Timeout works if the lease holds, and else asks for it.
func (l *leaser) Timeout(e *leaseEnv, _ sim.Timer) {
	switch {
	case l.epoch != 0 && e.Now() < l.until:
		e.Send(1, leaseMessage{leaseWork, l.epoch})
	case l.epoch == 0:
		e.Send(1, leaseMessage{kind: leaseAsk})
	default:
		return // it has had its turn
	}
	e.After(25+sim.Time(e.Choose(0, sim.Equal(10))), sim.Timer{})
}

func (l *leaser) Receive(e *leaseEnv, from sim.ID, m leaseMessage) {
	switch {
	case m.kind == leaseAsk && e.Now() >= l.taken:
		l.granted++
		l.taken = e.Now() + sim.Time(l.set[leaseTicks])
		e.Send(from, leaseMessage{leaseGrant, l.granted})
	case m.kind == leaseGrant && m.epoch > l.epoch:
		l.epoch, l.until = m.epoch, e.Now()+sim.Time(l.set[leaseTicks]-l.set[leaseMargin])
		if e.Now() < l.until {
			e.Send(1, leaseMessage{leaseWork, l.epoch})
		}
	}
}

// leaseHistory watches that nobody works once somebody else has begun to.
type leaseHistory struct {
	sim.NoHistory[leaseMessage, sim.NoRecord]
	most uint64
}

func (h *leaseHistory) Reset() { h.most = 0 }

func (h *leaseHistory) Sent(id sim.ID, m leaseMessage) *sim.Violation {
	if m.kind == leaseWork && m.epoch < h.most {
		return &sim.Violation{Invariant: "one-holder", Text: fmt.Sprintf("actor %d works in epoch %d, and %d has begun", id, m.epoch, h.most)}
	}
	if m.kind == leaseWork {
		h.most = m.epoch
	}
	return nil
}

func leases() sim.Protocol {
	return sim.Define[leaser, leaseMessage, sim.NoRecord](sim.Spec[leaser, leaseMessage, sim.NoRecord]{
		Name: "lease",
		Vocabulary: sim.Vocabulary{
			Messages: []string{"Ask", "Grant", "Work"}, Timers: []shown.TimerKind{{Name: "work"}}, Choices: []string{"pause"},
		},
		Settings: []sim.Setting{
			{Name: "ticks", Kind: sim.Count, Default: 200, Min: 1, Max: 100_000},
			{Name: "margin", Kind: sim.Count, Default: 0, Min: 0, Max: 100_000},
		},
		Invariants: []sim.Invariant{{Name: "one-holder", Doc: "one actor works at a time"}},
		Actor: func(s *sim.Scenario, _ sim.Plan) leaser {
			return leaser{set: [2]int64{s.Setting("ticks"), s.Setting("margin")}}
		},
		History: func(*sim.Scenario, sim.Watched) sim.History[leaseMessage, sim.NoRecord] { return &leaseHistory{} },
	})
}

// leased is a scenario in which all ask for the lease, in bad weather.
func leased() *sim.Scenario {
	s := &sim.Scenario{
		Name: "leased", Tick: 100_000, Actors: 4, Protocol: leases(), Settings: []int64{400, 0},
		Network: weather.Network{DelayMin: 5, DelayMax: 60, Loss: scheduler.Certain / 20, Duplicate: scheduler.Certain / 20},
		Crashes: faults.Crashes{Chance: scheduler.Certain / 200, DownMin: 10, DownMax: 50},
		Limits:  sim.Limits{Time: 5000},
	}
	for id := range sim.ID(s.Actors) {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: id + 1, At: sim.Time(id) * 7})
	}
	return s
}
