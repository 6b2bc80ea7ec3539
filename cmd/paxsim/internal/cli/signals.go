package cli

import (
	"os"
	"os/signal"
	"time"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/part"
)

// stopper is a signal that asks the command to end.
type stopper struct {
	signal os.Signal
	code   int
	text   string // what the command says of itself
}

// atLeast is how long a command has, after the first signal, to tell what it has
// done and to keep how far it has come. A terminal that is closed and a timeout
// send their signal twice, one right after the other, and mean it once.
const atLeast = 250 * time.Millisecond

// heedSignals stops the command at the first signal that asks it to end, and ends
// the process at the second. A signal that was ignored when the process began
// stays ignored: so does nohup, and so does a shell with what it runs in the
// background. The function that it returns ends the watch. Of a process that then
// ends nothing is left to do: a signal that comes after its last word changes
// neither what it did nor its exit code.
func (a *app) heedSignals(processEnds bool) (stop func()) {
	stops, deaths := make(chan os.Signal, 2), make(chan os.Signal, 1)
	for _, s := range stoppers {
		if !ignored(s.signal) {
			signal.Notify(stops, s.signal)
		}
	}
	for _, s := range deadly {
		signal.Notify(deaths, s)
	}
	over := make(chan struct{})
	go func() {
		for code := 0; ; {
			select {
			case <-over:
				return
			case s := <-deaths:
				part.RemoveAll()
				die(s)
			case s := <-stops:
				if code != 0 {
					part.RemoveAll()
					os.Exit(code)
				}
				why := stopperOf(s)
				code = why.code
				a.cancel(&failure{why.code, why.text})
				select { // a second signal waits
				case <-over:
					return
				case <-time.After(atLeast):
				}
			}
		}
	}()
	return func() {
		close(over)
		if !processEnds {
			signal.Stop(stops)
			signal.Stop(deaths)
		}
	}
}

func stopperOf(s os.Signal) stopper {
	for _, known := range stoppers {
		if known.signal == s {
			return known
		}
	}
	panic("cli: nobody listens to " + s.String())
}
