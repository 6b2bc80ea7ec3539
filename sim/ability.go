package sim

import (
	"fmt"
	"reflect"
	"strings"
)

// An ability is an interface that a type of a protocol may have beside what the
// contract asks of it: an actor one of [Copier], [Fielder], [Player], [Waiter]; a
// message [Rounder]; a record [Fielder] and [Differ]; a history [VoteCounter], [Hearer], [Stakes] and
// [Abstracter]. The world finds it by the method. A type that has a method of that
// name with another signature would go without the ability and nobody would know
// why: so [Define] panics, and tells the signature that was meant.

// Copier is an actor that an assignment would share memory with: one that holds
// slices, maps or pointers to what it changes.
type Copier[A any] interface {
	// CopyFrom makes the actor equal to another and shares nothing with it. It is
	// called at the start of every run and at every restart, with the actor that
	// [Spec].Actor made.
	CopyFrom(from *A)
}

// Fielder is an actor or a record that tells what it holds, field by field, for
// the viewer and for who steps through a run.
type Fielder interface {
	// Fields is what it holds, the most telling first. A name means the same
	// whenever it comes up.
	Fields(names Names) []Field
}

// Player is an actor that tells which roles of its protocol it plays, so that a
// fault can aim at whoever plays one.
type Player interface {
	// Plays is the rank with which the actor plays a role (an index into
	// [Words].Roles), such as its round; 0: it does not.
	Plays(role uint8) uint64
}

// Waiter is an actor that tells what it is waiting for, for whoever asks why a run
// came to nothing.
type Waiter interface {
	// Waits is what the actor waits for, such as "promises of 1.3", and from
	// whom; "": for no message of anybody.
	Waits() (what string, from []ID)
}

// Differ is a record that tells what is new in it, so that a fault can strike when
// somebody saves that.
type Differ[D any] interface {
	// Differs is the things that are new since the record before, as bits:
	// bit i is [Words].Saves[i].
	Differs(before D) uint8
}

// ability is an ability by its method, and the type that has it.
type ability struct {
	method string
	is     reflect.Type
}

func abilityOf[T any](method string) ability { return ability{method, reflect.TypeFor[T]()} }

// misnamed says what is wrong with the abilities of a type; "": nothing.
func misnamed(t reflect.Type, list ...ability) string {
	for _, a := range list {
		m, ok := t.MethodByName(a.method)
		if !ok || t.Implements(a.is) {
			continue
		}
		want, _ := a.is.MethodByName(a.method)
		return fmt.Sprintf("sim: %v has a method %s that is no %s: it is %v, and would have to be %v", t, a.method, plainName(a.is), typeText(withoutReceiver(m.Type)), typeText(want.Type))
	}
	return ""
}

// typeText is a type in the words of a protocol's author, who calls an actor by a
// sim.ID.
func typeText(t reflect.Type) string { return strings.ReplaceAll(t.String(), "ids.ID", "sim.ID") }

// plainName is the name of a type without what it was made for.
func plainName(t reflect.Type) string {
	name := t.Name()
	for i, r := range name {
		if r == '[' {
			return "sim." + name[:i]
		}
	}
	return "sim." + name
}

// withoutReceiver is the type of a method as an interface states it.
func withoutReceiver(t reflect.Type) reflect.Type {
	var in, out []reflect.Type
	for i := 1; i < t.NumIn(); i++ {
		in = append(in, t.In(i))
	}
	for i := range t.NumOut() {
		out = append(out, t.Out(i))
	}
	return reflect.FuncOf(in, out, t.IsVariadic())
}

// messageAbilities are those that a message may have.
var messageAbilities = []ability{abilityOf[Rounder]("Round")}

// checkAbilities panics if an actor, a message or a record has a method with the name of an
// ability and another signature.
func checkAbilities[A any, M Message, D Record](actor reflect.Type) {
	fields := abilityOf[Fielder]("Fields")
	for _, wrong := range []string{
		misnamed(actor, abilityOf[Copier[A]]("CopyFrom"), fields, abilityOf[Player]("Plays"), abilityOf[Waiter]("Waits")),
		misnamed(reflect.TypeFor[M](), messageAbilities...),
		misnamed(reflect.TypeFor[D](), fields, abilityOf[Differ[D]]("Differs")),
	} {
		if wrong != "" {
			panic(wrong)
		}
	}
}

// checkHistory says what is wrong with the abilities of a history; "": nothing.
func checkHistory[M Message, D Record](h History[M, D]) string {
	hearer := reflect.TypeFor[Hearer[M]]()
	return misnamed(reflect.TypeOf(h), ability{"Hears", hearer}, ability{"Heard", hearer},
		abilityOf[VoteCounter]("OnChosen"), abilityOf[Stakes]("Proposed"), abilityOf[Abstracter]("Abstract"))
}
