package scenarios

import "strings"

// word walks over the next word or sign, or over blanks.
func (p *pieces) word() {
	c, column := p.text[p.at], p.at-p.begin
	switch {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		p.take()
		return
	case c == '#' && (column == 0 || blank(p.text[p.at-1])):
		p.open = false
		p.restOfLine()
		return
	case p.first < 0 && p.open && p.carriesOn(column):
		p.first = column
		p.plain() // carries the last line on, whatever it begins with
		return
	}
	p.open = false
	if p.first < 0 {
		p.first = column
	}
	switch {
	case c == '[' || c == '{':
		if p.depth++; p.depth == 1 {
			p.outside, p.deepAt = p.count, [2]int{}
		}
		p.count++
		p.at++
	case c == ']' || c == '}':
		p.depth = max(0, p.depth-1)
		p.at++
	case c == '\'' || c == '"':
		p.quoted(c)
	case (c == '-' || c == '?') && p.endsWord(p.at+1):
		if p.depth == 0 {
			p.parent, p.first = column, -1
		}
		p.take()
	case c == ':' && (p.endsWord(p.at+1) || p.depth > 0 && strings.IndexByte(`'"]}`, p.text[max(0, p.at-1)]) >= 0):
		if p.depth == 0 {
			p.parent = p.first
			if p.first == column {
				p.first = -1 // a value without a key, which may begin with one
			}
		}
		p.take()
	case (c == '|' || c == '>') && p.depth == 0:
		p.block()
	case c == ',':
		p.take()
	case column == 0 && (c == '%' || p.document()):
		p.parent = -1
		if c == '%' {
			p.restOfLine()
			return
		}
		p.count += 3
		p.at, p.first = p.at+3, -1
	case c == '&' || c == '*' || c == '!':
		for !p.endsWord(p.at) {
			p.take()
		}
	default:
		p.plain()
	}
}

// carriesOn says whether what begins a line carries on the word that the last one
// ends with.
func (p *pieces) carriesOn(column int) bool {
	c := p.text[p.at]
	if p.depth > 0 {
		return strings.IndexByte(",[]{}", c) < 0 && (c != ':' || !p.endsWord(p.at+1))
	}
	return column > p.parent && (column > 0 || !p.document())
}

// take walks over one byte, and counts it if it is a piece.
func (p *pieces) take() {
	c := p.text[p.at]
	if strings.IndexByte(pieceSigns, c) >= 0 {
		p.count++
	}
	p.at++
	if c == '\n' {
		p.line, p.begin, p.first = p.line+1, p.at, -1
	}
}

// plain walks over a word without quotes, at least over its first byte.
func (p *pieces) plain() {
	for p.take(); p.at < len(p.text); p.take() {
		c := p.text[p.at]
		switch {
		case c == '\n' || c == '\r' || c == ':' && p.endsWord(p.at+1),
			c == '#' && blank(p.text[p.at-1]),
			p.depth > 0 && strings.IndexByte(",[]{}", c) >= 0:
			p.open = c == '\n' || c == '\r'
			return
		}
	}
}

// quoted walks over what is in quotes. What has no end is the last word.
func (p *pieces) quoted(quote byte) {
	begin, count := p.at, p.count
	line := p.line
	for p.take(); p.at < len(p.text); p.take() {
		switch c := p.text[p.at]; {
		case c == '\\' && quote == '"' && p.at+1 < len(p.text):
			p.take()
		case c == quote && quote == '\'' && strings.HasPrefix(p.text[p.at:], "''"):
			p.take()
		case c == quote:
			p.at++
			if p.line == line {
				p.count = count
			}
			return
		}
	}
	p.count = count + strings.Count(p.text[begin:], "\n")
}

// block walks over a text that | or > begins: the lines that are deeper than what it
// belongs to.
func (p *pieces) block() {
	indent := -1 // as the first line has it
	for ; p.at < len(p.text) && p.text[p.at] != '\n'; p.take() {
		if c := p.text[p.at]; c == '#' {
			p.restOfLine()
			break
		} else if c >= '1' && c <= '9' {
			indent = max(p.parent, 0) + int(c-'0')
		}
	}
	deepest := p.parent + 1
	if p.at < len(p.text) {
		p.take()
	}
	for p.at < len(p.text) {
		line := p.text[p.at:]
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		column := len(line) - len(strings.TrimLeft(line, " "))
		switch {
		case strings.TrimRight(line, " \r") == "":
			deepest = max(deepest, column)
		case indent < 0:
			indent = max(deepest, column)
			fallthrough
		default:
			if column < indent {
				return
			}
		}
		if p.restOfLine(); p.at < len(p.text) {
			p.take()
		}
	}
}

// restOfLine walks to the end of a line whose signs are no pieces.
func (p *pieces) restOfLine() {
	if end := strings.IndexByte(p.text[p.at:], '\n'); end >= 0 {
		p.at += end
		return
	}
	p.at = len(p.text)
}

// document says whether the sign of a document's beginning or end is here.
func (p *pieces) document() bool {
	rest := p.text[p.at:]
	return (strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "...")) && p.endsWord(p.at+3)
}

// endsWord says whether the place at is behind a word, or a sign.
func (p *pieces) endsWord(at int) bool {
	return at >= len(p.text) || blank(p.text[at]) || p.depth > 0 && strings.IndexByte(",[]{}", p.text[at]) >= 0
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
