package cli

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/part"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/trace"
)

// toldTrace is the run of a trace, which is read and not played.
func (a *app) toldTrace(file string, f *exportFlags) (*told, error) {
	return a.toldTraceAs(file, file, f)
}

// toldTraceAs is the run of a trace that mistakes call by another name than its file's. It
// is read once before anything is written: a trace with a mistake in it leaves nothing
// half.
func (a *app) toldTraceAs(name, file string, f *exportFlags) (*told, error) {
	if _, err := ordinary(file); err != nil {
		return nil, err
	}
	in, err := await(a, func() (*os.File, error) { return os.Open(file) })
	if err != nil {
		return nil, fileError(name, err)
	}
	t, err := a.readTrace(name, in, f)
	if err == nil {
		_, err = t.play(func(trace.Step) {})
	}
	if err != nil {
		in.Close()
		return nil, err
	}
	return t, nil
}

func (a *app) readTrace(name string, in *os.File, f *exportFlags) (*told, error) {
	if info, err := in.Stat(); err != nil {
		return nil, fileError(name, err)
	} else if !info.Mode().IsRegular() {
		return nil, usage("%s: that is no ordinary file", name)
	}
	r, err := trace.NewLineReader(in)
	if err != nil {
		return nil, traceError(name, err)
	}
	head := r.Header()
	s, err := scenarios.Read(name+": scenario", head.Scenario)
	if err != nil {
		return nil, scenarioError(name, err)
	}
	s.Name = head.Name
	if why := head.Against(&s.Scenario); why != "" {
		return nil, usage("%s:1:1: %s", name, why)
	}
	if err := trace.Edited(&s.Scenario, head.Edits); err != nil {
		return nil, usage("%s:1:1: %v", name, err)
	}
	if _, err := f.workers(&s.Scenario, 1); err != nil {
		return nil, err
	}
	play := func(each func(trace.Step)) (*trace.Trailer, error) {
		if _, err := in.Seek(0, io.SeekStart); err != nil {
			return nil, fileError(name, err)
		}
		foot, err := a.readSteps(in, each)
		if err != nil {
			return nil, traceError(name, err)
		}
		return foot, nil
	}
	return &told{run: export.Run{Scenario: &s.Scenario, Head: head}, play: play, close: func() { in.Close() }, read: true}, nil
}

// lookEveryLine is how many lines are read between two looks at whether to go on.
const lookEveryLine = 1 << 12

// readSteps hands on the steps of a trace.
func (a *app) readSteps(in io.Reader, each func(trace.Step)) (*trace.Trailer, error) {
	r, err := trace.NewLineReader(in)
	if err != nil {
		return nil, err
	}
	steps := &trace.Steps{Each: each}
	for n := 1; ; n++ {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			steps.Flush()
			return r.Trailer(), nil
		}
		if err != nil {
			return nil, err
		}
		steps.Observe(e)
		if n%lookEveryLine == 0 && a.ctx.Err() != nil {
			return nil, a.interrupted("")
		}
	}
}

// traceError tells mistakes in a trace from failures of the machine.
func traceError(name string, err error) error {
	var mistakes *trace.Error
	var known *failure
	switch {
	case errors.As(err, &known):
		return err
	case errors.As(err, &mistakes):
		return problemsIn(name, mistakes)
	}
	return fileError(name, err)
}

// toldInput is the run in standard input: a trace or a run file.
func (a *app) toldInput(f *exportFlags) (*told, error) {
	in := bufio.NewReaderSize(a.in, 4<<10)
	begin, _ := in.Peek(1 << 10) // what is wrong with it is reported when it is read
	if bytes.HasPrefix(bytes.TrimLeft(begin, " "), []byte(export.Named("jsonl").Mark)) {
		return a.toldSpooled(in, f)
	}
	data, err := runFile.readAll("standard input", in)
	if err != nil {
		return nil, err
	}
	v, err := a.decodeSaved("standard input", data, &f.limits)
	if err != nil {
		return nil, err
	}
	return a.toldFile(v)
}

// toldSpooled is the run of a trace that can be read only once: it is kept in a
// file, as far as it is a trace.
func (a *app) toldSpooled(in io.Reader, f *exportFlags) (*told, error) {
	kept, err := part.New(os.TempDir(), "paxsim")
	if err != nil {
		return nil, machine("a temporary file", err)
	}
	remove := kept.Remove
	if _, err = a.readSteps(io.TeeReader(in, kept), func(trace.Step) {}); err != nil {
		remove()
		return nil, traceError("standard input", err)
	}
	t, err := a.toldTraceAs("standard input", kept.Name(), f)
	if err != nil {
		remove()
		return nil, err
	}
	inner := t.close
	t.close = func() { inner(); remove() }
	return t, nil
}
