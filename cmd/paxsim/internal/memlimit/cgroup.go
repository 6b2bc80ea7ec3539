package memlimit

import (
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// cgroup is the tightest memory limit of the cgroups that the process is in, of
// both versions, and of those above them. root is in front of every path: "" but
// in tests.
func cgroup(root string) Limit {
	in, err := os.ReadFile(root + "/proc/self/cgroup")
	if err != nil {
		return None
	}
	mounts, err := os.ReadFile(root + "/proc/self/mountinfo")
	if err != nil {
		return None
	}
	least := None
	for line := range strings.Lines(string(in)) { // 4:memory:/build, or 0::/build
		part := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(part) != 3 {
			continue
		}
		hierarchy, file := "", ""
		switch {
		case part[0] == "0" && part[1] == "":
			hierarchy, file = "cgroup2", "memory.max"
		case listed(part[1], "memory"):
			hierarchy, file = "cgroup", "memory.limit_in_bytes"
		default:
			continue
		}
		if top, below, ok := mounted(string(mounts), hierarchy, part[2]); ok {
			least = tighter(least, upwards(root+top, below, file))
		}
	}
	return least
}

func listed(list, word string) bool {
	for w := range strings.SplitSeq(list, ",") {
		if w == word {
			return true
		}
	}
	return false
}

// mounted is where the hierarchy of a cgroup is to be seen, and the path of the
// cgroup from there on.
func mounted(mounts, hierarchy, group string) (top, below string, ok bool) {
	for line := range strings.Lines(mounts) {
		place, system, found := strings.Cut(line, " - ")
		at, is := strings.Fields(place), strings.Fields(system)
		if !found || len(at) < 5 || len(is) < 3 || is[0] != hierarchy || hierarchy == "cgroup" && !listed(is[2], "memory") {
			continue
		}
		switch from := at[3]; {
		case from == "/":
			return unescaped(at[4]), group, true
		case group == from || strings.HasPrefix(group, from+"/"):
			return unescaped(at[4]), strings.TrimPrefix(group, from), true
		}
		return unescaped(at[4]), "/", true // seen from inside, it is the top
	}
	return "", "", false
}

// unescaped is a path of mountinfo, which writes a space as \040.
func unescaped(text string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(text)
}

// upwards is the tightest limit of a cgroup and of those above it.
func upwards(top, group, file string) Limit {
	least := None
	for group = path.Clean("/" + group); ; group = path.Dir(group) {
		text, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(group), file))
		if err == nil {
			n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64) // "max" is none
			if err == nil && n < 1<<60 {
				least = tighter(least, Limit{"the memory limit of the cgroup " + group, n, leaves(n, around)})
			}
		}
		if group == "/" {
			return least
		}
	}
}
