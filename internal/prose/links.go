package prose

import (
	"path"
	"regexp"
	"strings"
)

var linkTo = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// Links are the files of the tree that a page links to, by their paths from the
// root, and the places within them. name is the path of the page.
func Links(name, page string) (list []Link) {
	page = fence.ReplaceAllString(page, "\n")
	page = span.ReplaceAllStringFunc(page, func(s string) string { // keeps [`x`](y)
		return strings.NewReplacer("](", "] (").Replace(s)
	})
	for _, m := range linkTo.FindAllStringSubmatch(page, -1) {
		if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
			continue
		}
		file, place, _ := strings.Cut(m[1], "#")
		to := name
		if file != "" {
			to = path.Join(path.Dir(name), file)
		}
		list = append(list, Link{to, place})
	}
	return list
}

// Link is a file, and a heading in it or "".
type Link struct{ File, Place string }

var heading = regexp.MustCompile(`(?m)^#{1,6} +(.+?)\s*$`)

// Anchors are the places of a page that a link can name, as GitHub makes them.
func Anchors(page string) map[string]bool {
	all := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(page, "\n"), -1) {
		all[Anchor(m[1])] = true
	}
	return all
}

// Anchor is the place of a heading.
func Anchor(head string) string {
	head = linkText.ReplaceAllString(head, "$1")
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ':
			return '-'
		case c == '-' || c == '_' || c >= '0' && c <= '9' || letters.MatchString(string(c)):
			return c
		}
		return -1
	}, strings.ToLower(head))
}
