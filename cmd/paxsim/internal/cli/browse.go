package cli

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/paxsim/paxsim/internal/terminal"
)

// openers are the commands that open a page in the reader's browser, by system.
var openers = map[string][]string{
	"darwin":  {"open"},
	"windows": {"rundll32", "url.dll,FileProtocolHandler"},
}

// openerPatience is how long an opener has to say that it cannot. One that is still at
// work then may have become the browser itself.
const openerPatience = 3 * time.Second

// browse opens a file or an address in the reader's browser. If that fails a line on
// stderr says so: the page is there all the same.
func (a *app) browse(page string) {
	opener := openers[runtime.GOOS]
	if opener == nil {
		opener = []string{"xdg-open"}
	}
	why := opened(opener, page)
	if why != "" {
		a.remark("no browser was opened (%s): open %s in one\n", terminal.Text(why), quoteOne(page))
	}
}

// opened runs an opener; "": nothing says that it failed.
func opened(opener []string, page string) string {
	cmd := exec.Command(opener[0], append(opener[1:], page)...)
	if err := cmd.Start(); err != nil {
		return err.Error()
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			return opener[0] + ": " + err.Error()
		}
	case <-time.After(openerPatience):
	}
	return ""
}

// absolute is a file's name wherever the reader's browser starts; the name as it is if
// nobody knows the working directory.
func absolute(name string) string {
	if path, err := filepath.Abs(name); err == nil {
		return path
	}
	return name
}
