package simtest

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"unicode"

	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/trace"
)

// told is a failure as a test tells it.
type told struct {
	head      string      // what broke
	run       *trace.File // the run
	file      string      // where it is kept; "": nowhere
	story     *shrunk     // its story; nil: none
	storyFile string      // where that is kept; "": nowhere
	notes     []string    // what else is to be said of files
	repeated  string      // of a run that is kept nowhere: the environment in which the test finds it again
}

// fail fails a test by a failure, whose grade it says, and keeps that. It returns
// the files that it made, and where.
func (x *settings) fail(t T, grade sim.Grade, signature string, f *campaign.Failure) (made []string) {
	t.Helper()
	found := told{head: fmt.Sprintf("%s %s: %s\n", grade, signature, f.Text), run: f.File}
	if f.Strategy != "" {
		found.head += fmt.Sprintf("seed %d by %s: ", f.Seed, f.Strategy)
		found.repeated = x.repeated(f.Seed)
	}
	found.head += fmt.Sprintf("%s, %d held back, %s", count(f.Events, "event"), f.Deferrals, count(f.Surprises, "surprise"))
	x.addStory(&found)
	name := fileName(signature, f.File)
	if dir := x.folder(); dir != "" {
		var err error
		if made, err = found.keepFind(dir, name, name); err != nil {
			found.notes = append(found.notes, "it could not be kept: "+err.Error())
		}
	}
	made = append(made, x.artifacts(&found, name, name)...)
	t.Errorf("%s", x.tell(&found))
	return made
}

// addStory makes the story of a run that failed.
func (x *settings) addStory(found *told) {
	var err error
	if found.story, err = x.storyOf(found.run); err != nil {
		found.notes = append(found.notes, "no story could be made of it: "+err.Error())
	}
}

// tell is the whole text of a failure.
func (x *settings) tell(found *told) string {
	var b strings.Builder
	b.WriteString("simtest: " + found.head + "\n\n")
	if text, err := x.words(found.run); err != nil {
		b.WriteString("the run cannot be shown: " + err.Error() + "\n")
	} else {
		b.WriteString(text)
	}
	b.WriteString("\n")
	if found.story != nil {
		b.WriteString(found.story.tell() + "\n")
	}
	if found.file != "" {
		b.WriteString("kept in " + found.file + "\n")
	}
	if found.storyFile != "" {
		b.WriteString("the story is in " + found.storyFile + "\n")
	}
	for _, note := range found.notes {
		b.WriteString(note + "\n")
	}
	b.WriteString("see it again: " + x.command(found))
	if found.file != "" && x.text != "" {
		b.WriteString("\n" + x.player() + " replay --trace " + quote(found.file))
	}
	return b.String()
}

// command is what a person writes, in any folder, to see a failure again: the test,
// which plays first what is kept.
func (x *settings) command(found *told) string {
	run := "go test ."
	if x.name != "" {
		var parts []string
		for _, part := range strings.Split(x.name, "/") {
			parts = append(parts, "^"+regexp.QuoteMeta(part)+"$")
		}
		run = "go test -run " + quote(strings.Join(parts, "/")) + " ."
	}
	if found.file == "" && found.storyFile == "" {
		run = found.repeated + run
	}
	if !inModule(home) {
		return run + " (in the folder of the package)"
	}
	return "cd " + quote(home) + " && " + run
}

// player says which command can play a run file of the protocol: for one of this
// module it is paxsim, for another the command of whoever wrote it.
func (x *settings) player() string {
	const ours = "github.com/paxsim/paxsim/actors/"
	p := x.hunt.Ground[0].Protocol
	t := reflect.TypeOf(p)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if strings.Contains(t.PkgPath()+"/"+t.Name(), ours) {
		return "or: paxsim"
	}
	return "or, by a command that knows " + p.Name() + ":"
}

// inModule says whether a folder is in a module. The folder in which a test binary
// was started may be any.
func inModule(dir string) bool {
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

// visible is a text in which every character can be seen: others are written as Go
// does.
func visible(text string) string {
	var b strings.Builder
	for _, c := range text {
		if c == '\n' || unicode.IsPrint(c) {
			b.WriteRune(c)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRune(c), "'"))
		}
	}
	return b.String()
}

// plain is a word that a shell takes as it is.
var plain = regexp.MustCompile(`^[A-Za-z0-9_./:=@%+,-]+$`)

// quote writes a word for a shell.
func quote(word string) string {
	switch {
	case plain.MatchString(word):
		return word
	case runtime.GOOS == "windows":
		return `"` + word + `"`
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
