//go:build unix

package main

import (
	"bufio"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestPlayServes: play prints one line, the address of a page that is there until a signal
// ends it. A page of another address gets nothing.
func TestPlayServes(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("paxsim", "play", "lossy", "--seed", "7")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var says strings.Builder
	cmd.Stderr = &says
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	address, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err, says.String())
	}
	address = strings.TrimSpace(address)
	for suffix, want := range map[string]int{"": http.StatusOK, "x": http.StatusNotFound, "../": http.StatusNotFound} {
		r, err := http.Get(address + suffix)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || r.StatusCode != want || strings.HasPrefix(string(page), "<!DOCTYPE html>") != (want == http.StatusOK) {
			t.Errorf("%s: %d, %v, %.100s", address+suffix, r.StatusCode, err, page)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(lines)
	if code := exitCode(t, cmd); err != nil || code != 130 || len(rest) > 0 || !strings.HasSuffix(says.String(), "paxsim: interrupted\n") {
		t.Errorf("%v: exit %d, %q, %q", err, code, rest, says.String())
	}
	if _, err := http.Get(address); err == nil {
		t.Error("the page is there after the end")
	}
}
