// Command register is paxsim with the register in it.
package main

import (
	"example.com/register"
	"github.com/paxsim/paxsim/cmd/paxsim/cli"
)

func main() { cli.Main(cli.Guest{Protocol: register.Protocol, Library: register.Scenarios}) }
