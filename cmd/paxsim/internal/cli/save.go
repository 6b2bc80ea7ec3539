package cli

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/part"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// maySave says whether a run may be written to a file: there is none yet, or it
// holds a run. So a slip of the pen cannot cost a scenario. flag names it in an error.
func maySave(flag, name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return mayCreate(flag, name)
	}
	if err != nil {
		return fileError(name, err)
	}
	if !info.Mode().IsRegular() {
		return usage("%s %s: that is no ordinary file", flag, quoteOne(name))
	}
	data, err := runFile.read(name)
	if err != nil {
		return err
	}
	if _, err := trace.Decode(data); err != nil && len(data) > 0 {
		return usage("%s %s: the file is there, and no run file: choose another name", flag, quoteOne(name))
	}
	return mayWrite(name)
}

// mayOverwrite says whether a file may be written that begins with a mark: there
// is none yet, or it is empty or begins so already. flag and what name it in an
// error.
func mayOverwrite(flag, name, mark, what string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return mayCreate(flag, name)
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

// mayCreate says whether a file may be written that is not there yet.
func mayCreate(flag, name string) error {
	at := filepath.Dir(part.Place(name))
	if dir, err := os.Stat(at); err != nil || !dir.IsDir() {
		return usage("%s %s: there is no directory %s", flag, quoteOne(name), at)
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
	if err := part.May(name); err != nil {
		return fileError(name, err)
	}
	return nil
}

// save writes a run to a file: whole, or not at all.
func save(name string, s *scenarios.Scenario, seed uint64, o sim.Outcome) error {
	data := trace.New(&s.Scenario, scenarios.Text(s), trace.Base{Seed: seed}, withVotes(&s.Scenario, seed, o)).Encode()
	return writeFile(name, data)
}

// withVotes is the outcome of a run with its votes counted, so that a file says when a
// value was chosen also where no invariant is on. The run is played once more if it must.
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

// Observe implements [observe.Observer].
func (blind) Observe(observe.Entry) {}

// replaceFile writes a file, or one behind a link: whole, or not at all.
func replaceFile(name string, write func(io.Writer) error) error {
	err := part.Write(name, write)
	var known *failure
	if err == nil || errors.As(err, &known) {
		return err
	}
	return machine(name, err)
}

// writeFile is replaceFile for what is held in memory.
func writeFile(name string, data []byte) error {
	return replaceFile(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
