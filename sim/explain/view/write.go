//go:build !paxsimplay

package view

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"strings"
	"sync"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/sim/trace"
)

// Mark is how every page begins.
const Mark = "<!DOCTYPE html>\n<!-- A page by paxsim view"

//go:embed page/page.html
var template string

//go:embed page/view.css
var styleSource string

// What of its sources is in a page. It is made when the first page is written: whoever
// only records a run needs none of it.
var (
	style  = sync.OnceValue(func() string { return plain(styleSource) })
	script = sync.OnceValue(func() string { return plain(joined(modules)) })
)

// Write writes a page of one run, or of two and where they part (nil: they are
// the same). The error is that of the writer.
func Write(w io.Writer, runs []*Recorder, d *Difference) error {
	out := &writer{bufio.NewWriter(w)}
	names := make([]string, len(runs))
	for i, r := range runs {
		names[i] = terminal.Text(r.run.Name())
	}
	title := strings.Join(names, " and ")
	// Nothing may be fetched, and nothing may run but our script: what a value
	// is called could at worst become text.
	policy := fmt.Sprintf("default-src 'none'; script-src '%s'; style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'", hash(script()), hash(style()))
	out.page(map[string]func(){
		"mark":   func() { out.WriteString("view") },
		"policy": func() { out.WriteString(policy) },
		"title":  func() { out.WriteString(html.EscapeString(title)) },
		"tool":   func() { out.WriteString(trace.Tool) },
		"style":  func() { out.WriteString(style()) },
		"script": func() { out.WriteString(script()) },
		"data":   func() { out.data(runs, d) },
		"story":  func() { out.pictures(runs) },
	})
	return out.Flush()
}

// hash is how a policy names a text that is part of the page.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
