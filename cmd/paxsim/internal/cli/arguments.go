package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// atMost refuses more arguments than a command takes: so many, called so.
func atMost(most int, takes string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > most {
			return tooMany(cmd.CommandPath()+" takes "+takes, args)
		}
		return nil
	}
}

// exactly refuses fewer arguments, too. An example says what one is.
func exactly(count int, takes, example string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < count {
			return usage("%s needs %s%s", cmd.CommandPath(), takes, example)
		}
		return atMost(count, takes)(cmd, args)
	}
}

// oneScenario are the arguments of a command about a scenario or about its own
// default.
var oneScenario = atMost(1, "one SCENARIO")

// noArgs refuses arguments.
var noArgs = atMost(0, "no arguments")

// tooMany lists the surplus arguments.
func tooMany(takes string, args []string) error {
	return usage("%s; got %d: %s", takes, len(args), listOf(args))
}

// The most that a message shows of arguments, and of one of them in characters.
const (
	mostArgs = 5
	mostArg  = 60
)

// listOf is arguments for a message, with commas between them.
func listOf(args []string) string {
	var shown []string
	for i, a := range args {
		if i == mostArgs {
			shown = append(shown, fmt.Sprintf("and %d more", len(args)-i))
			break
		}
		if r := []rune(a); len(r) > mostArg {
			shown = append(shown, quoteOne(string(r[:mostArg]))+"…")
			continue
		}
		shown = append(shown, quoteOne(a))
	}
	return strings.Join(shown, ", ")
}
