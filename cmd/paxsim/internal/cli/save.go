package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// maySave says whether a run may be written to a file: there is none yet, or it
// holds a run. So a slip of the pen cannot cost a scenario.
func maySave(name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if dir, err := os.Stat(filepath.Dir(name)); err != nil || !dir.IsDir() {
			return usage("--save %s: there is no directory %s", quoteOne(name), filepath.Dir(name))
		}
		return nil
	}
	if err != nil {
		return fileError(name, err)
	}
	if !info.Mode().IsRegular() {
		return usage("--save %s: that is no ordinary file", quoteOne(name))
	}
	data, err := readFile(name)
	if err != nil {
		return err
	}
	if _, err := trace.Decode(data); err != nil && len(data) > 0 {
		return usage("--save %s: the file is there, and no run file: choose another name", quoteOne(name))
	}
	return nil
}

// save writes a run to a file: whole, or not at all.
func save(name string, s *sim.Scenario, seed uint64, o sim.Outcome) error {
	data := trace.New(s, scenarios.Text(s), trace.Base{Seed: seed}, o).Encode()
	if to, err := filepath.EvalSymlinks(name); err == nil {
		name = to
	}
	if err := writeFile(name, data); err != nil {
		return machine(name, err)
	}
	return nil
}

// writeFile writes a file beside its place and then moves it there.
func writeFile(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	return err
}

// readFile reads a file that may be a run file: no more than one can have.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fileError(name, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, usage("%s: is a directory", name)
	}
	return readAll(name, f)
}

func readAll(name string, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, trace.MaxSize+1))
	if err != nil {
		return nil, fileError(name, err)
	}
	return data, nil
}
