package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
)

// texts numbers texts, so that the page holds each once. 0 is the empty text.
type texts struct {
	list []string
	of   map[string]int
}

func newTexts() texts { return texts{list: []string{""}, of: map[string]int{"": 0}} }

func (t *texts) add(text string) int {
	n, ok := t.of[text]
	if !ok {
		n = len(t.list)
		t.list = append(t.list, text)
		t.of[text] = n
	}
	return n
}

// deed is something that happens during events: what, of which kind, at whom,
// the other one, which copy, and the number of its text.
type deed [6]int

// deeds numbers deeds, so that the page holds each once: a message that is sent
// again and again, and cut again and again, is one.
type deeds struct {
	list []int // six a deed
	of   map[deed]int
}

func newDeeds() deeds { return deeds{list: []int{}, of: map[deed]int{}} }

func (d *deeds) add(x deed) int {
	n, ok := d.of[x]
	if !ok {
		n = len(d.of)
		d.list = append(d.list, x[:]...)
		d.of[x] = n
	}
	return n
}

// maxBefore is how many surprises are kept of those before the first event that
// is shown.
const maxBefore = 50

// earlier notes surprises before the first event that is shown.
func (r *Recorder) earlier(list []scheduler.Asked) {
	for _, a := range list {
		if a.Answer == 0 {
			continue
		}
		r.early++
		if len(r.before) == maxBefore {
			r.before = slices.Delete(r.before, 0, 1)
		}
		r.before = append(r.before, a)
	}
}

// surprises are those of some choices whose outcome is not the calm one, five
// numbers each: the text of the key in its parts, and the answer.
//
//	"lost Accept 2>3 #1": 1   the text "lost Accept", 2, 3+1, 1, 1
//	"idle 2 #1": 7            the text "idle", 2, 0, 1, 7
func (r *Recorder) surprises(list []scheduler.Asked) []int {
	var out []int
	for _, a := range list {
		if a.Answer == 0 {
			continue
		}
		text := r.run.Scenario.Protocol.Words().KeyText(a.Key)
		text, count, _ := strings.Cut(text, " #")
		from, to := 0, 0
		if i := strings.LastIndexByte(text, ' '); i >= 0 && text[i+1] >= '0' && text[i+1] <= '9' {
			first, second, pair := strings.Cut(text[i+1:], ">")
			from, _ = strconv.Atoi(first)
			if pair {
				to, _ = strconv.Atoi(second)
				to++
			}
			text = text[:i]
		}
		n, _ := strconv.Atoi(count)
		out = append(out, r.texts.add(text), from, to, n, int(a.Answer))
	}
	return out
}
