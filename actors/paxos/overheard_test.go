package paxos_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/actors/paxos"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/search"
	"github.com/paxsim/paxsim/sim/weather"
)

// handled is what a trace shows of what the history of [Overheard] is told,
// in the same words.
type handled struct {
	words   *sim.Vocabulary
	list    []string
	arrived bool // the last of them is an arrival, of which nothing else is known yet
}

// Observe implements [observe.Observer].
func (h *handled) Observe(x observe.Entry) {
	add := func(format string, args ...any) {
		h.list = append(h.list, fmt.Sprintf("%d ", x.Actor)+fmt.Sprintf(format, args...))
	}
	arrived := false
	switch x.What {
	case observe.Delivered:
		if arrived = paxos.Kind(x.Kind) == paxos.Accept; arrived {
			text, _, _ := strings.Cut(x.Text, " as if")
			add("hears %s", text)
		}
	case observe.Dropped, observe.Held: // the message that has just arrived, or one that leaves
		if h.arrived {
			h.list = h.list[:len(h.list)-1]
		}
	case observe.Sent, observe.Broadcast:
		add("sends %s %s", h.words.Messages[x.Kind], x.Text)
	case observe.Saved:
		add("saves %s", x.Text)
	case observe.Crashed:
		add("crashes")
	}
	h.arrived = arrived
}

// TestHistoryHearsEveryAccept: in random scenarios, timed and searched, the history
// is told of every Accept that an actor handles and of no other, in the order of
// what the actor does; whether somebody observes makes no difference. Where disks
// are slow it is told once what the actor had asked for before is done, or never if
// the actor crashes until then.
func TestHistoryHearsEveryAccept(t *testing.T) {
	accepts, crashed, slow := 0, 0, 0
	for seed := range uint64(400) {
		s := randomWeather(seed)
		var log []string
		s.Protocol = paxos.Overheard(&log)
		s.Limits.Events = 20_000
		searched := seed%3 == 0 && !slices.ContainsFunc(s.Faults, func(f faults.Fault) bool { return f.Clog != nil || !f.Pause.IsZero() })
		run := func(o observe.Observer) uint64 {
			r := newRunner(t, s)
			if searched {
				r.Search(&search.Search{Picker: new(search.Walk), Budget: search.Budget{Events: 500, Alarms: 8, Losses: 3, Duplicates: 3, Crashes: 2}})
			}
			if o != nil {
				r.Observe(o)
			}
			log = log[:0]
			r.Reset(seed, nil)
			tally.Run()
			return r.Run().Digest
		}
		digest := run(nil)
		alone := slices.Clone(log)
		seen := &handled{words: s.Protocol.Vocabulary()}
		if again := run(seen); again != digest || !slices.Equal(alone, log) {
			t.Fatalf("seed %d: observed, the history is told something else", seed)
		}
		count := func(list []string) (hears, crashes int) {
			for _, line := range list {
				if strings.Contains(line, " hears ") {
					hears++
				}
				if strings.HasSuffix(line, " crashes") {
					crashes++
				}
			}
			return hears, crashes
		}
		heard, crashes := count(log)
		arrived, _ := count(seen.list)
		switch {
		case s.Disk.Sync == 0 && !slices.Equal(log, seen.list):
			for i := range log {
				if i >= len(seen.list) || log[i] != seen.list[i] {
					t.Fatalf("seed %d, line %d: the history is told %q, and the trace has %q", seed, i, log[i], seen.list[min(i, len(seen.list)-1)])
				}
			}
			t.Fatalf("seed %d: the history is told %d lines, and the trace has %d", seed, len(log), len(seen.list))
		case heard > arrived || heard < arrived && s.Disk.Sync == 0:
			t.Fatalf("seed %d: %d Accepts are handled, and the history hears of %d", seed, arrived, heard)
		}
		accepts, crashed = accepts+heard, crashed+crashes
		if s.Disk.Sync > 0 {
			slow++
		}
	}
	t.Logf("%d Accepts, %d crashes, %d scenarios with slow disks", accepts, crashed, slow)
	if accepts < 5000 || crashed < 100 || slow < 30 {
		t.Error("too little was shown")
	}
}

// TestHistoryWaitsUnseen: what the history waits to hear of is no effect that an
// actor waits for.
func TestHistoryWaitsUnseen(t *testing.T) {
	s := calm(5)
	s.Network = weather.Network{DelayMin: 1, DelayMax: 50, Duplicate: scheduler.Certain / 4}
	s.Disk.Sync = 30
	blind := *s
	blind.Invariants = []string{}
	w, b := newRunner(t, s), newRunner(t, &blind)
	waited := 0
	for seed := range uint64(20) {
		w.Reset(seed, nil)
		b.Reset(seed, nil)
		tally.Run()
		tally.Run()
		for more := true; more; {
			more = w.Step()
			b.Step()
			for id := sim.ID(1); id <= 5; id++ {
				got, want := w.(observe.Inspector).Inspect(id).Waiting, b.(observe.Inspector).Inspect(id).Waiting
				if waited += want; got != want {
					t.Fatalf("seed %d, event %d: of actor %d %d effects wait, and unwatched %d", seed, w.Outcome().Events, id, got, want)
				}
			}
		}
	}
	if waited == 0 {
		t.Error("nothing ever waited")
	}
}
