package simtest

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
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

// How the names of files end: of a run, and of its story.
const (
	runFile   = ".run.json"
	storyFile = ".story.yaml"
)

// keep writes a file, if it is not there, and says whether it was not.
func keep(file string, data []byte) (isNew bool, err error) {
	if _, err := os.Stat(file); err == nil {
		return false, nil
	}
	return true, write(file, data)
}

// keepFind keeps a find: its run under a name, and its story, if there is one, under
// another, which may be the same. It returns the files that were not there.
func (found *told) keepFind(dir, name, storyName string) (made []string, err error) {
	run, text := filepath.Join(dir, name+runFile), filepath.Join(dir, storyName+storyFile)
	isNew, err := keep(run, found.run.Encode())
	if err != nil {
		return nil, err
	}
	found.file = run
	if isNew {
		made = append(made, run)
	}
	if found.story != nil {
		if isNew, err = keep(text, []byte(found.story.story.File().Text())); err != nil {
			return made, err
		}
		found.storyFile = text
		if isNew {
			made = append(made, text)
		}
	}
	return made, nil
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
		_ = os.Remove(part.Name()) // the error before is reported
	}
	return err
}
