package sim_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/shown"
	"github.com/paxsim/paxsim/sim/weather"
)

// parcel is a message, and a record, that holds memory.
type parcel struct {
	list []int
	loud bool // of another kind
}

func (p parcel) Kind() uint8 {
	if p.loud {
		return 1
	}
	return 0
}
func (p parcel) Hash(d *sim.Digest) {
	d.Mix(uint64(len(p.list)))
	for _, x := range p.list {
		d.Mix(uint64(x))
	}
}
func (p parcel) Text(sim.Names) string { return fmt.Sprint(p.list) }

type parcelEnv = sim.Env[parcel, parcel]

// postman does with a request and a message what a test wants. It comes from a
// factory, since it holds memory of its own.
type postman struct {
	sim.Base[parcel, parcel]
	mine    []int
	request func(*postman, *parcelEnv)
	receive func(*postman, *parcelEnv, parcel)
	start   func(*postman, *parcelEnv)
}

func (p *postman) Request(e *parcelEnv, r sim.Request) {
	e.Answer(r.ID, r.Value)
	p.request(p, e)
}
func (p *postman) Receive(e *parcelEnv, _ sim.ID, m parcel) { p.receive(p, e, m) }
func (p *postman) Timeout(e *parcelEnv, _ sim.Timer)        { p.mine[0]++ }

func (p *postman) Start(e *parcelEnv) {
	if p.start != nil {
		p.start(p, e)
	}
}

// post is the outcome of a run of three postmen of whom the second is asked.
func post(t *testing.T, like postman, sync sim.Time, faults ...faults.Fault) sim.Outcome {
	t.Helper()
	p := sim.Define[postman, parcel, parcel](sim.Spec[postman, parcel, parcel]{
		Name: "post", Vocabulary: sim.Vocabulary{Messages: []string{"Parcel", "Loud"}, Timers: []shown.TimerKind{{Name: "later"}}},
		New: func(_ *sim.Scenario, _ sim.Plan, id sim.ID) postman {
			x := like
			x.mine = []int{int(id), 2, 3}
			return x
		}})
	s := &sim.Scenario{Tick: 1000, Actors: 3, Protocol: p, Network: weather.Network{DelayMin: 10, DelayMax: 10},
		Requests: []sim.ScriptedRequest{{Actor: 2}}, Limits: sim.Limits{Time: 500}, Disk: disks.Disk{Sync: sync}, Faults: faults}
	r := runner(t, s)
	var out sim.Outcome
	for range 2 {
		r.Reset(1, nil)
		tally.Run()
		out = r.Run()
	}
	return out
}

func decides(_ *postman, e *parcelEnv, m parcel) { e.Decide(0, sim.Value(1+len(m.list)), 0) }

// TestStrict: memory that was given away and is written to is told, with whose it was.
func TestStrict(t *testing.T) {
	for name, tt := range map[string]struct {
		like   postman
		sync   sim.Time
		faults []faults.Fault
		want   string // "": all is well
	}{
		"nobody writes": {like: postman{request: func(p *postman, e *parcelEnv) { e.Broadcast(parcel{list: p.mine}) }, receive: decides}},
		"the sender, at once": {like: postman{request: func(p *postman, e *parcelEnv) {
			e.Send(1, parcel{list: p.mine})
			p.mine[1] = 9
		}, receive: decides}, want: "the message Parcel #1 of actor 2 has changed since it was sent in event 4: actor 2, or an actor that has received it, has written to memory that it holds"},
		"the sender, later": {like: postman{request: func(p *postman, e *parcelEnv) {
			e.Broadcast(parcel{list: p.mine, loud: true})
			e.After(5, sim.Timer{})
		}, receive: decides}, want: "the message Loud #1 of actor 2 has changed since it was sent in event 4"},
		"who received it before": {like: postman{request: func(p *postman, e *parcelEnv) { e.Broadcast(parcel{list: p.mine}) },
			receive: func(p *postman, e *parcelEnv, m parcel) { m.list[2]++; decides(p, e, m) }}, want: "the message Parcel #1 of actor 2 has changed"},
		"while it waits for a disk": {like: postman{request: func(p *postman, e *parcelEnv) {
			e.Save(parcel{})
			e.Send(3, parcel{list: p.mine})
			p.mine[0] = 8
		}, receive: decides}, sync: 50, want: "a message Parcel of actor 2 that waits for its disk has changed since it was sent in event 4"},
		"behind a disk, and all is well": {like: postman{request: func(p *postman, e *parcelEnv) {
			e.Save(parcel{})
			e.Broadcast(parcel{list: p.mine})
		}, receive: decides}, sync: 50},
		"what is on the disk": {like: postman{request: func(p *postman, e *parcelEnv) {
			e.Write(2, parcel{list: p.mine})
			e.Sync()
			p.mine[0] = 8
			e.Broadcast(parcel{})
		}, receive: decides}, faults: []faults.Fault{{Name: "crash", At: 5, Until: 9, Crash: aims.These(2)}}, want: "what actor 2 has in slot 2 of its disk has changed since it was saved: actor 2 has written to memory that it holds"},
		"a disk that is left alone": {like: postman{request: func(p *postman, e *parcelEnv) {
			e.Write(2, parcel{list: p.mine})
			e.Sync()
			e.Broadcast(parcel{})
		}, receive: decides, start: func(p *postman, e *parcelEnv) {
			if len(e.Read(2).list) > 0 {
				e.Decide(0, 1, 0)
			}
		}}, faults: []faults.Fault{{Name: "crash", At: 5, Until: 9, Crash: aims.These(2)}}},
	} {
		v := post(t, tt.like, tt.sync, tt.faults...).Violation
		switch {
		case tt.want == "" && v != nil:
			t.Errorf("%s: %s", name, v.Text)
		case tt.want != "" && (v == nil || !strings.HasPrefix(v.Text, tt.want) || v.Invariant != sim.PanicInvariant):
			t.Errorf("%s: got %+v, want %s", name, v, tt.want)
		}
	}
}
