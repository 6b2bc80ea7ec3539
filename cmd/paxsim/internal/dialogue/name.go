package dialogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/internal/words"
	"github.com/paxsim/paxsim/scheduler"
	"github.com/paxsim/paxsim/sim"
)

// parseKey reads a choice by its whole name, and an answer: "lost Accept 2>3 #1
// = 1", with the sign or without, and 1 if no answer is there. The count may be
// left out.
func (d *Dialogue) parseKey(text string) (key scheduler.Key, x wish, whole bool, err error) {
	f := strings.Fields(strings.ReplaceAll(text, "=", " = "))
	x.answer = 1
	if n := len(f); n > 1 && f[n-1] != "" && isNumber(f[n-1]) && (f[n-2] == "=" || strings.HasPrefix(f[n-2], "#")) {
		v, err := strconv.ParseUint(f[n-1], 10, 32)
		if err != nil {
			return 0, x, false, mistake("an answer is a whole number from 0 on, not %s", words.Clip(f[n-1]))
		}
		x.answer = uint32(v)
		f = f[:n-1]
	} else if n > 0 && f[n-1] == "=" {
		return 0, x, false, mistake("what is the answer? 0 is the calm one")
	}
	if n := len(f); f[n-1] == "=" {
		f = f[:n-1]
	}
	if len(f) == 0 {
		return 0, x, false, mistake("which choice?")
	}
	if strings.HasPrefix(f[len(f)-1], "#") {
		k, err := d.words().ParseKey(strings.Join(f, " "))
		if err != nil {
			return 0, x, false, d.keyMistake(f[0], err)
		}
		return k, x, true, nil
	}
	if _, err := d.words().ParseKey(strings.Join(f, " ") + " #1"); err != nil {
		return 0, x, false, d.keyMistake(f[0], err)
	}
	k, _ := d.words().ParseKey(strings.Join(f, " ") + " #1")
	x.words = []string{f[0]}
	x.from, x.to, x.pair = sim.ID(k.From()), sim.ID(k.To()), k.To() != 0
	if len(f) > 2 {
		x.kind = f[1]
	}
	return 0, x, false, nil
}

func isNumber(text string) bool { return strings.Trim(text, "0123456789") == "" }

// keyMistake tells what is wrong with the name of a choice, and the nearest
// right word for it.
func (d *Dialogue) keyMistake(word string, err error) error {
	right := append([]string{"lost", "doubled", "delay", "crash", "crash-save", "crash-decide", "crash-answer", "crash-idle", "crash-idle-own", "down", "kept", "pick"}, d.words().Choices...)
	if slices.Contains(right, word) {
		return mistake("%s", err)
	}
	return mistake("%s%s", err, nearestOf(word, right))
}

// nearestOf is the end of a mistake about a word: the nearest right one, or all.
func nearestOf(word string, right []string) string {
	return cmp.Or(words.Hint(word, right), "; there are "+strings.Join(right, ", "))
}
