// Command chain is paxsim with chain in it.
package main

import (
	"example.com/chain"
	"github.com/paxsim/paxsim/cmd/paxsim/cli"
)

func main() { cli.Main(cli.Guest{Protocol: chain.Protocol, Library: chain.Scenarios}) }
