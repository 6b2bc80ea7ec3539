//go:build !paxsimplay

package view

import (
	"embed"
	"regexp"
	"slices"
	"strings"
)

//go:embed page/*.js
var scripts embed.FS

// shared are the modules of every page, in the order in which they are joined. What a
// module does at once, and not when it is called, may need only those before it.
var shared = []string{
	"tools", "state", "run", "layout", "labels", "filters", "voice", "address", "theme", "pick", "diagram",
	"legend", "panel", "board", "sections", "bar", "guide", "place", "keys", "summaries", "controls",
}

// The modules of a page of view, and of one of play.
var (
	modules     = append(slices.Clone(shared), "main")
	playModules = append(slices.Clone(shared), "engine", "session", "menu", "acts", "moment", "futures", "share", "open", "lessons", "playing")
)

// moduleText is the source of a module.
func moduleText(name string) string {
	text, err := scripts.ReadFile("page/" + name + ".js")
	if err != nil {
		panic("view: " + err.Error()) // it is embedded
	}
	return string(text)
}

// An import is a line of its own, and an export begins one.
var (
	importLine = regexp.MustCompile(`(?m)^import \{ ([^}]*) \} from '\./([a-z]+)\.js';\n`)
	exportMark = regexp.MustCompile(`(?m)^export ((?:async )?function|class|const|let)\b`)
)

// joined makes one script of modules, which can then be part of a page: a page that is
// opened from a disk may not load modules. The names that modules declare are those of one
// script, so no two declare the same. TestModules looks at that, and TestBrowserModules
// runs them as modules.
func joined(names []string) string {
	var b strings.Builder
	b.WriteString("'use strict';\n(() => {\n")
	for _, name := range names {
		b.WriteString(exportMark.ReplaceAllString(importLine.ReplaceAllString(moduleText(name), ""), "$1"))
	}
	b.WriteString("})();\n")
	return b.String()
}
