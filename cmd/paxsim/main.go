// Command paxsim runs Paxos in a world that you control down to the single
// message. See paxsim help.
package main

import "github.com/paxsim/paxsim/cmd/paxsim/cli"

func main() { cli.Main() }
