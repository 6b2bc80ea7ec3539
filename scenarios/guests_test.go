package scenarios

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/paxsim/paxsim/sim"
)

func libraryOf(names ...string) fstest.MapFS {
	files := fstest.MapFS{"README.md": {}, "sub/deep.yaml": {}}
	for _, name := range names {
		files[name+".yaml"] = &fstest.MapFile{Data: []byte("paxsim: 1\nprotocol: echo\nactors: 2\nnetwork: {delay: 1ms}\nrequests: [{actor: 1}]\n")}
	}
	return files
}

// TestJoin: a guest's scenarios are found by their names, before those of paxsim, and
// its ground is hunted in.
func TestJoin(t *testing.T) {
	defer func(before []guest) { guests = before }(guests)
	guests = nil
	if err := Join(Guest{Protocol: echo, Library: libraryOf("valley", "cave"), Ground: []string{"cave", "valley", "cave"}}); err != nil {
		t.Fatal(err)
	}
	if names := Names(); !slices.Equal(names[:3], []string{"cave", "valley", "happy-path"}) || First() != "cave" {
		t.Errorf("the library has %v", names[:3])
	}
	s, err := Load("valley", Set("actors=5"))
	if err != nil || s.Protocol.Name() != "echo" || s.Actors != 5 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := Load("vally"); err == nil || !strings.Contains(err.Error(), "did you mean valley?") {
		t.Errorf("got %v", err)
	}
	if s, err := Read("mine", "paxsim: 1\nbase: cave\nactors: 3\n"); err != nil || s.Actors != 3 || s.Protocol.Name() != "echo" {
		t.Errorf("a base of a guest's: %v", err)
	}
	list, err := Ground(Set("actors=4"))
	if err != nil || len(list) != 2 || list[0].Name != "cave" || list[0].Weight != 2 || list[1].Weight != 1 || list[1].Actors != 4 {
		t.Errorf("the ground: %+v, %v", list, err)
	}
	if _, err := Ground(Set("actors=0")); err == nil {
		t.Error("a ground with no actors")
	}
}

// TestJoinNoGround: without a ground it is the whole library, and of a guest without
// a library it is paxsim's own.
func TestJoinNoGround(t *testing.T) {
	defer func(before []guest) { guests = before }(guests)
	guests = nil
	if err := Join(Guest{Protocol: mute}); err != nil {
		t.Fatal(err)
	}
	if list, err := Ground(); err != nil || list[0].Name != "hunt-3" || First() != "happy-path" {
		t.Errorf("%v, %v", list, err)
	}
	if err := Join(Guest{Protocol: echo, Library: libraryOf("valley", "cave")}); err != nil {
		t.Fatal(err)
	}
	if list, err := Ground(); err != nil || len(list) != 2 || list[0].Name != "cave" {
		t.Errorf("%v, %v", list, err)
	}
}

// TestJoinMistakes: what is taken, or not there, is told, and nothing is taken in.
func TestJoinMistakes(t *testing.T) {
	defer func(before []guest) { guests = before }(guests)
	guests = []guest{{Guest: Guest{Protocol: mute}, names: []string{"well"}}}
	paxos, _ := findProtocol("paxos")
	for want, g := range map[string]Guest{
		"a guest without a protocol":                                                    {},
		"there is a protocol paxos already":                                             {Protocol: paxos},
		"there is a protocol mute already":                                              {Protocol: mute},
		`cannot be called "": expected a letter`:                                        {Protocol: called("")},
		`cannot be called "a b": expected a letter`:                                     {Protocol: called("a b")},
		`cannot be called "network": files have a key of that name`:                     {Protocol: called("network")},
		`cannot be called "expect": files have a key of that name`:                      {Protocol: called("expect")},
		`cannot be called "mutant": files have a key of that name`:                      {Protocol: called("mutant")},
		`cannot be called "base": files have a key of that name`:                        {Protocol: called("base")},
		"there is a scenario lossy already":                                             {Protocol: echo, Library: libraryOf("cave", "lossy")},
		"there is a scenario well already":                                              {Protocol: echo, Library: libraryOf("well")},
		`names the scenario "cav", which the library does not have; did you mean cave?`: {Protocol: echo, Library: libraryOf("cave"), Ground: []string{"cav"}},
	} {
		if err := Join(g); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
		if len(guests) != 1 {
			t.Fatalf("%s: it was taken in all the same", want)
		}
	}
	func() {
		defer func() {
			if p, _ := recover().(string); p != "scenarios: there is a protocol mute already" {
				t.Errorf("%q", p)
			}
		}()
		Add(mute)
	}()
}

// otherwise is a protocol under another name.
type otherwise struct {
	sim.Protocol
	name string
}

func (r otherwise) Name() string { return r.name }

func called(name string) sim.Protocol { return otherwise{mute, name} }
