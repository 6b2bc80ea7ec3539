package simtest

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode"

	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/trace"
)

// home is the folder of the package, in which its tests begin.
var home, _ = os.Getwd()

// owner is the test by whose name the finds of a test are kept: a fuzz target keeps
// those of all its inputs, whose names nobody could look for.
func owner(test string) string {
	if target, _, _ := strings.Cut(test, "/"); strings.HasPrefix(target, "Fuzz") {
		return target
	}
	return test
}

// folder is where the runs of the test are kept; "": nowhere.
func (x *settings) folder() string {
	switch {
	case x.dir == "":
		return ""
	case filepath.IsAbs(x.dir):
		return filepath.Join(x.dir, folderOf(x.name))
	}
	return filepath.Join(home, x.dir, folderOf(x.name))
}

// folderOf is a path for the name of a test, a folder for each of its parts. What
// not every file system can hold is replaced, and a digest of the part then keeps
// two of them apart.
func folderOf(test string) string {
	parts := strings.Split(test, "/")
	for i, part := range parts {
		plain := strings.Map(func(c rune) rune {
			if unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("-_.=#+", c) {
				return c
			}
			return '_'
		}, part)
		if plain = strings.TrimRight(plain, "."); plain != part || plain == "" {
			h := fnv.New32a()
			h.Write([]byte(part))
			plain += fmt.Sprintf("-%08x", h.Sum32())
		}
		parts[i] = plain
	}
	return filepath.Join(parts...)
}

// fileName is the name of a find, without what follows the dot: its signature, and
// the digest of the run. Two runs of one signature have two names.
func fileName(signature string, f *trace.File) string {
	return campaign.FileName(signature) + "-" + trace.Hex(f.Digest)
}

const runFile = ".run.json"

// keep writes a run file, if it is not there, and says whether it was not.
func keep(dir, name string, f *trace.File) (file string, isNew bool, err error) {
	file = filepath.Join(dir, name+runFile)
	if _, err := os.Stat(file); err == nil {
		return file, false, nil
	}
	return file, true, write(file, f.Encode())
}

// write writes a file that is there whole or not at all, whoever else writes it at
// the same time: the workers of go test -fuzz are processes of their own.
func write(file string, data []byte) error {
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	part, err := os.CreateTemp(dir, ".part-*")
	if err != nil {
		return err
	}
	_, err = bytes.NewReader(data).WriteTo(part)
	if closed := part.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(part.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(part.Name(), file)
	}
	if err != nil {
		_ = os.Remove(part.Name()) // what went wrong before is told
	}
	return err
}

// latest is what Play kept last in this process, by test and signature. Fuzzing and
// rapid play many runs to make a failing one smaller, and the last is the one to keep.
var latest = struct {
	sync.Mutex
	files map[string][]string
}{files: map[string][]string{}}

// replace takes note of the files that Play made for a find of a test, and removes
// those that they replace.
func replace(test, signature, dir string, made []string) {
	if len(made) == 0 {
		return
	}
	latest.Lock()
	defer latest.Unlock()
	key := test + "\n" + signature + "\n" + dir
	for _, file := range latest.files[key] {
		_ = os.Remove(file) // one that stays is played first too
	}
	latest.files[key] = made
}
