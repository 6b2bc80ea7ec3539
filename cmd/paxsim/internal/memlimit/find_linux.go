package memlimit

import (
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
)

// Find is the tightest limit of this process, as it is now.
func Find() Limit {
	size, data := taken()
	return tighter(cgroup(""), tighter(
		shell("the limit on address space, ulimit -v", syscall.RLIMIT_AS, size),
		shell("the limit on data, ulimit -d", syscall.RLIMIT_DATA, data)))
}

// The runtime asks the system for memory in arenas, and reserves the whole of each; a
// thread that the C library makes has a stack and an arena of its own.
const (
	arena  = 64 << 20
	thread = 8<<20 + 64<<20
)

// shell is a limit that a shell has set. The process has taken some of it.
func shell(name string, resource int, taken uint64) Limit {
	var r syscall.Rlimit
	if err := syscall.Getrlimit(resource, &r); err != nil || r.Cur >= 1<<60 {
		return None
	}
	n := r.Cur
	taken += threads()
	if taken >= n {
		return Limit{name, n, 0}
	}
	whole := (n - taken) / arena * arena
	return Limit{name, n, whole - whole/spare}
}

// threads is what threads may still take of the address space.
func threads() uint64 {
	info, ok := debug.ReadBuildInfo()
	for i := 0; ok && i < len(info.Settings); i++ {
		if s := info.Settings[i]; s.Key == "CGO_ENABLED" && s.Value == "0" {
			return 0
		}
	}
	return uint64(min(runtime.GOMAXPROCS(0), 16)+4) * thread
}

// taken is what the process has of the address space, and of that as data.
func taken() (size, data uint64) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(text)) {
		word := strings.Fields(line)
		if len(word) < 2 {
			continue
		}
		switch n, _ := strconv.ParseUint(word[1], 10, 64); word[0] {
		case "VmSize:":
			size = n << 10
		case "VmData:":
			data = n << 10
		}
	}
	return size, data
}
