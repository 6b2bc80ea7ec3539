//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// stops are the signals that end a command, with their exit codes and what the
// command then says.
var stops = []struct {
	signal syscall.Signal
	code   int
	text   string
}{
	{syscall.SIGINT, 130, "paxsim: interrupted"},
	{syscall.SIGTERM, 143, "paxsim: interrupted by SIGTERM"},
	{syscall.SIGHUP, 129, "paxsim: interrupted by SIGHUP"},
}

// Commands are not to ignore what these tests ignore, under nohup or in the
// background of a shell: a signal that somebody listens to is none that a new
// process ignores. In the command itself nothing happens here.
func init() {
	for _, s := range []os.Signal{syscall.SIGINT, syscall.SIGHUP} {
		if signal.Ignored(s) && strings.HasSuffix(os.Args[0], ".test") {
			signal.Notify(make(chan os.Signal, 1), s)
		}
	}
}

// TestInterrupt: what there is by then, then a note; whatever the format, the phase
// and the signal, and however many workers.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	many := []string{"run", "lossy", "--runs", "1000000000"}
	tests := []struct {
		name string
		args []string
		when string // rows: some have been read; work: it has worked for a while
		says string // after the usual text
		last string // the last line of the results begins so, or so; "": there are none; "*": any
	}{
		{"csv", append(many, "-j", "1", "--format", "csv"), "rows", " after ", "*"},
		{"csv, 2 workers", append(many, "-j", "2", "--format", "csv"), "rows", " after ", "*"},
		{"json, 7 workers", append(many, "-j", "7", "--format", "json"), "rows", " after ", `{"summary":{`},
		{"table", append(many, "-j", "2", "--format", "table"), "work", " after ", "checked   16 invariants"},
		{"a long run", append(long, "-j", "1"), "work", " after 0 of 10 runs", "runs      none"},
		{"a long run, 2 workers", append(long, "-j", "2"), "work", " after 0 of 10 runs", "runs      none"},
		{"a trace", append(long, "--trace", "--format", "csv"), "rows", "", "*"},
		{"a hunt", []string{"fuzz", "--runs", "1000000000", "-j", "2"}, "work", " after ", "checked   16 invariants|runs      none"},
		{"a hunt by time", []string{"fuzz", "--for", "1h", "-j", "1", "--format", "json"}, "work", " after ", `{"summary":{`},
		{"an export", append([]string{"export", "--to", "jsonl"}, long[1:]...), "rows", "", "*"},
		{"a page", append([]string{"view"}, long[1:]...), "work", "", ""},
		{"a story", append([]string{"shrink", "happy-path"}, long[1:]...), "work", "", ""},
		{"a difference", append([]string{"diff", "happy-path", "--seed", "1", "--seed", "2"}, long[1:]...), "work", "", ""},
		{"a sweep", strings.Fields("sweep lossy --vary paxos.repeats=0..99/100 --runs 3000 --format csv"), "rows", " after ", "*"},
		{"the first point", strings.Fields("sweep lossy --vary actors=3,5 --runs 1000000000 --plot x.svg"), "work", " after 0 of 2 points", ""},
		{"a test", strings.Fields("scenarios test thousand-actors majority-cut --runs 1000000"), "work", " after 0 of 2 scenarios", ""},
		{"a check", strings.Fields("check duelling-proposers"), "work", " after ", "handler calls "},
		{"a check, depth first", strings.Fields("check duelling-proposers --depth-first --own inline --crashes 2"), "work", " after ", "handler calls "},
		{"a check in json", strings.Fields("check thousand-actors --set actors=64 --set requests.1.actor=1 --format json"), "work", " after ", `{"scenario":"thousand-actors"`},
		{"a test in json", strings.Fields("scenarios test thousand-actors majority-cut --runs 1000000 --format json"), "work", " after 0 of 2 scenarios", ""},
	}
	for i, tt := range tests {
		by := stops[i%len(stops)]
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			cmd, out, diagnostics := startIn(t, dir, tt.args...)
			if tt.when == "rows" {
				io.ReadFull(out, make([]byte, 100))
			} else {
				atWork(t, cmd)
			}
			if err := cmd.Process.Signal(by.signal); err != nil {
				t.Fatal(err)
			}
			rest, _ := io.ReadAll(out)
			if code := exitCode(t, cmd); code != by.code || !strings.HasPrefix(diagnostics.String(), by.text+tt.says) {
				t.Errorf("exit %d, stderr %q", code, diagnostics)
			}
			lines := strings.Split(strings.TrimSpace(string(rest)), "\n")
			if last := lines[len(lines)-1]; tt.last != "*" && !beginsWithOne(last, strings.Split(tt.last, "|")) || tt.last == "" && last != "" || strings.HasPrefix(last, "{") && !strings.HasSuffix(last, "}") {
				t.Errorf("the last line is %q", last)
			}
			if files := filesIn(t, dir); len(files) > 0 {
				t.Errorf("there are files: %v", files)
			}
		})
	}
}

// TestInterruptedSweep: it says what its table covers, and draws as much.
func TestInterruptedSweep(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd, out, _ := startIn(t, dir, strings.Fields("sweep lossy --vary paxos.repeats=0..99/100 --runs 1000 --plot x.svg")...)
	atWorkFor(t, cmd, 80)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(out)
	code := exitCode(t, cmd)
	covers := regexp.MustCompile(`\npoints    the first (\d+) of 100, up to paxos\.repeats=\d+, each under`).FindSubmatch(text)
	if code != 130 || covers == nil {
		t.Fatalf("exit %d: %s", code, text)
	}
	picture, err := os.ReadFile(filepath.Join(dir, "x.svg"))
	if want := fmt.Sprintf("interrupted: the first %s of 100 points", covers[1]); err != nil || !strings.Contains(string(picture), want) {
		t.Errorf("%v, and it does not say: %s", err, want)
	}
}

func beginsWithOne(line string, begins []string) bool {
	return slices.ContainsFunc(begins, func(begin string) bool { return strings.HasPrefix(line, begin) })
}

// atWork waits until a command has worked for a while: until then it reads and
// checks what it was asked for.
func atWork(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	atWorkFor(t, cmd, 10)
}

// atWorkFor waits until a command has worked for so many hundredths of a second.
func atWorkFor(t *testing.T, cmd *exec.Cmd, least int) {
	t.Helper()
	stat := fmt.Sprintf("/proc/%d/stat", cmd.Process.Pid)
	if _, err := os.Stat(stat); err != nil {
		time.Sleep(400 * time.Millisecond) // nobody can tell here
		return
	}
	eventually(t, "it has worked for a while", func() bool {
		text, _ := os.ReadFile(stat)
		_, after, _ := strings.Cut(string(text), ") ") // behind its name
		fields := strings.Fields(after)
		if len(fields) < 13 {
			t.Fatalf("it has ended: %q", text)
		}
		user, _ := strconv.Atoi(fields[11]) // in hundredths of a second
		system, _ := strconv.Atoi(fields[12])
		return user+system >= least
	})
}

// TestInterruptWaiting: a command that waits for its input, for the other end of a
// pipe to be opened, or for somebody to read what it writes, ends as soon.
func TestInterruptWaiting(t *testing.T) {
	t.Parallel()
	for i, tt := range []struct {
		name, args, says string
		input            bool // so much that it has read some of it
		blocked          bool // nobody reads its output
	}{
		{"input", "replay -", " after 0 of 1 file", true, false},
		{"input of an export", "export -", "", true, false},
		{"input of a page", "view - -o -", "", true, false},
		{"parts", "merge -", "", true, false},
		{"a second file", "replay no.run.json -", " after 1 of 2 files", false, false},
		{"rows", "run lossy --runs 1000000000 --format csv --cpuprofile x.prof", "; nobody reads standard output", false, true},
		{"a trace", "export --set actors=301 --to jsonl", "", false, true},
		{"a page", "view --set actors=301 -o -", "", false, true},
	} {
		by := stops[i%len(stops)]
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			cmd := exec.Command("paxsim", strings.Fields(tt.args)...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "TMPDIR="+dir)
			out, into, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			defer into.Close()
			cmd.Stdout = into
			in, _ := cmd.StdinPipe()
			diagnostics, _ := cmd.StderrPipe()
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			stop := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
			defer stop.Stop()
			said := ""
			switch {
			case tt.input:
				io.WriteString(in, strings.Repeat(" ", 1<<17)) // more than a pipe holds
			case tt.blocked:
				eventually(t, "the pipe is full", func() bool { return isFull(t, into) })
			default:
				b := make([]byte, 1)
				for !strings.HasSuffix(said, "\n") { // about the file that is not there
					if _, err := diagnostics.Read(b); err != nil {
						t.Fatal(err)
					}
					said += string(b)
				}
			}
			if err := cmd.Process.Signal(by.signal); err != nil {
				t.Fatal(err)
			}
			rest, _ := io.ReadAll(diagnostics)
			if code := exitCode(t, cmd); code != by.code || !strings.HasPrefix(string(rest), by.text+tt.says) || strings.Count(string(rest), "\n") != 1 {
				t.Errorf("exit %d, stderr %q", code, rest)
			}
			for name := range filesIn(t, dir) {
				if name != "x.prof" {
					t.Errorf("%s is left", name)
				}
			}
		})
	}
}

// isFull says whether a pipe takes no more.
func isFull(t *testing.T, into *os.File) bool {
	t.Helper()
	raw, err := into.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	full := false
	err = raw.Control(func(fd uintptr) {
		fds := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}
		n, err := unix.Poll(fds, 0)
		full = err == nil && n == 0
	})
	return err == nil && full
}

// TestInterruptStep: a dialogue ends while it waits for a command, and in the middle of
// one.
func TestInterruptStep(t *testing.T) {
	t.Parallel()
	for i, say := range []string{"", "to end\n", "until Nack sent\n", "lose Ask 3>2\n"} {
		by := stops[i%len(stops)]
		t.Run(say, func(t *testing.T) {
			t.Parallel()
			cmd, in, out, diagnostics := dialogue(t, endless...)
			defer in.Close()
			io.ReadFull(out, make([]byte, 20))
			if io.WriteString(in, say); say != "" {
				atWork(t, cmd)
			}
			if err := cmd.Process.Signal(by.signal); err != nil {
				t.Fatal(err)
			}
			go io.Copy(io.Discard, out)
			if code := exitCode(t, cmd); code != by.code || diagnostics.String() != by.text+"\n" {
				t.Errorf("exit %d, stderr %q", code, diagnostics)
			}
		})
	}
}

// TestIgnoredSignals: what was ignored when the command began stays ignored, as
// under nohup, and in the background of a shell without job control.
func TestIgnoredSignals(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("sh", "-c", `trap "" HUP INT; exec paxsim step literal-acks`)
	cmd.Dir = t.TempDir()
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	io.ReadFull(out, make([]byte, 20)) // it listens to signals by now
	for _, s := range []os.Signal{syscall.SIGHUP, syscall.SIGINT} {
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(100 * time.Millisecond) // by then it would have ended
	io.WriteString(in, "to end\n")
	in.Close()
	rest, _ := io.ReadAll(out)
	if code := exitCode(t, cmd); code != 1 || !strings.Contains(string(rest), "> to end\n") { // literal-acks breaks agreement
		t.Errorf("exit %d, %s", code, rest)
	}
}

// TestSecondSignal: whoever sends another signal has had enough. What waits for its
// reader ends at once, and leaves nothing behind.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd := exec.Command("paxsim", strings.Fields("run lossy --runs 1000000000 --format csv --cpuprofile x.prof")...)
	cmd.Dir = dir
	out, into, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	defer into.Close()
	cmd.Stdout = into
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the pipe is full", func() bool { return isFull(t, into) })
	if files := filesIn(t, dir); len(files) != 1 {
		t.Errorf("no part file is there: %v", files)
	}
	begun := time.Now()
	for _, s := range []os.Signal{syscall.SIGTERM, syscall.SIGINT} {
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
	// Two signals that come together have no order.
	if code, took := exitCode(t, cmd), time.Since(begun); code != 143 && code != 130 || took > 1500*time.Millisecond {
		t.Errorf("exit %d, after %v", code, took)
	}
	if files := filesIn(t, dir); len(files) > 0 {
		t.Errorf("there are files: %v", files)
	}
}

// TestQuit: the signal that makes a Go program list what it does still does, and
// nothing is left behind.
func TestQuit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd, _, diagnostics := startIn(t, dir, append(long, "--runs", "1", "--cpuprofile", "x.prof")...)
	eventually(t, "a part file is there", func() bool { return len(filesIn(t, dir)) == 1 })
	atWork(t, cmd)
	if err := cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	if code := exitCode(t, cmd); code != 2 || !strings.HasPrefix(diagnostics.String(), "SIGQUIT: quit\n") {
		t.Errorf("exit %d, %.200s", code, diagnostics)
	}
	if files := filesIn(t, dir); len(files) > 0 {
		t.Errorf("there are files: %v", files)
	}
}
