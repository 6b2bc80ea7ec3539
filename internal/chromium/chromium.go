// Package chromium is a browser without a window for tests, spoken to by its DevTools
// protocol over two pipes. It is there if PAXSIM_BROWSER names one; .ci/browser does.
package chromium

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Browser is a browser with one page.
type Browser struct {
	t    testing.TB
	to   *os.File
	from *bufio.Reader
	next int

	mu       sync.Mutex
	answers  map[int]chan answer
	session  string
	requests []string // addresses that the page asked for
	errors   []string // what the page complained of
	loaded   chan struct{}
	trace    []json.RawMessage // see Trace
	traced   chan struct{}     // it is whole
}

type answer struct {
	Result json.RawMessage
	Error  *struct{ Message string }
}

// New starts the browser that PAXSIM_BROWSER names. Without it, go test
// needs none.
func New(t testing.TB) *Browser {
	t.Helper()
	name := os.Getenv("PAXSIM_BROWSER")
	if name == "" {
		t.Skip("PAXSIM_BROWSER names no browser; .ci/browser does")
	}
	ourRead, theirWrite, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	theirRead, ourWrite, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	cmd := exec.Command(name, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--user-data-dir="+home, "--remote-debugging-pipe", "--window-size=1400,1000", "about:blank")
	cmd.ExtraFiles = []*os.File{theirRead, theirWrite} // 3 and 4, as Chromium expects
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirRead.Close()
	theirWrite.Close()
	c := &Browser{t: t, to: ourWrite, from: bufio.NewReaderSize(ourRead, 1<<20), answers: map[int]chan answer{}, loaded: make(chan struct{}, 10), traced: make(chan struct{}, 1)}
	go c.listen()
	t.Cleanup(func() {
		c.session = ""
		c.send("Browser.close", nil)
		ourWrite.Close()
		if err := cmd.Wait(); err != nil {
			t.Logf("the browser ended: %v", err)
		}
		ourRead.Close()
		for range 20 { // it may still be writing there
			if os.RemoveAll(home) == nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	var target struct{ TargetID string }
	c.Call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	c.Call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	c.session = attached.SessionID
	for _, domain := range []string{"Page", "Network", "Runtime", "Log"} {
		c.Call(domain+".enable", nil, nil)
	}
	return c
}

// send sends a command; the channel gets its answer.
func (c *Browser) send(method string, params any) chan answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next++
	got := make(chan answer, 1)
	c.answers[c.next] = got
	m := map[string]any{"id": c.next, "method": method}
	if params != nil {
		m["params"] = params
	}
	if c.session != "" {
		m["sessionId"] = c.session
	}
	text, err := json.Marshal(m)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.to.Write(append(text, 0)); err != nil {
		c.t.Logf("to the browser: %v", err)
	}
	return got
}

// Call sends a command and waits for its answer.
func (c *Browser) Call(method string, params, result any) {
	c.t.Helper()
	select {
	case a := <-c.send(method, params):
		if a.Error != nil {
			c.t.Fatalf("%s: %s", method, a.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(a.Result, result); err != nil {
				c.t.Fatal(err)
			}
		}
	case <-time.After(60 * time.Second):
		c.t.Fatalf("%s: no answer", method)
	}
}

// listen takes what the browser says.
func (c *Browser) listen() {
	for {
		text, err := c.from.ReadBytes(0)
		if err != nil {
			return
		}
		var m struct {
			ID     int
			Method string
			Params struct {
				Request          struct{ URL string }
				Entry            struct{ Level, Text, URL string }
				Type             string
				Value            []json.RawMessage
				Args             []struct{ Value, Description any }
				ExceptionDetails struct {
					Text      string
					Exception struct{ Description string }
				}
			}
			answer
		}
		if json.Unmarshal(text[:len(text)-1], &m) != nil {
			continue
		}
		c.mu.Lock()
		switch m.Method {
		case "":
			if got := c.answers[m.ID]; got != nil {
				got <- m.answer
				delete(c.answers, m.ID)
			}
		case "Network.requestWillBeSent":
			c.requests = append(c.requests, m.Params.Request.URL)
		case "Log.entryAdded":
			c.errors = append(c.errors, m.Params.Entry.Level+": "+m.Params.Entry.Text)
		case "Runtime.consoleAPICalled":
			c.errors = append(c.errors, fmt.Sprint("console ", m.Params.Type, m.Params.Args))
		case "Runtime.exceptionThrown":
			c.errors = append(c.errors, m.Params.ExceptionDetails.Text+" "+m.Params.ExceptionDetails.Exception.Description)
		case "Tracing.dataCollected":
			c.trace = append(c.trace, m.Params.Value...)
		case "Tracing.tracingComplete":
			c.traced <- struct{}{}
		case "Page.loadEventFired":
			select {
			case c.loaded <- struct{}{}:
			default:
			}
		}
		c.mu.Unlock()
	}
}

// Open shows an address, and forgets what was before.
func (c *Browser) Open(url string) {
	c.t.Helper()
	c.Call("Page.navigate", map[string]any{"url": "about:blank"}, nil)
	c.wait()
	c.Take()
	c.Call("Page.navigate", map[string]any{"url": url}, nil)
	c.wait()
}

func (c *Browser) wait() {
	c.t.Helper()
	select {
	case <-c.loaded:
	case <-time.After(60 * time.Second):
		c.t.Fatal("the page does not load")
	}
}

// Take is what the page asked for and complained of since the last call.
func (c *Browser) Take() (requests, errors []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	requests, errors = c.requests, c.errors
	c.requests, c.errors = nil, nil
	return requests, errors
}

// Eval is the value of an expression in the page, once it has drawn.
func Eval[T any](c *Browser, expression string) T {
	c.t.Helper()
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Exception struct{ Description string }
		}
	}
	c.Call("Runtime.evaluate", map[string]any{"expression": "(async () => { const v = (" + expression + "); await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))); return v; })()", "awaitPromise": true, "returnByValue": true}, &r)
	if r.ExceptionDetails != nil {
		c.t.Fatalf("%s: %s", expression, r.ExceptionDetails.Exception.Description)
	}
	var v T
	if r.Result.Value != nil {
		if err := json.Unmarshal(r.Result.Value, &v); err != nil {
			c.t.Fatalf("%s: %v", expression, err)
		}
	}
	return v
}

// Press presses a key.
func (c *Browser) Press(key string) {
	c.t.Helper()
	text := ""
	if len(key) == 1 {
		text = key
	} else if key == "Enter" {
		text = "\r"
	}
	code := map[string]int{"Escape": 27, "Tab": 9, "Enter": 13}[key] // what the browser itself acts on
	c.Call("Input.dispatchKeyEvent", map[string]any{"type": "keyDown", "key": key, "text": text, "windowsVirtualKeyCode": code}, nil)
	c.Call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key, "windowsVirtualKeyCode": code}, nil)
	Eval[bool](c, "true")
}

// Shoot keeps a picture of the page in the folder that PAXSIM_SHOTS names.
func (c *Browser) Shoot(name string) {
	dir := os.Getenv("PAXSIM_SHOTS")
	if dir == "" {
		return
	}
	var shot struct{ Data []byte }
	c.Call("Page.captureScreenshot", map[string]any{"format": "png"}, &shot)
	if err := os.WriteFile(dir+"/"+name+".png", shot.Data, 0o644); err != nil {
		c.t.Error(err)
	}
}

// Size makes the page so large; on a phone it is touched and not pointed at.
func (c *Browser) Size(width, height int, phone bool) {
	c.t.Helper()
	c.Call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}, nil)
	c.Call("Emulation.setTouchEmulationEnabled", map[string]any{"enabled": phone}, nil)
}

// Media sets what the reader's system asks for, such as prefers-color-scheme: dark.
func (c *Browser) Media(features map[string]string) {
	c.t.Helper()
	list := []map[string]string{}
	for name, value := range features {
		list = append(list, map[string]string{"name": name, "value": value})
	}
	c.Call("Emulation.setEmulatedMedia", map[string]any{"features": list}, nil)
}

// Point moves the pointer to a place, and clicks there.
func (c *Browser) Point(x, y float64, click bool) {
	c.t.Helper()
	c.Call("Input.dispatchMouseEvent", map[string]any{"type": "mouseMoved", "x": x, "y": y}, nil)
	if click {
		for _, what := range []string{"mousePressed", "mouseReleased"} {
			c.Call("Input.dispatchMouseEvent", map[string]any{"type": what, "x": x, "y": y, "button": "left", "clickCount": 1}, nil)
		}
	}
	Eval[bool](c, "true")
}

// Until waits until an expression in the page is true.
func (c *Browser) Until(expression string) {
	c.t.Helper()
	for range 200 {
		if Eval[bool](c, "!!("+expression+")") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	c.t.Fatalf("never so: %s", expression)
}

// Quiet holds that the page asked for nothing but what starts with one of some
// addresses, and complained of nothing.
func (c *Browser) Quiet(own ...string) {
	c.t.Helper()
	requests, errors := c.Take()
	for _, r := range requests {
		if r != "data:," && !slices.ContainsFunc(own, func(o string) bool { return strings.HasPrefix(r, o) }) {
			c.t.Errorf("the page asks for %s", r)
		}
	}
	if len(errors) > 0 {
		c.t.Errorf("the page complains: %q", errors)
	}
}
