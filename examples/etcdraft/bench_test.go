package etcdraft

import (
	"crypto/rand"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/disks"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/weather"
	"go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"
)

// What paxsim costs beside the library alone: 60 virtual seconds of three nodes, from
// the election on, with a tick every 100 ms, a command every second, and a snapshot
// every 16 entries.

const (
	benchSeconds = 60
	benchEvery   = 16
)

// calmScenario asks for a command a second, of one actor after the other.
func calmScenario(actors int, words map[string]int64) *sim.Scenario {
	const second = 10_000 // in ticks of 100 µs
	s := &sim.Scenario{
		Name: "calm", Tick: 100_000, Actors: actors, Protocol: Protocol,
		Network: weather.Network{DelayMin: 10, DelayMax: 100},
		Disk:    disks.Disk{Sync: 10},
		Limits:  sim.Limits{Time: 2 * benchSeconds * second},
	}
	for i := range benchSeconds {
		s.Requests = append(s.Requests, sim.ScriptedRequest{Actor: sim.ID(i%actors) + 1, At: sim.Time(i+1) * second})
	}
	return set(s, words)
}

// set changes settings of the protocol.
func set(s *sim.Scenario, words map[string]int64) *sim.Scenario {
	s.Settings = nil
	for _, x := range settings {
		value, is := words[x.Name]
		if !is {
			value = x.Default
		}
		s.Settings = append(s.Settings, value)
	}
	return s
}

func BenchmarkSimulated(b *testing.B) {
	for _, x := range []struct {
		name   string
		actors int
		words  map[string]int64
	}{
		{"ticks", 3, map[string]int64{"snapshot": benchEvery}},
		{"timers", 3, map[string]int64{"snapshot": benchEvery, "clock": clockTimers}},
		{"ticks-snapshot-4", 3, nil},
		{"timers-5", 5, map[string]int64{"clock": clockTimers}},
	} {
		b.Run(x.name, func(b *testing.B) {
			w, err := Protocol.New(calmScenario(x.actors, x.words))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for i := range b.N {
				w.Reset(uint64(i), nil)
				if o := w.Run(); o.Verdict != observe.VerdictDecided {
					b.Fatalf("%+v", o)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchSeconds, "ns/virtual-s")
		})
	}
}

// BenchmarkOfBare makes both in turn, and compares the fastest of each, which other work
// on the machine moves least. Both build all memory that they need in a run.
func BenchmarkOfBare(b *testing.B) {
	for name, words := range map[string]map[string]int64{
		"ticks":  {"snapshot": benchEvery},
		"timers": {"snapshot": benchEvery, "clock": clockTimers},
	} {
		b.Run(name, func(b *testing.B) {
			w, err := Protocol.New(calmScenario(3, words))
			if err != nil {
				b.Fatal(err)
			}
			alone, simulated := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
			for i := range b.N {
				begun := time.Now()
				bare(b, 3)
				alone = min(alone, time.Since(begun))
				begun = time.Now()
				w.Reset(uint64(i), nil)
				w.Run()
				simulated = min(simulated, time.Since(begun))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(simulated)/float64(alone), "of-bare")
			b.ReportMetric(float64(simulated.Microseconds())/benchSeconds, "µs/virtual-s")
		})
	}
}

// BenchmarkWeather is a minute of weather.
func BenchmarkWeather(b *testing.B) {
	for _, x := range []struct {
		actors int
		clock  string
	}{{3, "ticks"}, {3, "timers"}, {5, "ticks"}, {5, "timers"}} {
		b.Run(fmt.Sprintf("%d-%s", x.actors, x.clock), func(b *testing.B) {
			w, err := Protocol.New(load(b, "weather", fmt.Sprintf("actors=%d", x.actors), "etcdraft.clock="+x.clock))
			if err != nil {
				b.Fatal(err)
			}
			for i := range b.N {
				w.Reset(uint64(i), nil)
				w.Run()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/seed")
		})
	}
}

// BenchmarkBare drives the library by a plain loop that does no more than it must.
func BenchmarkBare(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		bare(b, 3)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchSeconds, "ns/virtual-s")
}

// bare is the library in a plain loop: all nodes tick, then messages are handed over
// until there are none. Commands are applied, and snapshots taken.
func bare(tb testing.TB, actors int) {
	before := rand.Reader
	defer func() { rand.Reader = before }()
	rand.Reader = &counter{}
	nodes, storages := make([]*raft.RawNode, actors), make([]*raft.MemoryStorage, actors)
	m := member{config: config{actors: actors}}
	for i := range nodes {
		storages[i] = raft.NewMemoryStorage()
		must(storages[i].ApplySnapshot(&raftpb.Snapshot{Metadata: &raftpb.SnapshotMetadata{ConfState: m.voters()}}))
		var err error
		nodes[i], err = raft.NewRawNode(&raft.Config{
			ID: uint64(i) + 1, ElectionTick: 10, HeartbeatTick: 1, Storage: storages[i], MaxSizePerMsg: 1 << 20,
			MaxInflightMsgs: 256, CheckQuorum: true, PreVote: true, Logger: nobody,
		})
		must(err)
	}
	var wire []*raftpb.Message
	machines, taken := make([]machine, actors), make([]uint64, actors)
	work := func(i int) {
		for nodes[i].HasReady() {
			r := nodes[i].Ready()
			must(storages[i].Append(r.Entries))
			wire = append(wire, r.Messages...)
			for _, e := range r.CommittedEntries {
				if len(e.GetData()) > 0 {
					machines[i].add(applied{decode(e.GetData()), e.GetIndex(), e.GetTerm()})
				}
				machines[i].index = e.GetIndex()
			}
			nodes[i].Advance(r)
			if at := machines[i].index; at >= taken[i]+benchEvery {
				_, err := storages[i].CreateSnapshot(at, m.voters(), machines[i].encode())
				must(err)
				must(storages[i].Compact(at - 1))
				taken[i] = at
			}
		}
	}
	deliver := func() {
		for at := 0; at < len(wire); at++ {
			x := wire[at]
			_ = nodes[x.GetTo()-1].Step(x)
			work(int(x.GetTo()) - 1)
		}
		wire = wire[:0]
	}
	for second := range benchSeconds + 3 {
		for range 10 {
			for i := range nodes {
				nodes[i].Tick()
				work(i)
			}
			deliver()
		}
		if second >= 2 && second < benchSeconds+2 {
			i := second % actors
			_ = nodes[i].Propose(command{sim.Value(second), sim.ID(i) + 1, sim.RequestID(second)}.encode())
			work(i)
			deliver()
		}
	}
	for i := range machines {
		if n := len(machines[i].commands); n != benchSeconds {
			tb.Fatalf("node %d has applied %d commands", i+1, n)
		}
	}
}

// counter is a source of numbers that differ.
type counter struct{ n byte }

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		c.n++
		p[i] = c.n % 10
	}
	return len(p), nil
}
