//go:build !paxsimplay

package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/paxsim/paxsim/cmd/paxsim/internal/cli"
	"github.com/paxsim/paxsim/internal/terminal"
)

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
	if err := join(guests); err != nil {
		terminal.Fprintf(terminal.NewWriter(os.Stderr), "%s: a guest: %v\n", terminal.Program(), err)
		os.Exit(2)
	}
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
