//go:build linux

package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
)

// specimen is a format: whole files of it, and what reads them.
type specimen struct {
	name     string
	file     string   // what a file of it is called
	commands []string // in turn; FILE, DIR (where it is), <FILE and TEXT (what is in it) stand for a file, and MEMORY for a bound on what runs take
	samples  [][]byte
	mend     func([]byte) []byte // what makes a damaged one look whole at first; nil: nothing
}

func (f *specimen) mended(data []byte) []byte {
	if f.mend == nil {
		return data
	}
	return f.mend(data)
}

// hunting is the hunt whose state is a specimen: few runs, so that what can be gone
// on with is over soon.
const hunting = "fuzz --mutant brooker --strategy feedback --runs 6000 -j 1 --save-every 1ns --out "

// specimens makes whole files of each format by the command itself.
func specimens(t *testing.T) []*specimen {
	t.Helper()
	t.Chdir(t.TempDir())
	call := func(line string) []byte {
		t.Helper()
		var out, diagnostics bytes.Buffer
		if code := cli.Main(strings.Fields(line), strings.NewReader(""), &out, &diagnostics); code == 2 || code > 4 {
			t.Fatalf("%s: exit %d, %s", line, code, &diagnostics)
		}
		return out.Bytes()
	}
	read := func(pattern string) (all [][]byte) {
		t.Helper()
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %v", pattern, names, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, data)
		}
		return all
	}
	call("run lossy --save lossy.run.json")
	call("run rolling-restarts --seed 3 --save restarts.run.json")
	call("run stormy-periods --save periods.run.json")
	call("fuzz --mutant brooker --runs 4000 --out found")
	call("export lossy --to jsonl -o lossy.jsonl")
	call("export crash-anywhere --seed 2 --to jsonl -o crash.jsonl")
	state := killed(t)
	rows := read(filepath.Join(root, "../../docs/bench/rows.jsonl"))[0]
	rows = bytes.Join(bytes.SplitAfterN(rows, []byte("\n"), 60)[:59], nil)
	if err := os.WriteFile("few.jsonl", rows, 0o666); err != nil {
		t.Fatal(err)
	}
	return []*specimen{
		{name: "scenario", file: "x.yaml", samples: read(filepath.Join(root, "../../scenarios/library/*.yaml")),
			commands: []string{"scenarios vet FILE", "run FILE --runs 1 --format json MEMORY", "scenarios show FILE", "scenarios test FILE --runs 3 MEMORY"}},
		{name: "base", file: "base.yaml", samples: read(filepath.Join(root, "../../scenarios/library/l*.yaml")),
			commands: []string{"scenarios vet DIR/like.yaml", "run DIR/like.yaml --runs 1 MEMORY"}},
		{name: "--set", file: "set", samples: [][]byte{[]byte("network.loss=10%"), []byte("requests=[{actor: 1, at: 1ms}]"), []byte("faults.cut1={at: 1ms, until: 2ms, isolate: [1]}"), []byte("actors=7")},
			commands: []string{"run --runs 1 --set TEXT MEMORY", "run --runs 1 --only TEXT", "sweep --runs 1 --vary TEXT MEMORY"}},
		{name: "run file", file: "x.run.json", samples: append(read("*.run.json"), read("found/*.run.json")...),
			commands: []string{"replay FILE MEMORY", "export FILE --to text MEMORY", "export - --to mermaid MEMORY <FILE", "diff FILE MEMORY", "step FILE MEMORY", "view FILE -o DIR/x.html MEMORY", "replay - MEMORY <FILE", "run --save FILE"}},
		{name: "trace", file: "x.jsonl", samples: append(read("lossy.jsonl"), read("crash.jsonl")...),
			commands: []string{"export FILE --to text", "export - --to jsonl <FILE", "replay FILE", "diff FILE FILE", "export FILE --to perfetto", "export FILE --to shiviz"}},
		{name: "shard", file: "x.shard", samples: [][]byte{call("fuzz --runs 3000 --shard 1/2 --format json"), call("fuzz --mutant brooker --runs 2000 --format json")},
			commands: []string{"merge FILE", "merge - <FILE"}},
		{name: "hunt", file: "hunt.resume", samples: [][]byte{state}, commands: []string{hunting + "DIR --resume"}},
		{name: "hunt, its sum mended", file: "hunt.resume", samples: [][]byte{state}, commands: []string{hunting + "DIR --resume"}, mend: mendSum},
		{name: "rows", file: "rows.jsonl", samples: [][]byte{rows},
			commands: []string{"zoo --bench --report --rows FILE"}},
		{name: "settings", file: "bench.yaml", samples: read(filepath.Join(root, "internal/bench/settings.yaml")),
			commands: []string{"zoo --bench --report --settings FILE --rows few.jsonl"}},
		{name: "dialogue", file: "commands", samples: [][]byte{[]byte("next\nnext 3\nback\nnext 20\n")},
			commands: []string{"step <FILE", "step lossy --seed 2 <FILE", "step --engine searched <FILE"}},
	}
}

// killed is the state of a hunt that was killed.
func killed(t *testing.T) []byte {
	t.Helper()
	for range 100 {
		cmd, out, _ := startIn(t, "", strings.Fields(hunting+"killed")...)
		for begun := time.Now(); time.Since(begun) < 10*time.Second; time.Sleep(time.Millisecond) {
			if _, err := os.Stat("killed/hunt.resume"); err == nil {
				break
			}
		}
		_ = cmd.Process.Kill() // it may be over
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
		if data, err := os.ReadFile("killed/hunt.resume"); err == nil {
			return data
		}
	}
	t.Fatal("the hunt is over before it can be killed")
	return nil
}

// mendSum makes the state of a hunt agree with the sum in its first line.
func mendSum(data []byte) []byte {
	head, body, ok := bytes.Cut(data, []byte("\n"))
	i := bytes.Index(head, []byte(`"sha256":"`))
	if !ok || i < 0 {
		return data
	}
	sum := sha256.Sum256(bytes.TrimSuffix(body, []byte("\n")))
	return append(fmt.Appendf(nil, "%s\"sha256\":\"%x\"}\n", head[:i], sum), body...)
}
