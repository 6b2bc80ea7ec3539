package simtest

import (
	"bytes"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/explain/export"
	"github.com/paxsim/paxsim/sim/explain/view"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/trace"
)

// artifacts writes a failure into the folder that PAXSIM_OUT names, below the path
// of the package and the name of the test: its run file, its story, and a page for a
// browser. It returns the files that it made. Its own errors are reported with the
// failure.
func (x *settings) artifacts(found *told, name, storyName string) (made []string) {
	if x.out == "" {
		return nil
	}
	dir := filepath.Join(x.out, filepath.FromSlash(pkg()), folderOf(x.name))
	copied := told{run: found.run, story: found.story}
	made, err := copied.keepFind(dir, name, storyName)
	page := filepath.Join(dir, name+".html")
	isNew := len(made) > 0
	if err == nil {
		var b bytes.Buffer
		if err = x.page(&b, found.run); err == nil {
			err = write(page, b.Bytes())
		}
	}
	if err != nil {
		found.notes = append(found.notes, "no artifact could be made: "+err.Error())
		return made
	}
	found.notes = append(found.notes, "a page of it is "+page)
	if isNew {
		made = append(made, page)
	}
	return made
}

// pkg is the path of the package whose tests run.
func pkg() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Path == "" {
		return filepath.Base(home)
	}
	return strings.TrimSuffix(info.Path, ".test")
}

// page writes a run as a page for a browser.
func (x *settings) page(out *bytes.Buffer, f *trace.File) error {
	p, err := x.ready(f)
	if err != nil {
		return err
	}
	s := x.hunt.Ground[0].Scenario
	head := trace.NewHeader(s, x.text, f.Base)
	head.Answers, head.Engine, head.Strategy, head.Budget, head.Deferrals = f.Answers, f.Engine, f.Strategy, f.Budget, f.Deferrals
	look, _ := p.world.(observe.Inspector)
	record := view.NewRecorder(export.Run{Scenario: s, Head: head, Window: export.Window{From: 1}}, look, p.world)
	p.world.Observe(record)
	choices := &scheduler.Recording{Base: p.answers}
	p.world.Reset(p.seed, choices)
	for more := true; ; more = p.world.Step() {
		record.After(choices.List)
		if choices.List = choices.List[:0]; !more {
			break
		}
	}
	record.End(trace.NewTrailer(head, p.world.Outcome(), 0))
	return view.Write(out, []*view.Recorder{record}, nil)
}
