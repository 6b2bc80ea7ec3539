package chromium

import (
	"encoding/json"
	"strings"
	"time"
)

// Traced is what the threads of the page did while it was traced.
type Traced struct {
	Page   []Task        // what the main thread did, piece by piece
	First  time.Duration // what it used before it first painted anything; 0: it did not
	Worker time.Duration // what a worker's thread used
	Others time.Duration // what the other threads of the page's process used, such as those that compile wasm
}

// Task is what the page's main thread did in one piece: between two of them it can
// answer the reader.
type Task struct {
	CPU   time.Duration            // that it used, whatever else the machine was doing
	Parts map[string]time.Duration // of that, by the browser's names: Layout, UpdateLayoutTree, FunctionCall

	begins float64
}

// parts are the pieces of a task that are counted.
var parts = map[string]bool{
	"UpdateLayoutTree": true, "Layout": true, "PrePaint": true, "Paint": true, "Layerize": true, "Commit": true, "FunctionCall": true, "FireAnimationFrame": true,
	"EvaluateScript": true, "ParseHTML": true, "MinorGC": true, "MajorGC": true, "TimerFire": true, "HandlePostMessage": true, "v8.compile": true,
}

// Trace is what the page does while something is done. It is measured by the time that
// its threads had a processor, which is the same however busy the machine is.
func (c *Browser) Trace(do func()) Traced {
	c.t.Helper()
	c.mu.Lock()
	c.trace = nil
	c.mu.Unlock()
	c.Call("Tracing.start", map[string]any{"transferMode": "ReportEvents", "traceConfig": map[string]any{"includedCategories": []string{"toplevel", "devtools.timeline", "loading", "v8", "__metadata"}}}, nil)
	do()
	c.Call("Tracing.end", nil, nil)
	select {
	case <-c.traced:
	case <-time.After(60 * time.Second):
		c.t.Fatal("the browser does not tell what it traced")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return tasks(c.trace)
}

// event is an event of Chromium's trace. Times are in microseconds.
type event struct {
	Name          string
	Ph            string
	Pid, Tid      int
	Ts, Dur, Tdur float64
	Args          struct{ Name string }
}

// cpu is the time that an event's thread had a processor.
func (e *event) cpu() time.Duration { return time.Duration(e.Tdur * float64(time.Microsecond)) }

type thread struct{ pid, tid int }

// tasks are those of the page: of its process, and not of the one for empty pages.
func tasks(list []json.RawMessage) (best Traced) {
	name, by, painted := map[thread]string{}, map[thread][]event{}, map[int]float64{}
	for _, text := range list {
		var e event
		if json.Unmarshal(text, &e) != nil {
			continue
		}
		switch at := (thread{e.Pid, e.Tid}); {
		case e.Name == "thread_name":
			name[at] = e.Args.Name
		case e.Name == "firstContentfulPaint":
			painted[e.Pid] = e.Ts
		case e.Ph == "X":
			by[at] = append(by[at], e)
		}
	}
	most := time.Duration(0)
	for at := range by {
		if name[at] != "CrRendererMain" {
			continue
		}
		x, sum := Traced{Page: tasksOf(by[at])}, time.Duration(0)
		for _, task := range x.Page {
			sum += task.CPU
			if task.begins < painted[at.pid] {
				x.First += task.CPU
			}
		}
		for other, events := range by {
			if other.pid != at.pid || other == at {
				continue
			}
			for _, task := range tasksOf(events) {
				if strings.HasPrefix(name[other], "DedicatedWorker") {
					x.Worker += task.CPU
				} else {
					x.Others += task.CPU
				}
			}
		}
		if sum > most {
			best, most = x, sum
		}
	}
	return best
}

// tasksOf are those of a thread.
func tasksOf(events []event) (list []Task) {
	for _, task := range events {
		if task.Name != "RunTask" && task.Name != "ThreadPool_RunTask" && task.Name != "ThreadControllerImpl::RunTask" {
			continue
		}
		x := Task{CPU: task.cpu(), Parts: map[string]time.Duration{}, begins: task.Ts}
		within := func(e *event) bool { return e.Ts >= task.Ts && e.Ts+e.Dur <= task.Ts+task.Dur }
		if x.CPU > time.Millisecond {
			for _, e := range events {
				if parts[e.Name] && within(&e) {
					x.Parts[e.Name] += e.cpu()
				}
			}
		}
		list = append(list, x)
	}
	return list
}
