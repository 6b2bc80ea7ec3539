package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

// texts numbers texts, so that the page holds each once. 0 is the empty text. What
// messages of two rounds say is two texts, though it may read the same: so the text
// tells the round.
type texts struct {
	list   []string
	rounds []sim.Round // by number: that of the message; 0: none
	of     map[saying]int
}

// saying is a text, and the round of the message that it is of.
type saying struct {
	text  string
	round sim.Round
}

func newTexts() texts {
	return texts{list: []string{""}, rounds: []sim.Round{0}, of: map[saying]int{{}: 0}}
}

func (t *texts) add(text string) int { return t.addOf(text, 0) }

// addOf is add for what a message of a round says.
func (t *texts) addOf(text string, round sim.Round) int {
	n, ok := t.of[saying{text, round}]
	if !ok {
		n = len(t.list)
		t.list, t.rounds = append(t.list, text), append(t.rounds, round)
		t.of[saying{text, round}] = n
	}
	return n
}

// ranked lists the rounds that there are, and says by number of text which place its
// round has among them: 1 for the lowest, 0 for none.
func (t *texts) ranked() (sorted []sim.Round, place []int) {
	sorted = slices.Compact(slices.Sorted(slices.Values(t.rounds)))
	place = make([]int, len(t.rounds))
	for i, x := range t.rounds {
		place[i], _ = slices.BinarySearch(sorted, x)
	}
	return sorted[1:], place
}

// deed is something that happens during events: what it is, its kind, its actor, the other
// one, which copy, and the number of its text.
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
		text := r.run.Scenario.Protocol.Vocabulary().KeyText(a.Key)
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
