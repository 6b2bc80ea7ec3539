package sim_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/paxsim/paxsim/internal/gate"
	"github.com/paxsim/paxsim/internal/tally"
	"github.com/paxsim/paxsim/sim"
	"github.com/paxsim/paxsim/sim/aims"
	"github.com/paxsim/paxsim/sim/faults"
	"github.com/paxsim/paxsim/sim/observe"
	"github.com/paxsim/paxsim/sim/shown"
)

// Fields tells what a player knows.
func (p *player) Fields(x sim.Names) []shown.Field {
	return []shown.Field{{Name: "pongs", Text: fmt.Sprint(p.pongs)}, {Name: "value", Text: x.ValueName(p.value)}}
}

// TestInspect: looking into a run changes nothing, and what is seen is how the
// actors stand: down from the crash to the restart, on the disk what was saved
// last, alarms until they go off.
func TestInspect(t *testing.T) {
	seen := map[string]int{}
	for seed := range gate.Of[uint64](25, 60) {
		s := rough(3)
		s.Faults = append(s.Faults, faults.Fault{Name: "nap", At: 10, Until: 25, Pause: aims.These(3)}, faults.Fault{Name: "gone", At: 110, Until: faults.Forever, Crash: aims.These(3)})
		plain := runner(t, s)
		plain.Reset(seed, nil)
		want := plain.Run()
		w := runner(t, s)
		l := &lines{}
		w.Observe(l)
		w.Reset(seed, nil)
		tally.Run()
		down, paused := map[sim.ID]bool{}, map[sim.ID]bool{}
		disk := map[sim.ID]string{}
		for more, done := true, 0; more; {
			more = w.Step()
			for ; done < len(l.list); done++ {
				switch e := l.list[done]; e.What {
				case observe.Crashed:
					down[e.Actor], paused[e.Actor] = true, false
				case observe.Restarted:
					down[e.Actor] = false
				case observe.Paused:
					paused[e.Actor] = true
				case observe.Resumed:
					paused[e.Actor] = false
				case observe.Saved:
					disk[e.Actor] = e.Text
				}
			}
			for id := sim.ID(1); id <= 3; id++ {
				look := w.(observe.Inspector).Inspect(id)
				seen[look.Status.String()]++
				isDown := look.Status == observe.StatusDown || look.Status == observe.StatusGone
				if isDown != down[id] || (look.Status == observe.StatusPaused) != paused[id] {
					t.Fatalf("seed %d: actor %d is %v; down: %v, paused: %v", seed, id, look.Status, down[id], paused[id])
				}
				if isDown != (look.Fields == nil) {
					t.Fatalf("seed %d: actor %d is %v and knows %v", seed, id, look.Status, look.Fields)
				}
				if got := len(look.Disk) > 0; got != (disk[id] != "") || got && look.Disk[0] != (shown.Field{Name: "slot 0", Text: disk[id]}) {
					t.Fatalf("seed %d: the disk of actor %d holds %v, and it saved %q", seed, id, look.Disk, disk[id])
				}
				if len(look.Written) > 0 {
					seen["written"]++
				}
				if look.Waiting > 0 {
					seen["waiting"]++
				}
				for _, a := range look.Alarms {
					seen["alarm "+a.Name]++
				}
			}
		}
		if got := w.Outcome(); got.Digest != want.Digest || got.Events != want.Events {
			t.Fatalf("seed %d: another run when looked into", seed)
		}
	}
	for _, what := range []string{"up", "down", "gone", "paused", "written", "waiting", "alarm again"} {
		if seen[what] == 0 {
			t.Errorf("nobody came to be: %s; %v", what, seen)
		}
	}
}

// TestInspectAlarm: an alarm goes off when it is said to.
func TestInspectAlarm(t *testing.T) {
	for seed := range uint64(20) {
		s := rough(2)
		s.Faults, s.Crashes = nil, faults.Crashes{}
		w := runner(t, s)
		l := &lines{}
		w.Observe(l)
		w.Reset(seed, nil)
		tally.Run()
		var said []observe.Alarm
		off := 0
		for more := true; more; {
			more = w.Step()
			if e := l.list[len(l.list)-1]; e.What == observe.TimedOut && e.Actor == 1 {
				t.Fatal("an alarm goes off, and nothing follows")
			}
			if i := slices.IndexFunc(l.list, func(e observe.Entry) bool { return e.What == observe.TimedOut && e.Actor == 1 }); i >= 0 {
				off++
				if len(said) != 1 || said[0].At != l.list[i].At {
					t.Fatalf("seed %d: an alarm goes off at %d, and was said to at %v", seed, l.list[i].At, said)
				}
			}
			l.list = l.list[:0]
			l.list = append(l.list, observe.Entry{})
			said = w.(observe.Inspector).Inspect(1).Alarms
		}
		if off == 0 && seed == 0 {
			t.Error("no alarm went off")
		}
	}
}
