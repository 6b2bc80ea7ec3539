package cli

import (
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/memlimit"
	"github.com/paxsim/paxsim/internal/terminal"
)

// under has the machine set a limit, as long as a test lasts.
func under(t *testing.T, set, leaves uint64) {
	debug.FreeOSMemory() // what other tests have left is not to count
	before := machineLimit
	machineLimit = func() memlimit.Limit {
		return memlimit.Limit{Name: "the memory limit of the cgroup /small", Set: set, Leaves: leaves}
	}
	t.Cleanup(func() { machineLimit = before })
}

// repeating is a run that takes ever more memory, which no estimate foresees.
const repeating = "run --set requests=by-chance --set actors=101 --set network.delay=1ms..1s --set network.loss=30% --set paxos.x=10% --set paxos.repeat=100us --set paxos.repeats=1000 --runs 20 -j 2"

// TestMachineLimit: what the machine leaves counts where it is less than what is
// allowed, before anything is built and while it grows; and the message names it.
func TestMachineLimit(t *testing.T) {
	tests := []struct {
		name, why   string
		set, leaves uint64
		line        string
		code        int
		want        string // in stderr
	}{
		{"fits", "", 256 << 20, 224 << 20, "run --runs 3", exitHeld, ""},
		{"too large", "what is needed, what there is, what would fit", 256 << 20, 224 << 20, "run --set actors=5001 --set network.delay=1ms..1s", exitMachine,
			"need about 6 GiB of memory, and the memory limit of the cgroup /small, 256 MiB, leaves 224 MiB: 927 actors fit, or raise that limit"},
		{"a hunt", "it keeps a world a scenario", 256 << 20, 64 << 20, "fuzz --set actors=1001", exitMachine, "a hunt with up to 1001 actors and 400 events a run needs about"},
		{"workers", "", 64 << 20, 40 << 20, "run --set actors=2001 -j 2 --runs 2", exitMachine, "leaves 40 MiB for all: use -j 1, or raise that limit"},
		{"the flag is tighter", "then it is named", 256 << 20, 224 << 20, "run --set actors=1001 --max-memory 10MiB", exitMachine, "and 10 MiB is allowed: 456 actors fit, or --max-memory 15MiB"},
		{"nothing is left", "not even a word could be said for sure", 32 << 20, 1 << 20, "version", exitMachine,
			"paxsim: the memory limit of the cgroup /small, 32 MiB, leaves 1 MiB, and paxsim needs 32 MiB: raise that limit\n"},
		{"grows", "while it runs", 256 << 20, 200 << 20, repeating, exitMachine, "comes too near to the memory limit of the cgroup /small, 256 MiB: raise that limit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			under(t, tt.set, tt.leaves)
			code, _, errs := command(strings.Fields(tt.line)...)
			if code != tt.code || !strings.Contains(errs, tt.want) || strings.Count(errs, "\n") > 1 {
				t.Errorf("exit %d, %s\nwant %d, %s: %s", code, errs, tt.code, tt.want, tt.why)
			}
		})
	}
}

// TestMachineLimitChangesNoResult: with less memory there are fewer workers, and the
// same bytes.
func TestMachineLimitChangesNoResult(t *testing.T) {
	args := strings.Fields("run lossy --runs 100 --format json")
	_, want, _ := command(args...)
	debug.FreeOSMemory()
	more := 3 * memoryInUse() // that of the tests, which the race detector makes larger
	under(t, 80<<20+more, 48<<20+more)
	if code, got, errs := command(args...); code != exitHeld || got != want {
		t.Errorf("exit %d, %s: other bytes", code, errs)
	}
}

// TestWhoDoesNotLook: what takes twice as much as there may be, and does not look
// whether it should stop, is ended.
func TestWhoDoesNotLook(t *testing.T) {
	ended := make(chan int, 1000)
	before := exit
	exit = func(code int) { ended <- code }
	defer func() { exit = before }()
	var out, errs strings.Builder
	a := &app{out: newOutput(nil, &out), errors: terminal.NewWriter(&errs), cancel: func(error) {}}
	stop := a.watchMemory(&limits{memory: 1 << 20})
	taken := make([]byte, 64<<20)
	for i := range taken {
		taken[i] = 1
	}
	if code := <-ended; code != exitMachine {
		t.Errorf("exit %d", code)
	}
	stop()
	runtime.KeepAlive(taken)
}

// TestShortened: a line of complaint stays one that somebody reads.
func TestShortened(t *testing.T) {
	if got := shortened("short"); got != "short" {
		t.Error(got)
	}
	got := shortened("begin" + strings.Repeat("é", 5000) + "end")
	if len(got) > 900 || !strings.HasPrefix(got, "begin") || !strings.HasSuffix(got, "end") || strings.ToValidUTF8(got, "?") != got {
		t.Errorf("%d bytes: %s", len(got), got)
	}
}

// TestGarbageIsNotInUse: what only waits to be collected stops no command.
func TestGarbageIsNotInUse(t *testing.T) {
	debug.FreeOSMemory()
	const taking = 96 << 20
	most := memoryInUse() + taking*5/6
	take := func() []byte {
		taken := make([]byte, taking)
		for i := range taken {
			taken[i] = 1
		}
		return taken
	}
	_ = take()
	var g gauge
	if used := g.used(most); used > most {
		t.Errorf("%d bytes of %d are in use after what was taken is of no use any more", used, most)
	}
	taken := take()
	if used := new(gauge).used(most); used <= most {
		t.Errorf("%d bytes of %d are in use, with 96 MiB that are", used, most)
	}
	most = memoryInUse() - 1<<20
	if used := g.used(most); used != most {
		t.Errorf("the garbage was collected just now: %d, not %d", used, most)
	}
	if most /= 2; g.used(most) <= most {
		t.Error("twice as much is taken for garbage")
	}
	runtime.KeepAlive(taken)
}
