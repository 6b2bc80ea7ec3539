package scenarios

import (
	"fmt"
	"strings"
)

// A piece is a sign that begins a value, parts two of them or ends a line. How many a text
// has is counted before it is parsed. Each may cost the parser of YAML 400 bytes of
// memory. Within brackets it is 1,300, because the parser keeps what is in them until it
// knows whether the whole is a key. The longest lists that a scenario may have need some
// 80,000 pieces.
const (
	maxPieces = 100_000
	maxInside = 20_000 // from a bracket to the one that closes it
)

// pieces counts them.
type pieces struct {
	text    string
	line    int // of the last piece
	count   int
	depth   int    // of brackets
	outside int    // pieces before the outermost bracket
	deepAt  [2]int // line and column where brackets are too many in one another; 0: nowhere
}

// tooMany says where a text has more pieces than it may, and which pieces; "": nowhere.
func tooMany(text string) (line, column int, why string) {
	p := &pieces{text: text, line: 1}
	begin := 0 // of the line
	for i := 0; i < len(text); i++ {
		if i = p.passed(i, begin); i == len(text) {
			break
		}
		if !p.takes(text[i]) {
			continue
		}
		switch p.count++; {
		case p.count > maxPieces:
			return p.line, i - begin + 1, fmt.Sprintf("more than %d values and lines: a scenario has fewer", maxPieces)
		case p.depth > 0 && p.count-p.outside > maxInside && p.deepAt[0] > 0:
			return p.deepAt[0], p.deepAt[1], errDeep.Error()
		case p.depth > 0 && p.count-p.outside > maxInside:
			return p.line, i - begin + 1, fmt.Sprintf("more than %d values within brackets: write a list as lines that begin with -", maxInside)
		}
		if p.depth == maxNesting+1 && p.deepAt[0] == 0 {
			p.deepAt = [2]int{p.line, i - begin + 1}
		}
		if text[i] == '\n' {
			p.line, begin = p.line+1, i+1
		}
	}
	return 0, 0, ""
}

// takes says whether a byte is a piece, and notes which bracket it is.
func (p *pieces) takes(c byte) bool {
	switch c {
	case '[', '{':
		if p.depth++; p.depth == 1 {
			p.outside, p.deepAt = p.count, [2]int{}
		}
		return true
	case ']', '}':
		p.depth = max(0, p.depth-1)
		return false
	}
	return strings.IndexByte("\n,:-?#&*!\r", c) >= 0
}

// passed is where to go on: behind what is in quotes, and at the end of a line that
// is a comment from here on. Brackets in there are none.
func (p *pieces) passed(i, begin int) int {
	switch c := p.text[i]; {
	case c == '#' && (i == begin || p.text[i-1] == ' '):
		if end := strings.IndexByte(p.text[i:], '\n'); end >= 0 {
			return i + end
		}
		return len(p.text)
	case c == '\'' || c == '"':
		before := strings.TrimRight(p.text[begin:i], " ")
		if before != "" && strings.IndexByte("[{,:-?", before[len(before)-1]) < 0 {
			return i // in the middle of a word
		}
		end := i + 1
		for end < len(p.text) && p.text[end] != c && p.text[end] != '\n' {
			end++
		}
		if end < len(p.text) && p.text[end] == c {
			return end
		}
	}
	return i
}
