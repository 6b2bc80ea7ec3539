// Command ring is paxsim with ring in it.
package main

import (
	"example.com/ring"
	"github.com/paxsim/paxsim/cmd/paxsim/cli"
)

func main() { cli.Main(cli.Guest{Protocol: ring.Protocol, Library: ring.Scenarios}) }
