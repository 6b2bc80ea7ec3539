//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// trial is what a command comes to in one go, and what becomes of it otherwise.
type trial struct {
	*testing.T
	subject
	dice  *rand.Rand
	takes time.Duration
	out   string            // what it prints
	made  map[string]string // the files that it leaves, by name
}

// ran is a command that has ended.
type ran struct {
	out, diagnostics string
	code             int           // 128 and the signal of which it died, as a shell tells it
	died             bool          // of a signal
	after            time.Duration // it took to end, from the signal on
}

// run runs the command in a directory. at says what happens to it meanwhile.
func (x *trial) run(dir, more string, at func(*os.Process)) *ran {
	x.Helper()
	cmd := exec.Command("paxsim", strings.Fields(x.args+" "+more)...)
	var out, diagnostics bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &diagnostics
	cmd.Env = append(os.Environ(), "TMPDIR="+dir) // so that nothing is left anywhere
	if x.input != "" {
		in, feed, err := os.Pipe()
		if err != nil {
			x.Fatal(err)
		}
		defer in.Close()
		cmd.Stdin = in
		go x.feed(feed)
	}
	if err := cmd.Start(); err != nil {
		x.Fatal(err)
	}
	guard := time.AfterFunc(2*time.Minute, func() { cmd.Process.Kill() })
	defer guard.Stop()
	if at != nil {
		at(cmd.Process)
	}
	begun := time.Now()
	_ = cmd.Wait() // its code tells
	r := &ran{out: out.String(), diagnostics: diagnostics.String(), code: cmd.ProcessState.ExitCode(), after: time.Since(begun)}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		r.died, r.code = true, 128+int(status.Signal())
	}
	return r
}

// feed gives the command its input, a little at a time.
func (x *trial) feed(to io.WriteCloser) {
	defer to.Close()
	text := x.input
	if name, ok := strings.CutPrefix(text, "@"); ok {
		data, err := os.ReadFile(name)
		if err != nil {
			x.Error(err)
		}
		text = string(data)
	}
	const parts = 20
	for part := range slices.Chunk([]byte(text), len(text)/parts+1) {
		if _, err := to.Write(part); err != nil {
			return // nobody reads any more
		}
		time.Sleep(time.Millisecond)
	}
}

// inOneGo finds out what the command comes to if nothing stops it.
func (x *trial) inOneGo() {
	dir := x.TempDir()
	begun := time.Now()
	r := x.run(dir, "", nil)
	x.takes = time.Since(begun)
	if r.code != x.code || r.diagnostics != "" {
		x.Fatalf("exit %d, %s", r.code, r.diagnostics)
	}
	x.out, x.made = r.out, filesIn(x.T, dir)
	for _, name := range x.files {
		if x.made[name] == "" {
			x.Fatalf("it writes no %s", name)
		}
	}
}

// moment is when a signal comes: more often than not in the first milliseconds and
// about the end.
func (x *trial) moment() time.Duration {
	switch x.dice.IntN(4) {
	case 0:
		return time.Duration(x.dice.Int64N(int64(8 * time.Millisecond)))
	case 1:
		return x.takes*8/10 + time.Duration(x.dice.Int64N(int64(x.takes*3/10)))
	}
	return time.Duration(x.dice.Int64N(int64(x.takes)))
}

// end ends the command by signals, and looks at what is there then.
func (x *trial) end(e *ends, n int) {
	dir := x.TempDir()
	old := map[string]string{}
	if n%2 == 0 {
		for _, name := range x.files {
			old[name] = x.made[name] + "\n" // a file of the same kind
			if err := os.WriteFile(filepath.Join(dir, name), []byte(old[name]), 0o666); err != nil {
				x.Fatal(err)
			}
		}
	}
	first, second := x.moment(), time.Duration(x.dice.Int64N(int64(20*time.Millisecond)))
	r := x.run(dir, "", func(p *os.Process) {
		time.Sleep(first)
		for i, s := range e.signals {
			if i > 0 {
				time.Sleep(second)
			}
			_ = p.Signal(s) // it may be over
		}
	})
	wrong := x.judge(e, r, old, filesIn(x.T, dir))
	killed := e.signals[0] == syscall.SIGKILL
	if killed || x.goesOn != "" {
		wrong = append(wrong, x.goOn(dir)...)
	}
	if len(wrong) > 0 {
		e.wrong++
		x.Errorf("%s after %v of %v: exit %d\n%s\n%s", signalText(e.signals), first, x.takes, r.code, strings.Join(wrong, "\n"), r.diagnostics)
	}
	e.slowest = max(e.slowest, r.after)
}

// judge says what is wrong with an end.
func (x *trial) judge(e *ends, r *ran, old, is map[string]string) (wrong []string) {
	add := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	killed := e.signals[0] == syscall.SIGKILL
	asked := slices.ContainsFunc(e.signals, func(s syscall.Signal) bool { return r.code == 128+int(s) }) // two that come together have no order
	switch {
	case r.code == x.code:
		e.over++
		if r.out != x.out {
			add("it is over, and what it printed is another")
		}
	case killed:
		e.stopped++
	case r.died:
		e.early++
		if r.out != "" || r.diagnostics != "" {
			add("it died in the middle: %s", r.out)
		}
	default:
		e.stopped++
		if !strings.HasPrefix(r.diagnostics, "paxsim: interrupted") && len(e.signals) == 1 {
			add("it does not say that it was interrupted")
		}
	}
	if r.code != x.code && !asked {
		add("exit %d", r.code)
	}
	if r.out != "" && !strings.HasSuffix(r.out, "\n") {
		add("the last row is half: %q", r.out[max(0, len(r.out)-100):])
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		text := is[name]
		switch before, there := old[name]; {
		case strings.HasPrefix(name, ".") && killed:
		case strings.HasPrefix(name, "."):
			add("%s is left", name)
		case there && text == before:
		case !isWhole(name, text) && (!killed || name != "rows.jsonl"):
			add("%s is not whole", name)
		case slices.Contains(x.files, name) && !strings.HasSuffix(name, ".prof") && text != x.made[name] && (!x.partial || r.code == x.code):
			add("%s is another", name)
		}
	}
	for name := range old {
		if _, there := is[name]; !there {
			add("%s is gone", name)
		}
	}
	return wrong
}

// goOn lets the command go on, or run anew, in the same directory: it comes to
// what it comes to in one go, and clears up.
func (x *trial) goOn(dir string) (wrong []string) {
	r := x.run(dir, x.goesOn, nil)
	if r.code != x.code || r.out != x.out {
		wrong = append(wrong, fmt.Sprintf("gone on with, it exits with %d and prints %d bytes, not %d: %s", r.code, len(r.out), len(x.out), r.diagnostics))
	}
	is := filesIn(x.T, dir)
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if _, ok := x.made[name]; !ok {
			wrong = append(wrong, fmt.Sprintf("gone on with, it leaves %s", name))
		}
	}
	for name, text := range x.made {
		if is[name] != text && !strings.HasSuffix(name, ".prof") && name != "rows.jsonl" {
			wrong = append(wrong, fmt.Sprintf("gone on with, it makes another %s", name))
		}
	}
	return wrong
}

// filesIn are the files in a directory, with what they hold.
func filesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// isWhole says whether a file ends as files of its kind do.
func isWhole(name, text string) bool {
	switch filepath.Ext(name) {
	case ".json":
		return json.Valid([]byte(text))
	case ".prof":
		return strings.HasPrefix(text, "\x1f\x8b")
	case ".html":
		return strings.HasSuffix(text, "</html>\n")
	case ".svg":
		return strings.HasSuffix(text, "</svg>\n")
	}
	return text == "" || strings.HasSuffix(text, "\n")
}
