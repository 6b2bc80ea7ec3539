//go:build unix

package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/paxsim/paxsim/internal/gate"
)

// firstScreen is how many lines at most come before the first heading of a page: a
// reader sees them without scrolling.
const firstScreen = 45

// TestTwoCommands: the first screen of README.md has two commands to type in a clone,
// and after the second a browser has a run. With the build tag gate the clone is a
// fresh one.
func TestTwoCommands(t *testing.T) {
	tree := filepath.Join(root, "../..")
	list := commandsOfFirstScreen(t, filepath.Join(tree, "README.md"))
	if len(list) != 2 {
		t.Fatalf("the first screen has the commands %q, and two are wanted", list)
	}
	if gate.On {
		fresh := t.TempDir()
		if out, err := exec.Command("git", "clone", "-q", tree, fresh).CombinedOutput(); err != nil {
			t.Skipf("no git, or no repository: %v\n%s", err, out)
		}
		tree = fresh
	}
	first := exec.CommandContext(t.Context(), "sh", "-c", list[0])
	first.Dir = tree
	if out, err := first.CombinedOutput(); err != nil || !strings.Contains(string(out), ": held") {
		t.Fatalf("%s: %v\n%s", list[0], err, out)
	}
	opened := openedBy(t, tree, list[1])
	r, err := http.Get(opened)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	page, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK || !strings.HasPrefix(string(page), "<!DOCTYPE html>") {
		t.Errorf("%s: %s, %v, %.200s", opened, r.Status, err, page)
	}
}

// commandsOfFirstScreen are the commands in code at the top of a page.
func commandsOfFirstScreen(t *testing.T, page string) (list []string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	top, _, _ := strings.Cut(string(text), "\n## ")
	if lines := strings.Count(top, "\n"); lines > firstScreen {
		t.Errorf("%s has %d lines before its first heading: that is more than a screen", page, lines)
	}
	for line := range strings.SplitSeq(top, "\n") {
		if line = strings.TrimPrefix(line, prompt); strings.HasPrefix(line, "go run ") {
			list = append(list, line)
		}
	}
	return list
}

// openedBy is the address that a command opens in a browser. The command ends with the
// test.
func openedBy(t *testing.T, tree, command string) string {
	t.Helper()
	bin := t.TempDir()
	pipe := filepath.Join(bin, "opened")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{"xdg-open", "open"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\necho \"$1\" > "+pipe+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = tree
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // go run has a child
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	end := func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
	late := time.AfterFunc(5*time.Minute, end)
	t.Cleanup(func() {
		late.Stop()
		end()
		_ = cmd.Wait()
	})
	f, err := os.OpenFile(pipe, os.O_RDWR, 0) // does not wait for the other end
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_ = f.SetReadDeadline(time.Now().Add(5 * time.Minute))
	address, err := bufio.NewReader(f).ReadString('\n')
	if err != nil {
		t.Fatalf("%s opens nothing: %v", command, err)
	}
	return strings.TrimSpace(address)
}
