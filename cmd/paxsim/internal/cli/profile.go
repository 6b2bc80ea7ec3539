package cli

import (
	"io"
	"runtime"
	"runtime/pprof"

	"github.com/spf13/pflag"
)

// profiles are the flags that measure the program itself.
type profiles struct{ cpu, memory string }

// profileMark is how every profile begins: it is compressed.
const profileMark = "\x1f\x8b"

func (p *profiles) add(f *pflag.FlagSet) {
	f.Var(textFlag{&p.cpu, "FILE"}, "cpuprofile", "write where the time went into this file, for go tool pprof")
	f.Var(textFlag{&p.memory, "FILE"}, "memprofile", "write where memory was allocated into this file, for go tool pprof")
}

// files are what is to be written.
func (p *profiles) files() []outFile {
	return []outFile{{"--cpuprofile", p.cpu}, {"--memprofile", p.memory}}
}

// check says whether what is to be written may be.
func (p *profiles) check() error {
	for _, one := range p.files() {
		if one.name == "" {
			continue
		}
		if err := mayOverwrite(one.flag, one.name, profileMark, "a profile"); err != nil {
			return err
		}
	}
	return nil
}

// during measures what work does, if what is to be written may be.
func (p *profiles) during(work func() error) error {
	if err := p.check(); err != nil {
		return err
	}
	if p.memory != "" {
		inner := work
		work = func() error {
			err := inner()
			runtime.GC() // so that what is in use is up to date
			if perr := replaceFile(p.memory, func(w io.Writer) error { return pprof.Lookup("allocs").WriteTo(w, 0) }); err == nil {
				err = perr
			}
			return err
		}
	}
	if p.cpu == "" {
		return work()
	}
	var worked error
	err := replaceFile(p.cpu, func(w io.Writer) error {
		noted := newOutput(nil, w) // the profiler passes over errors
		noted.door.Exact()
		if err := pprof.StartCPUProfile(noted); err != nil {
			return err
		}
		worked = profiled(work)
		noted.flush()
		return noted.err
	})
	if worked != nil {
		return worked
	}
	return err
}

// profiled does work that is measured, and ends the measuring, whatever ends the
// work.
func profiled(work func() error) error {
	defer pprof.StopCPUProfile()
	return work()
}
