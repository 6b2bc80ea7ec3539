package cli

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"time"

	"github.com/spf13/pflag"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
)

// usualMemory is the bound on memory where no flag says otherwise. It has nothing
// to do with the machine: what is refused on one is refused on all.
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

// workers is how many workers make so many runs of a scenario. An error says
// that they would need more memory than is allowed.
func (l *limits) workers(s *sim.Scenario, runs uint64) (int, error) {
	one := campaign.Memory(s)
	want := campaign.Workers(runs, int(max(l.jobs, 1)))
	fit := int(min(l.memory/one, maxJobs))
	switch {
	case fit == 0:
		return 0, usage("%s: %d actors with these delays and faults need about %s of memory, and %s is allowed: use fewer actors, or --max-memory %s",
			s.Name, s.Actors, size(one), size(l.memory), roomFor(one))
	case want > fit && l.jobsGiven:
		return 0, usage("-j %d: each worker needs about %s of memory, and %s is allowed for all: use -j %d, or --max-memory %s",
			l.jobs, size(one), size(l.memory), fit, roomFor(uint64(want)*one))
	}
	return min(want, fit), nil
}

// lookAtMemory is how often the memory in use is looked at.
const lookAtMemory = 50 * time.Millisecond

// watchMemory stops the command if it takes more memory than is allowed: the
// estimate cannot foresee what every setting makes of a run. The function that it
// returns ends the watch.
func (a *app) watchMemory(most uint64) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(lookAtMemory)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			if used := memoryInUse(); used > most {
				a.cancel(&failure{exitMachine, fmt.Sprintf("the memory in use, %s, is more than the %s that is allowed; --max-memory %s allows more", size(used), size(most), roomFor(2*most))})
				return
			}
		}
	}()
	return func() { close(done) }
}

// memoryInUse is what the process holds of the machine's memory, in bytes.
func memoryInUse() uint64 {
	m := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(m)
	return m[0].Value.Uint64() - m[1].Value.Uint64()
}
