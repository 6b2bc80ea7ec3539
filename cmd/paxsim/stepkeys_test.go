//go:build unix

package main

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// typist is a person at a terminal.
type typist struct {
	t     *testing.T
	cmd   *exec.Cmd
	tty   *os.File
	fresh *term.State // what a terminal is before anybody uses it
	mu    sync.Mutex
	seen  strings.Builder
	at    int // how much of it was heard
	end   chan struct{}
}

// sitDown starts the command at a terminal of its own.
func sitDown(t *testing.T, args ...string) *typist {
	t.Helper()
	cmd := inDir(t, t.TempDir(), args...)
	cmd.Stdin = nil // the keys that are typed
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Skip("no terminal can be made here: ", err)
	}
	fresh, err := term.GetState(int(ours.Fd())) // the command may be quick to change its own
	if err != nil {
		t.Fatal(err)
	}
	ours.Close()
	theirs.Close()
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	p := &typist{t: t, cmd: cmd, tty: tty, fresh: fresh, end: make(chan struct{})}
	go func() {
		defer close(p.end)
		buf := make([]byte, 1<<12)
		for {
			n, err := tty.Read(buf)
			p.mu.Lock()
			p.seen.Write(buf[:n])
			p.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	stop := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	t.Cleanup(func() { stop.Stop(); tty.Close() })
	return p
}

// say types keys.
func (p *typist) say(keys string) {
	if _, err := p.tty.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

// hear waits until something was shown, after what was heard before.
func (p *typist) hear(what string) {
	p.t.Helper()
	eventually(p.t, "shown: "+what+"\n"+p.all(), func() bool {
		i := strings.Index(p.all()[p.at:], what)
		if i < 0 {
			return false
		}
		p.at += i + len(what)
		return true
	})
}

func (p *typist) all() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen.String()
}

// leave waits for the end, and returns the exit code.
func (p *typist) leave() int {
	<-p.end
	return exitCode(p.t, p.cmd)
}

// TestStepKeys: at a terminal, step has completion, a history, Enter that repeats, and
// a Ctrl-C that clears the line; and it ends with 1 after a violation.
func TestStepKeys(t *testing.T) {
	t.Parallel()
	p := sitDown(t, "step", "literal-acks")
	p.hear("help lists the commands")
	p.hear("> ")
	p.say("ne\t\r") // one word: it is there
	p.hear("next")
	p.hear("actor 1: starts")
	p.hear("> ")
	p.say("\r")
	p.hear("actor 2: starts")
	p.hear("> ")
	p.say("\x1b[A\r") // up
	p.hear("actor 3: starts")
	p.hear("> ")
	p.say("rubbish\x1b[D\x1b[D\x03show 1\r") // Ctrl-C in the middle of a line
	p.hear("actor 1, up")
	p.hear("> ")
	p.say("lose p\t\t") // two kinds begin so: both are listed
	p.hear("Prepare  Promise")
	p.say("e\t1\t") // a message, and who sends it
	p.hear("Prepare 1>")
	p.say("\t") // to whom
	p.hear("1>2  1>3  1>all")
	p.say("2\r")
	p.hear("lost Prepare 1>2 #1 = 1")
	p.hear("> ")
	p.say("\r") // what changes a run is not repeated
	p.hear("> ")
	p.say("\r")
	p.hear("> ")
	p.say("undo\r")
	p.hear("> ")
	p.say("cho\t\t\t\t\x03unt\tagr\t\t\r") // an invariant, and that it breaks
	p.hear("until agreement breaks")
	p.hear("the run ends here: agreement (safety) is ")
	p.hear("> ")
	p.say("\x04")
	if code := p.leave(); code != 1 || strings.Contains(p.all(), "there is no command") || strings.Count(p.all(), "lost Prepare 1>2 #1 = 1") != 1 {
		t.Errorf("exit %d:\n%s", code, p.all())
	}
}

// TestStepExit: exit and goto are words of the dialogue, and without a violation it
// ends with 0. The terminal is left as it was.
func TestStepExit(t *testing.T) {
	t.Parallel()
	p := sitDown(t, "step")
	p.hear("> ")
	p.say("goto 6\r")
	p.hear("client asks for 1a")
	p.hear("> ")
	p.say("exit\r")
	code := p.leave()
	after, err := term.GetState(int(p.tty.Fd()))
	if code != 0 || err != nil || *after != *p.fresh {
		t.Errorf("exit %d, %v, terminal before %v, after %v:\n%s", code, err, p.fresh, after, p.all())
	}
}

// TestStepStops: Ctrl-C while a command is at work stops it, as everywhere.
func TestStepStops(t *testing.T) {
	t.Parallel()
	p := sitDown(t, append([]string{"step"}, endless...)...)
	p.hear("> ")
	p.say("next 4000000\r")
	p.hear("at work, 1s")
	p.say("\x03")
	if code := p.leave(); code != 130 {
		t.Errorf("exit %d:\n%s", code, p.all())
	}
}

// TestStepDumb: a terminal whose cursor cannot move has plain lines.
func TestStepDumb(t *testing.T) {
	t.Parallel()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Skip(err)
	}
	defer ours.Close()
	cmd := inDir(t, t.TempDir(), "step")
	cmd.Env = append(cmd.Env, "TERM=dumb")
	cmd.Stdin, cmd.Stdout = theirs, theirs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	if _, err := ours.WriteString("next\nquit\n"); err != nil {
		t.Fatal(err)
	}
	var out []byte
	buf := make([]byte, 1<<12)
	for {
		n, err := ours.Read(buf)
		if out = append(out, buf[:n]...); err != nil {
			break
		}
	}
	if code := exitCode(t, cmd); code != 0 || strings.Contains(string(out), "\x1b") || !strings.Contains(string(out), "actor 1: starts") {
		t.Errorf("exit %d: %q", code, out)
	}
}

// TestWorking: at a terminal a command that takes long says how far it has come.
func TestWorking(t *testing.T) {
	t.Parallel()
	p := sitDown(t, long...)
	p.hear("0 of 10 runs, ")
	p.hear("\r\x1b[K0 of 10 runs, ") // on a busy machine a second may be left out
	p.say("\x03")
	p.hear("\r\x1b[Kpaxsim: interrupted after 0 of 10 runs\r\n") // it is taken away before anything else is said
	if code := p.leave(); code != 130 || strings.Contains(p.all()[p.at:], "0 of 10 runs, ") {
		t.Errorf("exit %d: %q", code, p.all())
	}
}
