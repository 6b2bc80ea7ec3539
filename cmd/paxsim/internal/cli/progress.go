package cli

import (
	"fmt"
	"time"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/screen"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/campaign"
	"github.com/paxsim/paxsim/sim/explain/say"
)

// progress tells how far a hunt has come, at what pace, and when it ends at that pace. At
// a terminal it is one line that changes. Elsewhere it prints a line now and then, and so
// prints nothing if the hunt is over soon.
type progress struct {
	w        *terminal.Writer
	terminal bool
	width    int           // of the terminal; 0: nobody knows
	runs     uint64        // of the hunt; 0: by time
	span     time.Duration // then how long it takes
	from     uint64        // how many had been made before
	now      func() time.Time
	begun    time.Time
	last     time.Time // when something was printed last
}

// How often something is printed: at a terminal, and elsewhere.
const (
	showEvery = 200 * time.Millisecond
	lineEvery = 10 * time.Second
)

func newProgress(w *terminal.Writer, h *campaign.Hunt) *progress {
	p := &progress{w: w, terminal: w.Terminal(), runs: h.Runs, span: h.For, now: time.Now}
	if h.From != nil {
		p.from = h.From.Runs()
	}
	p.begin()
	return p
}

// begin starts the clock. A line that stays comes after a while.
func (p *progress) begin() {
	p.begun = p.now()
	if !p.terminal {
		p.last = p.begun
	}
}

// show tells how far a hunt has come.
func (p *progress) show(e *campaign.Evidence) {
	of := ""
	if p.runs > 0 {
		of = " of " + say.Count(p.runs)
	}
	p.say("%s%s runs%s, %s", say.Count(e.Runs), of, p.pace(e.Runs), say.Plural(uint64(len(e.Finds)), "distinct failure"))
}

// pace is how many runs a second there are, and how long it takes to the end; "":
// nobody can tell yet.
func (p *progress) pace(made uint64) string {
	took := p.now().Sub(p.begun)
	if took < showEvery || made <= p.from {
		return ""
	}
	second := float64(made-p.from) / took.Seconds()
	left := p.span - took
	if p.runs > 0 {
		left = time.Duration(float64(p.runs-min(made, p.runs)) / second * float64(time.Second))
	}
	return fmt.Sprintf(", %s a second, %s to go", say.Count(uint64(second+0.5)), max(left, 0).Round(time.Second))
}

// say tells something, if enough time has passed since it did so last.
func (p *progress) say(format string, args ...any) {
	now, every, end := p.now(), lineEvery, "\n"
	if p.terminal {
		every, end = showEvery, ""
	}
	if now.Sub(p.last) < every {
		return
	}
	p.last = now
	p.clear()
	text := terminal.Sprintf(format, args...)
	if p.terminal && p.width > 0 {
		text = screen.Clip(text, p.width-1)
	}
	terminal.Fprintf(p.w, "%s%s", text, terminal.Lines(end))
}

// clear takes the line away, if it is one that can be.
func (p *progress) clear() {
	if p.terminal {
		p.w.ClearLine()
	}
}

// end takes the line away, and says how long it took.
func (p *progress) end(e *campaign.Evidence) {
	if !p.terminal {
		return
	}
	took := p.now().Sub(p.begun)
	p.clear()
	terminal.Fprintf(p.w, "%s in %s, %.0f a second\n", say.Plural(e.Runs, "run"), took.Round(time.Millisecond), float64(e.Runs-p.from)/max(took.Seconds(), 1e-9))
}
