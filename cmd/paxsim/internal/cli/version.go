package cli

import (
	"runtime"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
	"github.com/paxsim/paxsim/sim/trace"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the versions of the tool and of what it writes",
		Long: `version prints the version of the tool, of its traces and of its files.

Two runs can be compared by their digests only under the same trace version. The
version called lines is that of traces as JSON lines.`,
		Example: `  paxsim version`,
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			terminal.Fprintf(a.out, "paxsim    %s\ntrace     %d\nrun file  %d\nlines     %d\nscenario  %d\ngo        %s %s/%s\n",
				trace.Tool, trace.TraceVersion, trace.FileVersion, trace.LinesVersion, scenarios.Format, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}
