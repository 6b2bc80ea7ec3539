package scenarios

import "fmt"

// A piece is a sign that begins a value, parts two of them or ends a line. How many a text
// has is counted before it is parsed. Each may cost the parser of YAML 400 bytes of
// memory. Within brackets it is 1,300, because the parser keeps what is in them until it
// knows whether the whole is a key. The longest lists that a scenario may have need some
// 80,000 pieces.
const (
	maxPieces = 100_000
	maxInside = 20_000 // from a bracket to the one that closes it
)

// pieceSigns are the bytes that are pieces, brackets apart.
const pieceSigns = "\n,:-?#&*!\r"

// pieces counts them. It walks over a text word by word, as the parser does, because
// a bracket opens a list or a mapping only where a value can begin. In quotes, in a
// comment, in a block of text and in the middle of a word it is a letter.
type pieces struct {
	text    string
	at      int // how far it has walked
	line    int // of at
	begin   int // where that line begins
	count   int
	depth   int    // of brackets
	outside int    // pieces before the outermost bracket
	deepAt  [2]int // line and column where brackets are too many in one another; 0: nowhere

	first  int  // the column of the first word of the line, behind the signs of lists
	parent int  // the column of the key or sign that a value belongs to; -1: of none
	open   bool // the last word has no quotes, and a deeper line would carry it on
}

// tooMany says where a text has more pieces than it may, and which pieces; "": nowhere.
func tooMany(text string) (line, column int, why string) {
	p := &pieces{text: text, line: 1, first: -1, parent: -1}
	for p.at < len(text) {
		at, within := p.at, p.depth > 0
		p.word()
		within = within && p.depth > 0
		line, column := p.line, at-p.begin+1
		if column < 1 { // the word has more lines
			column = 1
		}
		switch {
		case p.count > maxPieces:
			return line, column, fmt.Sprintf("more than %d values and lines: a scenario has fewer", maxPieces)
		case within && p.count-p.outside > maxInside && p.deepAt[0] > 0:
			return p.deepAt[0], p.deepAt[1], errDeep.Error()
		case within && p.count-p.outside > maxInside:
			return line, column, fmt.Sprintf("more than %d values within brackets: write a list as lines that begin with -", maxInside)
		}
		if p.depth == maxNesting+1 && p.deepAt[0] == 0 {
			p.deepAt = [2]int{line, column}
		}
	}
	return 0, 0, ""
}
