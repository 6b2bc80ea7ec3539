package cli

import (
	"cmp"
	"math"

	"github.com/spf13/cobra"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/report"
)

const mergeText = `merge adds up the shards of one hunt, as fuzz --shard i/n --format json printed each.
It prints the result of the whole hunt: the same bytes for any number of shards, in
any order. Shards of another scenario, another paxsim or other settings are refused.

A shard that is missing, or was interrupted, is named. A FILE of - is standard input.

Exit code: as fuzz · 3 also if a shard is missing · 2 bad usage or input`

func (a *app) mergeCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:               "merge FILE...",
		ValidArgsFunction: completeNames(math.MaxInt, false, traceFiles, []string{".json"}),
		Short:             "add up the shards of a hunt",
		Long:              mergeText,
		Example: `  paxsim fuzz --shard 1/2 --format json > 1.jsonl
  paxsim fuzz --shard 2/2 --format json > 2.jsonl
  paxsim merge 1.jsonl 2.jsonl`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("%s needs a FILE, as paxsim fuzz --format json prints it", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return a.merge(args, format) },
	}
	formats := []string{"table", "json"}
	addFormat(cmd.Flags(), &format, formats)
	completeWords(cmd, "format", formats)
	return cmd
}

// merge reads all files before it adds up any.
func (a *app) merge(names []string, format string) error {
	var parts []*report.Hunt
	for _, name := range names {
		data, err := a.readInput(name, shardFile)
		if err == nil {
			var part *report.Hunt
			if part, err = report.ReadHunt(data); err != nil {
				err = usage("%s:%v", name, err)
			}
			parts = append(parts, part)
		}
		if stopped := a.interrupted(""); stopped != nil {
			return stopped
		}
		a.note(err)
	}
	if a.code != exitHeld {
		return nil
	}
	whole, err := report.MergeHunts(parts, names)
	if err != nil {
		return usage("%v", err)
	}
	for _, shard := range whole.Missing {
		a.note(&failure{exitNothing, "missing: " + shard})
	}
	if format == "json" {
		err = whole.JSON(a.out)
	} else {
		err = whole.Text(a.out, a.out.width())
	}
	a.code = worse(a.code, whole.Exit())
	return cmp.Or(err, a.out.err)
}
