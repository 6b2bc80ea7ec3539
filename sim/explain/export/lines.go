package export

import (
	"io"

	"github.com/paxsim/paxsim/sim/trace"
)

// lines is the trace itself.
type lines struct {
	noMeasure
	head *trace.Header
	out  *trace.LineWriter
}

func newLines(r *Run) Exporter { return &lines{head: r.Head} }

func (l *lines) Begin(w io.Writer) { l.out = trace.NewLineWriter(w, l.head) }

func (l *lines) Step(s trace.Step) {
	l.out.Observe(s.Event)
	for _, e := range s.Effects {
		l.out.Observe(e)
	}
}

func (l *lines) End(f *trace.Trailer) error { return l.out.CloseWith(f) }
