package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
	"github.com/paxsim/paxsim/sim/campaign"
)

// progress is a line that tells a person at a terminal how far a hunt has come.
// Elsewhere it is silent.
type progress struct {
	w     io.Writer // nil: silent
	runs  uint64    // of the hunt; 0: by time
	from  uint64    // how many had been made before
	begun time.Time
	last  time.Time
}

// showEvery is how often the line changes.
const showEvery = 200 * time.Millisecond

func newProgress(w io.Writer, h *campaign.Hunt) *progress {
	p := &progress{runs: h.Runs, begun: time.Now()}
	if h.From != nil {
		p.from = h.From.Runs()
	}
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.w = w
		}
	}
	return p
}

func (p *progress) show(e *campaign.Evidence) {
	of := ""
	if p.runs > 0 {
		of = " of " + report.Count(p.runs)
	}
	p.say("%s%s runs, %s", report.Count(e.Runs), of, report.Plural(uint64(len(e.Finds)), "distinct failure"))
}

// say changes the line, if it has stood for long enough.
func (p *progress) say(format string, args ...any) {
	now := time.Now()
	if p.w == nil || now.Sub(p.last) < showEvery {
		return
	}
	p.last = now
	fmt.Fprintf(p.w, "\r\x1b[K"+format, args...)
}

// clear takes the line away.
func (p *progress) clear() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// end takes the line away, and says how long it took.
func (p *progress) end(e *campaign.Evidence) {
	if p.w == nil {
		return
	}
	took := time.Since(p.begun)
	fmt.Fprintf(p.w, "\r\x1b[K%s runs in %s, %.0f a second\n", report.Count(e.Runs), took.Round(time.Millisecond), float64(e.Runs-p.from)/max(took.Seconds(), 1e-9))
}
