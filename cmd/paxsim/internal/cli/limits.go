package cli

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sort"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/memlimit"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/part"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
)

// usualMemory is the bound on memory where no flag says otherwise. It has nothing
// to do with the machine: what is refused on one is refused on all. Where a cgroup or
// ulimit allows less, that is the bound. It decides whether a run is made and by how
// many workers, and nothing of what comes out.
const usualMemory = 4 << 30

// maxJobs is how many workers one command may be asked for.
const maxJobs = 1024

// limits are the flags that bound what a command takes of the machine.
type limits struct {
	jobs      uint64
	jobsGiven bool   // by a person, not by default
	memory    uint64 // bytes
}

// addJobs adds -j.
func (l *limits) addJobs(f *pflag.FlagSet) {
	l.jobs = uint64(min(runtime.GOMAXPROCS(0), maxJobs))
	f.VarP(jobsFlag{numberFlag{&l.jobs, 1, maxJobs}}, "jobs", "j", "how many runs at the same time (default one a core)")
}

// jobsFlag is a number flag whose default is not told as a number: help is the
// same on every machine.
type jobsFlag struct{ numberFlag }

func (jobsFlag) String() string { return "" }

// addMemory adds --max-memory.
func (l *limits) addMemory(f *pflag.FlagSet) {
	l.memory = usualMemory
	f.Var(sizeFlag{&l.memory}, "max-memory", "refuse what needs more memory than this")
}

// args are the flags again that decide whether a run is made.
func (l *limits) args() []string {
	if l.memory == usualMemory {
		return nil
	}
	return []string{"--max-memory", exactSize(l.memory)}
}

// exit ends the process, and leaves nothing half; tests have it do something else.
var exit = func(code int) {
	part.RemoveAll()
	os.Exit(code)
}

// leastMemory is what paxsim needs to say anything at all.
const leastMemory = 32 << 20

// enough says whether the machine leaves this process what it needs.
func enough() error {
	if m := machineLimit(); m.Leaves < leastMemory {
		return &failure{exitMachine, fmt.Sprintf("%s, %s, leaves %s, and paxsim needs %s: raise that limit", m.Name, size(m.Set), size(m.Leaves), size(leastMemory))}
	}
	return nil
}

// machineLimit is what the machine allows this process: its cgroup, and ulimit.
var machineLimit = sync.OnceValue(memlimit.Find)

// allowed is how much memory there may be, and what says so: the flag, or the
// machine if it has less. what is a sentence without its beginning.
func (l *limits) allowed() (bytes uint64, what string) {
	if m := machineLimit(); m.Leaves < l.memory {
		return m.Leaves, fmt.Sprintf("%s, %s, leaves %s", m.Name, size(m.Set), size(m.Leaves))
	}
	return l.memory, size(l.memory) + " is allowed"
}

// more tells how to be allowed so much memory.
func (l *limits) more(bytes uint64) string {
	if m := machineLimit(); m.Leaves < bytes && m.Leaves < l.memory {
		return "raise that limit"
	}
	return "--max-memory " + roomFor(bytes)
}

// workers is how many workers make so many runs of a scenario. An error says
// that they would need more memory than there may be.
func (l *limits) workers(s *sim.Scenario, runs uint64) (int, error) {
	need := fmt.Sprintf("%s: %d actors with these delays and faults need", s.Name, s.Actors)
	return l.share(need, s.Actors, runs, func(actors int) uint64 {
		fewer := *s
		fewer.Actors = min(actors, s.Actors)
		return campaign.Memory(&fewer)
	})
}

// hunters is workers for a hunt, of a name.
func (l *limits) hunters(name string, h *campaign.Hunt, runs uint64) (int, error) {
	most := 0
	for _, v := range h.Ground {
		most = max(most, v.Actors)
	}
	need := fmt.Sprintf("%s: a hunt with up to %d actors and %d events a run needs", name, most, h.Budget.Events)
	return l.share(need, most, runs, func(actors int) uint64 {
		fewer := *h
		fewer.Ground = nil
		for _, v := range h.Ground {
			s := *v.Scenario
			s.Actors = min(actors, s.Actors)
			fewer.Ground = append(fewer.Ground, campaign.Variant{Scenario: &s})
		}
		return fewer.Memory()
	})
}

// share is how many workers make so many runs of so many actors. memory says what one
// worker needs for a number of actors. need is how an error begins.
func (l *limits) share(need string, actors int, runs uint64, memory func(actors int) uint64) (int, error) {
	one := memory(actors)
	want := campaign.Workers(runs, int(max(l.jobs, 1)))
	bytes, what := l.allowed()
	fit := int(min(bytes/one, maxJobs))
	switch {
	case fit == 0:
		room := sort.Search(actors, func(i int) bool { return memory(i+1) > bytes })
		return 0, &failure{exitMachine, fmt.Sprintf("%s about %s of memory, and %s: %s, or %s", need, size(one), what, wouldFit(room), l.more(one))}
	case want > fit && l.jobsGiven:
		return 0, &failure{exitMachine, fmt.Sprintf("-j %d: each worker needs about %s of memory, and %s for all: use -j %d, or %s",
			l.jobs, size(one), what, fit, l.more(uint64(want)*one))}
	}
	return min(want, fit), nil
}

// wouldFit says that there is room for so many actors.
func wouldFit(actors int) string {
	switch actors {
	case 0:
		return "not even 1 actor fits"
	case 1:
		return "1 actor fits"
	}
	return fmt.Sprintf("%d actors fit", actors)
}

// lookAtMemory is how often the memory in use is looked at.
const lookAtMemory = 20 * time.Millisecond

// toStop is how long a command has to stop before it is ended, if it goes on to take
// memory.
const toStop = time.Second

// gauge measures the memory in use, and does not count what only waits to be
// collected.
type gauge struct{ collected time.Time }

// collectEvery is how often, at most, the garbage is collected for that.
const collectEvery = time.Second

// used is the memory in use, in bytes. If that is a little more than most, the garbage
// is collected first. Just after that as much counts as most: it is not known to be
// more than garbage.
func (g *gauge) used(most uint64) uint64 {
	used := memoryInUse()
	if used <= most || used > most+most/4 {
		return used
	}
	if used <= most+most/8 && time.Since(g.collected) < collectEvery {
		return most
	}
	debug.FreeOSMemory()
	g.collected = time.Now()
	return memoryInUse()
}

// watchMemory stops the command if it takes more memory than there may be: the
// estimate cannot foresee what every setting makes of a run. The function that it
// returns ends the watch.
func (a *app) watchMemory(l *limits) (stop func()) {
	most, why := l.memory, fmt.Sprintf("is more than the %s that is allowed; --max-memory %s allows more", size(l.memory), roomFor(2*l.memory))
	restore := func() {}
	if m := machineLimit(); m.Leaves < l.memory {
		most = m.Leaves * 4 / 9 // a list that grows by a quarter is there twice for a moment
		why = fmt.Sprintf("comes too near to %s, %s: raise that limit", m.Name, size(m.Set))
		before := debug.SetMemoryLimit(int64(most - most/8))
		restore = func() { debug.SetMemoryLimit(before) }
	}
	done := make(chan struct{})
	before := memoryInUse()
	go func() {
		tick := time.NewTicker(lookAtMemory)
		defer tick.Stop()
		var asked time.Time // when the command was asked to stop
		var gauge gauge
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			used := gauge.used(most)
			told := &failure{exitMachine, fmt.Sprintf("the memory in use, %s, %s", size(used), why)}
			if used > most && asked.IsZero() {
				a.cancel(told)
				asked = time.Now()
			}
			if used > 2*most && used-before > most && time.Since(asked) > toStop { // whoever is at work does not look, and takes ever more
				a.remark("%s: %v\n", terminal.Program(), told)
				exit(exitMachine)
			}
		}
	}()
	return func() { close(done); restore() }
}

// memoryInUse is what the process holds of the machine's memory, in bytes.
func memoryInUse() uint64 {
	m := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(m)
	return m[0].Value.Uint64() - m[1].Value.Uint64()
}
