//go:build linux

package main

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
)

var (
	mutatedFiles  = flag.Int("files", 18, "how many damaged files TestMutated makes of each format")
	mutatedSeed   = flag.Uint64("mutated.seed", 1, "which files TestMutated makes")
	mutatedFormat = flag.String("format", "", "TestMutated: this format alone")
)

// TestMutated makes damaged files of every format that the command reads, and holds
// what becomes of them: an exit code that is one, a line or a few of complaint that
// quote no more than a line, no panic, and never more memory than four times the
// file and 64 MB. The full one, of 10,000 files a format:
//
//	go test ./cmd/paxsim -run Mutated -files 10000 -timeout 0 -v
func TestMutated(t *testing.T) {
	formats := specimens(t)
	found := map[[2]string]*tally{}
	base := readAll(t, []job{{Args: []string{"version"}}})[0].Peak
	for i, f := range formats {
		if *mutatedFormat != "" && f.name != *mutatedFormat {
			continue
		}
		dice := rand.New(rand.NewPCG(*mutatedSeed, uint64(i)))
		whole, small := newBatch(t), newBatch(t)
		for _, s := range f.samples {
			whole.add(f, "whole", s)
		}
		whole.run(found, base)
		for n := range *mutatedFiles {
			kind := damages[n%len(damages)]
			s := f.samples[dice.IntN(len(f.samples))]
			size, way := sizeOf(n, dice)
			data := f.mended(enlarged(kind.of(s, dice), f, size, way, dice))
			if len(data) >= 1<<20 { // alone, so that its memory is its own
				large := newBatch(t)
				large.add(f, kind.name, data)
				large.run(found, base)
				continue
			}
			small.add(f, kind.name, data)
			if len(small.jobs) == 200 {
				small.run(found, base)
				small = newBatch(t)
			}
		}
		small.run(found, base)
	}
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "format\tdamage\tfiles\texit codes\tgreatest file\tgreatest peak\tof what is allowed")
	for _, f := range formats {
		for _, kind := range append([]damage{{name: "whole"}}, damages...) {
			if x := found[[2]string{f.name, kind.name}]; x != nil {
				fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\t%d%%\n", f.name, kind.name, x.files, x.exits(), megabytes(x.largest), megabytes(x.peak), x.part)
			}
		}
	}
	w.Flush()
	t.Logf("\n%s", &text)
}

// sizeOf is how large a file is made, and in which way: most stay small, a few of a
// thousand become 1, 16 and 60 MB. Of the first few one nests and one is a list.
func sizeOf(n int, dice *rand.Rand) (size, way int) {
	way = dice.IntN(1 << 20)
	switch {
	case n < 2:
		return 16 << 20, n
	case n < 1000:
		return 0, 0
	case dice.IntN(1000) == 0:
		return 60 << 20, way
	case dice.IntN(500) == 0:
		return 16 << 20, way
	case dice.IntN(100) == 0:
		return 1 << 20, way
	}
	return 0, 0
}

// tally is what became of the files of a format and a kind of damage.
type tally struct {
	files   int
	codes   map[int]int
	largest int64 // file
	peak    int64 // of a process that read such files, above that of one which reads nothing
	part    int64 // percent of the memory that is allowed, at most
}

func (x *tally) exits() string {
	var list []string
	for _, code := range slices.Sorted(maps.Keys(x.codes)) {
		list = append(list, fmt.Sprintf("%d: %d", code, x.codes[code]))
	}
	return strings.Join(list, ", ")
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// batch are files that one process reads, one after the other.
type batch struct {
	t     *testing.T
	dir   string
	jobs  []job
	kinds [][2]string
	sizes []int64
}

func newBatch(t *testing.T) *batch { return &batch{t: t, dir: t.TempDir()} }

// add writes a file.
func (b *batch) add(f *specimen, kind string, data []byte) {
	b.t.Helper()
	dir := filepath.Join(b.dir, fmt.Sprint(len(b.jobs)))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		b.t.Fatal(err)
	}
	name := filepath.Join(dir, f.file)
	for name, data := range map[string][]byte{name: data, filepath.Join(dir, "like.yaml"): []byte("paxsim: 1\nbase: ./base.yaml\n")} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			b.t.Fatal(err)
		}
	}
	command := f.commands[len(b.jobs)%len(f.commands)]
	if len(data) >= 1<<20 || kind == "whole" {
		command = f.commands[0]
	}
	j := job{}
	for word := range strings.FieldsSeq(command) {
		switch word {
		case "<FILE":
			j.Stdin = name
		case "MEMORY": // what is large is refused, and runs nothing
			if len(data) < 1<<20 {
				j.Args = append(j.Args, "--max-memory", "40MiB")
			}
		case "TEXT": // an argument: the system has a bound of its own
			j.Args = append(j.Args, string(data[:min(len(data), 100_000)]))
		default:
			j.Args = append(j.Args, strings.NewReplacer("FILE", name, "DIR", dir).Replace(word))
		}
	}
	b.jobs = append(b.jobs, j)
	b.kinds = append(b.kinds, [2]string{f.name, kind})
	b.sizes = append(b.sizes, int64(len(data)))
}

// run has a process read the files, takes up what came of it, and takes the files
// away. base is what a process takes that reads nothing.
func (b *batch) run(found map[[2]string]*tally, base int64) {
	b.t.Helper()
	if len(b.jobs) == 0 {
		return
	}
	results := readAll(b.t, b.jobs)
	keep := false
	if len(results) < len(b.jobs) {
		keep = true
		b.t.Errorf("the process ended at file %d: %.300q", len(results), b.jobs[len(results)])
	}
	for i, r := range results {
		x := found[b.kinds[i]]
		if x == nil {
			x = &tally{codes: map[int]int{}}
			found[b.kinds[i]] = x
		}
		above, allowed := max(0, r.Peak-base), 4*b.sizes[i]+64<<20
		x.files++
		x.codes[r.Code]++
		x.largest = max(x.largest, b.sizes[i])
		x.peak = max(x.peak, above)
		x.part = max(x.part, 100*above/allowed)
		why := r.wrong(b.kinds[i][1])
		if above > allowed {
			why = fmt.Sprintf("exit %d, %s of memory, and %s are allowed", r.Code, megabytes(above), megabytes(allowed))
		}
		if why != "" {
			keep = true
			b.t.Errorf("%.300q: %s", b.jobs[i], why)
		}
	}
	if keep {
		kept, err := os.MkdirTemp("", "paxsim-mutated.")
		if err == nil {
			err = os.CopyFS(kept, os.DirFS(b.dir))
		}
		b.t.Logf("kept in %s: %v", kept, err)
	}
	_ = os.RemoveAll(b.dir) // thousands of files
}
