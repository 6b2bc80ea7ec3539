package trace

import (
	"fmt"

	"github.com/paxsim/paxsim/sim"
)

// Difference says between which events two runs part: in one of the events From
// to To something differs, and before From nothing does.
type Difference struct {
	From, To uint64
	Texts    []string // what differs, a sentence each
}

// Compare holds a second run against the file of the first, mark by mark. It
// is nil if they are the same run. It sees no more than digests: From to To is
// what lies between two checkpoints, of which the last is the run's end.
func (f *File) Compare(o sim.Outcome) *Difference {
	d := f.block(o)
	var texts []string
	if d != nil {
		texts = append(texts, fmt.Sprintf("events %d to %d differ", d.From, d.To))
	}
	if f.Events != o.Events {
		texts = append(texts, fmt.Sprintf("%d events instead of %d", o.Events, f.Events))
	}
	if got := o.Verdict.String(); f.Outcome != got {
		texts = append(texts, fmt.Sprintf("%s instead of %s", got, f.Outcome))
	}
	if f.Facts != nil {
		texts = append(texts, f.Facts.against(factsOf(o))...)
	}
	if want, got := violationText(f.Violation), outcomeText(o.Violation); want != got {
		texts = append(texts, fmt.Sprintf("violation: %s instead of %s", got, want))
	}
	if len(texts) == 0 {
		return nil
	}
	if d == nil { // the same events, told otherwise
		d = &Difference{From: o.Events, To: o.Events}
	}
	d.Texts = texts
	return d
}

// block is the first block of events that differs, or nil.
func (f *File) block(o sim.Outcome) *Difference {
	from, last := uint64(1), max(f.Events, o.Events)
	for i, to := 0, uint64(64); to <= last; i, to = i+1, 2*to {
		if i >= len(f.Checkpoints) || i >= len(o.Checkpoints) || f.Checkpoints[i] != o.Checkpoints[i] {
			return &Difference{From: from, To: min(to, last)}
		}
		from = to + 1
	}
	if f.Events != o.Events || f.Digest != o.Digest {
		return &Difference{From: min(from, last), To: last}
	}
	return nil
}

func violationText(v *Violation) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprintf("%s at event %d", v.Invariant, v.Event)
}

func outcomeText(v *sim.Violation) string {
	if v == nil {
		return "none"
	}
	return fmt.Sprintf("%s at event %d", v.Invariant, v.Event)
}
