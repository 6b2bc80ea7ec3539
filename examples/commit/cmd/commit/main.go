// Command commit is paxsim with commit in it.
package main

import (
	"example.com/commit"
	"github.com/paxsim/paxsim/cmd/paxsim/cli"
)

func main() { cli.Main(cli.Guest{Protocol: commit.Protocol, Library: commit.Scenarios}) }
