// Package cli is the command paxsim for a main of your own, with your protocol in it:
//
//	func main() {
//		cli.Main(cli.Guest{Protocol: register.Protocol, Library: register.Scenarios})
//	}
//
// It has every command of paxsim, and Paxos as well. Where no scenario is named, run
// plays the first of the first guest, and fuzz hunts in that guest's ground.
package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
	"github.com/paxsim/paxsim/internal/terminal"
	"github.com/paxsim/paxsim/scenarios"
)

// Guest is a protocol, its scenarios and its hunting ground.
type Guest = scenarios.Guest

// Texts are what the help of a command says of its protocol.
type Texts = cli.Texts

// MainTelling is [Main] with a help of its own.
func MainTelling(t Texts, guests ...Guest) {
	cli.Tell(t)
	Main(guests...)
}

// Main runs the command with the arguments of the process, and ends the process with
// its exit code: 2 if a guest cannot be taken in. With guests the command is called by
// the name of the program.
func Main(guests ...Guest) {
	if len(guests) > 0 {
		terminal.Call(strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe"))
	}
	for _, g := range guests {
		if err := scenarios.Join(g); err != nil {
			terminal.Fprintf(terminal.NewWriter(os.Stderr), "%s: a guest: %v\n", terminal.Program(), err)
			os.Exit(2)
		}
	}
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
