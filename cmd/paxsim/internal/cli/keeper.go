package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/part"
	"github.com/paxsim/paxsim/sim/campaign"
)

// keeper keeps the files of finds in a directory.
type keeper struct {
	dir    string
	kept   map[string]bool // by signature: the first is on the disk
	broken bool            // a file could not be written: no other is tried
}

// check says whether finds can be kept, before anybody hunts for them.
func (k *keeper) check() error {
	info, err := os.Stat(k.dir)
	switch {
	case err == nil && !info.IsDir():
		return usage("--out %s: that is no directory", quoteOne(k.dir))
	case err == nil:
		return k.mayMakeIn(k.dir)
	case !errors.Is(err, fs.ErrNotExist):
		return fileError(k.dir, err)
	}
	at := filepath.Dir(filepath.Clean(k.dir)) // where the directory is made
	for {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			return k.mayMakeIn(at)
		}
		at = filepath.Dir(at)
	}
}

// mayMakeIn says whether files can be made in a directory.
func (k *keeper) mayMakeIn(dir string) error {
	if err := part.May(filepath.Join(dir, "find")); err != nil {
		return fileError("--out "+quoteOne(k.dir), err)
	}
	return nil
}

// firsts keeps the first failure of each find that is new.
func (k *keeper) firsts(e *campaign.Evidence) error {
	for _, x := range e.Finds {
		if k.kept[x.Signature] {
			continue
		}
		k.kept[x.Signature] = true
		if err := k.write(k.file(x, &x.First), &x.First); err != nil {
			return err
		}
	}
	return nil
}

// smallest keeps the smallest failure of each find.
func (k *keeper) smallest(e *campaign.Evidence) error {
	if k.broken {
		return nil
	}
	if err := k.firsts(e); err != nil {
		return err
	}
	for _, x := range e.Finds {
		if x.Smallest.Seed != x.First.Seed {
			if err := k.write(k.file(x, &x.Smallest), &x.Smallest); err != nil {
				return err
			}
		}
	}
	return nil
}

// write keeps a failure. It replaces nothing but run files.
func (k *keeper) write(name string, f *campaign.Failure) (err error) {
	defer func() { k.broken = k.broken || err != nil }()
	if err := os.MkdirAll(k.dir, 0o777); err != nil {
		return fileError(k.dir, err)
	}
	data := f.File.Encode()
	if err := mayOverwrite("--out", name, string(data[:runFileMark]), "a run file"); err != nil {
		return err
	}
	return writeFile(name, data)
}

// runFileMark is how many bytes at the beginning of a run file are the same in
// all.
var runFileMark = len("{\n  \"format\": \"paxsim run")

// file is the name of the file of a failure.
func (k *keeper) file(x *campaign.Find, f *campaign.Failure) string {
	name := campaign.FileName(x.Signature)
	if f.File != nil && f.File.Mutant != "" {
		name = f.File.Mutant + "-" + name
	}
	if f.Seed != x.First.Seed {
		name += "-smallest"
	}
	return filepath.Join(k.dir, name+".run.json")
}
