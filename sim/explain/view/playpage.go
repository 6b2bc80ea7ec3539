//go:build !paxsimplay

package view

import (
	"bufio"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"
	"sync"

	"github.com/paxsim/paxsim/sim/trace"
)

// Engine is the session behind a page of play, see package play. The page reaches it in
// one of two ways. Over loopback it posts requests to Path. In a file it runs Wasm in a
// worker, which can be ended.
type Engine struct {
	Path    string // relative to the page, such as "do"; "": Wasm answers
	Wasm    []byte // a program by gzip, the main of a command built for js and wasm with the tag paxsimplay
	Glue    string // wasm_exec.js of the toolchain that built it
	Title   string // of the page; "": play
	Opens   any    // the request with which the page begins, as JSON has it; nil: the first scenario
	Lessons []Lesson
}

// PlayMark is how every page of play begins.
const PlayMark = "<!DOCTYPE html>\n<!-- A page by paxsim play"

//go:embed page/play.html
var playTemplate string

//go:embed page/play.css
var playStyleSource string

var (
	playStyle  = sync.OnceValue(func() string { return style() + plain(playStyleSource) })
	playScript = sync.OnceValue(func() string { return plain(joined(playModules)) })
)

// WritePlay writes a page of play. The error is that of the writer.
func WritePlay(w io.Writer, e Engine) error {
	out := &writer{bufio.NewWriter(w)}
	title := e.Title
	if title == "" {
		title = "play"
	}
	may := "connect-src 'self'"
	code := "'" + hash(playScript()) + "'"
	if e.Path == "" { // the worker is made of a text in the page, and may compile wasm
		may = "worker-src blob:"
		code += " 'wasm-unsafe-eval'"
	}
	policy := fmt.Sprintf("default-src 'none'; script-src %s; style-src '%s'; %s; img-src data:; base-uri 'none'; form-action 'none'", code, hash(playStyle()), may)
	lessons := e.Lessons
	if lessons == nil {
		lessons = []Lesson{}
	}
	out.page(map[string]func(){
		"mark":   func() { out.WriteString("play") },
		"policy": func() { out.WriteString(policy) },
		"title":  func() { out.WriteString(html.EscapeString(title)) },
		"tool":   func() { out.WriteString(trace.Tool) },
		"style":  func() { out.WriteString(playStyle()) },
		"script": func() { out.WriteString(playScript()) },
		"play":   func() { out.WriteString(playTemplate) },
		"data": func() {
			out.value(map[string]any{"runs": []int{}, "path": e.Path, "opens": e.Opens, "lessons": lessons})
		},
		"wasm": func() {
			if e.Path == "" {
				out.WriteString(`<script type="application/json" id="glue">`)
				out.value(e.Glue)
				out.WriteString("</script>\n" + `<script type="text/plain" id="wasm">`)
				out.WriteString(base64.StdEncoding.EncodeToString(e.Wasm))
				out.WriteString("</script>\n")
			}
		},
	})
	return out.Flush()
}

// page writes the template; parts are what goes where it names them. One that it does not
// have is left out.
func (w *writer) page(parts map[string]func()) {
	for rest := template; rest != ""; {
		before, after, found := strings.Cut(rest, "{{")
		w.WriteString(before)
		if !found {
			return
		}
		name, after, _ := strings.Cut(after, "}}")
		if part := parts[name]; part != nil {
			part()
		}
		rest = after
	}
}
