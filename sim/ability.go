package sim

import (
	"fmt"
	"path"
	"reflect"
	"strings"

	"github.com/paxsim/paxsim/sim/abilities"
)

// An ability is an interface that a type of a protocol may have beside what the contract asks
// of it. For an actor these are [abilities.Copier], [abilities.Fielder], [abilities.Player] and
// [abilities.Waiter]. For a message it is [abilities.Rounder]. For a record they are
// [abilities.Fielder] and [abilities.Differ]. For a history they are [VoteCounter], [Hearer],
// [Stakes] and [abilities.Abstracter]. The world finds an ability by its method. A type that
// has a method of that name with another signature would go without the ability, and nobody
// would know why. So [Define] panics, and names the signature that was meant.

// ability is an ability by its method, and the type that has it.
type ability struct {
	method finder
	is     reflect.Type
}

// finder looks a method up. Each finder has the name written out: where a name is put
// together, the linker keeps all methods of all types, and the engine in a page of paxsim
// play is a tenth larger.
type finder func(reflect.Type) (reflect.Method, bool)

func copyFrom(t reflect.Type) (reflect.Method, bool) { return t.MethodByName("CopyFrom") }
func fields(t reflect.Type) (reflect.Method, bool)   { return t.MethodByName("Fields") }
func plays(t reflect.Type) (reflect.Method, bool)    { return t.MethodByName("Plays") }
func waits(t reflect.Type) (reflect.Method, bool)    { return t.MethodByName("Waits") }
func round(t reflect.Type) (reflect.Method, bool)    { return t.MethodByName("Round") }
func differs(t reflect.Type) (reflect.Method, bool)  { return t.MethodByName("Differs") }
func hears(t reflect.Type) (reflect.Method, bool)    { return t.MethodByName("Hears") }
func heard(t reflect.Type) (reflect.Method, bool)    { return t.MethodByName("Heard") }
func onChosen(t reflect.Type) (reflect.Method, bool) { return t.MethodByName("OnChosen") }
func proposed(t reflect.Type) (reflect.Method, bool) { return t.MethodByName("Proposed") }
func abstract(t reflect.Type) (reflect.Method, bool) { return t.MethodByName("Abstract") }

func abilityOf[T any](method finder) ability { return ability{method, reflect.TypeFor[T]()} }

// misnamed says what is wrong with the abilities of a type; "": nothing.
func misnamed(t reflect.Type, list ...ability) string {
	for _, a := range list {
		m, ok := a.method(t)
		if !ok || t.Implements(a.is) {
			continue
		}
		want, _ := a.method(a.is)
		return fmt.Sprintf("sim: %v has a method %s that is no %s: it is %v, and would have to be %v", t, m.Name, plainName(a.is), typeText(withoutReceiver(m.Type)), typeText(want.Type))
	}
	return ""
}

// typeText is a type in the words of a protocol's author, who knows what is in
// package ids by the names of sim.
func typeText(t reflect.Type) string { return strings.ReplaceAll(t.String(), "ids.", "sim.") }

// plainName is the name of a type without what it was made for.
func plainName(t reflect.Type) string {
	name, _, _ := strings.Cut(t.Name(), "[")
	return path.Base(t.PkgPath()) + "." + name
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
var messageAbilities = []ability{abilityOf[abilities.Rounder](round)}

// checkAbilities panics if an actor, a message or a record has a method with the name of an
// ability and another signature.
func checkAbilities[A any, M Message, D Record](actor reflect.Type) {
	shown := abilityOf[abilities.Fielder](fields)
	for _, wrong := range []string{
		misnamed(actor, abilityOf[abilities.Copier[A]](copyFrom), shown, abilityOf[abilities.Player](plays), abilityOf[abilities.Waiter](waits)),
		misnamed(reflect.TypeFor[M](), messageAbilities...),
		misnamed(reflect.TypeFor[D](), shown, abilityOf[abilities.Differ[D]](differs)),
	} {
		if wrong != "" {
			panic(wrong)
		}
	}
}

// checkHistory says what is wrong with the abilities of a history; "": nothing.
func checkHistory[M Message, D Record](h History[M, D]) string {
	hearer := reflect.TypeFor[Hearer[M]]()
	return misnamed(reflect.TypeOf(h), ability{hears, hearer}, ability{heard, hearer},
		abilityOf[VoteCounter](onChosen), abilityOf[Stakes](proposed), abilityOf[abilities.Abstracter](abstract))
}
