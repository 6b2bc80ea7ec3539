package cli

import "strings"

// quote writes arguments as a shell reads them back.
func quote(args ...string) string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = quoteOne(a)
	}
	return strings.Join(out, " ")
}

func quoteOne(arg string) string {
	plain := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("_-./=:,@%+", c)
	}
	if arg != "" && strings.IndexFunc(arg, func(c rune) bool { return !plain(c) }) < 0 {
		return arg
	}
	return "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
}
