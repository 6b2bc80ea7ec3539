// Command paxsim runs Paxos in a world that you control down to the single
// message. See paxsim help.
package main

import (
	"os"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
