package prose

import (
	"regexp"
	"strings"
)

var (
	fence     = regexp.MustCompile("(?ms)^[ \t]*```.*?^[ \t]*```[ \t]*$")
	comment   = regexp.MustCompile(`(?s)<!--.*?-->`)
	span      = regexp.MustCompile("`[^`\n]*`")
	image     = regexp.MustCompile(`!\[[^\]]*\]\([^)]*\)`)
	linkText  = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	listItem  = regexp.MustCompile(`^(?:[-*]|\d+\.)\s+`)
	letters   = regexp.MustCompile(`\pL`)
	sentenceS = regexp.MustCompile(`[.!?]["”)*]*(?:\s+|$)`)
	small     = regexp.MustCompile(`^\p{Ll}`)
	ourName   = regexp.MustCompile(`^paxsim\b`) // begins sentences all the same
)

// blocks are the passages of a page that are prose: its paragraphs, the items of its
// lists and, apart from them, the cells of its tables. Code, headings, comments and
// pictures are none. Whatever is between backquotes is one word.
func blocks(page string) (text, cells []string) {
	page = fence.ReplaceAllString(page, "\n")
	page = comment.ReplaceAllString(page, "\n")
	page = image.ReplaceAllString(page, "")
	page = linkText.ReplaceAllString(page, "$1")
	page = span.ReplaceAllString(page, "Code")
	var open []string
	end := func() {
		if len(open) > 0 {
			text = append(text, strings.Join(open, " "))
		}
		open = nil
	}
	for line := range strings.Lines(page) {
		line = strings.TrimSpace(line)
		item := listItem.FindString(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			end()
		case strings.HasPrefix(line, "|"):
			end()
			for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
				if cell = strings.TrimSpace(cell); letters.MatchString(cell) {
					cells = append(cells, cell)
				}
			}
		case item != "":
			end()
			open = []string{line[len(item):]}
		default:
			open = append(open, line)
		}
	}
	end()
	return text, cells
}

// sentences cuts a passage where a full stop ends a sentence.
func sentences(passage string, ends func(before, rest string) bool) (list []string) {
	begin := 0
	for _, at := range sentenceS.FindAllStringIndex(passage, -1) {
		if rest := passage[at[1]:]; rest != "" && !ends(strings.TrimSpace(passage[begin:at[1]]), rest) {
			continue
		}
		list = append(list, strings.TrimSpace(passage[begin:at[1]]))
		begin = at[1]
	}
	if rest := strings.TrimSpace(passage[begin:]); rest != "" {
		list = append(list, rest)
	}
	return list
}

// endedInPage says whether a full stop of a page ends a sentence. Before a small letter,
// as in "e.g. this", it ends none.
func endedInPage(_, rest string) bool {
	return !small.MatchString(rest) || ourName.MatchString(rest)
}

// words counts those of a sentence: what has a letter or a digit in it.
func words(sentence string) (n int) {
	for _, w := range strings.Fields(sentence) {
		if strings.ContainsFunc(w, func(c rune) bool {
			return c >= '0' && c <= '9' || letters.MatchString(string(c))
		}) {
			n++
		}
	}
	return n
}
