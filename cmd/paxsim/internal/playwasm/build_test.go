package playwasm

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestNoSource: what is missing is told in one line, and what to do instead.
func TestNoSource(t *testing.T) {
	var none *NoSource
	if _, err := sourceOf(); !errors.As(err, &none) { // go test writes the main of a test
		t.Errorf("a main that is nowhere: %v", err)
	}
	empty := t.TempDir()
	_, err := build(t.Context(), empty)
	if !errors.As(err, &none) || !strings.Contains(err.Error(), "is built from source") || !strings.Contains(err.Error(), empty) || strings.Contains(err.Error(), "\n") {
		t.Errorf("a folder without source: %v", err)
	}
	broken := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module broken\n\ngo 1.26\n", "main.go": "package main\n\nfunc main() { missing() }\n"} {
		if err := os.WriteFile(filepath.Join(broken, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := build(t.Context(), broken); !errors.As(err, &none) || !strings.Contains(err.Error(), "main.go:3:15: undefined: missing") {
		t.Errorf("a source that does not build: %v", err)
	}
	t.Setenv("PATH", empty)
	if _, err := build(t.Context(), empty); !errors.As(err, &none) || !strings.Contains(err.Error(), "there is no Go tool here") {
		t.Errorf("no Go tool: %v", err)
	}
}

// TestBuildEnds: whoever interrupts the build does not wait for it.
func TestBuildEnds(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := build(ctx, "../.."); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestCompress: what is packed is whole, and the same each time.
func TestCompress(t *testing.T) {
	data := bytes.Repeat([]byte("a run of paxsim "), 10_000)
	packed, err := compress(data)
	again, err2 := compress(data)
	if err != nil || err2 != nil || !bytes.Equal(packed, again) {
		t.Fatal(err, err2)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if back, err := io.ReadAll(r); err != nil || !bytes.Equal(back, data) {
		t.Errorf("%v: %d bytes", err, len(back))
	}
}

// TestCache: an engine is kept whole or not at all, by build, and only the last ones.
func TestCache(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "play")
	of := func(i int) cache { return cache{folder, fmt.Sprintf("%032x", i)} }
	if of(0).read() != nil {
		t.Error("something is kept before anything was")
	}
	for i := range mostKept + 2 {
		of(i).write(&Engine{[]byte{byte(i + 1)}, []byte("go")})
		at := time.Now().Add(time.Duration(i-100) * time.Minute)
		if err := os.Chtimes(filepath.Join(folder, of(i).name+wasmEnd), at, at); err != nil {
			t.Fatal(err)
		}
	}
	for i := range mostKept + 2 {
		e := of(i).read()
		if want := i >= 2; (e != nil) != want {
			t.Errorf("engine %d: %+v", i, e)
		}
		if e != nil && (e.Wasm[0] != byte(i+1) || string(e.Exec) != "go") {
			t.Errorf("engine %d is %+v", i, e)
		}
	}
	last := of(mostKept + 1)
	if err := os.Truncate(filepath.Join(folder, last.name+wasmEnd), 0); err != nil {
		t.Fatal(err)
	}
	if last.read() != nil {
		t.Error("an empty file is an engine")
	}
	if (cache{}).read() != nil {
		t.Error("no cache keeps something")
	}
	(cache{}).write(&Engine{}) // and that is no failure
	if list, err := os.ReadDir(folder); err != nil || len(list) != 2*mostKept {
		t.Errorf("%d files, %v", len(list), err)
	}
}
