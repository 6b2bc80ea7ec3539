package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim"
)

// runFiles are the run files and the story files in a directory and below it, in the order of their
// names. A directory that is not there has none, unless it must be.
func runFiles(dir string, must bool) (names []string, err error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) && !must {
		return nil, nil
	} else if err != nil {
		return nil, fileError(dir, err)
	}
	root := dir
	if info, err := os.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		root += string(filepath.Separator) // the directory behind the link
	}
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && (strings.HasSuffix(name, ".run.json") || strings.HasSuffix(name, scenarios.StoryEnding)) {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return nil, fileError(dir, err)
	}
	return names, nil
}

// again plays the run files and the stories in a directory that are of a protocol and of a mutant,
// before anybody hunts for more.
func (a *app) again(dir string, must bool, of *sim.Scenario, l *limits) (list []report.HuntAgain, err error) {
	names, err := runFiles(dir, must)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		v, err := a.readSaved(name, l)
		if stopped := a.interrupted(""); stopped != nil {
			return list, stopped
		}
		var theirs ofTest
		if errors.As(err, &theirs) && !must {
			continue // go test plays it
		}
		if err != nil {
			a.note(err) // the others are played all the same
			continue
		}
		if v.s.Protocol.Name() != of.Protocol.Name() || v.s.Mutant != of.Mutant {
			continue
		}
		p, err := a.playSaved(v)
		if err != nil {
			return list, err
		}
		x := report.HuntAgain{File: filepath.ToSlash(name)}
		if broken := p.row.Violation; broken != nil {
			x.Broken, x.Grade, x.Text = broken.Invariant, broken.Grade.String(), broken.Text
		}
		list = append(list, x)
	}
	return list, nil
}
