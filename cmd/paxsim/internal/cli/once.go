package cli

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// repeatable is a flag that may come more than once: what comes is added up.
type repeatable interface{ repeats() }

func (listFlag) repeats()  {}
func (wordsFlag) repeats() {}
func (seedsFlag) repeats() {}

// errTwice says that a flag has its value already. Of two values the last would
// count, and the other be dropped in silence.
var errTwice = errors.New("given twice")

// onceFlag is a flag that may come once.
type onceFlag struct {
	pflag.Value
	given bool
}

// Set implements [pflag.Value].
func (o *onceFlag) Set(text string) error {
	if o.given {
		return errTwice
	}
	o.given = true
	return o.Value.Set(text)
}

// once makes all flags of a command and of those below it come once, except those
// that add up what comes.
func once(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if _, many := f.Value.(repeatable); !many {
			f.Value = &onceFlag{Value: f.Value}
		}
	})
	for _, c := range cmd.Commands() {
		once(c)
	}
}
