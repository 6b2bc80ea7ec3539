package view

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var declared = regexp.MustCompile(`(?m)^(export )?(?:async )?(?:function|class|const|let) (.*)`)

// names are what a module declares for all of it, and which of them it exports.
func names(source string) (all, exported []string) {
	for _, m := range declared.FindAllStringSubmatch(source, -1) {
		rest := m[2]
		var list []string
		if i := strings.IndexAny(rest, "({=;"); strings.HasPrefix(m[0], "export const") || strings.HasPrefix(m[0], "const") || strings.HasPrefix(m[0], "let") || strings.HasPrefix(m[0], "export let") {
			for _, one := range regexp.MustCompile(`(?:^|, )([\w$]+) = `).FindAllStringSubmatch(declaration(rest), -1) {
				list = append(list, one[1])
			}
		} else if i > 0 {
			list = []string{strings.Fields(rest[:i])[0]}
		}
		all = append(all, list...)
		if m[1] != "" {
			exported = append(exported, list...)
		}
	}
	return all, exported
}

// declaration is a declaration without what is in brackets.
func declaration(s string) string {
	var b strings.Builder
	depth := 0
	for _, c := range s {
		switch c {
		case '(', '{', '[':
			depth++
		case ')', '}', ']':
			depth--
		default:
			if depth == 0 {
				b.WriteRune(c)
			}
		}
	}
	return b.String()
}

var (
	texts1   = regexp.MustCompile(`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"`)
	comments = regexp.MustCompile(`(?m)(^|\s)//.*$`)
)

// uses says whether a module says a name as a variable: not in a text, as a
// property or as a key.
func uses(source, name string) bool {
	code := comments.ReplaceAllString(texts1.ReplaceAllString(importLine.ReplaceAllString(source, ""), "''"), "$1")
	return regexp.MustCompile(`(?:^|[^\w$.]|\.\.\.)` + regexp.QuoteMeta(name) + `(?:[^\w$:]|:[^ ])`).MatchString(code)
}

// TestModules: each module imports what it uses and no more, from where it is
// exported, and no two declare the same name: so the modules and the script that
// is joined of them are the same.
func TestModules(t *testing.T) {
	owner, exported := map[string]string{}, map[string][]string{}
	files, err := fs.Glob(scripts, "page/*.js")
	every := append(slices.Clone(modules), playModules[len(shared):]...)
	if err != nil || len(files) != len(every) {
		t.Errorf("%d files, %d modules: %v", len(files), len(every), err)
	}
	for _, m := range every {
		all, out := names(moduleText(m))
		for _, n := range all {
			if owner[n] != "" {
				t.Errorf("%s is declared in %s and in %s", n, owner[n], m)
			}
			owner[n] = m
		}
		exported[m] = out
	}
	used := map[string]bool{}
	for _, m := range every {
		source := moduleText(m)
		imported := map[string]bool{}
		for _, line := range importLine.FindAllStringSubmatch(source, -1) {
			for n := range strings.SplitSeq(line[1], ", ") {
				imported[n], used[n] = true, true
				if !slices.Contains(exported[line[2]], n) {
					t.Errorf("%s.js imports %s from %s.js, which does not export it", m, n, line[2])
				}
				if !uses(source, n) {
					t.Errorf("%s.js imports %s and does not use it", m, n)
				}
			}
		}
		if strings.Contains(importLine.ReplaceAllString(source, ""), "\nimport ") {
			t.Errorf("%s.js: an import that is not a line of its own", m)
		}
	}
	for m, list := range exported {
		for _, n := range list {
			if !used[n] {
				t.Errorf("%s.js exports %s, and nobody imports it", m, n)
			}
		}
	}
	if len(owner) < 60 {
		t.Errorf("%d names only: this test looks at nothing", len(owner))
	}
}
