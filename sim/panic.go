package sim

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim/observe"
)

// No handler may panic, say with [Env.Fail] that something is wrong, or send without end.
// If one does, the run ends as a violation. That is kept, played again and shown like any
// other. Go cannot catch three things: a stack that overflows, a map that two goroutines
// write to, and a loop that asks the world for nothing.

// mostWaiting is how many events may wait at the same time. A handler that sends for ever
// reaches it. A run that gets there slowly ends there, see [observe.EndQueue].
func mostWaiting(n int) int { return max(1<<20, 4*n*n) }

// errCount is the panic of an actor that has done one thing so often that it cannot
// be numbered: see EndCount.
var errCount = errors.New("sim: a count is full")

// caught makes a violation of a panic of the protocol. A panic of anybody else
// goes on: a source, a picker, an observer, the engine itself.
func (w *World[M, D]) caught(p any) {
	stack := stackOf(2) // above the function that recovers
	place := stack.place()
	err, _ := p.(error)
	switch most := mostWaiting(w.n); {
	case errors.Is(err, errCount): // also where no handler is on the stack: an idle crash is counted too
		w.end(observe.EndCount)
	case errors.Is(err, scheduler.ErrFull) && place != "" && w.pushed() >= most/2:
		w.blame(fmt.Sprintf("%s does not stop: more than %d events wait", place, most), stack)
	case errors.Is(err, scheduler.ErrFull):
		w.end(observe.EndQueue)
	case place == "" || stack.ofOthers():
		panic(p)
	default:
		w.blame(place+" panics: "+panicText(p), stack)
	}
	if w.events >= w.nextStop {
		w.stop()
	}
}

// blame ends the run as a violation: a handler did what none may do.
func (w *World[M, D]) blame(text string, stack stack) {
	if w.result.Violation != nil {
		return
	}
	w.breach(&Violation{Invariant: PanicInvariant, Text: text})
	w.result.Violation.Place, w.result.Violation.Stack = stack.place(), stack.lines()
}

// pushed is how many of the events that wait, and of the effects behind a disk, the
// event that is being handled has led to.
func (w *World[M, D]) pushed() (n int) {
	now := uint32(w.events)
	for _, ev := range w.queue.Waiting() {
		if ev.cause == now {
			n++
		}
	}
	if w.search != nil { // also what it took back: alarms that it set again
		n += w.search.back
		for ev := range w.search.enabled(true) {
			if ev.cause == now {
				n++
			}
		}
	}
	for i := range w.actors {
		for _, x := range w.actors[i].disk.outbox.each() {
			if x.cause == now {
				n++
			}
		}
	}
	return n
}

// panicText is the value of a panic, if it is one that reads the same in every
// run: others may hold addresses.
func panicText(p any) string {
	switch p := p.(type) {
	case error:
		return p.Error()
	case string:
		return p
	}
	return fmt.Sprintf("a value of type %T", p)
}

// frame is a call on a stack.
type frame struct {
	function string // "register.(*actor).Receive"
	at       string // "register.go:31"
	room     string // the package, with its path
}

// stack is the calls from the innermost on, up to the handler that the world
// called.
type stack []frame

// engineRooms are where the engine's own functions are, by the paths of their
// packages: this one, the queue's, and those of the parts of a world.
var engineRooms = func() map[string]bool {
	rooms := map[string]bool{worldRoom: true, reflect.TypeFor[scheduler.Key]().PkgPath(): true}
	for _, part := range []string{"aims", "chance", "delays", "disks", "faults", "ids", "links", "observe", "partitions", "quorums", "search", "shown", "triggers", "weather"} {
		rooms[worldRoom+"/"+part] = true
	}
	return rooms
}()

// worldRoom is the package of the world.
var worldRoom = reflect.TypeFor[Scenario]().PkgPath()

// deepest is how many calls of a stack are kept.
const deepest = 100

// stackOf is the stack above the loop of the world, without what the runtime has
// on it. skip is how many calls above this one are left out.
func stackOf(skip int) (s stack) {
	pcs := make([]uintptr, deepest)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(skip+2, pcs)])
	for {
		f, more := frames.Next()
		x := newFrame(&f)
		switch {
		case x.room == worldRoom && (strings.HasSuffix(x.function, ".steps") || strings.HasSuffix(x.function, ".searchSteps") || strings.HasSuffix(x.function, ".renewEach") || strings.HasSuffix(x.function, ".handle")):
			return s
		case x.room == "runtime":
		default:
			s = append(s, x)
		}
		if !more {
			return s
		}
	}
}

// newFrame is a frame, told so that it is the same wherever the code was built.
func newFrame(f *runtime.Frame) frame {
	dir, name := path.Split(f.Function)
	room, _, _ := strings.Cut(name, ".")
	return frame{name, fmt.Sprintf("%s:%d", path.Base(f.File), f.Line), dir + room}
}

// place is the innermost function of the protocol: of the room whose handler the
// world called. "": nobody but the engine is on the stack.
func (s stack) place() string {
	room := ""
	for _, f := range s { // the outermost that is not the engine's
		if !engineRooms[f.room] {
			room = f.room
		}
	}
	for _, f := range s {
		if f.room == room && room != "" {
			return f.function
		}
	}
	return ""
}

// callOthers are the functions of the engine that call others than the protocol: a
// source, an observer, what is only said of a message or a round, and a picker.
var callOthers = []string{".(*Door).Ask", ".(*World[...]).emit", ".(*World[...]).told", ".(*World[...]).placed", ".(*searched[...]).", ".(*World[...]).recordChoice"}

// ofOthers says whether it was others who panicked, though a handler may be on the
// stack as well: the engine itself in such a function, or whom it called from one.
func (s stack) ofOthers() bool {
	in := func(f frame) bool { return engineRooms[f.room] }
	calls := func(f frame) bool {
		return slices.ContainsFunc(callOthers, func(name string) bool { return strings.Contains(f.function, name) })
	}
	i := 0
	for ; i < len(s) && in(s[i]); i++ {
		if calls(s[i]) {
			return true
		}
	}
	for i < len(s) && !in(s[i]) {
		i++
	}
	return i < len(s) && calls(s[i])
}

// lines are the calls in text, from the innermost on.
func (s stack) lines() []string {
	lines := make([]string, len(s))
	for i, f := range s {
		lines[i] = f.function + " " + f.at
	}
	return lines
}
