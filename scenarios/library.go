package scenarios

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const ending = ".yaml"

// endings are those of scenario files.
var endings = []string{ending, ".yml"}

// IsFile says whether a name ends as a scenario file does.
func IsFile(name string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, e) })
}

// Open is the text of a scenario file, and the name of the file in its mistakes. What
// contains a slash or ends in .yaml or .yml is a path, else it is a name of the library.
// The error is an [*Errors] if what was asked for cannot be a scenario; any other is a
// failure of the machine.
func Open(nameOrPath string) (file, text string, err error) {
	if isPath(nameOrPath) {
		text, err := readFile(nameOrPath, os.Stat, os.Open)
		return nameOrPath, text, err
	}
	file = nameOrPath + ending
	if !inLibrary(nameOrPath) {
		hint := orList(nameOrPath)
		for _, e := range endings {
			if _, err := os.Stat(nameOrPath + e); err == nil {
				hint = "; the file is " + clip(nameOrPath+e)
				break
			}
		}
		return "", "", mistaken("", "there is no scenario %q%s", clip(nameOrPath), hint)
	}
	text, err = libraryText(nameOrPath)
	return file, text, err
}

// orList is the end of a message about a name that is none of the library.
func orList(name string) string {
	if text := didYouMean(name, Names()); text != "" {
		return text
	}
	return "; paxsim scenarios list has their names"
}

// isPath says whether the path of a file is meant, not a name of the library.
func isPath(nameOrPath string) bool {
	return strings.Contains(nameOrPath, "/") || strings.ContainsRune(nameOrPath, filepath.Separator) || IsFile(nameOrPath)
}

// readFile reads a file that may be anything, and no more of it than a
// scenario may have. It looks at the file before it opens it: to open a pipe with
// nobody at its other end would wait for ever.
func readFile(path string, stat func(path string) (fs.FileInfo, error), open func(path string) (*os.File, error)) (string, error) {
	info, err := stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		hint := ""
		if name := Nearest(nameOf(path), Names()); name != "" {
			hint = "; the library has " + name
		}
		return "", mistaken(path, "there is no such file%s", hint)
	} else if err != nil {
		return "", err
	}
	switch {
	case info.IsDir():
		return "", mistaken(path, "is a directory: expected a scenario file")
	case !info.Mode().IsRegular() && !ofShell(path):
		return "", mistaken(path, "that is no ordinary file: expected a scenario file")
	case info.Size() > MaxText:
		return "", mistaken(path, "%d bytes: a scenario has at most %d", info.Size(), MaxText)
	}
	f, err := open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxText+1))
	if err != nil {
		return "", err
	}
	if len(text) > MaxText {
		return "", mistaken(path, "larger than the %d bytes that a scenario may have", MaxText)
	}
	return string(text), nil
}

// ofShell says whether a path is one that a shell makes of <(…).
func ofShell(path string) bool {
	return strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/") || path == "/dev/stdin"
}
