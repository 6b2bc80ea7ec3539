package cli

import "github.com/paxsim/paxsim/internal/terminal"

// quote writes arguments as a shell reads them back.
func quote(args ...string) string { return terminal.Quote(args...) }

func quoteOne(arg string) string { return terminal.QuoteOne(arg) }
