package simtest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/paxsim/paxsim/sim/trace"
)

// keptFind is a find that is kept: a run, its story, or both.
type keptFind struct {
	name       string // without what tells the two apart
	run, story string // the files; "": there is none

	broke bool   // the story still breaks, so its run is not played
	stale string // what the story says no longer applies, in words; "": it does, or there is none
}

// findsIn lists what is kept in a folder, by name.
func findsIn(folder string) (finds []keptFind, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	at := map[string]int{}
	find := func(name string) *keptFind {
		if _, ok := at[name]; !ok {
			at[name] = len(finds)
			finds = append(finds, keptFind{name: name})
		}
		return &finds[at[name]]
	}
	for _, entry := range entries {
		file := filepath.Join(folder, entry.Name())
		if name, ok := strings.CutSuffix(entry.Name(), runFile); ok {
			find(name).run = file
		}
		if name, ok := strings.CutSuffix(entry.Name(), storyFile); ok {
			find(name).story = file
		}
	}
	return finds, nil
}

// read reads a file, if it is not too large.
func read(name string) ([]byte, error) {
	if info, err := os.Stat(name); err == nil && info.Size() > trace.MaxSize {
		return nil, fmt.Errorf("%d bytes: such a file has at most %d", info.Size(), trace.MaxSize)
	}
	return os.ReadFile(name)
}
