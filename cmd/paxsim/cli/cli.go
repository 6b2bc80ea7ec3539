// Package cli is the command paxsim for a main of your own, with your protocol in it:
//
//	func main() {
//		cli.Main(cli.Guest{Protocol: register.Protocol, Library: register.Scenarios})
//	}
//
// It has every command of paxsim, and Paxos as well. Where no scenario is named, run
// plays the first of the first guest, and fuzz hunts in that guest's ground.
//
// Built with the tag paxsimplay for js and wasm, the same main is the engine inside a
// page of paxsim play, and no command: see engine.go.
package cli

import "github.com/paxsim/paxsim/scenarios"

// Guest is a protocol, its scenarios and its hunting ground.
type Guest = scenarios.Guest

// join makes guests known.
func join(guests []Guest) error {
	for _, g := range guests {
		if err := scenarios.Join(g); err != nil {
			return err
		}
	}
	return nil
}
