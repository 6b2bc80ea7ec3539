package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/trace"
)

// The most work that is spent on finding out which answer was edited.
const (
	explainRuns   = 2_000
	explainEvents = 20_000_000
)

// cause is why a file plays as another run than the one that it holds.
type cause struct {
	event uint64 // the first that differs
	text  string
}

// explain finds the first event at which a run differs from the one that was
// saved. The file holds digests at a few events only; but if a person edited
// one answer of it, the saved run can be made again: without that answer, or
// with another outcome. Then both are played side by side. It is nil if no
// single answer explains the difference.
func (a *app) explain(v *saved, d *trace.Difference) (*cause, error) {
	words := v.s.Protocol.Vocabulary()
	runs, events := 0, uint64(0)
	try := func(k scheduler.Key, answer uint32, out bool) (*scheduler.Edited, bool, error) {
		if runs++; runs > explainRuns || events > explainEvents {
			return nil, false, nil
		}
		source := v.source.with(k, answer, out)
		v.w.Reset(v.seed, source)
		if err := a.play(v.w); err != nil {
			return nil, false, err
		}
		events += v.w.Outcome().Events
		return source, v.file.Same(v.w.Outcome()), nil
	}
	for _, k := range v.keys() {
		source, same, err := try(k, 0, true)
		if err != nil {
			return nil, err
		}
		if same {
			at := v.firstDifference(a.ctx, source, d)
			return &cause{at, fmt.Sprintf("event %d is the first that differs: without the answer %q the saved run comes back", at, words.KeyText(k))}, nil
		}
	}
	for _, k := range v.keys() {
		for answer := range v.source.outcomes[k] {
			if answer == v.source.Answers[k] {
				continue
			}
			source, same, err := try(k, answer, false)
			if err != nil {
				return nil, err
			}
			if same {
				at := v.firstDifference(a.ctx, source, d)
				return &cause{at, fmt.Sprintf("event %d is the first that differs: with %q at %d the saved run comes back", at, words.KeyText(k), answer)}, nil
			}
		}
	}
	return nil, nil
}

// keys are the choices that the file answers, in their order.
func (v *saved) keys() []scheduler.Key {
	keys := make([]scheduler.Key, 0, len(v.source.Answers))
	for k := range v.source.Answers {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// firstDifference is the first event within a block that two sources make
// different. Digests tell events apart; a run that has ended has no event.
func (v *saved) firstDifference(ctx context.Context, source *scheduler.Edited, d *trace.Difference) uint64 {
	was := digests(ctx, v.w, v.seed, source, d)
	v.source.Reset()
	is := digests(ctx, v.w, v.seed, v.source, d)
	for i := range min(len(was), len(is)) {
		if was[i] != is[i] {
			return d.From + uint64(i)
		}
	}
	return d.From + uint64(min(len(was), len(is)))
}

// digests plays a run and lists its digest after each event of a block, as far as
// it comes before ctx is done.
func digests(ctx context.Context, w sim.Runner, seed uint64, source scheduler.Source, d *trace.Difference) []uint64 {
	w.Reset(seed, source)
	var out []uint64
	for more, last := true, uint64(0); more; {
		more = w.Step()
		o := w.Outcome()
		if o.Events > d.To || ctx.Err() != nil {
			break
		}
		if o.Events >= d.From && o.Events > last {
			out = append(out, o.Digest)
			last = o.Events
		}
	}
	return out
}
