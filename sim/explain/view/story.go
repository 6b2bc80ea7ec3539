package view

import (
	"cmp"
	"encoding/base64"
	"html"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/internal/terminal"
)

// Story is what a page of a story has beside its run: it opens with the picture, and
// the captions are those of the story.
type Story struct {
	SVG      []byte // a picture of all of it
	Text     string // the same in words, for those who cannot see it
	Captions []Caption
}

// Caption is what is said of an event.
type Caption struct {
	Event uint64
	Text  string
}

// Tell says that the run is a story. It is called before Write.
func (r *Recorder) Tell(s *Story) { r.story = s }

// storyCaptions are those of the events that are shown; none: the run is no story.
func (r *Recorder) storyCaptions(from, to uint64) (list []caption) {
	for _, c := range r.story.Captions {
		if c.Event >= from && c.Event <= to {
			list = append(list, caption{ofOwn, c.Event, terminal.Text(c.Text)})
		}
	}
	slices.SortStableFunc(list, func(a, b caption) int { return cmp.Compare(a.event, b.event) })
	return list
}

// pictures are the pictures of the runs that are stories, as a part of the page. What
// they hold cannot reach the page: it is an image.
func (w *writer) pictures(runs []*Recorder) {
	for _, r := range runs {
		if r.story == nil {
			continue
		}
		title := "The story"
		if len(runs) > 1 {
			title += " of " + terminal.Text(r.run.Name())
		}
		var lines []string
		for line := range strings.Lines(r.story.Text) {
			lines = append(lines, terminal.Text(strings.TrimSpace(line)))
		}
		w.put("<details class=\"story\" open>\n  <summary>%s</summary>\n  <div><img src=\"data:image/svg+xml;base64,%s\" alt=\"%s\"></div>\n</details>\n",
			html.EscapeString(title), base64.StdEncoding.EncodeToString(r.story.SVG), html.EscapeString(strings.TrimSpace(strings.Join(lines, " "))))
	}
}
