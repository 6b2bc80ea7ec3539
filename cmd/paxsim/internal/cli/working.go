package cli

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// quiet is how long a command works before it says at a terminal how far it has come.
const quiet = time.Second

// working says at a terminal, in a line that changes, how far a command has come that
// takes longer than a second. text is asked for that, by a goroutine of its own, with
// how long it took so far. The function that it returns takes the line away: nothing
// may be printed before. What is printed row by row to the same terminal shows by
// itself how far it has come.
func (a *app) working(format string, text func(took time.Duration) string) (done func()) {
	if a.records || !a.screen.Terminal || a.screen.Dumb || a.out.screen.Terminal && format != "table" && format != "markdown" {
		return func() {}
	}
	over, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		begun := time.Now()
		shown := false
		for wait := quiet; ; wait = showEvery {
			select {
			case <-over:
				if shown {
					a.errors.ClearLine()
				}
				return
			case <-time.After(wait):
			}
			took := time.Since(begun)
			a.errors.ClearLine()
			terminal.Fprintf(a.errors, "%s", screen.Clip(terminal.Text(text(took)), max(a.screen.Width-1, least)))
			shown = true
		}
	}()
	return func() {
		close(over)
		<-ended
	}
}

// least is how much of a line is shown where a terminal does not say how wide it is.
const least = 60

// doing is what a command does when nobody can say how far it has come.
func doing(what string) func(took time.Duration) string {
	return func(took time.Duration) string { return fmt.Sprintf("%s, %s", what, took.Round(time.Second)) }
}

// counter counts what a command has done of so many.
type counter struct {
	made atomic.Uint64
	of   uint64 // 0: nobody knows
	word string // for one
}

// text is how far it has come, at what pace, and when it ends at that pace.
func (c *counter) text(took time.Duration) string {
	made := c.made.Load()
	text := say.Count(made)
	if c.of > 0 {
		text += " of " + say.Count(c.of)
	}
	text += " " + c.word + "s"
	if made == 0 {
		return text + ", " + took.Round(time.Second).String()
	}
	second := float64(made) / took.Seconds()
	if second >= 10 {
		text += ", " + say.Count(uint64(second+0.5)) + " a second"
	}
	if c.of > 0 {
		left := time.Duration(float64(c.of-min(made, c.of)) / second * float64(time.Second))
		text += ", " + left.Round(time.Second).String() + " to go"
	}
	return text
}
