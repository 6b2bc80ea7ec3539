package terminal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quote writes arguments as a shell reads them back. What cannot be printed is
// written by the numbers of its bytes, in the quotes $'…' of bash, zsh and ksh.
func Quote(args ...string) string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = QuoteOne(a)
	}
	return strings.Join(out, " ")
}

// QuoteOne is [Quote] of one argument.
func QuoteOne(arg string) string {
	if arg != "" && strings.IndexFunc(arg, special) < 0 {
		return arg
	}
	if utf8.ValidString(arg) && strings.IndexFunc(arg, func(c rune) bool { return !unicode.IsPrint(c) }) < 0 {
		return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
	}
	b := []byte("$'")
	for len(arg) > 0 {
		c, size := utf8.DecodeRuneInString(arg)
		b = appendInQuotes(b, c, arg[:size])
		arg = arg[size:]
	}
	return string(append(b, '\''))
}

// File is the name of a file as an argument: none is taken for a flag.
func File(name string) string {
	if strings.HasPrefix(name, "-") && name != "-" {
		return "./" + name
	}
	return name
}

// special says whether a shell could take a character for more than itself.
func special(c rune) bool {
	plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("_-./=:,@%+", c)
	return !plain
}

// appendInQuotes appends a character, and its bytes as they are, to a text in $'…'.
func appendInQuotes(b []byte, c rune, raw string) []byte {
	switch {
	case c == '\n':
		return append(b, `\n`...)
	case c == '\t':
		return append(b, `\t`...)
	case c == '\'' || c == '\\':
		return append(b, '\\', byte(c))
	case c == utf8.RuneError && len(raw) == 1, !unicode.IsPrint(c):
		for _, x := range []byte(raw) { // three digits: a digit that follows is no part of it
			b = append(b, '\\', '0'+x>>6, '0'+x>>3&7, '0'+x&7)
		}
		return b
	}
	return append(b, raw...)
}
