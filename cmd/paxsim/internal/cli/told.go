package cli

import (
	"errors"
	"regexp"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/bench"
	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/trace"
)

// listed are the mistakes in a file, line by line. Any other error is one line,
// whatever is in it.
type listed []mistake

// mistake is what is wrong at one place, and an excerpt of the file below it.
type mistake struct {
	text    string
	excerpt []string
}

// Error implements error.
func (l listed) Error() string {
	var lines []string
	for _, m := range l {
		lines = append(append(lines, m.text), m.excerpt...)
	}
	return strings.Join(lines, "\n")
}

// mistakesIn lists the mistakes in a scenario.
func mistakesIn(e *scenarios.Errors) (list listed) {
	for _, m := range e.Mistakes {
		var excerpt []string
		if m.Excerpt != "" {
			excerpt = strings.Split(m.Excerpt, "\n")
		}
		m.Excerpt = ""
		list = append(list, mistake{m.String(), excerpt})
	}
	if rest := e.Rest(); rest != "" {
		list = append(list, mistake{text: rest})
	}
	return list
}

// problemsIn lists the mistakes in a run file or a trace of a name.
func problemsIn(name string, e *trace.Error) (list listed) {
	for _, p := range e.Problems {
		list = append(list, mistake{text: name + ":" + p.String()})
	}
	return list
}

// settingsError lists the mistakes in a file of settings of a bench.
func settingsError(err error) error {
	var mistakes bench.Mistakes
	if !errors.As(err, &mistakes) {
		return usage("%v", err)
	}
	var list listed
	for _, m := range mistakes {
		list = append(list, mistake{text: m})
	}
	return list
}

// The most bytes of a line of an error: of how it begins and of how it ends. What is
// longer quotes something that nobody wants to read.
const lineBegins, lineEnds = 500, 300

// shortened is a text for one line of an error.
func shortened(text string) string {
	if len(text) <= lineBegins+lineEnds {
		return text
	}
	return strings.ToValidUTF8(text[:lineBegins], "") + " … " + strings.ToValidUTF8(text[len(text)-lineEnds:], "")
}

// ofLibrary is how an error of a package of ours begins that programs import. It is
// the custom of Go, and says nothing to somebody who runs a command.
var ofLibrary = regexp.MustCompile(`(^|: )(?:sim|explore|story|scheduler|scenarios): `)

// forPeople is the text of an error without the names of packages.
func forPeople(text string) string { return ofLibrary.ReplaceAllString(text, "$1") }

// tell prints an error: a line that says who speaks, and below it excerpts. Nothing
// in a text begins a line of its own.
func (a *app) tell(err error) {
	var list listed
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			a.tell(e)
		}
		return
	}
	if !errors.As(err, &list) {
		list = listed{{text: forPeople(err.Error())}}
	}
	for _, m := range list {
		if m.text != "" {
			line := terminal.Sprintf("%s: %s", terminal.Program(), shortened(byItsName(m.text)))
			terminal.Fprintf(a.errors, "%s\n", terminal.Lines(strings.Join(screen.Fit(line, a.screen.Width), "\n")))
		}
		for _, line := range m.excerpt {
			terminal.Fprintf(a.errors, "%s\n", line)
		}
	}
}

// remark tells something beside the results, in lines that fit the terminal.
func (a *app) remark(format string, args ...any) {
	text := strings.TrimSuffix(terminal.Sprintf(format, args...), "\n")
	for line := range strings.SplitSeq(text, "\n") {
		terminal.Fprintf(a.errors, "%s\n", terminal.Lines(strings.Join(screen.Fit(line, a.screen.Width), "\n")))
	}
}
