package memlimit

import (
	"os"
	"path/filepath"
	"testing"
)

// TestCgroup finds the tightest limit of a cgroup and of those above it, wherever
// it is mounted, and in both versions.
func TestCgroup(t *testing.T) {
	const v1 = "30 20 0:25 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory\n"
	const v2 = "31 20 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n"
	tests := []struct {
		name, why  string
		in, mounts string
		files      map[string]string
		limit      uint64 // 0: none
		of         string
	}{
		{"v2", "its own", "0::/a/b\n", v2, map[string]string{"sys/fs/cgroup/a/b/memory.max": "268435456\n", "sys/fs/cgroup/a/memory.max": "max\n"}, 256 << 20, "/a/b"},
		{"v2 above", "that of its parent is tighter", "0::/a/b\n", v2, map[string]string{"sys/fs/cgroup/a/b/memory.max": "268435456\n", "sys/fs/cgroup/a/memory.max": "1048576\n"}, 1 << 20, "/a"},
		{"v2 none", "max is no number", "0::/a\n", v2, map[string]string{"sys/fs/cgroup/a/memory.max": "max\n"}, 0, ""},
		{"v1", "among other controllers", "5:cpu:/x\n4:memory,hugetlb:/a\n", v1, map[string]string{"sys/fs/cgroup/memory/a/memory.limit_in_bytes": "104857600\n"}, 100 << 20, "/a"},
		{"v1 none", "its number for none", "4:memory:/a\n", v1, map[string]string{"sys/fs/cgroup/memory/a/memory.limit_in_bytes": "9223372036854771712\n"}, 0, ""},
		{"both", "the tighter one counts", "4:memory:/a\n0::/b\n", v1 + v2, map[string]string{"sys/fs/cgroup/memory/a/memory.limit_in_bytes": "104857600\n", "sys/fs/cgroup/b/memory.max": "50000000\n"}, 50_000_000, "/b"},
		{"container", "the mount begins at its cgroup", "0::/docker/1/sub\n", "31 20 0:26 /docker/1 /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n", map[string]string{"sys/fs/cgroup/sub/memory.max": "70000000\n"}, 70_000_000, "/sub"},
		{"inside", "the path is not to be seen from inside", "0::/../x\n", "31 20 0:26 /../.. /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n", map[string]string{"sys/fs/cgroup/memory.max": "70000000\n"}, 70_000_000, "/"},
		{"space", "mountinfo writes it otherwise", "0::/a\n", `31 20 0:26 / /my\040mount rw - cgroup2 cgroup2 rw` + "\n", map[string]string{"my mount/a/memory.max": "70000000\n"}, 70_000_000, "/a"},
		{"unknown", "no such hierarchy is mounted", "0::/a\n", v1, nil, 0, ""},
		{"strange", "lines of a later version", "hello\n", "hello\n", nil, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			write := func(name, text string) {
				name = filepath.Join(root, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			write("proc/self/cgroup", tt.in)
			write("proc/self/mountinfo", tt.mounts)
			for name, text := range tt.files {
				write(name, text)
			}
			got := cgroup(root)
			switch {
			case tt.limit == 0 && got.Is():
				t.Errorf("%+v, want none: %s", got, tt.why)
			case tt.limit > 0 && (got.Set != tt.limit || got.Name != "the memory limit of the cgroup "+tt.of || got.Leaves >= got.Set):
				t.Errorf("%+v, want %d of %s: %s", got, tt.limit, tt.of, tt.why)
			}
		})
	}
}

// TestLeaves: a limit leaves less than it is, and never less than nothing.
func TestLeaves(t *testing.T) {
	for _, tt := range []struct{ set, taken, want uint64 }{
		{0, 0, 0}, {1 << 20, around, 0}, {160 << 20, 16 << 20, 134 << 20}, {1 << 62, 0, 1<<62 - 1<<58},
	} {
		if got := leaves(tt.set, tt.taken); got != tt.want {
			t.Errorf("%d, of which %d are taken: %d, want %d", tt.set, tt.taken, got, tt.want)
		}
	}
}
