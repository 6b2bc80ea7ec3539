package cli

import (
	"io"
	"io/fs"
	"os"
	"time"
)

// lookAtPipe is how often it is looked whether anybody still reads.
const lookAtPipe = 200 * time.Millisecond

// watchPipe stops the command when the reader of its output has left: a table
// is written at the end only, and nobody is there to see it. The function that
// it returns ends the watch.
func (a *app) watchPipe(stdout io.Writer) (stop func()) {
	f, ok := stdout.(*os.File)
	if !ok {
		return func() {}
	}
	if info, err := f.Stat(); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		return func() {}
	}
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(lookAtPipe)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			if readerHasLeft(f) {
				a.cancel(&failure{exitPipe, ""})
				return
			}
		}
	}()
	return func() { close(done) }
}
