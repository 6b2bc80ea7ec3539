package rules

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestOwn: the tree is this project's own. It has one licence; no file bears
// another's notice; and no room holds scripts or sources that nobody here wrote.
func TestOwn(t *testing.T) {
	files := 0
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if d.Name() == ".git" {
				return filepath.SkipDir
			}
			return nil
		}
		if rel == "internal/rules/own_test.go" || !d.Type().IsRegular() {
			return nil
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		files++
		report(t, checkOwn(rel, string(text)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 300 {
		t.Errorf("%d files only: this test looks at nothing", files)
	}
}

// scripts are the files of ours in languages other than Go: names, and patterns of
// [path.Match].
var scripts = []string{".ci/consumers/check.mjs", "sim/explain/view/page/*.js"}

var (
	licences = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|third.?party.*)(\.(txt|md|html))?$`)
	notices  = regexp.MustCompile(`(?i)\bcopyright\b.*\d{4}|\(c\) \d{4}|SPDX-License|@licen[cs]e|all rights reserved|permission is hereby granted|redistribution and use`)
	vendored = regexp.MustCompile(`(?:^|/)(?:vendor|node_modules|third_party|thirdparty|external)/`)
)

// checkOwn says what makes a file look like another project's.
func checkOwn(name, text string) (bad []string) {
	if name == "LICENSE" {
		return nil
	}
	base := name[strings.LastIndexByte(name, '/')+1:]
	if licences.MatchString(base) {
		bad = append(bad, name+": a second licence")
	}
	if vendored.MatchString(name) {
		bad = append(bad, name+": another project's folder")
	}
	if at := notices.FindString(text); at != "" {
		bad = append(bad, name+": it bears a notice: "+at)
	}
	switch filepath.Ext(base) {
	case ".js", ".mjs", ".cjs", ".ts", ".py", ".c", ".h", ".cc", ".cpp", ".java", ".rs", ".tla":
		if !slices.ContainsFunc(scripts, func(pattern string) bool { ok, _ := path.Match(pattern, name); return ok }) {
			bad = append(bad, name+": a source in another language that is not in the list of ours")
		}
	}
	return bad
}

func TestOwnRefuse(t *testing.T) {
	for _, c := range []struct{ name, text, say string }{
		{"sim/world.go", "package sim", ""},
		{"LICENSE", "Copyright (c) 2026 the paxsim authors", ""},
		{".ci/consumers/check.mjs", "", ""},
		{".ci/consumers/other/LICENSE.txt", "", "a second licence"},
		{"sim/NOTICE", "", "a second licence"},
		{".ci/consumers/other/parser.js", "", "not in the list of ours"},
		{"sim/heap.go", "// Copyright 2009 The Go Authors.", "it bears a notice"},
		{"sim/heap.go", "// SPDX-License-Identifier: MIT", "it bears a notice"},
		{"vendor/x/y.go", "", "another project's folder"},
	} {
		expect(t, c.name, checkOwn(c.name, c.text), c.say)
	}
}
