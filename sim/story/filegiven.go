package story

import (
	"strconv"
	"strings"

	"github.com/paxsim/paxsim/internal/words"
)

// given reads the answers that no line has.
func (r *fileReader) given(text string) {
	expected := func() { r.fail("expected answers by their choices, such as %s", `{"gap split #1": 3}`) }
	rest, ok := strings.CutPrefix(text, "{")
	if !ok {
		expected()
		return
	}
	r.file.Given = map[string]uint32{}
	for {
		choice, behind, ok := "", "", strings.HasPrefix(rest, `"`)
		if !ok {
			expected()
			return
		}
		if choice, behind, ok = r.quoted(rest); !ok {
			return
		}
		number, ok := strings.CutPrefix(behind, ": ")
		n := 0
		for n < len(number) && isDigit(number[n]) {
			n++
		}
		answer, err := strconv.ParseUint(number[:n], 10, 32)
		if !ok || err != nil || strconv.FormatUint(answer, 10) != number[:n] {
			expected()
			return
		}
		if _, twice := r.file.Given[choice]; twice {
			r.fail("%q is given twice", words.Clip(choice))
		}
		r.file.Given[choice] = uint32(answer)
		rest = number[n:]
		if end, ok := strings.CutPrefix(rest, "}"); ok {
			if end != "" && (end[0] != ' ' || !ends(end)) {
				expected()
			}
			return
		}
		if rest, ok = strings.CutPrefix(rest, ", "); !ok {
			expected()
			return
		}
	}
}
