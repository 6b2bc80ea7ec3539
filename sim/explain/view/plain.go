package view

import "strings"

// plain is a script or a style without what only its readers need: comments,
// indentation and empty lines. Lines stay lines. A comment in the middle of a line goes if
// no quote is behind its mark, and each before it is closed: so the mark is not part of a
// text.
func plain(source string) string {
	var b strings.Builder
	inComment := false
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "/*") {
			inComment = true
		}
		if inComment {
			inComment = !strings.HasSuffix(line, "*/")
			continue
		}
		if i := strings.LastIndex(line, " // "); i >= 0 && !strings.ContainsAny(line[i:], "'\"`") && closed(line[:i]) {
			line = strings.TrimSpace(line[:i])
		}
		if line != "" && !strings.HasPrefix(line, "//") {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// closed says whether every quote in a text has its other one.
func closed(text string) bool {
	for _, quote := range []string{"'", `"`, "`"} {
		if strings.Count(text, quote)%2 != 0 {
			return false
		}
	}
	return true
}
