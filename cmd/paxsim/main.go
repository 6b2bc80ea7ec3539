// Command paxsim runs Paxos in a world that you control down to the single
// message. See paxsim help.
package main

import "github.com/paxsim/paxsim/cmd/paxsim/cli"

func main() { cli.MainTelling(texts) }

// texts are what the help says of Paxos.
var texts = cli.Texts{
	Short:  "a deterministic Paxos simulator",
	Runs:   "Paxos",
	Vary:   "paxos.x=0.001..0.3*8",
	Counts: "attempts, nacks",
	Examples: map[string]string{
		"": `  paxsim run                                five actors, no fault: how Paxos decides
  paxsim run --trace                        the same, message by message
  paxsim run lossy --runs 100               a network that loses three messages in ten
  paxsim run literal-acks                   why acks must tell what was accepted
  paxsim export lossy --to svg -o run.svg   a picture of one run
  paxsim sweep lossy --vary actors=3,5,7    what comes of a setting
  paxsim view lossy -o run.html             a page to step through it
  paxsim step literal-acks                  walk through a run, and decide what chance decides
  paxsim play literal-acks                  the same on a page, by clicks
  paxsim explain literal-acks               how a run breaks a rule, told in words
  paxsim scenarios list                     what else there is to run`,
		"diff": `  paxsim diff lossy --seed 3 --seed 4
  paxsim diff literal-acks --but paxos.adopt=true
  paxsim diff broken.run.json
  paxsim diff before.trace.jsonl after.run.json --format json`,
		"fuzz": `  paxsim fuzz
  paxsim fuzz --mutant brooker
  paxsim fuzz --mutant adopt-last --only agreement --for 1m
  paxsim fuzz --mutant adopt-last --only agreement --first --repetition 2
  paxsim fuzz --runs 10000000 --resume
  paxsim fuzz duelling-proposers --runs 100000 --strategy pct --depth 2`,
		"sweep": `  paxsim sweep lossy --vary network.loss=0%..60%/7 --chart
  paxsim sweep self-election --vary 'paxos.x=0.001..0.3*9' --runs 1000 --plot x.svg
  paxsim sweep lossy --vary actors=3,5,7,9 --plot-kind cdf --plot cdf.svg
  paxsim sweep lossy --vary network.loss=0%..80%/5 --vary paxos.repeats=0..4/5 --plot-kind heat --plot heat.svg
  paxsim sweep duelling-proposers --vary paxos.on_nack=give-up,when-lost,retry --format csv`,
		"view": `  paxsim view lossy --seed 7
  paxsim view found.run.json -o pages/found.html
  paxsim view literal-acks --but paxos.adopt=true -o both.html`,
	},
}
