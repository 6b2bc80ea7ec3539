package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKill: a hunt that is killed at random moments, 20 in all, and gone on with
// by any number of workers, comes to what it comes to in one go: the same bytes
// on stdout and in the files that it leaves, and no other files.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some time")
	}
	t.Parallel()
	dir := t.TempDir()
	hunt := func(out string, more ...string) []string {
		return append([]string{"fuzz", "--mutant", "brooker", "--only", "agreement", "--runs", "10000", "--format", "json", "--out", out}, more...)
	}
	// The names of files are in what is printed: so all hunts leave theirs in a
	// directory of the same name.
	kept := func() map[string]string {
		files := map[string]string{}
		list, err := os.ReadDir(filepath.Join(dir, "found"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			data, err := os.ReadFile(filepath.Join(dir, "found", f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			files[f.Name()] = string(data)
		}
		return files
	}
	begun := time.Now()
	cmd, out, diagnostics := startIn(t, dir, hunt("found")...)
	want, _ := io.ReadAll(out)
	if code := exitCode(t, cmd); code != 1 || diagnostics.Len() > 0 {
		t.Fatalf("exit %d, %s", code, diagnostics)
	}
	takes := time.Since(begun)
	wantFiles := kept()
	if err := os.RemoveAll(filepath.Join(dir, "found")); err != nil {
		t.Fatal(err)
	}

	dice := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano()))) // each time other moments
	kills, resumed, hunts, damaged := 0, 0, 0, false
	for hunts = 0; kills < 20; hunts++ {
		for {
			j := []string{"1", "2", "5"}[dice.IntN(3)]
			cmd, out, diagnostics := startIn(t, dir, hunt("found", "--resume", "--save-every", "1ms", "-j", j)...)
			time.AfterFunc(time.Duration(dice.Int64N(int64(takes)/2)), func() { _ = cmd.Process.Kill() }) // it may be over
			got, _ := io.ReadAll(out)
			code := exitCode(t, cmd)
			if !strings.Contains(diagnostics.String(), "this one begins") {
				resumed++
			}
			if code < 0 {
				kills++
				if kills == 1 || !damaged {
					damaged = refusesDamage(t, dir, hunt)
				}
				continue
			}
			if code != 1 || !bytes.Equal(got, want) {
				t.Fatalf("exit %d, %s\n%s\nnot\n%s", code, diagnostics, got, want)
			}
			break
		}
		files := kept()
		for name, text := range wantFiles {
			if files[name] != text {
				t.Errorf("%s is another", name)
			}
		}
		for name := range files {
			if _, ok := wantFiles[name]; !ok { // also nothing half, by whichever process
				t.Errorf("%s is left", name)
			}
		}
		if err := os.RemoveAll(filepath.Join(dir, "found")); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("killed %d times, gone on with %d times, in %d hunts of %v", kills, resumed, hunts, takes)
	if resumed < 5 || !damaged {
		t.Errorf("killed %d times, and gone on with only %d times", kills, resumed)
	}
}

// refusesDamage says whether there is something to go on with, and holds it against
// another hunt, and against what is left of it if a digit is another.
func refusesDamage(t *testing.T, dir string, hunt func(string, ...string) []string) bool {
	t.Helper()
	name := filepath.Join(dir, "found", "hunt.resume")
	whole, err := os.ReadFile(name)
	if err != nil {
		return false
	}
	refused := func(text, why string, args ...string) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd, out, diagnostics := startIn(t, dir, hunt("found", append(args, "--resume")...)...)
		got, _ := io.ReadAll(out)
		if code := exitCode(t, cmd); code != 2 || len(got) > 0 || !strings.Contains(diagnostics.String(), why) {
			t.Errorf("exit %d, %s; want %q", code, diagnostics, why)
		}
	}
	refused(string(whole), "it is of another hunt: depth: 3, not 4", "--depth", "4")
	refused(strings.Replace(string(whole), `"done":`, `"done":1`, 1), "it is damaged")
	refused(string(whole[:len(whole)/2]), "it is damaged")
	refused(string(whole[:20]), "it is no hunt that can be gone on with")
	if err := os.WriteFile(name, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	return true
}
