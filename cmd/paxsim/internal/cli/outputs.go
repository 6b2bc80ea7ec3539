package cli

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/part"
)

// outFile is a file that a command is to write.
type outFile struct {
	flag string // that names it
	name string // "": it is not asked for
}

// distinct says whether the files that a command is to write are all different, and
// none of those that it reads, however they are spelled. It is asked before
// anything runs: else the last one written would be the only one there is.
func (a *app) distinct(out []outFile, in []string) error {
	for i, o := range out {
		if o.name == "" {
			continue
		}
		for _, other := range out[:i] {
			if other.name != "" && samePlace(o.name, other.name) {
				return usage("%s %s and %s %s are the same file: choose another name for one of them", other.flag, quoteOne(other.name), o.flag, quoteOne(o.name))
			}
		}
		for _, name := range in {
			if samePlace(o.name, name) {
				return usage("%s %s: that file is read: choose another name", o.flag, quoteOne(o.name))
			}
		}
		for _, s := range a.streams {
			if s.is(o.name) {
				return usage("%s %s: %s goes there: choose another name", o.flag, quoteOne(o.name), s.name)
			}
		}
	}
	return nil
}

// pathsIn are the arguments that name files, and no scenarios of the library.
func pathsIn(args ...string) (paths []string) {
	for _, name := range args {
		if isFile(name) || strings.HasSuffix(name, ".yaml") || strings.ContainsAny(name, "/"+string(filepath.Separator)) {
			paths = append(paths, name)
		}
	}
	return paths
}

// samePlace says whether two names are one file, or would be if it were there.
func samePlace(x, y string) bool {
	x, y = part.Place(x), part.Place(y)
	if x == y {
		return true
	}
	a, errA := os.Stat(x)
	b, errB := os.Stat(y)
	if errA == nil && errB == nil {
		return os.SameFile(a, b)
	}
	if errA == nil || errB == nil || !sameName(filepath.Base(x), filepath.Base(y)) {
		return false
	}
	a, errA = os.Stat(filepath.Dir(x))
	b, errB = os.Stat(filepath.Dir(y))
	return errA == nil && errB == nil && os.SameFile(a, b)
}

// sameName says whether two names in a directory are one. Some systems make no
// difference between small and large letters, as a rule.
func sameName(x, y string) bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return strings.EqualFold(x, y)
	}
	return x == y
}

// stream is standard output or standard error, as a file.
type stream struct {
	name string
	info os.FileInfo
}

// is says whether a name is that of the file which the stream goes to.
func (s *stream) is(name string) bool {
	info, err := os.Stat(name)
	return err == nil && os.SameFile(info, s.info)
}

// streamsOf are the streams that go to ordinary files.
func streamsOf(stdout, stderr io.Writer) (list []stream) {
	for _, s := range []struct {
		name string
		w    io.Writer
	}{{"standard output", stdout}, {"standard error", stderr}} {
		if f, ok := s.w.(*os.File); ok && f != nil {
			if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
				list = append(list, stream{s.name, info})
			}
		}
	}
	return list
}
