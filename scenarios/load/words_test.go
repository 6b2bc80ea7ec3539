package load_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/paxsim/paxsim/scenarios/load"
)

// TestStoryPage: the page of a story opens with its picture, which is an image and told in
// words as well, and its captions are those of the story; that of a run file has neither.
func TestStoryPage(t *testing.T) {
	r, err := load.File(told)
	if err != nil {
		t.Fatal(err)
	}
	var page, plain bytes.Buffer
	if err := r.Page(&page); err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`<img src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)" alt="([^"]*)">`).FindStringSubmatch(page.String())
	if m == nil {
		t.Fatal("the page has no picture")
	}
	svg, err := base64.StdEncoding.DecodeString(m[1])
	if err != nil || !strings.HasPrefix(string(svg), "<svg") || !strings.Contains(string(svg), "BREAKS agreement") {
		t.Errorf("%v: the picture is\n%s", err, svg)
	}
	words, err := r.Words(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(words.Text) {
		if !strings.Contains(html.UnescapeString(m[2]), strings.TrimSpace(line)) {
			t.Errorf("the picture is not told so: %s", line)
		}
	}
	if words.Decisive == 0 || len(words.Captions) == 0 {
		t.Errorf("%+v", words)
	}
	for _, c := range words.Captions {
		text, err := json.Marshal(c.Text)
		if err != nil || !strings.Contains(page.String(), string(text)) {
			t.Errorf("no caption says: %s", c.Text)
		}
	}
	file, err := load.Decode("x.run.json", r.File.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Page(&plain); err != nil || strings.Contains(plain.String(), "data:image/svg") {
		t.Errorf("%v: the page of a run file has a picture", err)
	}
}
