package screen

import "strings"

// fitCommand breaks a line that holds a command so that a shell reads it as it was: by
// a \ at the end of a line. Between arguments the next line is indented. An argument
// that is longer than a line goes on at the first column, and its quotes are closed
// and opened again there: for a shell these are one.
func fitCommand(text string, lead, hang, width int) (lines []string) {
	if strings.Contains(text, "$'") { // what is spelled out in it cannot be cut anywhere
		return []string{strings.Repeat(" ", lead) + text}
	}
	for indent := lead; ; {
		blanks := strings.Repeat(" ", indent)
		if indent+Width(text) <= width {
			return append(lines, blanks+text)
		}
		head, _ := cut(text, max(width-indent-2, 2))
		at, quoted := lastBreak(text, head)
		switch {
		case at > 0:
			lines = append(lines, blanks+text[:at]+` \`)
			text, indent = text[at+1:], hang
			continue
		case quoted:
			lines = append(lines, blanks+head+`'\`)
			text = "'" + text[len(head):]
		default:
			head = strings.TrimSuffix(head, `\`)
			lines = append(lines, blanks+head+`\`)
			text = text[len(head):]
		}
		indent = 0
	}
}

// lastBreak is the place of the last blank between arguments, before a flag if there is
// one, that is in the head of a text or right behind it; 0: there is none. quoted says
// whether the head ends between quotes.
func lastBreak(text, head string) (at int, quoted bool) {
	flag := 0
	for i := 0; i <= len(head) && i < len(text); i++ {
		switch c := text[i]; {
		case i == len(head) && c != ' ':
		case c == '\'' && i < len(head):
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == ' ':
			if at = i; strings.HasPrefix(text[i:], " -") {
				flag = i
			}
		}
	}
	if flag > 0 {
		return flag, quoted
	}
	return at, quoted
}
