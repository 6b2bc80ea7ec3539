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
		return mayWrite(name)
	}
	if err != nil {
		return fileError(name, err)
	}
	if !info.Mode().IsRegular() {
		return usage("--save %s: that is no ordinary file", quoteOne(name))
	}
	data, err := runFile.read(name)
	if err != nil {
		return err
	}
	if _, err := trace.Decode(data); err != nil && len(data) > 0 {
		return usage("--save %s: the file is there, and no run file: choose another name", quoteOne(name))
	}
	return mayWrite(name)
}

// mayOverwrite says whether a file may be written that begins with a mark: there
// is none yet, or it is empty or begins so already. flag and what name it in an
// error.
func mayOverwrite(flag, name, mark, what string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if dir, err := os.Stat(filepath.Dir(name)); err != nil || !dir.IsDir() {
			return usage("%s %s: there is no directory %s", flag, quoteOne(name), filepath.Dir(name))
		}
		return mayWrite(name)
	}
	if err != nil {
		return fileError(name, err)
	}
	if !info.Mode().IsRegular() {
		return usage("%s %s: that is no ordinary file", flag, quoteOne(name))
	}
	begin, err := beginning(name, len(mark))
	if err != nil {
		return err
	}
	if len(begin) > 0 && string(begin) != mark {
		return usage("%s %s: the file is there, and not of the form %s: choose another name", flag, quoteOne(name), what)
	}
	return mayWrite(name)
}

// beginning is the first bytes of a file, as many as it has of so many.
func beginning(name string, most int) ([]byte, error) {
	if _, err := ordinary(name); err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fileError(name, err)
	}
	defer f.Close()
	begin, err := io.ReadAll(io.LimitReader(f, int64(most)))
	if err != nil {
		return nil, fileError(name, err)
	}
	return begin, nil
}

// mayWrite says whether a file can be made beside a name, before anybody waits
// for what is to be written there.
func mayWrite(name string) error {
	if to, err := filepath.EvalSymlinks(name); err == nil {
		name = to
	}
	f, err := beside(name)
	if err != nil {
		return fileError(name, err)
	}
	f.Close()
	if err := os.Remove(f.Name()); err != nil {
		return machine(name, err)
	}
	return nil
}

// beside makes an empty file with a name of its own beside another.
func beside(name string) (*os.File, error) {
	base := filepath.Base(name)
	if len(base) > 100 { // so that a long name does not become too long
		base = base[:100]
	}
	return os.CreateTemp(filepath.Dir(name), "."+base+".*.tmp")
}

// save writes a run to a file: whole, or not at all.
func save(name string, s *sim.Scenario, seed uint64, o sim.Outcome) error {
	data := trace.New(s, scenarios.Text(s), trace.Base{Seed: seed}, withVotes(s, seed, o)).Encode()
	if to, err := filepath.EvalSymlinks(name); err == nil {
		name = to
	}
	if err := writeFile(name, data); err != nil {
		return machine(name, err)
	}
	return nil
}

// withVotes is what a run came to with its votes counted, so that a file says when
// a value was chosen also where no invariant is on. The run is played once more
// if it must.
func withVotes(s *sim.Scenario, seed uint64, o sim.Outcome) sim.Outcome {
	if o.Counted {
		return o
	}
	r, err := s.Protocol.New(s)
	if err != nil {
		return o
	}
	r.Observe(blind{})
	r.Reset(seed, nil)
	if again := r.Run(); again.Digest == o.Digest {
		return again
	}
	return o
}

// blind is an observer that looks at nothing.
type blind struct{}

// Observe implements [sim.Observer].
func (blind) Observe(sim.Entry) {}

// replaceFile writes a file, or one behind a link: whole, or not at all.
func replaceFile(name string, write func(io.Writer) error) error {
	if to, err := filepath.EvalSymlinks(name); err == nil {
		name = to
	}
	err := writeWith(name, write)
	var known *failure
	if err == nil || errors.As(err, &known) {
		return err
	}
	return machine(name, err)
}

// writeFile writes a file beside its place and then moves it there.
func writeFile(name string, data []byte) error {
	return writeWith(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// writeWith is writeFile for what is not held in memory.
func writeWith(name string, write func(io.Writer) error) (err error) {
	f, err := beside(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the first error is the one to tell
		}
	}()
	err = write(f)
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
