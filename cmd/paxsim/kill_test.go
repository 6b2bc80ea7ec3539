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
	t.Chdir(t.TempDir())
	hunt := func(out string, more ...string) []string {
		return append([]string{"fuzz", "--mutant", "brooker", "--only", "agreement", "--runs", "30000", "--format", "json", "--out", out}, more...)
	}
	// The names of files are in what is printed: so all hunts leave theirs in a
	// directory of the same name.
	kept := func() map[string]string {
		files := map[string]string{}
		list, err := os.ReadDir("found")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			data, err := os.ReadFile(filepath.Join("found", f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			files[f.Name()] = string(data)
		}
		return files
	}
	begun := time.Now()
	cmd, out, diagnostics := start(t, hunt("found")...)
	want, _ := io.ReadAll(out)
	if code := exitCode(t, cmd); code != 1 || diagnostics.Len() > 0 {
		t.Fatalf("exit %d, %s", code, diagnostics)
	}
	takes := time.Since(begun)
	wantFiles := kept()
	if err := os.RemoveAll("found"); err != nil {
		t.Fatal(err)
	}

	dice := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano()))) // each time other moments
	kills, resumed, hunts := 0, 0, 0
	for hunts = 0; kills < 20; hunts++ {
		for {
			j := []string{"1", "2", "5"}[dice.IntN(3)]
			cmd, out, diagnostics := start(t, hunt("found", "--resume", "--save-every", "1ms", "-j", j)...)
			time.AfterFunc(time.Duration(dice.Int64N(int64(takes)/2)), func() { _ = cmd.Process.Kill() }) // it may be over
			got, _ := io.ReadAll(out)
			code := exitCode(t, cmd)
			if !strings.Contains(diagnostics.String(), "this one begins") {
				resumed++
			}
			if code < 0 {
				kills++
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
			if _, ok := wantFiles[name]; !ok && filepath.Ext(name) == ".json" || name == "hunt.resume" {
				t.Errorf("%s is left", name)
			}
		}
		if err := os.RemoveAll("found"); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("killed %d times, gone on with %d times, in %d hunts of %v", kills, resumed, hunts, takes)
	if resumed < 5 {
		t.Errorf("killed %d times, and gone on with only %d times", kills, resumed)
	}
}
