// Package playwasm makes the engine of a page of paxsim play: the main package of the
// command itself, as wasm. The Go tool builds it from the source that the command was
// built from, at the moment that somebody asks for a page.
package playwasm

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Engine is what a page holds of it.
type Engine struct {
	Wasm []byte // compressed by gzip
	Exec []byte // wasm_exec.js of the toolchain that has built it
}

// Tag is the build tag with which a main of paxsim is the engine of a page.
const Tag = "paxsimplay"

// fast are the packages that make a run: the engine, and what is in the folder of a
// guest's main. In all others calls stay calls: the engine is a tenth smaller by that,
// and a page must load it before it can do anything.
var fast = []string{"github.com/paxsim/paxsim/scheduler", "github.com/paxsim/paxsim/sim", "./..."}

// NoSource says why there can be no engine.
type NoSource struct{ Why string }

// Error implements error.
func (e *NoSource) Error() string {
	return "a page that holds its engine is built from source, and " + e.Why + "; without -o, play serves the page itself"
}

// Make is the engine of this command: from the cache, or built now. told is called before
// it is built, which takes a while. The error is a [*NoSource] if it cannot be built
// here, else that of the machine or of the context.
func Make(ctx context.Context, told func()) (*Engine, error) {
	keep := cacheOf()
	if e := keep.read(); e != nil {
		return e, nil
	}
	dir, err := sourceOf()
	if err != nil {
		return nil, err
	}
	told()
	e, err := build(ctx, dir)
	if err != nil {
		return nil, err
	}
	keep.write(e)
	return e, nil
}

// sourceOf is the folder of the main package that this command was built from.
func sourceOf() (string, error) {
	file := mainFile()
	switch {
	case !filepath.IsAbs(file): // built with -trimpath, or by something else
		return "", &NoSource{"this command does not know where its source is"}
	case !exists(file):
		return "", &NoSource{fmt.Sprintf("the source of this command is gone: there is no %s", file)}
	}
	return filepath.Dir(file), nil
}

// mainFile is the file of the function main.main that has called us; "": it is not known.
func mainFile() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	for {
		f, more := frames.Next()
		if f.Function == "main.main" {
			return f.File
		}
		if !more {
			return ""
		}
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// build builds the main package in a folder.
func build(ctx context.Context, dir string) (*Engine, error) {
	if _, err := exec.LookPath("go"); err != nil {
		return nil, &NoSource{"there is no Go tool here"}
	}
	out, err := os.MkdirTemp("", "paxsim-play-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(out) }() // it is in the folder for what may go
	root, err := run(ctx, dir, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	support, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, &NoSource{fmt.Sprintf("this Go has no lib/wasm/wasm_exec.js: %v", errors.Unwrap(err))}
	}
	wasm := filepath.Join(out, "engine.wasm")
	args := []string{"build", "-tags", Tag, "-trimpath", "-ldflags=-s -w", "-gcflags=all=-l"}
	for _, room := range fast {
		args = append(args, "-gcflags="+room+"=")
	}
	if _, err := run(ctx, dir, "go", append(args, "-o", wasm, ".")...); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(wasm)
	if err != nil {
		return nil, err
	}
	packed, err := compress(data)
	return &Engine{Wasm: packed, Exec: support}, err
}

// run runs the Go tool in a folder, for wasm, and returns what it prints.
func run(ctx context.Context, dir, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	var says bytes.Buffer
	cmd.Stderr = &says
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, &NoSource{fmt.Sprintf("the Go tool cannot build it in %s: %s", dir, firstLines(says.String(), err))}
	}
	return out, nil
}

// firstLines is what the Go tool says first, without its headings.
func firstLines(says string, err error) string {
	for line := range strings.Lines(says) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return err.Error()
}

// compress packs bytes by gzip, the same each time.
func compress(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(data)
	err = errors.Join(err, w.Close())
	return b.Bytes(), err
}
