package view

import (
	"bufio"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/paxsim/paxsim/sim/trace"
)

// PlayMark is how every page to play on begins.
const PlayMark = "<!DOCTYPE html>\n<!-- A page by paxsim play"

//go:embed engine/engine.js
var engineSource string

//go:embed engine/worker.js
var workerSource string

// These two are for tests, until the page itself is here.
//
//go:embed testdata/play.html
var playTemplate string

//go:embed testdata/play.js
var playSource string

var playScript = sync.OnceValue(func() string {
	return plain("'use strict';\n(() => {\n" + exportMark.ReplaceAllString(engineSource, "$1") + playSource + "})();\n")
})

// Engine is what answers a page to play on: the command that serves it, or wasm in the
// page itself.
type Engine struct {
	Loopback bool   // the page asks at "do", beside its own address
	Wasm     []byte // else: compressed by gzip
	Exec     []byte // wasm_exec.js of the toolchain that has built it
	Opens    any    // the first request of the page, as JSON has it
}

// Policy is the content security policy of a page with such an engine. The page may ask
// the server that it is from; or it may fetch nothing at all, and start a worker.
func (e *Engine) Policy() string {
	engine := "connect-src 'self'"
	allow := ""
	if !e.Loopback {
		engine, allow = "worker-src blob:", " 'wasm-unsafe-eval'"
	}
	return fmt.Sprintf("default-src 'none'; script-src '%s'%s; style-src '%s'; img-src data:; %s; base-uri 'none'; form-action 'none'", hash(playScript()), allow, hash(style()), engine)
}

// WritePlay writes a page to play on. The error is that of the writer.
func WritePlay(w io.Writer, e *Engine) error {
	out := bufio.NewWriter(w)
	fill(out, playTemplate, map[string]func(){
		"policy": func() { out.WriteString(e.Policy()) },
		"tool":   func() { out.WriteString(trace.Tool) },
		"style":  func() { out.WriteString(style()) },
		"script": func() { out.WriteString(playScript()) },
		"engine": func() { e.write(out) },
	})
	return out.Flush()
}

// write writes the engine as blocks of data: nothing of them runs by being there.
func (e *Engine) write(out *bufio.Writer) {
	out.WriteString(`<script type="application/json" id="engine">`)
	(&writer{out}).value(struct {
		Loopback bool `json:"loopback"`
		Opens    any  `json:"opens"`
	}{e.Loopback, e.Opens})
	out.WriteString("</script>")
	if e.Loopback {
		return
	}
	for _, part := range []struct {
		id   string
		data []byte
	}{{"exec", e.Exec}, {"worker", []byte(plain(workerSource))}, {"wasm", e.Wasm}} {
		fmt.Fprintf(out, "\n"+`<script type="text/plain" id="engine-%s">`, part.id)
		text := base64.NewEncoder(base64.StdEncoding, out)
		text.Write(part.data) // the writer keeps its error
		text.Close()
		out.WriteString("</script>")
	}
}

// fill writes a template, and what its parts in braces write.
func fill(out *bufio.Writer, template string, parts map[string]func()) {
	for rest := template; rest != ""; {
		before, after, found := strings.Cut(rest, "{{")
		out.WriteString(before)
		if !found {
			break
		}
		name, after, _ := strings.Cut(after, "}}")
		parts[name]()
		rest = after
	}
}
