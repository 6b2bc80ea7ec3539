package scenarios

import (
	"slices"

	"github.com/paxsim/paxsim/actors"
	"github.com/paxsim/paxsim/sim"
)

// guests are the protocols that a program has brought along.
var guests []sim.Protocol

// Add makes a protocol known, beside those of paxsim's own, so that files can say
// protocol: NAME. A program calls it before it reads a scenario. It panics if there is
// a protocol of that name already.
func Add(p sim.Protocol) {
	if _, is := findProtocol(p.Name()); is {
		panic("scenarios: there is a protocol " + p.Name() + " already")
	}
	guests = append(guests, p)
}

// Known lists the protocols that are known, the default one first.
func Known() (list []sim.Protocol) {
	for _, name := range protocolNames() {
		p, _ := findProtocol(name)
		list = append(list, p)
	}
	return list
}

func findProtocol(name string) (sim.Protocol, bool) {
	if i := slices.IndexFunc(guests, func(p sim.Protocol) bool { return p.Name() == name }); i >= 0 {
		return guests[i], true
	}
	return actors.Find(name)
}

func protocolNames() []string {
	list := actors.Names()
	for _, p := range guests {
		list = append(list, p.Name())
	}
	return list
}
