package scenarios

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/paxsim/paxsim/actors"
	"github.com/paxsim/paxsim/scenarios/library"
	"github.com/paxsim/paxsim/sim"
)

// Guest is what a program of somebody else brings along: a protocol, and the scenarios
// that belong to it.
type Guest struct {
	Protocol sim.Protocol

	// Library has scenario files, NAME.yaml, at its top. Commands know them by their
	// names, before those of paxsim. nil: there is none.
	Library fs.FS

	// Ground names the scenarios of the library over which a hunt varies that is
	// given none. One that is named twice is hunted in twice as often. nil: all of the
	// library.
	Ground []string
}

// guest is a Guest that is known, and the names of its scenarios.
type guest struct {
	Guest
	names []string
}

var guests []guest

// fitting is what a protocol may be called: its settings are below its name in files, and
// --set writes it before a dot.
var fitting = regexp.MustCompile("^[A-Za-z][A-Za-z0-9_-]*$")

// unfit says why a protocol cannot have a name; "": it can.
func unfit(name string) string {
	if !fitting.MatchString(name) || name == none {
		return "expected a letter, and then letters, digits, - and _, such as my-protocol"
	}
	usual, _ := actors.Find(actors.Names()[0])
	keys := []string{formatKey, baseKey, protocolKey}
	for _, f := range table(usual) {
		if f.name != usual.Name() {
			keys = append(keys, f.name)
		}
	}
	if slices.Contains(keys, name) {
		return "files have a key of that name, and the settings of a protocol are below its name"
	}
	return ""
}

// Join makes a guest known to all that is read afterwards. It is an error if a name is
// taken, if the protocol has a name that a file cannot have, if the protocol is missing, or if Ground names what the library does not have.
// Whether the scenarios are sound is looked at when they are read.
func Join(g Guest) error {
	if g.Protocol == nil {
		return fmt.Errorf("a guest without a protocol")
	}
	name := g.Protocol.Name()
	if why := unfit(name); why != "" {
		return fmt.Errorf("a protocol cannot be called %q: %s", clip(name), why)
	}
	if _, is := findProtocol(name); is {
		return fmt.Errorf("there is a protocol %s already", name)
	}
	x := guest{Guest: g}
	if g.Library != nil {
		files, err := fs.Glob(g.Library, "*"+ending)
		if err != nil {
			return err
		}
		for _, f := range files {
			name := strings.TrimSuffix(path.Base(f), ending)
			if inLibrary(name) {
				return fmt.Errorf("there is a scenario %s already", name)
			}
			x.names = append(x.names, name)
		}
	}
	for _, name := range g.Ground {
		if !slices.Contains(x.names, name) {
			return fmt.Errorf("%s: the hunting ground names the scenario %q, which the library does not have%s", g.Protocol.Name(), clip(name), didYouMean(name, x.names))
		}
	}
	guests = append(guests, x)
	return nil
}

// Add is [Join] for a protocol alone. It panics if there is one of that name already.
func Add(p sim.Protocol) {
	if err := Join(Guest{Protocol: p}); err != nil {
		panic("scenarios: " + err.Error())
	}
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
	if i := slices.IndexFunc(guests, func(g guest) bool { return g.Protocol.Name() == name }); i >= 0 {
		return guests[i].Protocol, true
	}
	return actors.Find(name)
}

func protocolNames() []string {
	list := actors.Names()
	for _, g := range guests {
		list = append(list, g.Protocol.Name())
	}
	return list
}

// Names lists the scenarios of the library: those of guests, by name, then those of
// paxsim, group by group, in the order in which they teach.
func Names() (list []string) {
	for _, g := range guests {
		list = append(list, g.names...)
	}
	return append(list, library.Names...)
}

// First is the scenario that is played where none is named: a guest's, or else the
// one with which paxsim's own library begins.
func First() string { return Names()[0] }

func inLibrary(name string) bool { return slices.Contains(Names(), name) }

// libraryText is the text of a scenario of the library.
func libraryText(name string) (string, error) {
	for _, g := range guests {
		if slices.Contains(g.names, name) {
			text, err := fs.ReadFile(g.Library, name+ending)
			return string(text), err
		}
	}
	text, err := library.Files.ReadFile(name + ending)
	return string(text), err
}

// guestGround is the hunting ground of the first guest that has one, after overriding
// parts; nil: none has.
func guestGround(overrides []Override) ([]Hunted, error) {
	for _, g := range guests {
		names := g.Ground
		if names == nil {
			names = g.names
		}
		var list []Hunted
		for _, name := range names {
			if i := slices.IndexFunc(list, func(h Hunted) bool { return h.Name == name }); i >= 0 {
				list[i].Weight++
				continue
			}
			s, err := Load(name, overrides...)
			if err != nil {
				return nil, err
			}
			list = append(list, Hunted{s, 1})
		}
		if len(list) > 0 {
			return list, nil
		}
	}
	return nil, nil
}
