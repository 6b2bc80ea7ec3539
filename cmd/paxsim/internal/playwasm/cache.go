package playwasm

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// cache is where the engine of this command is kept: by the content of the command, so
// that another build has another. The zero cache keeps nothing.
type cache struct{ folder, name string }

// mostKept is how many engines the cache has at most, of all commands.
const mostKept = 4

// cacheOf is the cache of this command. Where there is no folder for caches, or the
// command cannot be read, nothing is kept.
func cacheOf() cache {
	folder, err := os.UserCacheDir()
	if err != nil {
		return cache{}
	}
	name, err := os.Executable()
	if err != nil {
		return cache{}
	}
	f, err := os.Open(name)
	if err != nil {
		return cache{}
	}
	defer func() { _ = f.Close() }() // it was read
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return cache{}
	}
	return cache{filepath.Join(folder, "paxsim", "play"), hex.EncodeToString(h.Sum(nil)[:16])}
}

// The two files of an engine.
const (
	wasmEnd = ".wasm.gz"
	execEnd = ".exec.js"
)

// read is what is kept; nil: nothing, or not all of it.
func (c cache) read() *Engine {
	if c.name == "" {
		return nil
	}
	wasm, err := os.ReadFile(filepath.Join(c.folder, c.name+wasmEnd))
	if err != nil {
		return nil
	}
	support, err := os.ReadFile(filepath.Join(c.folder, c.name+execEnd))
	if err != nil || len(wasm) == 0 || len(support) == 0 {
		return nil
	}
	return &Engine{wasm, support}
}

// write keeps an engine, and no more of the older ones than there may be. That it cannot
// be kept is no failure: then it is built again.
func (c cache) write(e *Engine) {
	if c.name == "" || os.MkdirAll(c.folder, 0o700) != nil {
		return
	}
	if c.whole(execEnd, e.Exec) == nil && c.whole(wasmEnd, e.Wasm) == nil {
		c.prune()
	}
}

// whole writes a file, whole or not at all.
func (c cache) whole(end string, data []byte) error {
	f, err := os.CreateTemp(c.folder, "part-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = cmp.Or(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(c.folder, c.name+end))
	}
	if err != nil {
		_ = os.Remove(f.Name()) // it may be there no more
	}
	return err
}

// prune removes the engines that were kept before the last ones.
func (c cache) prune() {
	list, err := os.ReadDir(c.folder)
	if err != nil {
		return
	}
	var kept []fs.FileInfo
	for _, entry := range list {
		if info, err := entry.Info(); err == nil && strings.HasSuffix(entry.Name(), wasmEnd) {
			kept = append(kept, info)
		}
	}
	slices.SortFunc(kept, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for i := mostKept; i < len(kept); i++ {
		name := strings.TrimSuffix(kept[i].Name(), wasmEnd)
		_ = os.Remove(filepath.Join(c.folder, name+wasmEnd)) // another command may have done it
		_ = os.Remove(filepath.Join(c.folder, name+execEnd))
	}
}
